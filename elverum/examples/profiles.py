"""How the money of a made-up municipality is spread: what a function costs, and on which arts. Pure.

No figure in it is any municipality's. What is kept true is how such budgets look: people cost most where people are
served, buildings use electricity, those who use water and sewage pay for them, and kindergartens and care take fees.
"""

from collections.abc import Mapping
from decimal import Decimal

Profile = Mapping[str, str]
"""Art → its part of what a function costs; income is below zero, and what is above zero adds up to 1."""

WAGES, REPLACEMENTS, PENSION, EMPLOYER_TAX = "010", "020", "090", "099"
VAT, VAT_REFUNDED = "429", "729"

SIZES = {
    "100": 10, "110": 3, "120": 103, "121": 10, "130": 19, "170": -26, "171": 21, "172": 5, "173": -10, "180": 12,
    "201": 178, "202": 277, "211": 24, "213": 14, "215": 21, "221": 21, "222": 66, "223": 11, "231": 8, "232": 29,
    "233": 6, "234": 35, "241": 80, "242": 30, "243": 11, "244": 26, "251": 10, "252": 45, "253": 231, "254": 254,
    "256": 8, "261": 33, "265": 30, "273": 15, "275": 23, "276": 8, "281": 38, "283": 4, "285": 21, "301": 5,
    "302": 6, "303": 6, "320": 3, "325": 7, "329": 5, "330": 3, "332": 30, "335": 6, "339": 22, "340": 12, "345": 19,
    "350": 17, "353": 21, "355": 30, "360": 3, "370": 11, "373": 8, "375": 5, "377": 4, "380": 6, "381": 23,
    "383": 12, "385": 12, "386": 5, "390": 10,
}  # fmt: skip
"""About how many million kroner a function costs in a municipality of twenty thousand; others cost `USUAL`."""
USUAL = 6
FAMILIES = {"257": "254", "258": "254"}
"""Functions that share with others what an ended one cost."""

PEOPLE: Profile = {
    WAGES: "0.615", REPLACEMENTS: "0.055", PENSION: "0.080", EMPLOYER_TAX: "0.100", "040": "0.016", "120": "0.044",
    "270": "0.034", "370": "0.018", VAT: "0.020", "470": "0.018", VAT_REFUNDED: "-0.020", "710": "-0.034",
    "700": "-0.020",
}  # fmt: skip
KINDERGARTEN: Profile = {
    WAGES: "0.580", REPLACEMENTS: "0.055", PENSION: "0.078", EMPLOYER_TAX: "0.097", "120": "0.038", "115": "0.017",
    "470": "0.120", VAT: "0.015", VAT_REFUNDED: "-0.015", "600": "-0.095", "710": "-0.038",
}  # fmt: skip
OUT_OF_SCHOOL: Profile = {
    WAGES: "0.700", EMPLOYER_TAX: "0.108", PENSION: "0.092", "115": "0.100", "600": "-0.480", "710": "-0.030",
}  # fmt: skip
CARE: Profile = {
    WAGES: "0.585", REPLACEMENTS: "0.080", "040": "0.025", PENSION: "0.084", EMPLOYER_TAX: "0.106", "110": "0.022",
    "115": "0.018", "270": "0.022", "370": "0.030", VAT: "0.028", VAT_REFUNDED: "-0.028", "600": "-0.060",
    "710": "-0.042", "700": "-0.045",
}  # fmt: skip
INSTITUTION: Profile = {**CARE, "600": "-0.150", "700": "-0.012"}
OFFICES: Profile = {
    WAGES: "0.560", PENSION: "0.074", EMPLOYER_TAX: "0.092", "195": "0.104", "240": "0.050", "130": "0.030",
    "150": "0.020", "270": "0.040", VAT: "0.030", VAT_REFUNDED: "-0.030", "710": "-0.015", "770": "-0.020",
}  # fmt: skip
CASE_WORK: Profile = {
    WAGES: "0.640", PENSION: "0.084", EMPLOYER_TAX: "0.106", "270": "0.110", "195": "0.030", VAT: "0.030",
    VAT_REFUNDED: "-0.030", "620": "-0.420",
}  # fmt: skip
BUILDINGS: Profile = {
    "230": "0.170", "180": "0.210", WAGES: "0.260", PENSION: "0.035", EMPLOYER_TAX: "0.042", "240": "0.090",
    "185": "0.045", "195": "0.038", VAT: "0.110", VAT_REFUNDED: "-0.110", "630": "-0.080",
}  # fmt: skip
DWELLINGS: Profile = {**BUILDINGS, "630": "-0.950"}
LEISURE: Profile = {
    WAGES: "0.400", PENSION: "0.052", EMPLOYER_TAX: "0.064", "180": "0.140", "230": "0.110", "120": "0.094",
    "470": "0.080", VAT: "0.060", VAT_REFUNDED: "-0.060", "650": "-0.110", "630": "-0.080",
}  # fmt: skip
CINEMA: Profile = {
    "270": "0.420", WAGES: "0.380", PENSION: "0.050", EMPLOYER_TAX: "0.060", "120": "0.090", "629": "-0.560",
    "650": "-0.120",
}  # fmt: skip
LESSONS: Profile = {
    WAGES: "0.690", PENSION: "0.092", EMPLOYER_TAX: "0.108", "120": "0.060", "270": "0.050", "600": "-0.130",
    "750": "-0.050",
}  # fmt: skip
ROADS: Profile = {
    "230": "0.330", WAGES: "0.210", "250": "0.110", "180": "0.090", PENSION: "0.028", EMPLOYER_TAX: "0.034",
    "240": "0.068", VAT: "0.130", VAT_REFUNDED: "-0.130", "650": "-0.030",
}  # fmt: skip
SELF_COST: Profile = {
    WAGES: "0.350", "230": "0.190", "180": "0.140", "270": "0.130", PENSION: "0.046", EMPLOYER_TAX: "0.054",
    "250": "0.090", "640": "-1.180",
}  # fmt: skip
WASTE: Profile = {"375": "0.960", WAGES: "0.040", "640": "-1.010"}
BOUGHT: Profile = {"375": "0.980", "270": "0.020"}
TRANSPORT: Profile = {"170": "0.893", VAT: "0.107", VAT_REFUNDED: "-0.107"}
CHILDREN_PLACED: Profile = {
    "370": "0.430", "050": "0.250", "470": "0.110", WAGES: "0.090", PENSION: "0.010", EMPLOYER_TAX: "0.060",
    "300": "0.050", "700": "-0.080",
}  # fmt: skip
PAID_OUT: Profile = {"470": "1.000", "700": "-0.060"}
INTRODUCTION: Profile = {
    "089": "0.480", WAGES: "0.300", PENSION: "0.038", EMPLOYER_TAX: "0.046", "270": "0.086", "470": "0.050",
    "700": "-0.110",
}  # fmt: skip
GRANTS: Profile = {"470": "0.860", "270": "0.140"}
PENSION_COSTS: Profile = {PENSION: "1.000"}
POLITICS: Profile = {
    "080": "0.560", EMPLOYER_TAX: "0.080", PENSION: "0.030", "270": "0.180", "150": "0.050", VAT: "0.100",
    VAT_REFUNDED: "-0.100",
}  # fmt: skip

