"""A small document by hand: every shape of table, every kind of list, and text from someone who means no good."""

from publishing.structure import (
    Chapter,
    Column,
    Contents,
    Entry,
    EntryGroup,
    Headline,
    Listing,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
    Verdict,
)

HOSTILE = '<script>alert("x")</script> & «æøå»'
FORMULA = "=cmd|' /C calc'!A0 \"x\""

CHILDREN = Table(
    anchor="barn",
    number="1.1",
    kind="key-figures",
    caption="Barn i førskolealder",
    row_heading="Målgruppe",
    columns=(
        Column("2020", "Utvikling siste år", "result"),
        Column("2021", "Utvikling siste år", "result"),
        Column("2022*", "Utvikling siste år", "result"),
        Column("2023", "Prognose", "forecast"),
    ),
    groups=(
        RowGroup(
            (
                Row("Innbyggere 0–1 år", ("358", "386", "384", "381"), ("358", "386", "384", "381"), anchor="barn-1"),
                Row("Innbyggere 2–5 år", ("888", "851", "842", "821"), ("888", "851", "842", "821"), anchor="barn-2"),
                Row(
                    "Sum",
                    ("1 246", "1 237", "1 226", "1 202"),
                    ("1246", "1237", "1226", "1202"),
                    anchor="barn-3",
                    is_sum=True,
                ),
            )
        ),
    ),
    footnotes=(("*", "Foreløpige tall."),),
    source="Elverum kommune",
    unit_of_measure="antall",
    chart="line",
    section=11,
)

SCORECARD = Table(
    anchor="malekort",
    number="1.2",
    kind="scorecard",
    caption="Målekort",
    row_heading="Indikator",
    columns=(
        Column("Resultat 2022", "", "result"),
        Column("Mål 2023", "", "target"),
        Column("Mål 2024", "", "target"),
    ),
    groups=(
        RowGroup(
            (
                Row(
                    "Oppetid for nettverket",
                    ("99,9%", "99,8 %", "99,9 %"),
                    ("99.9", "99.8", "99.9"),
                    anchor="malekort-oppetid",
                    verdict=Verdict("reached", "Nådd", "✓"),
                ),
                Row(
                    HOSTILE,
                    ("Måles ikke", "> 14", "2-5 %"),
                    (None, None, None),
                    anchor="malekort-fiende",
                    mark="**",
                    is_new=True,
                    note="(i snitt)",
                    verdict=Verdict("not_measured", "Ikke målt", "–", "Resultatet er oppgitt som «Måles ikke»."),
                ),
            ),
            title="120: Økonomi",
            note="Skala fra 1 til 6",
        ),
        RowGroup(
            (
                Row(
                    "Netto driftsresultat",
                    ("−2,4 %", "1 479,0 mill. kr", "28 1"),
                    ("-2.4", "1479.0", "28"),
                    anchor="malekort-drift",
                    verdict=Verdict("missed", "Ikke nådd", "✗"),
                ),
            ),
            title="130: Bygg",
            level=1,
        ),
    ),
    footnotes=(("**", "Ny måling."), ("1", "Anslag.")),
    note="Måloppnåelse: resultat 2022 er vurdert mot mål 2023.",
    section=12,
)

MATRIX = Table(
    anchor="planer",
    number="2.1",
    kind="plan-matrix",
    caption="Planer og tjenesteområder",
    row_heading="",
    columns=tuple(Column(f"Tjenesteområde {number}", "Tjenesteområde", "mark") for number in range(1, 13)),
    groups=(RowGroup((Row("Kommuneplanen", ("x", "") * 6, (None,) * 12, anchor="planer-kommuneplanen"),)),),
)

INVESTMENTS = Table(
    anchor="investeringer",
    number="2.2",
    kind="investments",
    caption="Investeringer [2024:2027] med et navn som er langt",
    row_heading="Tiltak",
    columns=(
        Column("2024", "Millioner kroner", "amount"),
        Column("2025", "Millioner kroner", "amount"),
        Column("Kommentar", "", "text"),
    ),
    groups=(
        RowGroup(
            (
                Row("Vannledning", ("1,0", "-2,5", FORMULA), ("1.0", "-2.5", None)),
                Row("@SUM(1+9)", ("", "4,0", "Rådhusplassen"), (None, "4.0", None)),
            ),
            title="Ledningsnett",
        ),
    ),
)

SERVICES = Listing(
    anchor="tjenester",
    kind="functions-and-services",
    caption="Funksjoner og tjenester",
    groups=(
        EntryGroup(
            (Entry("barnehagedrift"), Entry("tilskudd", "Til private."), Entry("tilsyn", children=("en del", HOSTILE))),
            title="Funksjon 201 – Barnehage",
            text="Kort om funksjonen.",
        ),
    ),
    section=13,
)

PROSE = Text("tekst", "<p>Kommunen <strong>styrer</strong>.</p><script>alert(1)</script>", section=14)

CONTENTS = Contents(
    slug="plan",
    title="Virksomhetsplan",
    subtitle="Del av økonomiplanen",
    kind="annual-plan",
    municipality="Elverum kommune",
    year=2024,
    chapters=(
        Chapter(
            slug="barnehage",
            number="1",
            title="Barnehage",
            responsible="Sektor for barnehage",
            area="barnehage",
            headlines=(Headline("Mål nådd", "1 av 2", "av dem som kan vurderes"),),
            sections=(
                Section("nokkeltall", "Nøkkeltall", 2, (CHILDREN, SCORECARD), section=11),
                Section(
                    "tjenestene",
                    "Tjenestene",
                    2,
                    (SERVICES,),
                    (Section("mer", "Mer om dem", 3, (PROSE,), section=14),),
                    section=13,
                ),
            ),
            section=10,
        ),
        Chapter(
            slug="planer",
            number="2",
            title="Planer & penger",
            responsible="",
            sections=(Section("oversikt", "Oversikt", 2, (MATRIX, INVESTMENTS)),),
        ),
    ),
)
