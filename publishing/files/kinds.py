"""What each file of a publication is, in plain words. The end of its name tells."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

PDF, JSON = ".pdf", ".json"
ENDINGS = {
    "-arkiv.pdf": gettext_noop("PDF/A for arkiv"),
    "-arkiv.xml": gettext_noop("Metadata til arkivet (XML)"),
    PDF: gettext_noop("PDF"),
    ".html": gettext_noop("Én HTML-fil"),
    ".xlsx": gettext_noop("Excel"),
    JSON: gettext_noop("JSON"),
    ".zip": gettext_noop("Datapakke (Frictionless)"),
}
"""The longest ending first, where one is the end of another."""
ORDER = (PDF, ".xlsx", ".html", ".zip", JSON, "-arkiv.pdf", "-arkiv.xml")


def in_words(name: str) -> str:
    """What the file is: «PDF/A for arkiv». A name of an unknown kind says itself."""
    ending = ending_of(name)
    return _(ENDINGS[ending]) if ending else name


def ending_of(name: str) -> str:
    """The end of the name that tells what the file is; "" where it is of no known kind."""
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def place_of(name: str) -> int:
    """Where the file stands among the others: what most people want comes first, what archives want last."""
    ending = ending_of(name)
    return ORDER.index(ending) if ending else len(ORDER)
