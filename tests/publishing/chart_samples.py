"""A plot of each kind, small enough to reckon by hand."""

from decimal import Decimal

from publishing.charts import Plot, Series

YEARS = ("2019", "2020", "2021", "2022")


def made(name: str, *values: str | None, decimals: int = 0, role: str = "", is_target: bool = False) -> Series:
    """A series of these numbers; None is no figure."""
    numbers = tuple(None if value is None else Decimal(value) for value in values)
    return Series(name, numbers, decimals, role=role, is_target=is_target)


PLOTS = {
    "line": Plot(
        "line",
        YEARS,
        (
            made("Utlån", "3", "2.9", None, "2.3", decimals=1),
            made("Mål", None, None, "4", "4.5", decimals=1, is_target=True),
        ),
        forecast=3,
        unit="per innbygger",
        direction="higher",
    ),
    "column": Plot("column", YEARS, (made("Vedlikehold", "87", "-12", None, "1246"),), forecast=3, unit="kr per m²"),
    "bar": Plot(
        "bar",
        ("Skole", "Barnehage", "Skole"),
        (made("2023", "10.5", "-2", None, decimals=1), made("2024", "11", "4.0", "0", decimals=1)),
        unit="årsverk",
    ),
    "stacked": Plot(
        "stacked",
        ("Skole", "Barnehage"),
        (
            made("Nådd", "5", "1", role="reached"),
            made("Nesten nådd", "2", None, role="nearly"),
            made("Ikke nådd", "1", "2", role="missed"),
        ),
    ),
    "range": Plot(
        "range",
        ("Barnehage", "Grunnskole"),
        (
            made("Elverum", "91.5", "104", decimals=1, role="own"),
            made("Snittet", "100", "100", role="average"),
            made("Laveste", "85", "88", role="lowest"),
            made("Høyeste", "112", "115", role="highest"),
        ),
    ),
    "profile": Plot(
        "profile",
        ("Lesing", "Regning"),
        (
            made("Elverum", "3.4", "3.1", decimals=1, role="own"),
            made("Landet", "3.5", "3.3", decimals=1, role="group"),
        ),
        unit="poeng",
    ),
}
