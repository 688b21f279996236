"""The code a phone reads."""

from __future__ import annotations

import pytest

from crm_desktop.documents.qr import qr_code


def test_a_code_is_square_and_has_its_three_corners() -> None:
    code = qr_code("BEGIN:VCARD\r\nFN:张伟\r\nTEL;TYPE=CELL:13812345678\r\nEND:VCARD\r\n")
    size = len(code)
    assert size % 4 == 1
    assert all(len(row) == size for row in code)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        frame = [code[row][column + n] for n in range(7)] + [
            code[row + n][column] for n in range(7)
        ]
        assert all(frame), "the frame of a corner is dark"
        assert not code[row + 1][column + 1]
        assert code[row + 3][column + 3]


def test_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_code("x" * 3000)