_USED_BY: tuple[tuple[Profile, str], ...] = (
    (KINDERGARTEN, "201"),
    (OUT_OF_SCHOOL, "215"),
    (CARE, "234 254"),
    (INSTITUTION, "253 256"),
    (OFFICES, "110 120 121 180"),
    (CASE_WORK, "301 302 303"),
    (BUILDINGS, "130 221 222 261 386"),
    (DWELLINGS, "265"),
    (LEISURE, "335 360 381"),
    (CINEMA, "373"),
    (LESSONS, "383"),
    (ROADS, "332"),
    (SELF_COST, "340 345 350 353"),
    (WASTE, "355"),
    (BOUGHT, "339"),
    (TRANSPORT, "223 330"),
    (CHILDREN_PLACED, "252"),
    (PAID_OUT, "276 281 283"),
    (INTRODUCTION, "275"),
    (GRANTS, "320 325 375 377 380 385 390"),
    (PENSION_COSTS, "170 171 172 173"),
    (POLITICS, "100"),
)
PROFILES = {function: profile for profile, functions in _USED_BY for function in functions.split()}

BUILDINGS_AND_PLANT = ("130", "221", "222", "261", "265", "332", "340", "345", "350", "353", "381", "386")
"""Functions with something to write off, and how much of what they cost is written off besides."""
WEAR = Decimal("0.24")

GENERAL = {
    ("840", "800"): "-0.480", ("800", "870"): "-0.494", ("800", "874"): "-0.008", ("800", "875"): "-0.030",
    ("840", "810"): "-0.012", ("850", "810"): "-0.018", ("870", "500"): "0.026", ("870", "510"): "0.034",
    ("870", "900"): "-0.012", ("870", "905"): "-0.012", ("880", "570"): "0.006", ("880", "550"): "0.004",
    ("880", "950"): "-0.006",
}  # fmt: skip
"""What the municipality itself keeps, as part of what everything else costs: (function, art) → part."""


def profile_of(function: str) -> Profile:
    """The arts of a function; those of people where nothing else is said."""
    return PROFILES.get(family(function), PEOPLE)


def family(function: str) -> str:
    """The function that says what this one costs."""
    return FAMILIES.get(function, function)
