"""Which computer a request came from, as far as the server itself can tell."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_SUBSCRIBER_BITS = 64  # what one household or one server gets; single addresses cost nothing


def client_address(request: HttpRequest) -> str:
    """The client's address (IPv6: its /64 network), or `unknown`.

    Behind `settings.ROLLKEEPER_PROXIES` proxies of ours, the address is the entry that the outermost of them added to
    X-Forwarded-For; whatever stands before it was written by the client and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.ROLLKEEPER_PROXIES
    if proxies:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        address = chain[-proxies] if len(chain) >= proxies else address
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ip_network(f"{found}/{IPV6_SUBSCRIBER_BITS}", strict=False))
