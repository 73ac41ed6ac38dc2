"""A table of a working page as a file of its own."""

from django.http import Http404, HttpResponse

from publishing.files.sheets import TABLE_FILES
from publishing.structure import Table


def table_file(table: Table, *, name: str, ending: str) -> HttpResponse:
    """The table as a workbook or as text with separators. Raises Http404 for another ending."""
    if ending not in TABLE_FILES:
        raise Http404
    write, media_type = TABLE_FILES[ending]
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(write(table), media_type, headers=disposition)
