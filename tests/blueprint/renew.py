"""Put fresh tables into the language reference: ``python -m tests.blueprint.renew``."""

from wpbridge import engine
from wpbridge.blueprint import library
from wpbridge.blueprint.reference import renewed

README = library.folder() / "README.md"


def fresh() -> str:
    """The reference with tables of the grammar as it is."""
    return renewed(README.read_text(encoding="utf-8"), engine.sections())


if __name__ == "__main__":
    README.write_text(fresh(), encoding="utf-8")
