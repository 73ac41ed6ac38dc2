"""What a loaded case holds: each kind of fact in a file, and where in the database it is found."""

from django.contrib.auth import authenticate

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation.loading import codes_of
from organisation.models import AreaFunction, Delivery, KostraFunction, Municipality, Service, Unit, User
from plans.models import DevelopmentItem, Document, PlanContribution, Section, StrategicPlan
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard, ScorecardRow
from staffing.models import StaffingFigure


def test_load_gives_units_their_place_in_the_tree(loaded_case: Document) -> None:
    assert Municipality.objects.values_list("number", "is_owner").get() == ("3420", True)
    assert [unit.slug for unit in Unit.objects.filter(parent__isnull=True)] == ["elverum-kommune"]
    department = Unit.objects.get(slug="hjemmebaserte-tjenester-nord")
    assert department.parent is not None
    assert department.parent.parent == Unit.objects.get(slug="helse-mestring-og-omsorg")


def test_load_gives_people_roles_but_no_password(loaded_case: Document) -> None:
    assert set(User.objects.values_list("is_demo", "is_superuser")) == {(True, False)}
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["administrator"]
    leader = User.objects.get(username="leder.staber")
    roles = [(one.role, one.unit.slug) for one in leader.memberships.order_by("pk")]
    assert roles == [("leader", "personalstaben"), ("leader", "service-og-ikt-staben")]
    assert [authenticate(username="controller", password=word) for word in ("", "!", "controller")] == [None] * 3


def test_load_functions_that_stand_for_two_codes(loaded_case: Document) -> None:
    titles = [row.title for row in AreaFunction.objects.filter(area__slug="fellesfunksjoner").order_by("position")]
    assert titles[5] == "Funksjon 340 og 345 – Produksjon og distribusjon av vann"
    assert codes_of({"code": "120"}) == ["120"]


def test_load_keeps_the_national_name_and_validity(loaded_case: Document) -> None:
    ended = KostraFunction.objects.get(code="254")
    assert (ended.name, ended.is_valid_in(2023), ended.is_valid_in(2024)) == (
        "Helse- og omsorgstjenester til hjemmeboende",
        True,
        False,
    )


def test_load_services_with_and_without_a_description(loaded_case: Document) -> None:
    services = Service.objects.filter(area_function__area__slug="barnehage", area_function__position__in=(1, 3))
    found = services.order_by("area_function__position", "position").values_list("name", "description")
    assert list(found) == [
        ("kommunal barnehagedrift", ""),
        ("tilskudd til privat barnehagedrift", ""),
        ("lokal barnehagemyndighet", ""),
        (
            "utgifter til drift og vedlikehold av barnehagelokaler og uteanlegg",
            "Omfatter også skyss av barn som har vedtak om det.",
        ),
    ]


def test_load_deliveries_with_the_functions_they_list(loaded_case: Document) -> None:
    delivery = Delivery.objects.get(area__slug="skole", unit__slug="kulturskolen")
    assert [code for one in delivery.functions.all() for code in one.codes] == ["383"]


def test_load_scorecard_columns_say_kind_and_period(loaded_case: Document) -> None:
    columns = Scorecard.objects.get(slug="skole-2024").columns.order_by("position")
    assert [(one.label, one.kind, one.period.label) for one in columns] == [
        ("Resultat 2022/2023", "result", "2022/2023"),
        ("Mål 2023", "target", "2023"),
        ("Mål 2024", "target", "2024"),
    ]


def test_load_scorecard_row_with_its_values(loaded_case: Document) -> None:
    row = ScorecardRow.objects.get(indicator__slug="adm-renholdskostnad")
    assert row.name == "Renholdskostnad – kroner per m2 bruttoareal (sum eide og leide bygg)"
    assert (row.group.title, row.indicator.direction, row.indicator.owner.slug) == (
        "121/130: Eiendomsfunksjoner.",
        "lower",
        "eiendomsstaben",
    )
    values = row.indicator.observations.order_by("period__start").values_list("kind", "text", "comparator", "number")
    assert list(values) == [("result", "215", "", 215), ("target", "<200", "<", 200), ("target", "<205", "<", 205)]


def test_load_empty_cells_have_no_value(loaded_case: Document) -> None:
    indicator = Indicator.objects.get(slug="adm-restavfall")
    assert list(indicator.observations.values_list("kind", "text")) == [("target", ">20 %")]


def test_load_one_measure_in_two_tables_is_one_indicator(loaded_case: Document) -> None:
    indicator = Indicator.objects.get(slug="adm-vedlikehold-kr-per-m2")
    table = KeyFigureTable.objects.get(slug="adm-vedlikehold-formalsbygg")
    assert [row.indicator for row in table.rows.all()] == [indicator]
    assert indicator.name.startswith("Korrigerte brutto driftsutgifter")
    assert indicator.observations.filter(period__start__year=2022, kind="result").count() == 1


