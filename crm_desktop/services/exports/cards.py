"""People and companies as vCards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from crm_desktop.data import book_settings
from crm_desktop.data.session import Session
from crm_desktop.domain import lunar
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.writing.vcard import Card
from crm_desktop.services.exports.reading import read
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.words import Words

KINDS = (Kind.PERSON, Kind.COMPANY)
_POINTS = ("mobile", "phone", "fax", "email", "website")
_KEYS = {
    Kind.PERSON: (
        *("name", *_POINTS, "address", "tags", "notes", "changed_at", "family_name", "given_name"),
        *(
            "name_reading",
            "company",
            "department",
            "title",
            "gender",
            "birthday",
            "wechat",
            "qq",
            "handle",
        ),
    ),
    Kind.COMPANY: ("name", *_POINTS, "address", "tags", "notes", "changed_at"),
}
_GENDERS = {"male": "M", "female": "F"}


class Cards:
    """Makes cards of the records of one kind."""

    def __init__(self, records: Records, lists: Lists, clock: Clock, words: Words) -> None:
        self._records = records
        self._lists = lists
        self._clock = clock
        self._words = words

    def of(self, session: Session, kind: Kind, ids: Sequence[int]) -> Iterator[Card]:
        """The cards in the order of `ids`; records that are gone are left out."""
        own = ("uid", "photo_sha256") if kind is Kind.PERSON else ("uid",)
        for values in read(session, self._records, self._clock, kind, ids, _KEYS[kind], own):
            photo = values.get("photo_sha256")
            picture = book_settings.blob(session, photo) if photo else None
            yield self._card(kind, values, picture or b"")

    def _card(self, kind: Kind, values: dict[str, Any], photo: bytes) -> Card:
        company = values["name"] if kind is Kind.COMPANY else _title(values["company"])
        gender = self._lists.item(values.get("gender"))
        birthday: Birthday | None = values.get("birthday")
        handles = [
            (name, one) for name in ("wechat", "qq", "handle") for one in values.get(name, ())
        ]
        return Card(
            uid=values["uid"],
            name=values["name"],
            family=values.get("family_name") or "",
            given=values.get("given_name") or "",
            reading=values.get("name_reading") or "",
            organisation=tuple(part for part in (company, values.get("department")) if part),
            is_organisation=kind is Kind.COMPANY,
            title=values.get("title") or "",
            gender=_GENDERS.get(gender.code or "", "") if gender else "",
            mobiles=values["mobile"],
            phones=values["phone"],
            faxes=values["fax"],
            mails=values["email"],
            websites=values["website"],
            handles=tuple(handles),
            addresses=values["address"],
            birthday=birthday,
            lunar_words=self._lunar_words(birthday),
            tags=values["tags"],
            notes=values["notes"] or "",
            changed=f"{values['changed_at'].astimezone(UTC):%Y%m%dT%H%M%SZ}",
            photo=photo,
        )

    def _lunar_words(self, birthday: Birthday | None) -> str:
        if birthday is None or not birthday.lunar:
            return ""
        day = birthday.text()
        if self._words.language == "zh":
            day = lunar.lunar_text(
                birthday.month, birthday.day, leap=birthday.leap, year=birthday.year
            )
        return self._words.text("export.lunar_birthday", day=day)


def _title(ref: Any) -> str:
    return ref.title if ref is not None else ""
