"""What differs between two versions of a document. Pure: it compares contents with contents.

Everything that a reader of the document sees is told. On purpose these are not told by themselves:

- addresses, slugs and ids, and which service area a chapter is of;
- the numbers of chapters and tables and the levels of headings, which follow from where a thing stands;
- what is understood of a cell (its value, and what it is a figure of) while the cell is printed as before; but an
  amount that has changed by less than is printed is told with all its decimals;
- the codes of the KOSTRA functions that a group of rows is about, which no table prints;
- the order of footnotes and of an indicator's facts, and which facts a new or dropped indicator had;
- one kind of blank or minus sign in place of another;
- bold type and the like in a paragraph whose words have changed too.
"""

from publishing.comparison.changes import Change, Passage, Spot, Wording
from publishing.comparison.telling import compare
from publishing.comparison.whole import Comparison

__all__ = ["Change", "Comparison", "Passage", "Spot", "Wording", "compare"]
