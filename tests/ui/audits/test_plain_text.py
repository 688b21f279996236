"""What users type is shown as it is: no markup, no entities, no picture from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.text import clean_name
from crm_desktop.domain.views import View
from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.places import Place
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.view import TableView
from crm_desktop.ui.tooltips import plain_tip
from tests.ui.audits.stage import RECORD_PAGES, Stage
from tests.ui.audits.survey import Survey, labels_that_guess
from tests.ui.audits.walking import shown

PAYLOADS = (
    # HTML and what looks like it
    "<b>bold</b>",
    "<img src=x onerror=alert(1)>",
    '<img src="file:///etc/passwd">',
    "<a href='https://example.com'>link</a>",
    "<table><tr><td>1</td></tr></table>",
    "<!-- hidden -->",
    "<script>x</script>",
    "</style><h1>Big</h1>",
    "<svg onload=alert(1)>",
    "<![CDATA[x]]>",
    # entities and mnemonics
    "&amp; &lt;b&gt;",
    "R&D && Co.",
    "&File",
    "&#60;b&#62;",
    # Markdown
    "**bold** _x_ `code`",
    "# Heading",
    "[link](https://example.com)",
    "![picture](file:///etc/passwd)",
    # places of a format
    "{name} %s %1 {0}",
    "{0.__class__} %(name)s %n",
    "%1$s {{}} ${HOME}",
    # formulas
    "=1+1",
    '=HYPERLINK("https://example.com")',
    # direction, width, length
    "a\u202eb\u202cc",
    "\u200fשלום\u200f",
    "zero\u200bwidth\u200djoin\ufeff",
    "W" * 180,
    "长" * 120,
    "two\nlines\tand a tab",
    "👩‍👩‍👧‍👦 🇨🇳 ✈️ 𠮷",
)
# What no label may take for a name: the book keeps names on one line and without turning marks.
_LEFT_OUT = re.compile("[\u200b\u200f\u202c\u202e\ufeff]")


KINDS = {
    "person": Kind.PERSON,
    "company": Kind.COMPANY,
    "opportunity": Kind.OPPORTUNITY,
    "ticket": Kind.TICKET,
    "product": Kind.PRODUCT,
}
MONEY = {"receipt": Kind.RECEIPT, "expense": Kind.EXPENSE}
LISTS = ("contacts", "companies", "opportunities", "service", "products", "today")


@pytest.fixture(scope="module")
def payloads(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A book in which everything is named like markup."""
    folder: Path = tmp_path_factory.mktemp("payloads")
    stage = Stage("en", folder, filled=False)
    services = stage.services
    lead = services.lists.by_code("stage", "lead").id
    for text in PAYLOADS:
        company = services.records.create(Kind.COMPANY, {"name": text, "tags": (text,)})
        person = services.records.create(
            Kind.PERSON, {"name": text, "title": text, "company": company}
        )
        services.records.create(
            Kind.OPPORTUNITY,
            {"title": text, "company": company, "amount": Decimal(1), "stage": lead},
        )
        services.records.create(Kind.TICKET, {"subject": text, "said": text, "company": company})
        services.records.create(Kind.PRODUCT, {"name": text})
        paid = {"company": company, "amount": Decimal(1)}
        services.payments.record({**paid, "number": text, "reference": text})
        services.records.create(Kind.EXPENSE, {**paid, "number": text, "purpose": text})
        services.activities.log(Ref(Kind.PERSON, person, text), text)
    yield stage
    stage.close()


def text_of(widget: QWidget) -> str:
    """The words of a label, a button or a link; "" of anything else."""
    words = getattr(widget, "text", None)
    return str(words()) if callable(words) else ""


def test_every_label_is_plain(survey: Survey) -> None:
    assert not survey.rich, survey.said("rich")


def held(text: str) -> str:
    """A name as the book keeps it."""
    return clean_name(text)


def test_there_are_thirty() -> None:
    assert len(set(PAYLOADS)) == 30


def test_names_are_kept_as_they_were_typed(payloads: Stage) -> None:
    for text in PAYLOADS:
        letters = _LEFT_OUT.sub("", " ".join(text.split()))
        assert _LEFT_OUT.sub("", held(text)) == letters


