"""What an archive needs beside the PDF/A: the publication's metadata as XML.

Dublin Core's terms say what was published, PREMIS says which files there are and how to see that they are whole. What
neither has a word for, a version's stage and decision, stands in a namespace of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from publishing import json_form
from publishing.files.data_package import LICENCE
from publishing.models import Publication, PublishedFile

OWN = "urn:uuid:0d3a2e0c-6a0b-5c55-9f0c-1d6c7c1c2a41"
TERMS = "http://purl.org/dc/terms/"
PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {"arkiv": OWN, "dcterms": TERMS, "premis": PREMIS, "xsi": XSI}
STANDARDS = "ISO 19005-2 (PDF/A-2a), ISO 14289-1 (PDF/UA-1)"
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can not hold in any form (section 2.2), such as control characters."""

Term = tuple[str, str, str]
"""The name of a term, what it says, and how that is written (a type of DCMI's), "" where it is plain text."""

for prefix, namespace in PREFIXES.items():
    ElementTree.register_namespace(prefix, namespace)


def metadata(publication: Publication, files: Iterable[PublishedFile]) -> bytes:
    """Title, unit, case, dates, rights and the files with their checksums, as XML in UTF-8.

    The files' contents are not read. Characters that XML can not hold are written as U+FFFD.
    """
    root = ElementTree.Element(f"{{{OWN}}}publication")
    for name, text, kind in _terms(publication, json.loads(publication.contents)):
        if text:
            term = _add(root, TERMS, name, text)
            term.attrib.update({f"{{{XSI}}}type": kind} if kind else {})
    _add_version(root, publication)
    held = ElementTree.SubElement(root, f"{{{PREMIS}}}premis", {"version": "3.0"})
    for file in files:
        _add_file(held, file)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _terms(publication: Publication, contents: json_form.Json) -> Iterator[Term]:
    """What Dublin Core has a term for."""
    uri, date = "dcterms:URI", "dcterms:W3CDTF"
    yield "title", publication.title, ""
    yield "alternative", contents["subtitle"], ""
    yield "creator", publication.document.unit.name, ""
    yield "publisher", contents["municipality"], ""
    yield "contributor", publication.publisher, ""
    yield "identifier", _address(publication, publication.version), uri
    if publication.version > 1:
        yield "replaces", _address(publication, publication.version - 1), uri
    yield "type", "Text", "dcterms:DCMIType"
    yield "type", publication.document.get_kind_display(), ""
    yield "language", get_language() or settings.LANGUAGE_CODE, "dcterms:RFC5646"
    yield "temporal", str(publication.year), date
    yield "dateAccepted", publication.decided_on.isoformat() if publication.decided_on else "", date
    yield "issued", publication.published_at.isoformat(timespec="seconds"), date
    yield "bibliographicCitation", publication.decision, ""
    yield "description", publication.reason, ""
    yield "extent", _extent(contents), ""
    yield "rights", LICENCE["title"], ""
    yield "license", LICENCE["path"], uri


def _address(publication: Publication, version: int) -> str:
    return f"{settings.SITE_URL}{reverse('publishing:version_document', args=[publication.slug, version])}"


def _extent(contents: json_form.Json) -> str:
    tables = sum(1 for _table in json_form.from_json(contents).tables())
    chapters = len(contents["chapters"])
    return ", ".join(
        (
            ngettext("%(number)s kapittel", "%(number)s kapitler", chapters) % {"number": chapters},
            ngettext("%(number)s tabell", "%(number)s tabeller", tables) % {"number": tables},
        )
    )


def _add_version(root: ElementTree.Element, publication: Publication) -> None:
    """Version, stage and decision, and the checksum of the frozen contents."""
    version = ElementTree.SubElement(root, f"{{{OWN}}}version", {"number": str(publication.version)})
    stage = _add(version, OWN, "stage", publication.get_stage_display())
    stage.set("code", publication.stage)
    correction = _("Retter en feil i forrige versjon") if publication.is_correction else ""
    decided_on = publication.decided_on.isoformat() if publication.decided_on else ""
    said = {"decisionBody": publication.decision_body, "caseNumber": publication.case_number, "decidedOn": decided_on}
    for name, text in (said | {"correction": correction}).items():
        if text:
            _add(version, OWN, name, text)
    _add(version, OWN, "contents", publication.sha256).set("algorithm", "SHA-256")


def _add_file(held: ElementTree.Element, file: PublishedFile) -> None:
    """A file: its name, media type, size in bytes and checksum (PREMIS 3.0, object)."""
    one = ElementTree.SubElement(held, f"{{{PREMIS}}}object", {f"{{{XSI}}}type": "premis:file"})
    identifier = ElementTree.SubElement(one, f"{{{PREMIS}}}objectIdentifier")
    _add(identifier, PREMIS, "objectIdentifierType", "filename")
    _add(identifier, PREMIS, "objectIdentifierValue", file.name)
    facts = ElementTree.SubElement(one, f"{{{PREMIS}}}objectCharacteristics")
    fixity = ElementTree.SubElement(facts, f"{{{PREMIS}}}fixity")
    _add(fixity, PREMIS, "messageDigestAlgorithm", "SHA-256")
    _add(fixity, PREMIS, "messageDigest", file.sha256)
    _add(facts, PREMIS, "size", str(file.size))
    form = ElementTree.SubElement(facts, f"{{{PREMIS}}}format")
    designation = ElementTree.SubElement(form, f"{{{PREMIS}}}formatDesignation")
    _add(designation, PREMIS, "formatName", file.media_type)
    if file.media_type == "application/pdf":
        _add(form, PREMIS, "formatNote", STANDARDS)
    _add(one, PREMIS, "originalName", file.name)


def _add(above: ElementTree.Element, namespace: str, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(above, f"{{{namespace}}}{name}")
    element.text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return element
