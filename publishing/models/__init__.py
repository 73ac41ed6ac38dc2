"""What the public reads: frozen copies of documents, and the PDFs that are on order.

Nothing here points back at a working row except the document itself.
"""

from publishing.models.figures import PublishedFigure, PublishedIndicator, PublishedObservation, PublishedPassage
from publishing.models.pdf_orders import PdfOrder
from publishing.models.publications import Publication, PublishedChapter, PublishedFile

__all__ = [
    "PdfOrder",
    "Publication",
    "PublishedChapter",
    "PublishedFigure",
    "PublishedFile",
    "PublishedIndicator",
    "PublishedObservation",
    "PublishedPassage",
]
