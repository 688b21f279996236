"""Coming birthdays, as the list and Today show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class ComingBirthday:
    """Somebody's birthday within the window."""

    person: Ref
    company: Ref | None
    on: date
    birthday: Birthday
    days: int  # from today; negative for one just missed
    age: int | None  # 周岁 on that day, None without a year
    nominal_age: int | None  # 虚岁
    last_greeted: datetime | None
    salutation: str
    mobile: str
    email: str
    do_not_contact: bool
