"""A window over an empty book, on the page of people."""

from __future__ import annotations

import pytest

from crm_desktop.ui.pasting.overlay import PasteOverlay
from crm_desktop.ui.places import Place

CARD = "张伟 采购经理\n恒远精密机械有限公司\n手机：138 1234 5678\nzhang@example.com"


@pytest.fixture
def start() -> Place:
    return Place("contacts")


def shown(overlay: PasteOverlay) -> dict[str, str]:
    assert overlay.form is not None
    return {key: line.text() for key, line in overlay.form.lines}
