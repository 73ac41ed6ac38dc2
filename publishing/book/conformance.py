"""Which standards a PDF says that it follows: PDF/UA-1 for those who read, PDF/A-2a for those who keep it.

WeasyPrint declares one of them at a time, but one file may follow both (ISO 14289-1 and ISO 19005-2). It is then
written once, and the archive keeps the very file that was read, with the same checksum. It is done in WeasyPrint's own
objects, just before the file is written.
"""

from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from weasyprint.pdf import pydyf

WRITTEN = {"pdf_variant": "pdf/a-2a", "pdf_tags": True, "output_intent": "sRGB"}
"""How WeasyPrint is told to write a file for the archive. `declare` adds that everyone can read it, and what its
colours mean: "srgb" would have WeasyPrint do that, and leave its profile of them open."""
SRGB = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()

SCHEMA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""That the file follows PDF/UA-1, and what that means: PDF/A wants a word explained that its own part does not know."""

DUBLIN_CORE = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{identifier}
</rdf:Description>
"""


def declare(pdf: Any, *, address: str) -> None:
    """Say what the file follows, in which language it is, its address if it has one, and what its colours mean."""
    _declare_in_metadata(pdf, address)
    profile = pydyf.Stream([SRGB], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    names = {"OutputConditionIdentifier": pydyf.String("sRGB"), "Info": pydyf.String("sRGB IEC61966-2.1")}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent | names)])


def _declare_in_metadata(pdf: Any, address: str) -> None:
    """Add to the metadata (XMP). An archive reads it with simple tools: it is not packed."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    identifier = f"\n<dc:identifier>{escape(address)}</dc:identifier>" if address else ""
    said = SCHEMA + DUBLIN_CORE.format(language=escape(pdf.catalog["Lang"].string), identifier=identifier)
    metadata.stream = [part.replace(b"</rdf:RDF>", said.encode() + b"</rdf:RDF>") for part in metadata.stream]
    metadata.compress = False


def with_clear_ends(content: bytes) -> bytes:
    r"""The file, where no stream's last byte can be taken for a part of the line end after it (ISO 19005-2, 6.1.7.1).

    A packed stream ends in `\r` once in 256 times; with the `\n` that follows, it reads as one line end, and the
    stream as a byte shorter than it says. `\r` ends a line as well, and leaves everything where it was.
    """
    return content.replace(b"\r\nendstream", b"\r\rendstream")
