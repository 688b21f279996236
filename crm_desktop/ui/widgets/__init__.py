"""The widgets pages are made of."""

from crm_desktop.ui.widgets.birthday import BirthdayField
from crm_desktop.ui.widgets.button_row import ButtonRow
from crm_desktop.ui.widgets.buttons import (
    Button,
    CloseButton,
    IconButton,
    LinkButton,
    PrimaryButton,
)
from crm_desktop.ui.widgets.cards import (
    Banner,
    Card,
    InlineStrip,
    KpiRow,
    SectionHeader,
)
from crm_desktop.ui.widgets.chips import (
    Avatar,
    Chip,
    Stars,
    chip_size,
    paint_avatar,
    paint_chip,
    paint_stars,
)
from crm_desktop.ui.widgets.choices import ChoiceField, ChoicesField, Option, TagsField, colour_dot
from crm_desktop.ui.widgets.empty_state import EmptyState
from crm_desktop.ui.widgets.fields import (
    DateField,
    MoneyField,
    ParsedField,
    PercentField,
    PhoneField,
    TimeField,
)
from crm_desktop.ui.widgets.labels import (
    AllLinesLabel,
    ElidedLabel,
    FewLinesLabel,
    PlainLabel,
    StatusText,
    TwoLineLabel,
)
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.links import LinkField
from crm_desktop.ui.widgets.popover import Popover
from crm_desktop.ui.widgets.segmented import Segmented
from crm_desktop.ui.widgets.several_links import LinksField
from crm_desktop.ui.widgets.texts import FieldRow, SearchBox, TextArea

__all__ = [
    "AllLinesLabel",
    "Avatar",
    "Banner",
    "BirthdayField",
    "Button",
    "ButtonRow",
    "Card",
    "Chip",
    "ChoiceField",
    "ChoicesField",
    "CloseButton",
    "DateField",
    "ElidedLabel",
    "EmptyState",
    "FewLinesLabel",
    "FieldRow",
    "FlowLayout",
    "IconButton",
    "InlineStrip",
    "KpiRow",
    "LinkButton",
    "LinkField",
    "LinksField",
    "MoneyField",
    "Option",
    "ParsedField",
    "PercentField",
    "PhoneField",
    "PlainLabel",
    "Popover",
    "PrimaryButton",
    "SearchBox",
    "SectionHeader",
    "Segmented",
    "Stars",
    "StatusText",
    "TagsField",
    "TextArea",
    "TimeField",
    "TwoLineLabel",
    "chip_size",
    "colour_dot",
    "paint_avatar",
    "paint_chip",
    "paint_stars",
]
