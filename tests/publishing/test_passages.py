"""What of a document a search may find, and where."""

from plans.models import Document
from publishing.building import contents
from publishing.figures import places
from publishing.models import Publication, PublishedPassage
from publishing.passages import published_passages
from publishing.structure import Contents, Listing, Text
from tests.publishing.sample import CONTENTS


def passages(shown: Contents) -> list[PublishedPassage]:
    return list(published_passages(Publication(), shown))


def test_every_row_is_a_passage_at_its_anchor() -> None:
    found = {(one.chapter_slug, one.anchor) for one in passages(CONTENTS)}
    rows = {(place.chapter.slug, place.row.anchor) for place in places(CONTENTS)}
    assert rows
    assert rows - found == set()


def test_row_says_its_columns_and_cells() -> None:
    row = next(one for one in passages(CONTENTS) if one.anchor == "barn-1")
    assert row.heading == "Innbyggere 0–1 år"
    assert row.text.splitlines() == [
        "Utvikling siste år 2020: 358",
        "Utvikling siste år 2021: 386",
        "Utvikling siste år 2022*: 384",
        "Prognose 2023: 381",
    ]
    assert row.folded.startswith("innbyggere 0–1 år\nutvikling")


def test_whole_plan_is_found(loaded_case: Document) -> None:
    built = contents.build(loaded_case)
    found = passages(built)
    anchors = {(one.chapter_slug, one.anchor) for one in found}
    items = [(chapter.slug, item) for chapter in built.chapters for part in chapter.walk() for item in part.items]
    words = [(slug, item.anchor) for slug, item in items if isinstance(item, Text | Listing)]
    assert [place for place in words if place not in anchors] == []
    assert len(anchors) == len(found)
    assert {one.position for one in found} == set(range(1, len(found) + 1))
