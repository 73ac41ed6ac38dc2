"""Forms for the documents: sections, development work."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget

from budget.models import InvestmentPlan
from organisation.access import Right
from organisation.addresses import address
from organisation.editing import VersionedForm
from organisation.models import Unit, User
from plans.edit_links import LEDGER_BLOCKS, REPORT_BLOCKS
from plans.models import DevelopmentItem, Document, Section
from plans.models.documents import OF_ONE_UNIT
from plans.richtext import clean
from scorecards.models import Indicator, KeyFigureTable

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
    "NoSpellCheck": False,
}
"""What the editor offers: the same as `plans.richtext` lets through."""

TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
AREA_BLOCKS = (
    Section.Block.FUNCTIONS_AND_SERVICES,
    Section.Block.TARGET_GROUPS,
    Section.Block.SCORECARD,
    Section.Block.RESPONSIBILITIES,
    Section.Block.DEVELOPMENT,
)
UNIT_BLOCKS = (
    Section.Block.HEADLINE_FIGURES,
    Section.Block.UNIT_SCORECARD,
    Section.Block.UNIT_STAFFING,
    Section.Block.ACCOUNTS,
    Section.Block.FRAMES,
    Section.Block.MEASURES,
)
"""What is shown of the unit that a section belongs to, in the documents of one unit."""
MUNICIPALITY_BLOCKS = (
    Section.Block.OVERALL_GOALS,
    Section.Block.STAFFING,
    Section.Block.PLAN_MATRIX,
    *LEDGER_BLOCKS,
    Section.Block.STATUTORY_BUDGET,
    Section.Block.FRAMES,
    Section.Block.MEASURES,
)

Choice = tuple[str, str]


class RichTextField(forms.CharField):
    """Running text from the editor, cleaned.

    What is typed without any tag (where the editor does not run) becomes paragraphs.
    """

    widget = ProseEditorWidget(config={"extensions": EXTENSIONS}, preset="configurable")

    def clean(self, value: Any) -> str:
        """Clean HTML."""
        text = super().clean(value)
        return clean(text if TAG.search(text) else linebreaks(text, autoescape=True)) if text else ""


def contents_for(section: Section) -> Iterator[Choice]:
    """What a section can hold where it stands: text, or a block with the table or plan it shows."""
    year, area = section.document.year, section.chapter.area
    is_report = section.document.kind == Document.Kind.TERTIAL_REPORT
    is_of_unit = section.document.kind in OF_ONE_UNIT
    yield "text", Section.Kind.TEXT.label.capitalize()
    usual = AREA_BLOCKS if area else UNIT_BLOCKS if is_of_unit else MUNICIPALITY_BLOCKS
    for block in (*(REPORT_BLOCKS if is_report else ()), *usual):
        yield block.value, str(block.label).capitalize()
    for table in KeyFigureTable.objects.filter(area=area, year=year) if area else ():
        yield f"{Section.Block.KEY_FIGURES}:{table.slug}", _("Nøkkeltall: %(table)s") % {"table": table.caption}
    for plan in InvestmentPlan.objects.all():
        yield f"{Section.Block.INVESTMENTS}:{plan.slug}", _("Investeringer: %(plan)s") % {"plan": plan.title}


class SectionForm(VersionedForm):
    """A section's heading, contents, text and state; who is responsible only for those who publish the document."""

    content = forms.ChoiceField(
        label=_("Innhold"), help_text=_("Hva som står under overskriften, i tillegg til teksten.")
    )
    body = RichTextField(label=_("Tekst"), required=False)

    class Meta:
        model = Section
        fields = ["heading", "content", "area", "body", "state", "unit"]

    def __init__(self, data: Any = None, *, instance: Section, by: User) -> None:
        super().__init__(data, instance=instance, by=by, initial={"content": _content_of(instance)})
        is_chapter = instance.parent_id is None
        self.fields["heading"].required = is_chapter
        for name in _fixed_fields(is_chapter=is_chapter, may_publish=instance.unit_id in by.unit_ids(Right.PUBLISH)):
            del self.fields[name]
        if "content" in self.fields:
            self.fields["content"].choices = list(contents_for(instance))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put the chosen contents into the section; give a new chapter its address, which it keeps."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if content := cleaned.get("content"):
            _put_content(self.instance, content)
        if self.instance.parent_id is None and not self.instance.slug:
            taken = self.instance.document.sections.chapters().values_list("slug", flat=True)
            self.instance.slug = address(cleaned.get("heading", ""), taken=set(taken))
        return cleaned

    def shown(self, row: Any, name: str) -> Any:
        """Texts as they look on the page, contents by their name."""
        if name == "body":
            return _as_page(row.body)
        return _content_of(row) if name == "content" else super().shown(row, name)


def _fixed_fields(*, is_chapter: bool, may_publish: bool) -> list[str]:
    """The fields that this person does not set on this section.

    A chapter has an area, a section under it has contents.
    """
    if not may_publish:
        return ["content", "area", "unit"]
    return ["content"] if is_chapter else ["area"]


def _as_page(body: str) -> SafeString:
    return SafeString(clean(body))


def _content_of(section: Section) -> str:
    if section.kind == Section.Kind.TEXT:
        return "text"
    parameter = section.parameters.get("table") or section.parameters.get("plan")
    return f"{section.block}:{parameter}" if parameter else section.block


def _put_content(section: Section, content: str) -> None:
    block, _colon, parameter = content.partition(":")
    if block == "text":
        section.kind, section.block, section.parameters = Section.Kind.TEXT, "", {}
        return
    section.kind, section.block = Section.Kind.BLOCK, block
    key = "plan" if block == Section.Block.INVESTMENTS else "table"
    kept = {name: value for name, value in section.parameters.items() if name not in ("table", "plan")}
    section.parameters = kept | ({key: parameter} if parameter else {})
    if block in REPORT_BLOCKS and "round" not in kept:
        section.parameters["round"] = _round_of(section.document)


def _round_of(document: Document) -> str:
    """The address of the round that the document gathers, as its other blocks name it."""
    blocks = document.sections.filter(block__in=REPORT_BLOCKS).values_list("parameters", flat=True)
    return next((named["round"] for named in blocks if "round" in named), "")


class DevelopmentItemForm(VersionedForm):
    """A piece of development work. The unit is one that the person may edit for."""

    class Meta:
        model = DevelopmentItem
        fields = ["text", "heading", "unit", "indicator"]
        help_texts = {"heading": _("Arbeid med samme overskrift står samlet.")}

    def __init__(self, data: Any = None, *, instance: DevelopmentItem, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        self.fields["unit"].queryset = Unit.objects.editable_by(by)  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = Indicator.objects.visible_to(by)  # type: ignore[attr-defined]
        if instance.parent_id:
            for name in ("heading", "unit", "indicator"):
                del self.fields[name]