def test_load_months_as_columns(loaded_case: Document) -> None:
    values = Indicator.objects.get(slug="sostj-avsluttede-gjeldssaker").observations.order_by("period__start")
    assert [one.text for one in values.filter(period__start__year=2022)] == [
        "9", "19", "11", "9", "11", "7", "6", "10", "14", "10", "14", "0",
    ]  # fmt: skip
    assert {one.period.kind for one in values.select_related("period")} == {"month"}


def test_load_breakdown_by_unit(loaded_case: Document) -> None:
    total = Indicator.objects.get(slug="bhg-barn-telling")
    parts = total.breakdown.order_by("pk")
    assert [(part.unit.slug, part.observations.get().text) for part in parts if part.unit] == [
        ("terningen-barnehage", "130"),
        ("sorenskrivergarden-barnehage", "70"),
        ("solkroken-barnehage", "39"),
        ("sobakken-barnehage", "41"),
        ("stavasbakken-barnehage", "63"),
        ("ydalir-barnehage", "120"),
    ]
    assert total.observations.get().text == "463"


def test_load_cell_with_a_footnote_mark(loaded_case: Document) -> None:
    marked = Observation.objects.exclude(mark="")
    assert [(one.indicator.slug, one.text, one.mark) for one in marked] == [("sostj-avslag-bolig", "28", "1")]


def test_load_staffing_with_the_printed_sum(loaded_case: Document) -> None:
    figures = StaffingFigure.objects.filter(counted_on="2023-08-31").select_related("unit")
    printed = {one.label or one.unit.name: f"{one.fte}" for one in figures}
    assert printed["Sektor for skole (inkl. PPT, BOI/ELS, kulturskole)"] == "441.4"
    assert [(one.label, f"{one.fte}") for one in figures if one.is_total] == [("Sum", "1479.0")]


def test_load_investments_in_kroner(loaded_case: Document) -> None:
    plan = InvestmentPlan.objects.get()
    dam = plan.projects.get(name="Tiltak Stavåsdammen")
    assert f"{dam.estimate}" == "1800000.00"
    assert [(one.year, f"{one.amount}") for one in dam.amounts.all()] == [(2024, "300000.00"), (2025, "1500000.00")]
    kinds = plan.projects.order_by("position").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["unallocated", "total"]
    assert InvestmentAmount.objects.count() == 31
    assert InvestmentProject.objects.exclude(group="").values("group").distinct().count() == 4


def test_load_plans_with_their_years(loaded_case: Document) -> None:
    plan = StrategicPlan.objects.get(slug="trafikksikkerhet")
    assert (plan.starts, plan.ends, plan.position) == (2021, 2025, 4)
    assert StrategicPlan.objects.filter(starts__isnull=True).count() == 3
    crosses = PlanContribution.objects.filter(plan__slug="hovedplan-vann-og-avlop")
    assert [cross.area.slug for cross in crosses] == ["administrasjon", "teknisk-drift"]


def test_load_development_work_with_parts(loaded_case: Document) -> None:
    whole = DevelopmentItem.objects.exclude(children=None).distinct().get(area__slug="sosial-tjenestebistand")
    assert [part.text for part in whole.children.order_by("position")][:2] == [
        "Vi identifiserer behov for innsats",
        "Vi kommer i posisjon for innsats",
    ]
    linked = DevelopmentItem.objects.get(indicator__slug="bv-fosterhjem-i-slekt")
    assert linked.text == "Sikre at flere fosterhjemsplasseringer skjer i barnets slekt og nære nettverk."


def test_load_chapters_and_their_sections(loaded_case: Document) -> None:
    chapter = Section.objects.get(parent=None, slug="teknisk-drift")
    assert (chapter.position, chapter.heading, chapter.unit.slug, str(chapter.area)) == (
        18,
        "Teknisk drift",
        "teknikk-og-miljo",
        "Teknisk drift",
    )
    last = chapter.children.order_by("position").last()
    assert last is not None
    assert last.heading == "Forslag til Handlingsplan vann og avløp 2024 - 2027"
    parts = last.children.order_by("position").values_list("position", "heading", "kind", "block", "parameters")
    assert list(parts) == [
        (1, "", "text", "", {}),
        (2, "", "block", "investments", {"plan": "vann-og-avlop-2024-2027"}),
    ]
    assert last.children.earliest("position").body.count("<p>") == 2


def test_load_sections_below_a_section_come_after_its_parts(loaded_case: Document) -> None:
    section = Section.objects.get(parent__slug="administrasjon", heading="Organisering av arbeidet")
    below = section.children.order_by("position").values_list("position", "heading", "block")
    assert list(below)[:3] == [(1, "", ""), (2, "", "responsibilities"), (3, "Økonomistaben", "")]
