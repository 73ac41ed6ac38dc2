"""Whether what is published is still what it was: every kind of tampering is told, and nothing else."""

import io
import json
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from publishing.json_form import digest
from publishing.models import Publication, PublishedFile
from tests.publishing.published import add_file, changed, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db: None) -> Publication:
    publication = store()
    add_file(publication, ".pdf")
    return publication


def verified() -> tuple[bool, list[str]]:
    """Whether all is as it was, and the lines that were printed."""
    out = io.StringIO()
    try:
        call_command("verify_publications", stdout=out)
    except CommandError:
        return False, out.getvalue().splitlines()
    return True, out.getvalue().splitlines()


def test_what_nobody_touched_is_in_order(plan: Publication) -> None:
    store(changed(slug="plan-2025", title="Plan 2025"))
    assert verified() == (
        True,
        [
            "Virksomhetsplan 2024, versjon 1: i orden",
            "Plan 2025, versjon 1: i orden",
            "Alle 2 publikasjoner er som da de ble publisert.",
        ],
    )


def test_nothing_published_is_in_order() -> None:
    assert verified() == (True, ["Alle 0 publikasjoner er som da de ble publisert."])


def write_contents(plan: Publication) -> None:
    Publication.objects.update(contents=plan.contents.replace("46,2 %", "56,2 %"))


def write_contents_and_sum(plan: Publication) -> None:
    text = plan.contents.replace("46,2 %", "56,2 %")
    Publication.objects.update(contents=text, sha256=digest(text.encode()))


def break_contents(plan: Publication) -> None:
    Publication.objects.update(contents="{}", sha256=digest(b"{}"))


def write_page(plan: Publication) -> None:
    plan.chapters.filter(slug="skole").update(html="<p>Alt er bra.</p>")


def remove_chapter(plan: Publication) -> None:
    plan.chapters.filter(slug="omsorg").delete()


def write_file(plan: Publication) -> None:
    plan.files.filter(name__endswith=".pdf").update(content=b"%PDF-2.0")


def write_size(plan: Publication) -> None:
    plan.files.filter(name__endswith=".xlsx").update(size=1)


def write_json(plan: Publication) -> None:
    content = json.dumps(json.loads(plan.contents) | {"year": 2025}).encode()
    files = PublishedFile.objects.filter(name__endswith=".json")
    files.update(content=content, size=len(content), sha256=digest(content))


def break_json(plan: Publication) -> None:
    PublishedFile.objects.filter(name__endswith=".json").update(content=b"{", size=1, sha256=digest(b"{"))


def write_goal(plan: Publication) -> None:
    plan.figures.filter(indicator_slug="lesing").update(outcome="reached", missed_since="")


def remove_goal(plan: Publication) -> None:
    plan.figures.filter(indicator_slug="trivsel").delete()


def write_value(plan: Publication) -> None:
    plan.observations.filter(indicator_slug="lesing", period="2023").update(value="56.2")


def add_value(plan: Publication) -> None:
    one = plan.observations.get(indicator_slug="lesing", period="2023")
    one.pk, one.position = None, 99
    one.save()


def write_definition(plan: Publication) -> None:
    plan.indicators.filter(slug="lesing").update(definition="Noe annet")


WHOLE_PLAN = "Virksomhetsplan 2024, versjon 1"
OTHER_SUM = "har en annen kontrollsum"


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (write_page, [f"Siden for kapitlet «Skole» {OTHER_SUM}."]),
        (remove_chapter, ["Kapitlene er ikke de som står i innholdet."]),
        (write_file, [f"Filen plan-2024-versjon-1.pdf {OTHER_SUM} eller størrelse."]),
        (write_size, [f"Filen plan-2024-versjon-1.xlsx {OTHER_SUM} eller størrelse."]),
        (write_json, ["Filen plan-2024-versjon-1.json har et annet innhold enn publikasjonen."]),
        (break_json, ["Filen plan-2024-versjon-1.json har et annet innhold enn publikasjonen."]),
        (write_goal, ["1 av 3 publiserte mål er ikke slik innholdet gir dem."]),
        (remove_goal, ["1 av 3 publiserte mål er ikke slik innholdet gir dem."]),
        (write_value, ["1 av 9 publiserte verdier er ikke slik innholdet gir dem."]),
        (add_value, ["1 av 9 publiserte verdier er ikke slik innholdet gir dem."]),
        (write_definition, ["1 av 3 publiserte indikatorer er ikke slik innholdet gir dem."]),
        (break_contents, ["Innholdet kan ikke leses, så resten er ikke sjekket mot det."]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_tampering_is_told(plan: Publication, tamper: Callable[[Publication], None], told: list[str]) -> None:
    tamper(plan)
    assert verified() == (False, [f"{WHOLE_PLAN}: {len(told)} feil", *(f"  – {one}" for one in told)])


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (write_contents, "Innholdet har en annen kontrollsum enn da det ble publisert."),
        (write_contents_and_sum, "Filen plan-2024-versjon-1.json har et annet innhold enn publikasjonen."),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_tampering_with_the_contents_shows_in_the_rows(
    plan: Publication, tamper: Callable[[Publication], None], told: str
) -> None:
    tamper(plan)
    is_right, lines = verified()
    assert not is_right
    assert f"  – {told}" in lines
    assert "  – 1 av 3 publiserte mål er ikke slik innholdet gir dem." in lines
    assert "  – 1 av 9 publiserte verdier er ikke slik innholdet gir dem." in lines


def test_tampering_with_what_a_search_finds_is_told(plan: Publication) -> None:
    count = plan.passages.count()
    wrong = plan.passages.filter(chapter_slug="omsorg").update(text="Noe annet")
    told = f"  – {wrong} av {count} publiserte tekststykker er ikke slik innholdet gir dem."
    assert verified() == (False, [f"{WHOLE_PLAN}: 1 feil", told])


def test_one_that_is_wrong_does_not_hide_the_others(plan: Publication) -> None:
    store(changed(slug="plan-2025", title="Plan 2025"))
    write_page(plan)
    with pytest.raises(CommandError, match="1 av 2 publikasjoner er ikke som da de ble publisert"):
        call_command("verify_publications", stdout=io.StringIO())
    assert verified()[1][-1] == "Plan 2025, versjon 1: i orden"
