"""Bokmål stands in the sources, nynorsk and English in the catalogues: all of it, and no template forgets to ask."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as project
from django.template.base import Lexer, Token, TokenType
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize
from django.views.defaults import page_not_found
from pytest_django import Settings

from organisation.models import Municipality
from plans.models import Document
from publishing.building import contents
from scorecards.figures import figure
from scorecards.notation import NotationError
from tests.test_architecture import python_files

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = [code for code, _name in project.LANGUAGES if code != project.LANGUAGE_CODE]
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS |= dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
"""What marks a text for translation, as `makemessages` has it; texts with a context are not used here."""

PLACE = re.compile(r"%\((\w+)\)[a-z]|%%")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = re.compile(r"\b(?:PDF|JSON|Excel|CSV|SHA|info)\b")
"""What is called the same in every language; `info` is a colour."""

READ_ATTRIBUTES = frozenset(
    {"alt", "aria-description", "aria-label", "data-foot", "hx-confirm", "placeholder", "title"}
)
CLASSES = re.compile(r"block \w+_(?:class|attributes)")
WRITTEN_DEFAULT = re.compile(r"""\|(?:default|default_if_none|yesno):(["'])(?P<text>.*?)\1""")
WRITTEN_ARGUMENT = re.compile(r"""\s\w+=(["'])(?P<text>[^"']*(?:[A-ZÆØÅæøå]|\w \w)[^"']*)\1""")


class Text(NamedTuple):
    """A text that is marked for translation, and where it stands."""

    key: str | tuple[str, ...]
    place: str


def marked(root: Path) -> list[Text]:
    """Every text of code and templates that is marked for translation.

    A template's texts are written as Python first, as `makemessages` does it, on one line so that no indent counts.
    """
    sources = {path: path.read_text(encoding="utf-8") for path in python_files(root)}
    files = [path for ending in ("html", "txt") for path in (root / "templates").rglob(f"*.{ending}")]
    pages = {path: templatize(path.read_text(encoding="utf-8")) for path in files}
    sources |= {path: " ".join(page.split()) for path, page in pages.items()}
    return [
        Text(found[1], str(path.relative_to(root)))
        for path, source in sources.items()
        for found in extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
    ]


def catalogue(language: str) -> Catalog:
    """The catalogue of the language, as it stands in the project."""
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> list[Message]:
    """The texts of the catalogue without its heading."""
    return [message for message in catalogue(language) if message.id]


def strings(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def places(text: str) -> set[str]:
    """The named places that are filled in when the text is shown."""
    return {match[1] or match[0] for match in PLACE.finditer(text)}


def differing_places(message: Message) -> bool:
    """Whether a translation fills in something else than its source. A singular may do without the number."""
    wanted = set.union(*map(places, strings(message.id)))
    return any(wanted - places(one) - {"number"} or places(one) - wanted for one in strings(message.string))


class _Reader(HTMLParser):
    """Gathers what a person sees or hears of a page: its texts and some attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in ("script", "style", "code")
        self.texts += [value for name, value in attrs if name in READ_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.texts.append(data)


def outside_tags(source: str) -> Iterator[Token]:
    """The tokens of a template that are neither comments nor in a `blocktranslate`, nor what a page adds to a tag."""
    end = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if end:
            end = "" if name == end else end
        elif name in ("blocktranslate", "blocktrans", "comment") or CLASSES.fullmatch(token.contents):
            end = f"end{name}"
            yield token
        elif token.token_type != TokenType.COMMENT:
            yield token


def unmarked(source: str) -> list[str]:
    """The texts of a template that are shown in bokmål whatever the language is."""
    tokens = list(outside_tags(source))
    reader = _Reader()
    shown = {TokenType.TEXT: "{}", TokenType.VAR: "0"}
    reader.feed("".join(shown.get(token.token_type, " ").format(token.contents) for token in tokens))
    reader.close()
    texts = [" ".join(text.split()) for text in reader.texts]
    for token in tokens:
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            texts += [match["text"] for match in WRITTEN_DEFAULT.finditer(token.contents)]
        if token.token_type == TokenType.BLOCK and token.contents.startswith(("include ", "with ")):
            texts += [match["text"] for match in WRITTEN_ARGUMENT.finditer(token.contents)]
    return [text for text in texts if LETTERS.search(NAMES.sub("", text))]


@pytest.fixture
def compiled(tmp_path: Path, settings: Settings) -> None:
    """The catalogues as they are now, compiled as `make install` does it."""
    for language in LANGUAGES:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, catalogue(language))
    settings.LOCALE_PATHS = [tmp_path]


def test_catalogues_are_there_for_every_language() -> None:
    assert LANGUAGES == ["nn", "en"]
    assert sorted(path.name for path in (ROOT / "locale").iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_what_the_sources_say(language: str) -> None:
    """`make translations` writes what is missing into the catalogues, for a person to translate.

    A text that is said with a plural elsewhere shares the entry there; gettext finds it as the singular.
    """
    known = {strings(message.id) for message in messages(language)}
    singulars = {key[:1] for key in known}
    said = {strings(text.key): text.place for text in marked(ROOT)}
    assert {place: key for key, place in said.items() if key not in known | singulars} == {}
    assert known - said.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_translated_throughout(language: str) -> None:
    empty = [message.id for message in messages(language) if not all(strings(message.string))]
    assert empty == []
    assert [message.id for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_fills_in_what_its_source_does(language: str) -> None:
    known = catalogue(language)
    assert [message.id for message in messages(language) if differing_places(message)] == []
    assert [error for message in messages(language) for error in message.check(known)] == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Versjon %(version)s", "Version %(version)s", False),
        ("Versjon %(version)s", "Version", True),
        ("Versjon %(version)s", "Version %(versjon)s", True),
        ("45 %% av %(whole)s", "45 %% of %(whole)s", False),
        (("Ett funn", "%(number)s funn"), ("One finding", "%(number)s findings"), False),
    ],
)
def test_differing_places_of_a_planted_translation(
    source: str | tuple[str, str], translation: str | tuple[str, str], expected: bool
) -> None:
    assert differing_places(Message(source, translation)) == expected


def test_marked_text_of_planted_sources(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/x.py").write_text(
        'A = _("Hei") % {}\nB = gettext_noop(\n    "Ha"\n    " det")', encoding="utf-8"
    )
    (tmp_path / "templates").mkdir()
    page = """<p title="{% translate 'Tips' %}">
      {% blocktranslate trimmed %}
        Hei {{ navn }}
      {% endblocktranslate %}{{ a|default:_("tomt") }}</p>"""
    (tmp_path / "templates/x.html").write_text(page, encoding="utf-8")
    (tmp_path / "templates/x.txt").write_text("{% load i18n %}{% translate 'Frist' %}", encoding="utf-8")
    found = [("Hei", "plans/x.py"), ("Ha det", "plans/x.py")]
    found += [(key, "templates/x.html") for key in ("Tips", "Hei %(navn)s", "tomt")]
    found += [("Frist", "templates/x.txt")]
    assert marked(tmp_path) == found


def test_templates_hold_no_unmarked_text() -> None:
    found = {path: unmarked(path.read_text(encoding="utf-8")) for path in (ROOT / "templates").rglob("*.html")}
    assert {str(path.relative_to(ROOT)): texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Lagre</p>", ["Lagre"]),
        ("<h{{ level }}>Mål {{ name }}</h{{ level }}>", ["Mål 0"]),
        ('<a aria-label="Lenke til {{ name }}" class="lenke" href="/til/">#</a>', ["Lenke til 0"]),
        ('<dd>{{ text|default:"(tomt)" }}</dd>', ["(tomt)"]),
        ('{% include "a.html" with row_heading="Rad" what="row" %}', ["Rad"]),
        ("{% if a %}Ja{% else %}{% translate 'Nei' %}{% endif %}", ["Ja"]),
        ("{% block title %}Start{% endblock %}{% block main_class %}page page--wide{% endblock %}", ["Start"]),
        ("<p>{% translate 'Lagre' %}</p>{# Lagrer #}{% comment %}Lagret{% endcomment %}", []),
        ("<p>{% blocktranslate %}Hei <b>{{ a }}</b>{% endblocktranslate %}</p>", []),
        ('{{ text|default:_("(tomt)") }}{{ at|date:"d.m.Y" }}', []),
        ("<li>PDF, 2–5 %</li><script>const a = 'Lagre';</script>", []),
    ],
)
def test_unmarked_text_of_a_planted_template(source: str, expected: list[str]) -> None:
    assert unmarked(source) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("language", "front", "login"),
    [
        ("nb", '<h1 class="opening__title">Planer og rapporter</h1>', "Brukernavn"),
        ("nn", '<h1 class="opening__title">Planar og rapportar</h1>', "Brukarnamn"),
        ("en", '<h1 class="opening__title">Plans and reports</h1>', "Username"),
    ],
)
def test_pages_are_in_the_language_of_the_site(
    client: Client, settings: Settings, language: str, front: str, login: str
) -> None:
    settings.LANGUAGE_CODE = language
    Municipality.objects.create(number="0001", name="Testvik kommune", short_name="Testvik", is_owner=True)
    pages = [client.get(address).content.decode() for address in ("/", "/logg-inn/")]
    assert [page.count(f'<html lang="{language}"') for page in pages] == [1, 1]
    assert pages[0].count(front) == 1
    assert pages[1].count(f">{login}</label>") == 1


@pytest.mark.usefixtures("compiled")
def test_contents_of_a_document_are_the_same_in_every_language(loaded_case: Document) -> None:
    """What is frozen is the document's own: it must not seem changed because the site's language was."""
    built = []
    for language in ("nb", *LANGUAGES):
        with override(language):
            built.append(contents.build(loaded_case, chapter="skole"))
    assert built == [built[0]] * 3


@pytest.mark.usefixtures("compiled")
def test_error_page_is_in_the_language_of_the_site(rf: RequestFactory, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "nn"
    page = page_not_found(rf.get("/"), ValueError()).content.decode()
    assert page.count("<h1>Fann ikkje sida</h1>") == 1


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(("language", "bold"), [("nb", "Halvfet"), ("nn", "Halvfeit"), ("en", "Bold")])
def test_words_of_the_editor_are_data_that_a_script_can_read(language: str, bold: str) -> None:
    with override(language):
        page = render_to_string("plans/_editor_words.html")
    words = json.loads(page[page.index("{") : page.rindex("}") + 1])
    assert (words["bold"], len(words)) == (bold, 13)


@pytest.mark.usefixtures("compiled")
def test_sentence_of_the_notation_is_translated_where_it_is_shown() -> None:
    """The pure rules mark their sentences; whoever shows one translates it, before what was typed is filled in."""
    with pytest.raises(NotationError) as refused:
        figure("12.03.2024", ())
    with override("en"):
        said = gettext(refused.value.message) % refused.value.params
    assert said == "“12.03.2024” looks like a date. A value belongs here."
