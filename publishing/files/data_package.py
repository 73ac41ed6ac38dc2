"""A publication's data as a Frictionless data package: one zip with CSV files and a description of every field.

The package holds the values as a long table (`observations.csv`), what they are values of (`indicators.csv`), and each
table of the document as it is printed. The files are for programs, so text stands exactly as it was published, also
where it begins with a sign that a spreadsheet takes for a formula. `sheets.table_csv` is the file for a spreadsheet and
guards against that; the package's description says so. The same publication gives the same bytes.
"""

import csv
import datetime
import io
import json
import zipfile
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from publishing import json_form
from publishing.files.data_tables import DataTable, Field, indicators, observations, printed_table
from publishing.models import Publication
from publishing.structure import Contents

MEDIA_TYPE = "application/zip"
DESCRIPTOR = "datapackage.json"
BEGINNING_OF_ZIP = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can bear, in every package, so that its bytes do not tell when it was made."""
UNIX, READABLE = 3, 0o644 << 16
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
    "caseSensitiveHeader": True,
}
LICENCE = {
    "name": "NLOD-2.0",
    "title": "Norsk lisens for offentlige data (NLOD) 2.0",
    "path": "https://data.norge.no/nlod/no/2.0",
}


def data_package(publication: Publication, contents: Contents) -> bytes:
    """The package as a zip. `publication` must have its version, time and checksum, but need not be stored."""
    tables = [
        observations(publication, contents),
        indicators(contents),
        *(printed_table(chapter, table) for chapter, table in contents.tables()),
    ]
    files = {table.path: as_csv(table) for table in tables}
    described = descriptor(publication, contents, tables, files)
    return _zipped({DESCRIPTOR: json.dumps(described, ensure_ascii=False, indent=1).encode(), **files})


def as_csv(table: DataTable) -> bytes:
    """The table in UTF-8, with commas, and quotes where they are needed; nothing is guarded or rounded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=str(DIALECT["lineTerminator"]))
    writer.writerow(field.name for field in table.fields)
    writer.writerows(table.lines)
    return text.getvalue().encode()


def descriptor(
    publication: Publication, contents: Contents, tables: list[DataTable], files: dict[str, bytes]
) -> dict[str, Any]:
    """What `datapackage.json` says. `files` are the tables' bytes, by path."""
    home = f"{settings.SITE_URL}{publication.get_absolute_url()}"
    return {
        "profile": "tabular-data-package",
        "name": f"{publication.slug}-versjon-{publication.version}",
        "id": home,
        "title": f"{contents.title} – {contents.municipality}",
        "description": _(
            "Tall og tabeller fra %(title)s, %(stage)s. Filene er for programmer: teksten står akkurat som den ble "
            "publisert. Skal du åpne en tabell i et regneark, hent den heller fra tabellens egen side."
        )
        % {"title": publication, "stage": publication.get_stage_display()},
        "version": f"{publication.version}",
        "created": publication.published_at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "homepage": home,
        "licenses": [LICENCE],
        "sources": [{"title": contents.municipality, "path": home}],
        "contributors": [{"title": contents.municipality, "role": "publisher"}],
        "sha256": publication.sha256,
        "resources": [_resource(table, files[table.path]) for table in tables],
    }


def _resource(table: DataTable, content: bytes) -> dict[str, Any]:
    described: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{json_form.digest(content)}",
        "dialect": DIALECT,
        "schema": _schema(table),
    }
    said = {"description": table.description, "sources": [{"title": table.source}] if table.source else []}
    return described | {key: value for key, value in said.items() if value}


def _schema(table: DataTable) -> dict[str, Any]:
    described: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if table.key:
        described["primaryKey"] = list(table.key)
    if table.refers_to:
        described["foreignKeys"] = [
            {"fields": [one], "reference": {"resource": other, "fields": [there]}}
            for one, other, there in table.refers_to
        ]
    return described


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "title": field.title}
    if field.description:
        described["description"] = field.description
    constraints = {"required": field.is_required, "enum": list(field.choices)}
    described["constraints"] = {key: value for key, value in constraints.items() if value}
    return {key: value for key, value in described.items() if value}


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, BEGINNING_OF_ZIP)
            entry.create_system, entry.external_attr = UNIX, READABLE
            package.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()