@pytest.mark.parametrize("number", range(len(KINDS)), ids=list(KINDS))
def test_pages_of_records_show_markup_as_it_was_typed(payloads: Stage, number: int) -> None:
    """Each text stands on one page of a record at least."""
    stage, page = payloads, list(KINDS)[number]
    for record_id in list(stage.services.records.ids(KINDS[page]))[number :: len(KINDS)]:
        stage.go(Place(page, record_id))
        name = stage.services.records.card(KINDS[page], record_id).ref.title
        stage.until(lambda name=name: name in {text_of(w) for w in shown(stage.window)})  # type: ignore[misc]
        assert not list(labels_that_guess(stage.window))
        assert not stage.broken


@pytest.mark.parametrize("page", list(MONEY))
def test_pages_of_money_show_numbers_as_they_were_typed(payloads: Stage, page: str) -> None:
    stage, kind = payloads, MONEY[page]
    for record_id in list(stage.services.records.ids(kind))[::6]:
        stage.go(Place(page, record_id))
        name = stage.services.records.card(kind, record_id).ref.title
        stage.until(lambda name=name: name in {text_of(w) for w in shown(stage.window)})  # type: ignore[misc]
        assert not list(labels_that_guess(stage.window))
        assert not stage.broken


@pytest.mark.parametrize("page", LISTS)
def test_lists_show_markup_as_it_was_typed(payloads: Stage, page: str) -> None:
    stage = payloads
    stage.go(Place(page, view="list") if page == "opportunities" else Place(page))
    assert not stage.broken
    assert not list(labels_that_guess(stage.window))
    for view in (w for w in shown(stage.window) if isinstance(w, QAbstractItemView)):
        if page in ("contacts", "companies", "products") and isinstance(view, TableView):
            model = view.records
            cells = product(range(model.rowCount()), range(min(3, model.columnCount())))
            said = {model.index(row, column).data() for row, column in cells}
            assert {held(text) for text in PAYLOADS} <= said
    # A bare & in a button or a menu would become an underline.
    for button in (w for w in shown(stage.window) if isinstance(w, QAbstractButton)):
        for text in (t for t in PAYLOADS if "&" in t):
            assert button.text() != text or type(button).__name__ in _PAINT_THEMSELVES


@pytest.mark.parametrize("page", [key for key in PAGES if key not in {*LISTS, *KINDS, *MONEY}])
def test_other_pages_guess_at_nothing(payloads: Stage, page: str) -> None:
    stage = payloads
    if page in RECORD_PAGES:
        pytest.skip("no record of this kind is named by its user")
    stage.go(Place(page))
    assert not stage.broken
    assert not list(labels_that_guess(stage.window))


@pytest.mark.parametrize("text", PAYLOADS)
def test_toasts_banners_and_the_palette_are_plain(payloads: Stage, text: str) -> None:
    window = payloads.window
    window.toast(f"Added {text}", undo=True, stay=True)  # the palette may take its time
    window.banner("audit", text)
    window.run_command("palette")
    palette = window.actions_of_shell.palette_overlay
    assert palette is not None
    palette.field.setText(" ".join(text.split()))
    payloads.until(lambda: any(held(text)[:20] in row.title for row in palette.model.rows))
    assert not payloads.broken
    assert window.toasts.text == f"Added {text}"
    assert window.banners.texts()["audit"] == text
    assert not list(labels_that_guess(window))
    palette.close_overlay()
    window.close_banner("audit")


def test_menus_name_views_as_they_were_typed(payloads: Stage) -> None:
    stage = payloads
    for text in PAYLOADS:
        name = held(text)[:60]
        stage.services.views.add(Kind.PERSON, name, View(columns=("name", "company")))
    stage.go(Place("contacts"))
    page = stage.window.area.page
    assert isinstance(page, ListPage)
    menu = page._views.menu()
    tips = {action.toolTip(): action.text() for action in menu.actions()}
    for text in PAYLOADS:
        name = held(text)[:60]
        start = tips[plain_tip(name)].replace("&&", "&").removesuffix("…")
        assert start
        assert name.startswith(start), "cut at the most"
    assert menu.toolTipsVisible()
    for menu in stage.window.findChildren(QMenu):
        for action in menu.actions():
            assert action.text() not in ("&File" if action.menu() is None else "",)


_PAINT_THEMSELVES = {"SidebarRow", "LineButton", "LinkLabel", "TileButton"}
