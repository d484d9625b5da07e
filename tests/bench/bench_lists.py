"""To be written."""


def run() -> None:
    from tests.bench import filled

    with filled.database():
        pass
