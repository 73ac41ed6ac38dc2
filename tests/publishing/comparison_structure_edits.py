"""Edits of texts, lists, tables as wholes, sections and chapters, each with what a comparison must tell of it."""

import dataclasses
import re
from collections.abc import Callable
from random import Random

from plans.richtext import plain_text
from publishing.structure import Chapter, Contents, Entry, Headline, Listing, Row, RowGroup, Section, Table, Text
from tests.publishing.comparison_edits import Edited, Told, items, put, shifted, some, tables

LONG = (
    "Denne teksten er skrevet for prøven, og den er lang nok til å kjennes igjen når den flyttes fra sitt eget avsnitt "
    "til et annet sted i dokumentet."
)


def titled(section: Section, chapter: Chapter) -> str:
    """What the comparison calls the section."""
    return section.heading or "Avsnitt uten overskrift"


def change_word(chapter: Chapter, chance: Random) -> Edited:
    """One word of one paragraph becomes another."""
    found = [
        (section, text) for section, text in items(chapter, Text) if re.search(r"[a-zæøå]{4,}", plain_text(text.html))
    ]
    one = some(chance, found)
    if one is None:
        return None
    section, text = one
    places = list(re.finditer(r"(?<![\w<&/=\".:])[a-zæøå]{4,}(?![\w>;])(?![^<]*>)", text.html))
    place = chance.choice(places)
    html = f"{text.html[: place.start()]}Utskiftet{text.html[place.end() :]}"
    before, after = plain_text(text.html).split(), plain_text(html).split()
    at = next(index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)
    said: Told = ("text", titled(section, chapter), "changed", (before[at],), (after[at],), "")
    return put(chapter, text, dataclasses.replace(text, html=html)), [said]


def add_paragraph(chapter: Chapter, chance: Random) -> Edited:
    one = some(chance, items(chapter, Text))
    if one is None:
        return None
    section, text = one
    html = f"{text.html}<p>{LONG}</p>"
    said: Told = ("text", titled(section, chapter), "added", (), tuple(LONG.split()), "")
    return put(chapter, text, dataclasses.replace(text, html=html)), [said]


def change_type(chapter: Chapter, chance: Random) -> Edited:
    """A word is set in bold."""
    plain = [
        (section, text) for section, text in items(chapter, Text) if re.search(r"<p>[A-ZÆØÅ][a-zæøå]+ ", text.html)
    ]
    one = some(chance, plain)
    if one is None:
        return None
    section, text = one
    html = re.sub(r"<p>([A-ZÆØÅ][a-zæøå]+) ", r"<p><strong>\1</strong> ", text.html, count=1)
    note = "Ordene er de samme. Det som er endret, er utheving, lenker eller punkter."
    return put(chapter, text, dataclasses.replace(text, html=html)), [
        ("text", titled(section, chapter), "changed", (), (), note)
    ]


def drop_text(chapter: Chapter, chance: Random) -> Edited:
    one = some(chance, [each for each in items(chapter, Text) if len(each[0].items) > 1])
    return (put(chapter, one[1]), [("text", titled(one[0], chapter), "removed")]) if one else None


def add_text(chapter: Chapter, chance: Random) -> Edited:
    section = some(chance, [one for one in chapter.walk() if one.items])
    if section is None:
        return None
    at = chance.randint(0, len(section.items))
    edited = (*section.items[:at], Text("tekst-ny", f"<p>{LONG}</p>"), *section.items[at:])
    return put(chapter, section, dataclasses.replace(section, items=edited)), [
        ("text", titled(section, chapter), "added")
    ]


def change_entry_note(chapter: Chapter, chance: Random) -> Edited:
    one = some(
        chance,
        [entry for _s, listing in items(chapter, Listing) for group in listing.groups for entry in group.entries],
    )
    if one is None:
        return None
    return put(chapter, one, dataclasses.replace(one, note="Ny forklaring")), [
        ("entry", one.text, "Forklaring", one.note, "Ny forklaring")
    ]


def drop_entry(chapter: Chapter, chance: Random) -> Edited:
    one = some(
        chance,
        [entry for _s, listing in items(chapter, Listing) for group in listing.groups for entry in group.entries],
    )
    return (put(chapter, one), [("entry", one.text, "removed")]) if one else None


def add_entry(chapter: Chapter, chance: Random) -> Edited:
    group = some(chance, [group for _section, listing in items(chapter, Listing) for group in listing.groups])
    if group is None:
        return None
    entries = (*group.entries, Entry("noe ganske annet enn før"))
    return put(chapter, group, dataclasses.replace(group, entries=entries)), [
        ("entry", "noe ganske annet enn før", "added")
    ]


