"""Lists of visits and calls: whether a row of a day gone by tells what was done."""

from __future__ import annotations

import re

OPTION, DONE, PLANNED = "past", "done", "planned"
"""The option of the column of days, and its values: what rows of days gone by are."""
_PLAN = re.compile(
    r"下次|下一|下步|计划|预定|预约|预计|截止|到期|待|应|提醒|约定|承诺|任务"
    r"|\b(?:next|due|plan|planned|schedul\w*|deadline|start|begin|remind\w*|until|by|task|to\s?do)\b"
    r"|follow[ -]?up date",
    re.IGNORECASE,
)


def past_of(header: str, others: list[str]) -> str:
    """What rows of days gone by are, by the words above the days and the subject: 拜访日期 tells
    of visits made, 下次跟进时间 and lists of tasks of what is to be done.
    """
    words = (header.replace("_", " "), *(one.replace("_", " ") for one in others))
    return PLANNED if not header or any(map(_PLAN.search, words)) else DONE
