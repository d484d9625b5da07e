"""The small court that most tests share. Tests add to it and change nothing that is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator

from rollkeeper.access.models import Membership, Principal
from rollkeeper.accounts.models import Account
from rollkeeper.cases.models import CaseLink
from rollkeeper.courts.models import Court, Judge
from rollkeeper.representation.models import Appearance, Firm, Practitioner
from tests.factories.cases import NOW, MadeCase, fill_case, make_case, relate
from tests.factories.people import make_person


@dataclass(frozen=True)
class World:
    """Two courts (Harlingen with ``case``, Houston with ``other``) and one account for each desk."""

    court: Court
    other_court: Court
    judge: Judge
    other_judge: Judge
    case: MadeCase
    other: MadeCase
    sealed: MadeCase
    protected: MadeCase
    accounts: dict[str, Account]
    principals: dict[str, Principal]

    def account(self, name: str) -> Account:
        """respondent, counsel, government, narrow, clerk, judge, other_clerk, other_respondent, auditor, operator."""
        return self.accounts[name]


def make_account(name: str, desk: str, principal: Principal | None = None, **more: object) -> Account:
    """An account; with a principal it acts for it."""
    account = Account.objects.using("owner").create(
        username=name,
        desk=desk,
        display_name=f"{name.replace('_', ' ').title()} of Tests",
        email=f"{name}@example.test",
        **more,
    )
    if desk != "respondent":  # without a second step, every page of theirs is the one that asks for it
        Authenticator.objects.using("owner").create(user=account, type=Authenticator.Type.TOTP, data={"secret": "none"})
    if principal is not None:
        Membership.objects.using("owner").create(
            account=account, principal=principal, valid_from=NOW - timedelta(days=60)
        )
    return account


def make_principal(kind: str, name: str, **more: object) -> Principal:
    """A principal of a kind."""
    return Principal.objects.using("owner").create(kind=kind, name=name, **more)


def build_world() -> World:
    """Build the small court once per test run."""
    courts = {code: Court.objects.using("owner").get(code=code) for code in ("HLG", "HOU")}
    judges = {
        code: Judge.objects.using("owner").create(code=f"Z{code}", name=f"Judge Zq{code.title()}", court=court)
        for code, court in courts.items()
    }
    principals = {
        "clerk": make_principal("court", "Clerk's office, Harlingen", court=courts["HLG"]),
        "other_clerk": make_principal("court", "Clerk's office, Houston", court=courts["HOU"]),
        "judge": make_principal("chambers", "Chambers of Judge ZqHlg", judge=judges["HLG"]),
        "counsel": make_principal("firm", "Zqfirm"),
        "government": make_principal("office", "Office of the government's counsel, Harlingen"),
        "narrow": make_principal("office", "An office whose right opens no protection"),
        "respondent": make_principal("account", "The respondent"),
        "other_respondent": make_principal("account", "Another respondent"),
    }
    desks = {"clerk": "clerk", "other_clerk": "clerk", "judge": "chambers", "counsel": "counsel",
             "government": "government", "narrow": "government", "respondent": "respondent",
             "other_respondent": "respondent"}  # fmt: skip
    accounts = {
        name: make_account(
            name,
            desks[name],
            principal,
            court=principal.court,
            judge=principal.judge,
        )
        for name, principal in principals.items()
    }
    accounts["auditor"] = make_account("auditor", "oversight")
    accounts["operator"] = make_account("operator", "operator", is_staff=True)
    return _with_cases(courts, judges, principals, accounts)


def _with_cases(
    courts: dict[str, Court], judges: dict[str, Judge], principals: dict[str, Principal], accounts: dict[str, Account]
) -> World:
    home, away = courts["HLG"], courts["HOU"]
    address = "1 Zqcase Street, Zqtown"
    case = fill_case(
        make_case(home, judges["HLG"], keyed=make_person("Zqokafor", "Zqamara", address=address, phone="956-555-0142"))
    )
    case.secrets["contact"] += [address, "956-555-0142"]
    case.secrets[""] += ["Zqokafor", "Zqamara"]
    far = "9 Zqother Road, Zqfar"
    other = fill_case(
        make_case(away, judges["HOU"], keyed=make_person("Zqother", "Zqelse", address=far, phone="713-555-0177"))
    )
    other.secrets["contact"] += [far, "713-555-0177"]
    other.secrets[""] += ["Zqother", "Zqelse"]
    sealed = make_case(home, judges["HLG"], family="Zqsealed", sealed=True)
    shielded = make_person("Zqshielded", "Zqhidden", name_protection="identity")
    protected = make_case(home, judges["HLG"], keyed=shielded)
    for made, names in (
        (case, ("clerk", "judge", "counsel", "government", "respondent")),
        (other, ("other_clerk", "other_respondent")),
        (sealed, ("clerk", "judge")),
        (protected, ("clerk", "judge")),
    ):
        for name in names:
            relate(
                made.case,
                principals[name],
                {"clerk": "court", "other_clerk": "court", "other_respondent": "respondent"}.get(name, name),
            )
    relate(case.case, principals["narrow"], "government", protections=())
    _represent(case)
    CaseLink.objects.using("owner").create(case=protected.case, lead=case.case)
    return World(home, away, judges["HLG"], judges["HOU"], case, other, sealed, protected, accounts, principals)


def _represent(made: MadeCase) -> None:
    firm = Firm.objects.using("owner").create(name="Zqfirm", city="Harlingen")
    practitioner = Practitioner.objects.using("owner").create(eoir_id="ZQ000001", name="Zqlawyer, Ada", firm=firm)
    Appearance.objects.using("owner").create(
        case=made.case, practitioner=practitioner, side="respondent", filed_on=made.case.filed_on
    )
