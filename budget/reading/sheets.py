"""Reading a file of figures: Excel, ODS or CSV, told from what the file holds and not from what it is called."""

from budget.reading.cells import Cell, Line, Sheet, Unreadable, column_letter
from budget.reading.csv_file import read_csv
from budget.reading.excel_file import read_excel
from budget.reading.file_types import type_of
from budget.reading.ods_file import read_ods

__all__ = ["Cell", "Line", "Sheet", "Unreadable", "column_letter", "read"]


def read(content: bytes, name: str) -> Sheet:
    """The table in the file. Raises `Unreadable`, here and while its lines are walked through."""
    where = f"«{name[-80:]}»"
    match type_of(content, where, name):
        case "excel":
            return read_excel(content, where)
        case "ods":
            return read_ods(content, where)
        case "text":
            return read_csv(content, where)
