"""What users type is shown as it is: no markup, no entities, no picture from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.places import Place
from tests.ui.audits.stage import Stage
from tests.ui.audits.survey import Survey, labels_that_guess
from tests.ui.audits.walking import shown

PAYLOADS = (
    "<b>bold</b>",
    "<img src=x onerror=alert(1)>",
    '<img src="file:///etc/passwd">',
    "<a href='https://example.com'>link</a>",
    "&amp; &lt;b&gt;",
    "R&D && Co.",
    "&File",
    "a\u202eb\u202cc",
    "\u200fשלום\u200f",
    "=1+1",
    "<table><tr><td>1</td></tr></table>",
    "<!-- hidden -->",
    "{name} %s %1 {0}",
    "<script>x</script>",
    "</style><h1>Big</h1>",
)


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
        services.activities.log(Ref(Kind.PERSON, person, text), text)
    yield stage
    stage.close()


def text_of(widget: QWidget) -> str:
    """The words of a label, a button or a link; "" of anything else."""
    words = getattr(widget, "text", None)
    return str(words()) if callable(words) else ""


def test_every_label_is_plain(survey: Survey) -> None:
    assert not survey.rich, survey.said("rich")


def test_markup_is_shown_as_it_was_typed(payloads: Stage) -> None:
    stage = payloads
    kinds = {"person": Kind.PERSON, "company": Kind.COMPANY, "opportunity": Kind.OPPORTUNITY}
    kinds |= {"ticket": Kind.TICKET, "product": Kind.PRODUCT}
    for page, kind in kinds.items():
        for record_id in list(stage.services.records.ids(kind))[:: len(PAYLOADS) // 5]:
            stage.go(Place(page, record_id))
            assert not list(labels_that_guess(stage.window))
            name = stage.services.records.card(kind, record_id).ref.title
            texts = {text_of(w) for w in shown(stage.window)}
            assert name in texts, (page, name)
            assert not stage.broken


def test_lists_and_menus_show_markup_as_it_was_typed(payloads: Stage) -> None:
    stage = payloads
    for page in ("contacts", "companies", "opportunities", "service", "products", "today"):
        stage.go(Place(page, view="list") if page == "opportunities" else Place(page))
        assert not stage.broken
        assert not list(labels_that_guess(stage.window))
        for view in (w for w in shown(stage.window) if isinstance(w, QAbstractItemView)):
            said = {
                view.model().index(row, column, QModelIndex()).data()
                for row in range(view.model().rowCount())
                for column in range(min(3, view.model().columnCount()))
            }
            if page in ("contacts", "companies", "products"):
                # The book leaves out marks that turn the direction of what follows.
                stored = {re.sub("[\u200f\u202c\u202e]", "", each) for each in PAYLOADS}
                assert stored <= said, page
        # A bare & in a button or a menu would become an underline.
        for button in (w for w in shown(stage.window) if isinstance(w, QAbstractButton)):
            for text in (t for t in PAYLOADS if "&" in t):
                assert button.text() != text or type(button).__name__ in _PAINT_THEMSELVES
    for menu in stage.window.findChildren(QMenu):
        for action in menu.actions():
            assert action.text() not in ("&File" if action.menu() is None else "",)


_PAINT_THEMSELVES = {"SidebarRow", "LineButton", "LinkLabel", "TileButton"}
