"""What an amount in a file is in kroner."""

from budget.models import LedgerSource

KOSTRA_UNIT = 1_000
DECIMALS = {LedgerSource.Factor.KRONER: 2, LedgerSource.Factor.THOUSAND: 5}
"""How many decimals an amount can have without being part of an øre."""


def kroner_per_unit(source: LedgerSource) -> int:
    """Kroner with KOSTRA's sign for each 1 in a file of the source: below zero where income stands without a minus."""
    if source.form == LedgerSource.Form.KOSTRA:
        return KOSTRA_UNIT
    return -source.factor if source.is_reversed else source.factor


def decimals_of(source: LedgerSource) -> int:
    """How many decimals an amount in a table of the source may have."""
    return DECIMALS[LedgerSource.Factor(source.factor)]
