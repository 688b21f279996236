"""Rows that were pasted stay behind only while their import goes on."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.kinds import Kind
from crm_desktop.pasted import keep_pasted
from crm_desktop.services.house import Services
from crm_desktop.ui.imports.page import DONE, ImportPage
from tests.ui.imports.test_page import rest, to_check

ROWS = "姓名\t手机\n周敏\t13812340001\n吴磊\t13812340002"


def test_they_go_when_they_are_imported(page: ImportPage, services: Services, qtbot: Any) -> None:
    file = keep_pasted(page.context.home, page.context.services.book.uid, "粘贴", ROWS)
    to_check(page, file, qtbot)
    assert file.exists()
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    rest(page, qtbot)
    assert services.records.count(Kind.PERSON) == 2
    assert not file.exists()


def test_they_go_when_the_import_is_given_up(page: ImportPage, qtbot: Any) -> None:
    file = keep_pasted(page.context.home, page.context.services.book.uid, "粘贴", ROWS)
    to_check(page, file, qtbot)
    page.start_over()
    assert not file.exists()
