"""The JSON Schema of what `publishing.json_form` writes, for those who read publications with programs of their own.

The schema is a file of its own, in bokmål whatever the language of the site, as the contents are. A publication's JSON
does not name it: the JSON that is downloaded is exactly what the checksum is taken over, and holds no address.
"""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("publication.schema.json")


def publication_schema(address: str = "") -> dict[str, Any]:
    """The schema (JSON Schema 2020-12), with the address where it is found."""
    described: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return {"$id": address, **described} if address else described
