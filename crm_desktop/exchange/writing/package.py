"""The package around the sheets: a zip whose sheets are deflated in a thread of their own."""

from __future__ import annotations

import contextlib
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

from crm_desktop.exchange.writing.clean import cleaned, escaped, pieces
from crm_desktop.paths import APP_NAME

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TIME = (1980, 1, 1, 0, 0, 0)  # the same table gives the same bytes
_AHEAD = 2  # chunks that wait to be deflated: memory against waiting
# Sheets repeat themselves so much that the default level 6 takes 1.7 times as long for a file
# a sixth smaller.
_LEVEL = 2
_NAME_LIMIT = 31


def sheet_name(title: str, number: int = 1) -> str:
    """A name Excel allows: 31 UTF-16 units, none of []:*?/\\, no ' at the ends."""
    name = "".join(" " if sign in "[]:*?/\\\n\t" else sign for sign in cleaned(title))
    name = name.strip().strip("'") or "1"
    if name.lower() == "history":  # a name Excel keeps for itself
        name += "_"
    mark = f" ({number})" if number > 1 else ""
    return pieces(name, _NAME_LIMIT - len(mark))[0].rstrip().rstrip("'") + mark


class Package:
    """A workbook being written to an open file, part by part."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._sheets: list[tuple[str, str, bool]] = []  # name, area of cells, hidden
        self._deflater = ThreadPoolExecutor(1, "deflate")

    def begin(self) -> None:
        """The part that is first in the file: by it other programs know what the file is."""
        self._static("_rels/.rels", _TOP)

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A part to stream bytes into: zlib works beside the thread that makes them."""
        waiting: deque[Future[int]] = deque()
        with self._zip.open(name, "w") as handle:  # by name: so the level counts

            def put(data: bytes) -> None:
                waiting.append(self._deflater.submit(handle.write, data))
                if len(waiting) > _AHEAD:
                    waiting.popleft().result()

            try:
                yield put
            finally:
                # Whatever happened above, nobody may still write when the part closes.
                written = [future.exception() for future in waiting]
            for error in written:
                if error is not None:
                    raise error

    def add_sheet(self, name: str, area: str, *, hidden: bool = False) -> None:
        """Enter a sheet whose part is written into the workbook's list."""
        self._sheets.append((name, area, hidden))

    @property
    def next_sheet(self) -> str:
        """The file name of the sheet after those entered."""
        return f"sheet{len(self._sheets) + 1}.xml"

    def names(self) -> set[str]:
        """Sheet names taken, in small letters: Excel does not tell Ab from aB."""
        return {name.lower() for name, *_ in self._sheets}

    def finish(self, title: str, styles: str) -> None:
        """The parts that need to know all the sheets; closes the package, not the file."""
        numbers = range(1, len(self._sheets) + 1)
        self._static("xl/styles.xml", styles)
        self._static("docProps/core.xml", _core(title))
        self._static("docProps/app.xml", _APP)
        self._static("xl/workbook.xml", self._workbook())
        self._static(
            "xl/_rels/workbook.xml.rels",
            _relations(
                [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
                + [("rIdS", "styles", "styles.xml")]
            ),
        )
        sheets = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml"'
            f' ContentType="{_TYPE}.worksheet+xml"/>'
            for n in numbers
        )
        self._static("[Content_Types].xml", _CONTENT_TYPES.format(sheets=sheets))
        self._zip.close()

    def close(self) -> None:
        """Let go of the thread, and of a half-made zip: its file goes anyway."""
        self._deflater.shutdown()
        self._zip.fp = None

    def _static(self, name: str, text: str) -> None:
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(info, text)

    def _workbook(self) -> str:
        sheets = ""
        names = ""
        for number, (name, area, hidden) in enumerate(self._sheets, start=1):
            state = ' state="hidden"' if hidden else ""
            sheets += (
                f'<sheet name="{_attribute(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
            )
            quoted = "'" + name.replace("'", "''") + "'"
            first, last = (
                "$"
                + corner.rstrip("0123456789")
                + "$"
                + corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                for corner in area.split(":")
            )
            place = f'localSheetId="{number - 1}"'
            names += (
                f'<definedName name="_xlnm._FilterDatabase" {place} hidden="1">'
                f"{escaped(quoted)}!{first}:{last}</definedName>"
                f'<definedName name="_xlnm.Print_Titles" {place}>'
                f"{escaped(quoted)}!$1:$1</definedName>"
            )
        return (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><bookViews>'
            f'<workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets>'
            f"<definedNames>{names}</definedNames></workbook>"
        )


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _relations(targets: list[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(cleaned(title))}</dc:title><dc:creator>{APP_NAME}</dc:creator>"
        "</cp:coreProperties>"
    )


_TOP = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties"'
    ' Target="docProps/app.xml"/></Relationships>'
)
_APP = (
    f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"><Application>{APP_NAME}'
    "</Application></Properties>"
)
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{{sheets}}'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
)
