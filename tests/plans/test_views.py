"""Working on documents: who may, what is saved, and that nobody's work is lost."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User
from organisation.versions import save_version
from plans.forms import RichTextField
from plans.models import Document, Section
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
SHARED = Path(__file__).resolve().parents[3] / "shared/badinputs"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def edit_url(section: Section) -> str:
    return reverse("plans:section_edit", args=[section.pk])


def typed(section: Section, **changes: Any) -> dict[str, Any]:
    facts = {"heading": section.heading, "body": section.body, "state": "draft", "base_version": section.version}
    return facts | changes


def publisher_typed(section: Section, **changes: Any) -> dict[str, Any]:
    return typed(section, unit=section.unit_id, content="text") | changes


def test_section_edit_saves_and_leads_to_the_draft(as_leader: Client, leader: User, place: Workplace) -> None:
    section = place.schools.text
    answer = as_leader.post(edit_url(section), typed(section, body="<p>Slik det er.</p>", state="ready"))
    assert answer.status_code == 302
    assert answer["Location"] == "/arbeid/utkast/plan/skole/"
    section.refresh_from_db()
    assert (section.body, section.state, section.version) == ("<p>Slik det er.</p>", "ready", 2)
    assert [row.history_user for row in section.history.all()] == [leader, None]


def test_section_edit_says_when_it_was_saved(as_leader: Client, place: Workplace) -> None:
    answer = as_leader.post(edit_url(place.schools.text), typed(place.schools.text))
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert re.fullmatch(r"Lagret [0-9]{2}\.[0-9]{2}", said[0])


@pytest.mark.parametrize(("whose", "expected"), [("schools", 200), ("common", 403), ("care", 404)])
def test_section_edit_for_a_leader(as_leader: Client, place: Workplace, whose: str, expected: int) -> None:
    sections = {"schools": place.schools.text, "common": place.common, "care": place.care.text}
    section = sections[whose]
    before = section.version
    assert as_leader.get(edit_url(section)).status_code == expected
    as_leader.post(edit_url(section), typed(section, heading="Nytt"))
    section.refresh_from_db()
    assert section.version == before + (expected == 200)


def test_section_edit_for_a_reader_is_forbidden(client: Client, reader: User, place: Workplace) -> None:
    client.force_login(reader)
    assert client.get(edit_url(place.schools.text)).status_code == 403


def test_section_edit_leaves_the_unit_to_those_who_publish(as_leader: Client, place: Workplace, care: Unit) -> None:
    section = place.schools.text
    as_leader.post(edit_url(section), publisher_typed(section, unit=care.pk, content="block"))
    section.refresh_from_db()
    assert (section.unit.slug, section.kind) == ("skole", "text")


def test_section_edit_of_a_chapter_without_heading_is_not_saved(as_controller: Client, place: Workplace) -> None:
    answer = as_controller.post(edit_url(place.common), publisher_typed(place.common, heading=""))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"heading": ["Feltet er påkrevet."]}


def test_section_edit_of_what_someone_else_saved_shows_both_texts(
    as_leader: Client, controller: User, place: Workplace
) -> None:
    section = place.schools.text
    theirs = Section.objects.get(pk=section.pk)
    theirs.body = "<p>Deres tekst.</p>"
    save_version(theirs, base_version=1, by=controller)
    answer = as_leader.post(edit_url(section), typed(section, body="<p>Min tekst.</p>"))
    assert answer.status_code == 409
    form = answer.context["form"]
    assert form["body"].value() == "<p>Min tekst.</p>"
    assert form.clash.theirs == [("Tekst", "<p>Deres tekst.</p>")]
    assert form.clash.saving.by == "controller"
    assert Section.objects.get(pk=section.pk).body == "<p>Deres tekst.</p>"


def test_section_edit_overwrites_on_purpose(as_leader: Client, controller: User, place: Workplace) -> None:
    section = place.schools.text
    save_version(Section.objects.get(pk=section.pk), base_version=1, by=controller)
    answer = as_leader.post(edit_url(section), typed(section, body="<p>Min tekst.</p>", overwrite=2))
    assert answer.status_code == 302
    section.refresh_from_db()
    assert (section.body, section.version) == ("<p>Min tekst.</p>", 3)


def test_section_edit_does_not_overwrite_a_third_person(as_leader: Client, controller: User, place: Workplace) -> None:
    section = place.schools.text
    for version in (1, 2):
        save_version(Section.objects.get(pk=section.pk), base_version=version, by=controller)
    answer = as_leader.post(edit_url(section), typed(section, overwrite=2))
    assert answer.status_code == 409
    assert answer.context["form"].clash.version == 3


def test_section_edit_without_tags_makes_paragraphs(as_leader: Client, place: Workplace) -> None:
    """What is typed where the editor does not run."""
    section = place.schools.text
    as_leader.post(edit_url(section), typed(section, body="Første avsnitt, 3 < 5.\r\n\r\nAndre avsnitt."))
    section.refresh_from_db()
    assert section.body == "<p>Første avsnitt, 3 &lt; 5.</p>\n\n<p>Andre avsnitt.</p>"


def test_section_edit_cleans_what_was_typed(as_leader: Client, place: Workplace) -> None:
    section = place.schools.text
    as_leader.post(edit_url(section), typed(section, body='<p onclick="x()">Hei<script>alert(1)</script></p>'))
    section.refresh_from_db()
    assert section.body == "<p>Hei</p>"


class Found(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.schemes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.schemes |= {urlsplit(value or "").scheme for name, value in attrs if name == "href"}


def test_rich_text_of_every_known_script_injection_is_clean() -> None:
    files = sorted((SHARED / "xss").rglob("*.txt"))
    if not files:
        pytest.skip("the payloads are not here")
    field, found = RichTextField(required=False), Found()
    for path in files:
        for line in path.read_text(encoding="utf-8", errors="replace").replace("\x00", "").splitlines():
            found.feed(field.clean(line))
    assert found.tags <= {"a", "br", "em", "li", "ol", "p", "strong", "ul"}
    assert found.attributes <= {"href", "rel"}
    assert found.schemes <= {"", "http", "https", "mailto"}


@pytest.mark.parametrize("address", ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:alert(1)"])
def test_section_edit_goes_nowhere_else(as_leader: Client, place: Workplace, address: str) -> None:
    section = place.schools.text
    answer = as_leader.post(edit_url(section), typed(section, next=address))
    assert answer["Location"] == "/arbeid/utkast/plan/skole/"


def test_section_edit_goes_to_the_page_it_was_come_to_from(as_leader: Client, place: Workplace) -> None:
    section = place.schools.text
    answer = as_leader.post(edit_url(section), typed(section, next="/arbeid/dokument/plan/"))
    assert answer["Location"] == "/arbeid/dokument/plan/"


def test_section_edit_refuses_every_known_open_redirect(as_leader: Client, place: Workplace) -> None:
    files = sorted((SHARED / "redirect").glob("*.txt"))
    if not files:
        pytest.skip("the payloads are not here")
    section = place.schools.text
    lines = {line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    for version, line in enumerate(sorted(filter(None, lines)), start=1):
        answer = as_leader.post(edit_url(section), typed(section, base_version=version, next=line))
        as_browsers_read_it = re.sub(r"[\t\r\n]", "", answer["Location"]).replace("\\", "/")
        assert urlsplit(urljoin("http://testserver/", as_browsers_read_it)).netloc == "testserver", line


def test_section_add_puts_a_block_last(as_controller: Client, place: Workplace) -> None:
    facts = {"heading": "Tall", "state": "draft", "unit": place.schools.text.unit_id}
    facts |= {"content": f"key-figures:{place.schools.table.slug}"}
    answer = as_controller.post(reverse("plans:section_add", args=[place.schools.chapter.pk]), facts)
    added = Section.objects.get(heading="Tall")
    assert answer["Location"] == f"/arbeid/dokument/plan/#section-{added.pk}"
    assert (added.kind, added.block, added.parameters) == ("block", "key-figures", {"table": "tall-skole"})
    assert (added.position, added.parent_id) == (5, place.schools.chapter.pk)


def test_section_add_offers_only_the_tables_of_the_area(as_controller: Client, place: Workplace) -> None:
    page = as_controller.get(reverse("plans:section_add", args=[place.schools.chapter.pk]))
    choices = [value for value, _label in page.context["form"].fields["content"].choices]
    assert [value for value in choices if ":" in value] == ["key-figures:tall-skole", "investments:vann"]


def test_chapter_add_gets_an_address_of_its_own(as_controller: Client, place: Workplace) -> None:
    facts = {"heading": "Om planen", "state": "draft", "unit": place.common.unit_id}
    as_controller.post(reverse("plans:chapter_add", args=["plan"]), facts)
    assert [one.slug for one in place.document.sections.chapters().order_by("position")] == [
        "om-planen",
        "skole",
        "omsorg",
        "om-planen-2",
    ]


def test_section_move_changes_places(as_controller: Client, place: Workplace) -> None:
    as_controller.post(reverse("plans:section_move", args=[place.care.chapter.pk]), {"direction": "up"})
    order = place.document.sections.chapters().order_by("position").values_list("slug", flat=True)
    assert list(order) == ["om-planen", "omsorg", "skole"]


def test_section_remove_says_how_much_goes_with_it(as_controller: Client, place: Workplace) -> None:
    address = reverse("plans:section_remove", args=[place.schools.chapter.pk])
    assert as_controller.get(address).context["below"] == 4
    assert Section.objects.filter(pk=place.schools.chapter.pk).exists()


def test_section_remove_keeps_the_history_of_all_of_it(
    as_controller: Client, controller: User, place: Workplace
) -> None:
    as_controller.post(reverse("plans:section_remove", args=[place.schools.chapter.pk]))
    assert place.document.sections.filter(unit__slug="skole").count() == 0
    removed = Section.history.filter(history_type="-")
    assert [(row.history_user, row.history_user_id) for row in removed] == [(controller, controller.pk)] * 5


@pytest.mark.parametrize("name", ["section_add", "section_move", "section_remove"])
def test_leader_does_not_arrange_own_sections(as_leader: Client, place: Workplace, name: str) -> None:
    assert as_leader.post(reverse(f"plans:{name}", args=[place.schools.text.pk])).status_code == 403


def test_section_history_shows_words_added_and_removed(as_leader: Client, leader: User, place: Workplace) -> None:
    section = place.schools.text
    section.body = "<p>Slik det er nå.</p>"
    save_version(section, base_version=1, by=leader)
    page = as_leader.get(reverse("plans:section_history", args=[section.pk]))
    newest = page.context["versions"][0]
    assert newest.body == [("same", "Slik det "), ("removed", "var."), ("added", "er nå.")]
    assert "<del>var.</del><ins>er nå.</ins>" in page.content.decode()


def test_section_restore_brings_an_older_text_back(as_leader: Client, leader: User, place: Workplace) -> None:
    section = place.schools.text
    section.body = "<p>Feil.</p>"
    save_version(section, base_version=1, by=leader)
    first = section.history.get(version=1)
    address = reverse("plans:section_restore", args=[section.pk, first.history_id])
    assert as_leader.post(address, {"base_version": 2}).status_code == 302
    section.refresh_from_db()
    assert (section.body, section.version) == ("<p>Slik det var.</p>", 3)


@pytest.mark.parametrize("base", ["1", "", "tull"])
def test_section_restore_after_someone_saved_changes_nothing(
    as_leader: Client, leader: User, place: Workplace, base: str
) -> None:
    section = place.schools.text
    save_version(section, base_version=1, by=leader)
    address = reverse("plans:section_restore", args=[section.pk, section.history.get(version=1).history_id])
    assert as_leader.post(address, {"base_version": base}).status_code == 409
    assert Section.objects.get(pk=section.pk).version == 2


def test_document_shows_a_leader_own_and_common_chapters(as_leader: Client, place: Workplace) -> None:
    page = as_leader.get(reverse("plans:document", args=["plan"]))
    chapters = [branch.section.slug for branch in page.context["branches"] if branch.depth == 0]
    assert chapters == ["om-planen", "skole"]


def test_document_runs_the_same_queries_for_one_section_and_for_many(
    as_controller: Client, place: Workplace, django_assert_max_num_queries: Ceiling
) -> None:
    address = reverse("plans:document", args=["plan"])
    with django_assert_max_num_queries(25) as few:
        as_controller.get(address)
    for number in range(10, 20):
        parent = place.schools.chapter
        Section.objects.create(document=place.document, parent=parent, unit=parent.unit, position=number)
    with django_assert_max_num_queries(25) as many:
        as_controller.get(address)
    assert len(many) == len(few)


def test_document_of_another_is_not_listed(client: Client, administrator: User, place: Workplace) -> None:
    client.force_login(administrator)
    assert Document.objects.count() == 1
    assert list(client.get(reverse("plans:document_list")).context["documents"]) == []


def test_editing_page_is_never_cached_and_lets_the_editor_run(as_leader: Client, place: Workplace) -> None:
    page = as_leader.get(edit_url(place.schools.text))
    assert page["Cache-Control"] == "private, no-store"
    nonce = re.findall(r"'nonce-([^']+)'", page["Content-Security-Policy"])
    assert re.findall(r'<script type="importmap" nonce="([^"]+)"', page.content.decode()) == nonce
