"""Every refusal and every problem of this room has its sentence in both languages."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import crm_desktop.exchange
from crm_desktop.exchange.reading import handle
from crm_desktop.words import LANGUAGES, area

FOLDER = Path(crm_desktop.exchange.__file__).parent
CODE = re.compile(r'"(reading\.[a-z_]+)"')


def test_every_code_has_words() -> None:
    sources = [*FOLDER.glob("*.py"), *FOLDER.glob("reading/*.py"), *FOLDER.glob("mapping/*.py")]
    codes = {code for file in sources for code in CODE.findall(file.read_text("utf-8"))}
    assert len(codes) > 30
    assert codes <= set(area("reading"))


def test_words_are_whole() -> None:
    for key, entry in area("reading").items():
        assert set(entry) == set(LANGUAGES), key
        names = []
        for words in entry.values():
            text = words if isinstance(words, str) else words["other"]
            assert text.strip(), key
            names.append(set(re.findall(r"{(\w+)}", text)))
        assert names[0] == names[1], key


def test_a_user_without_a_log_is_shown_the_sentence_alone() -> None:
    """Python writes what no handler takes to the terminal, between the sentences."""
    handlers = logging.getLogger(handle.__name__).handlers
    assert any(isinstance(one, logging.NullHandler) for one in handlers)
