"""Address cards as rows: versions, encodings, folds, phones that write as they like."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.portraits import LARGEST
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import guess_plan
from crm_desktop.exchange.reading import Limits, open_file
from crm_desktop.exchange.reading.content_lines import content_lines
from crm_desktop.exchange.reading.vcards import AddressCards
from tests import corpus

BEGIN, END = "BEGIN:VCARD", "END:VCARD"


def cards(path: Path, *lines: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    """Each card as {header: text}."""
    path.write_bytes("\r\n".join(lines).encode(encoding))
    header, *rows = AddressCards(path, Limits()).rows()
    return [
        {str(name): str(value) for name, value in zip(header, row, strict=True) if value}
        for row in rows
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cards.vcf"


def test_a_card_of_version_3_fills_the_columns(file: Path) -> None:
    (card,) = cards(
        file,
        BEGIN,
        "VERSION:3.0",
        "N:李;雷;;;",
        "FN:李雷",
        "ORG:青禾电子\\, 有限公司;采购部;一组",
        "TITLE:经理",
        "TEL;TYPE=CELL,VOICE:138 0013 8000",
        "TEL;TYPE=WORK;TYPE=FAX:021-6000 0000",
        "item1.TEL:021-6000 0001",
        "item1.X-ABLabel:前台",
        "EMAIL;TYPE=INTERNET:li@example.com",
        "ADR;TYPE=WORK:;;南京路 1 号;上海;上海市;200001;中国",
        "ADR;TYPE=HOME:;;北京路 2 号;苏州;江苏;;中国",
        "BDAY:1985-08-15",
        "X-QQ:10001",
        "CATEGORIES:老客户,展会",
        "NOTE:第一行\\n第二行\\; 完",
        END,
    )
    assert card == {
        "Name": "李雷",
        "Family name": "李",
        "Given name": "雷",
        "Company": "青禾电子, 有限公司",
        "Department": "采购部 / 一组",
        "Job title": "经理",
        "Mobile": "138 0013 8000",
        "Phone": "021-6000 0001",
        "Fax": "021-6000 0000",
        "Email": "li@example.com",
        "QQ": "10001",
        "Address": "南京路 1 号",
        "City": "上海",
        "Province": "上海市",
        "Postal code": "200001",
        "Country": "中国",
        "Address 2": "江苏苏州北京路 2 号, 中国",
        "Birthday": "1985-08-15",
        "Tags": "老客户\n展会",
        "Notes": "第一行\n第二行; 完",
    }


@pytest.mark.parametrize("charset", ["GBK", "UTF-8"])
def test_quoted_printable_with_soft_breaks(file: Path, charset: str) -> None:
    name = "欧阳修远与一个很长很长很长很长很长的名字"
    printed = quopri.encodestring(name.encode(charset)).decode("ascii")
    assert "=\n" in printed
    (card,) = cards(
        file,
        BEGIN,
        "VERSION:2.1",
        f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:;" + printed.replace("\n", "\r\n") + ";;;",
        "TEL;CELL:13800138000",
        END,
    )
    assert card == {"Name": name, "Mobile": "13800138000"}


def test_cards_in_gb18030_without_saying_so(file: Path) -> None:
    found = cards(file, BEGIN, "FN:张伟", "ORG:上海青禾电子有限公司", END, encoding="gb18030")
    assert found == [{"Name": "张伟", "Company": "上海青禾电子有限公司"}]


def test_utf_16_and_a_byte_order_mark(file: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        assert cards(file, BEGIN, "FN:张伟", END, encoding=encoding) == [{"Name": "张伟"}]


def test_a_missing_end_and_a_nested_card_lose_nobody(file: Path) -> None:
    found = cards(
        file, BEGIN, "FN:Ada", BEGIN, "FN:Ben", "AGENT:", BEGIN, "FN:Secretary", END,
        "TEL:1234567", END, BEGIN, "FN:Cy",
    )  # fmt: skip
    assert found == [{"Name": "Ada"}, {"Name": "Ben", "Phone": "1234567"}, {"Name": "Cy"}]


def test_a_folded_photo_is_read(file: Path) -> None:
    data = b"\xff\xd8\xff" + bytes(400)
    photo = base64.b64encode(data).decode()
    folded = [" " + photo[start : start + 70] for start in range(0, len(photo), 70)]
    bare = [photo[start : start + 70] for start in range(0, len(photo), 70)]
    lines = [BEGIN, "FN:Ada", "PHOTO;ENCODING=b;TYPE=JPEG:", *folded, "TEL:1234567", END]
    lines += [BEGIN, "FN:Ben", "PHOTO;BASE64;JPEG:", *bare, "", "TEL:7654321", END]
    assert [card["Phone"] for card in cards(file, *lines)] == ["1234567", "7654321"]
    assert AddressCards(file, Limits()).photos == [(2, data), (3, data)]


def test_pictures_that_cannot_be_kept_are_counted(file: Path) -> None:
    large = base64.b64encode(b"\xff\xd8\xff" + bytes(LARGEST)).decode()
    other = base64.b64encode(b"BM bitmap").decode()
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    lines = []
    for name, photo in (
        ("Ada", "PHOTO;VALUE=uri:https://example.com/a.jpg"),
        ("Ben", f"PHOTO;ENCODING=b;TYPE=JPEG:{large}"),
        ("Cy", f"PHOTO;ENCODING=b;TYPE=BMP:{other}"),
        ("Di", "PHOTO;ENCODING=b;TYPE=JPEG:%%%"),
        ("Ed", "PHOTO:"),
        ("Flo", f"PHOTO:data:image/png;base64,{png}"),
    ):
        lines += [BEGIN, f"FN:{name}", photo, END]
    assert len(cards(file, *lines)) == 6
    found = AddressCards(file, Limits())
    assert (found.photos, found.photos_left_out) == ([(7, b"\x89PNG\r\n\x1a\n")], 4)


def test_version_4(file: Path) -> None:
    (card,) = cards(
        file, BEGIN, "VERSION:4.0", "FN:Ann Lee", "GENDER:F",
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+86-138-0013-8000', "BDAY:--0415",
        "TEL;VALUE=uri:tel:+862160000000;ext=12", "IMPP:wechat:ann_lee", END,
    )  # fmt: skip
    assert card == {
        "Name": "Ann Lee",
        "Gender": "female",
        "Mobile": "+86-138-0013-8000",
        "Phone": "+862160000000 ext 12",
        "WeChat": "ann_lee",
        "Birthday": "04-15",
    }


def test_cards_of_apple(file: Path) -> None:
    firm, person = cards(
        file, BEGIN, "N:;;;;", "FN:Greenspring Foods", "ORG:Greenspring Foods;",
        "X-ABShowAs:COMPANY", END, BEGIN, "FN:Wei", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
        "item2.X-ABRELATEDNAMES:Jenny", "item2.X-ABLabel:_$!<Spouse>!$_", END,
    )  # fmt: skip
    assert firm == {"Company": "Greenspring Foods"}
    assert person == {"Name": "Wei", "Birthday": "02-29", "Notes": "Spouse: Jenny"}


def test_who_has_no_name_is_called_as_phones_do(file: Path) -> None:
    lines = [BEGIN, "EMAIL:a@example.com", END, BEGIN, "NICKNAME:Bee", END, BEGIN, "ORG:C Ltd", END]
    found = cards(file, *lines)
    assert found[0] == {"Name": "a@example.com", "Email": "a@example.com"}
    assert [card.get("Name") for card in found[1:]] == ["Bee", None]


def test_cards_that_say_nothing_are_left_out_with_a_sentence(file: Path) -> None:
    assert len(cards(file, BEGIN, "FN:Ada", END, BEGIN, "UID:7", END)) == 1
    assert AddressCards(file, Limits()).left_out == 1
    with pytest.raises(Refused, match="no_cards"):
        cards(file, BEGIN, "UID:7", END)


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028"))


@given(TEXTS, st.integers(20, 70))
def test_any_text_comes_back_from_a_folded_line(text: str, width: int) -> None:
    escaped = "".join("\\" + letter if letter in "\\;," else letter for letter in text)
    line = f"NOTE:{escaped}"
    folded = "\r\n ".join(line[start : start + width] for start in range(0, len(line), width))
    (note,) = content_lines(folded.encode(), "utf-8")
    assert note.text() == text.strip()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    list(content_lines(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD", "utf-8"))


def test_all_columns_are_understood(file: Path) -> None:
    cards(file, BEGIN, "FN:Ada", "TEL;CELL:13800138000", "ADR:;;A 1;B;C;2;D", "BDAY:--0415", END)
    with open_file(file) as opened:
        plan = guess_plan(opened)
    assert opened.facts.kind == "vcf"
    assert plan.kind == "people"
    assert [column.header for column in plan.columns if not column.target] == []


SAY_NOTHING = ("v21_android_custom_prop", "photo-base64", "issue64")
"""A photo alone, or only what Android adds."""


@pytest.mark.skipif(not corpus.FOLDER.is_dir(), reason=corpus.WHY_NOT)
def test_real_cards_give_a_person_each() -> None:
    expected = {"multiple": 3, "gmail-list": 3, "John_Doe_ANDROID": 6, "v21_multiple_entry": 3}
    for path in sorted((corpus.FOLDER / "contacts").glob("*.vcf")):
        name = path.stem.partition("__")[2]
        if name in SAY_NOTHING:
            with pytest.raises(Refused, match="no_cards"):
                AddressCards(path, Limits())
            continue
        read = AddressCards(path, Limits())
        assert read.facts.rows - 1 + read.left_out == expected.get(name, 1), name