def drop_table(chapter: Chapter, chance: Random) -> Edited:
    table = some(chance, tables(chapter))
    return (put(chapter, table), [("table", table.caption, "removed")]) if table else None


def add_table(chapter: Chapter, chance: Random) -> Edited:
    section = some(chance, list(chapter.walk()))
    if section is None:
        return None
    row = Row("En rad for prøven", (), ())
    table = Table("ny-tabell", "", "key-figures", "En ny tabell", (), (RowGroup((row,)),))
    at = chance.randint(0, len(section.items))
    edited = dataclasses.replace(section, items=(*section.items[:at], table, *section.items[at:]))
    return put(chapter, section, edited), [("table", "En ny tabell", "added")]


def drop_section(chapter: Chapter, chance: Random) -> Edited:
    section = some(chance, list(chapter.walk()))
    return (put(chapter, section), [("section", titled(section, chapter), "removed")]) if section else None


def add_section(chapter: Chapter, chance: Random) -> Edited:
    section = Section("nytt-avsnitt", "Nytt avsnitt", 2, (Text("nytt-avsnitt-tekst", f"<p>{LONG}</p>"),))
    at = chance.randint(0, len(chapter.sections))
    sections = (*chapter.sections[:at], section, *chapter.sections[at:])
    return dataclasses.replace(chapter, sections=sections), [("section", "Nytt avsnitt", "added")]


def move_section(chapter: Chapter, chance: Random) -> Edited:
    if len(chapter.sections) < 3:
        return None
    sections, moved = shifted(chance, chapter.sections)
    return dataclasses.replace(chapter, sections=sections), [("section", titled(moved, chapter), "moved")]


def sink_section(chapter: Chapter, chance: Random) -> Edited:
    """A section comes to stand under another."""
    if len(chapter.sections) < 2:
        return None
    above, moved = chance.sample(chapter.sections, 2)
    edited = dataclasses.replace(above, sections=(*above.sections, dataclasses.replace(moved, level=3)))
    return put(put(chapter, moved), above, edited), [("section", titled(moved, chapter), "moved")]


def rename_section(chapter: Chapter, chance: Random) -> Edited:
    section = some(chance, [one for one in chapter.walk() if one.heading and (one.items or one.sections)])
    if section is None:
        return None
    edited = dataclasses.replace(section, heading="Ganske andre ord", anchor="ganske-andre-ord")
    renamed = ("section", "Ganske andre ord", "Overskrift", section.heading, "Ganske andre ord")
    return put(chapter, section, edited), [renamed]


def rename_chapter(chapter: Chapter, chance: Random) -> Edited:
    title = f"{chapter.title} og annet"
    return dataclasses.replace(chapter, title=title), [("chapter", title, "Tittel", chapter.title, title)]


def change_responsible(chapter: Chapter, chance: Random) -> Edited:
    said = ("chapter", chapter.title, "Ansvarlig", chapter.responsible, "En annen sektor")
    return dataclasses.replace(chapter, responsible="En annen sektor"), [said]


def change_headline(chapter: Chapter, chance: Random) -> Edited:
    if not chapter.headlines:
        added = (Headline("Noe", "3", "av mange"),)
        return dataclasses.replace(chapter, headlines=added), [("chapter", chapter.title, "Noe", "", "3 av mange", "")]
    headline = chance.choice(chapter.headlines)
    edited = put(chapter, headline, dataclasses.replace(headline, value="mange"))
    figures = [f"{one} {headline.note}".strip() for one in (headline.value, "mange")]
    return edited, [("chapter", chapter.title, headline.label, *figures, "")]


STRUCTURE_EDITS: list[Callable[[Chapter, Random], Edited]] = [
    change_word, add_paragraph, change_type, drop_text, add_text, change_entry_note, drop_entry, add_entry, drop_table,
    add_table, drop_section, add_section, move_section, sink_section, rename_section, rename_chapter,
    change_responsible, change_headline,
]  # fmt: skip


def renumbered(contents: Contents) -> Contents:
    """The contents with chapters, tables and texts numbered and addressed in their order, as building them does."""
    return dataclasses.replace(
        contents,
        chapters=tuple(_renumbered(chapter, number) for number, chapter in enumerate(contents.chapters, start=1)),
    )


def _renumbered(chapter: Chapter, number: int) -> Chapter:
    chapter = dataclasses.replace(chapter, number=f"{number}")
    for at, table in enumerate(tables(chapter), start=1):
        chapter = put(chapter, table, dataclasses.replace(table, number=f"{number}.{at}"))
    for at, (_section, text) in enumerate(items(chapter, Text), start=1):
        chapter = put(chapter, text, dataclasses.replace(text, anchor=f"tekst-{at}"))
    return chapter
