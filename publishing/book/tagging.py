"""The PDF's tags, made whole: what WeasyPrint leaves out and PDF/UA-1 (ISO 14289-1) asks for.

A table's headings say what they head, a list holds nothing but points, a link says where it leads, a picture where it
stands, and what stands in a page's margin is no part of the text. It is done in WeasyPrint's own objects, just before
the file is written.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from weasyprint.pdf import pydyf

Element = dict[str, Any]
"""A structure element, a link or another dictionary of the file, as pydyf holds it."""
POINTS_A_PIXEL = 0.75


def completing(names: Mapping[str, str]) -> Callable[[object, Any], None]:
    """What WeasyPrint calls before it writes the file. `names` say in words what each address in it leads to."""

    def complete(_document: object, pdf: Any) -> None:
        root = _found(pdf, pdf.catalog["StructTreeRoot"])
        inside = set()
        for element, above in _walk(pdf, root):
            inside.add(element.number)
            if "Obj" in element:
                _complete_link(pdf, element, above, names)
            elif element["S"] == "/Figure":
                _place(pdf, element)
            elif element["S"] == "/Span" and above[-1]["S"] == "/L":
                _take_into_point(pdf, element, above[-1])
            else:
                _complete(element, above)
        _take_margins_out(pdf, _found(pdf, root["ParentTree"])["Nums"], inside)

    return complete


def _found(pdf: Any, reference: bytes) -> Any:
    """The object that a reference ("12 0 R") leads to."""
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _walk(pdf: Any, element: Element, above: tuple[Element, ...] = ()) -> Iterator[tuple[Any, tuple[Element, ...]]]:
    """Everything below the element, each with all that it stands in, outermost first."""
    for kid in tuple(element.get("K", ())):
        if not isinstance(kid, int):
            one = _found(pdf, kid)
            yield one, (*above, element)
            yield from _walk(pdf, one, (*above, element))


def _complete(element: Element, above: tuple[Element, ...]) -> None:
    """Put one element in order."""
    match element.get("S"), above[-1].get("S"):
        case "/TH", _:
            element.pop("ID", None)
            element["A"]["Scope"] = "/Column" if _heads_columns(above) else "/Row"
        case "/TD", _:  # The scopes say it all; WeasyPrint's own list of headings misses those that span columns.
            element["A"].pop("Headers", None)
        case "/Div", "/L":  # A list may hold points and lists; a pair of a term and what is said of it becomes a list.
            element["S"] = "/L"
        case "/Link", _ if _is_in_link(above):
            element["S"] = "/Span"


def _complete_link(pdf: Any, mention: Any, above: tuple[Any, ...], names: Mapping[str, str]) -> None:
    """Say where the link leads. WeasyPrint makes links of the parts of a link too; those go."""
    holder = above[-1]
    if _is_in_link(above[:-1]):
        holder["K"].remove(mention.reference)
        _found(pdf, holder["Pg"])["Annots"].remove(mention["Obj"])
        if not holder["K"]:
            above[-2]["K"].remove(holder.reference)
    else:
        said = _found(pdf, mention["Obj"])["Contents"]
        said.string = names.get(said.string, said.string)


def _take_into_point(pdf: Any, text: Any, listing: Any) -> None:
    """Make text between the points of a list, such as a blank, a part of the point before it, else a point itself."""
    at = listing["K"].index(text.reference)
    before = _found(pdf, listing["K"][at - 1]) if at else listing
    if before["S"] == "/LI":
        del listing["K"][at]
        body = _found(pdf, before["K"][-1])
    else:
        point = _added(pdf, "/LI", listing)
        listing["K"][at] = point.reference
        body = _added(pdf, "/LBody", point)
        point["K"].append(body.reference)
    body["K"].append(text.reference)
    text["P"] = body.reference


def _added(pdf: Any, kind: str, above: Any) -> Any:
    """A new element that says it stands in that one, which must take it in."""
    element = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "P": above.reference})
    pdf.add_object(element)
    return element


def _place(pdf: Any, figure: Element) -> None:
    """Say where on the page the picture stands, in points from below; WeasyPrint says it in pixels from above."""
    left, top, right, bottom = (POINTS_A_PIXEL * length for length in figure["A"]["BBox"])
    height = _found(pdf, figure["Pg"])["MediaBox"][3]
    figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]


def _is_in_link(above: tuple[Element, ...]) -> bool:
    return any(one.get("S") == "/Link" for one in above)


def _heads_columns(above: tuple[Element, ...]) -> bool:
    """Whether a heading in the last of these, a row, heads what is below it: in the head, or alone over a group."""
    return above[-2]["S"] == "/THead" or len(above[-1]["K"]) == 1


def _take_margins_out(pdf: Any, nums: list[Any], inside: set[int]) -> None:
    """Mark as artifacts what is drawn for no element of the text: running heads and feet.

    `nums` are pairs of a page's number and the elements of its marks in order (ISO 32000-1, 14.7.4.4).
    """
    for page, elements in zip(pdf.page_references, nums[1::2], strict=False):
        outside = {mark for mark, element in enumerate(elements) if _number(element) not in inside}
        drawn = _found(pdf, _found(pdf, page)["Contents"]).stream
        for place, part in enumerate(drawn):
            if isinstance(part, dict) and part.get("MCID") in outside:
                elements[part.pop("MCID")] = b"null"
                part["Type"] = "/Pagination"
                drawn[place - 1] = "/Artifact"
