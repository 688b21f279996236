"""Keys: none twice, none that an input method owns, every command in a menu and named."""

from __future__ import annotations

import pytest

from crm_desktop.ui.shell.keymap import COMMANDS, GROUPS, is_forbidden
from crm_desktop.ui.shell.menus import commands_in_menus
from crm_desktop.words import LANGUAGES, Words


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_no_keys_twice(platform: str) -> None:
    used = [c.sequence(platform).toString() for c in COMMANDS if not c.sequence(platform).isEmpty()]
    assert sorted(used) == sorted(set(used))


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_no_forbidden_keys(platform: str) -> None:
    taken = [c.key for c in COMMANDS if is_forbidden(c.sequence(platform).toString())]
    assert taken == []


@pytest.mark.parametrize(
    "keys", ["Ctrl+Space", "Shift+Space", "Ctrl+.", "A", "Shift+A", "Alt+A", "Ctrl+Alt+E", "?"]
)
def test_what_is_forbidden(keys: str) -> None:
    assert is_forbidden(keys)


@pytest.mark.parametrize("keys", ["Ctrl+K", "F2", "Del", "Ctrl+=", "Alt+Left", "Ctrl+-", "Esc"])
def test_what_is_free(keys: str) -> None:
    assert not is_forbidden(keys)


def test_the_whole_table_of_the_design() -> None:
    wanted = """
        Ctrl+K Ctrl+N Ctrl+1 Ctrl+2 Ctrl+9 Ctrl+0 Ctrl+Shift+N Ctrl+L Ctrl+T Ctrl+F Ctrl+Shift+L
        Return F2 Ctrl+Return Esc Ctrl+Z Ctrl+Y Del Ctrl+PgUp Ctrl+PgDown Alt+Left Alt+Right
        Ctrl+D Ctrl+Shift+D Ctrl+Shift+Left Ctrl+Shift+Right Ctrl+C Ctrl+V Ctrl+E Ctrl+I Ctrl+P
        Ctrl+= Ctrl+- F6 Shift+F6 Ctrl+B Ctrl+, F1 Ctrl+Shift+Return
    """.split()  # noqa: SIM905 - a table reads better than a list
    have = {command.keys for command in COMMANDS}
    assert [keys for keys in wanted if keys not in have] == []


def test_every_command_is_in_a_menu_once() -> None:
    listed = commands_in_menus()
    assert sorted(set(listed)) == sorted(command.key for command in COMMANDS)
    assert [key for key in set(listed) if listed.count(key) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_words(language: str) -> None:
    words = Words(language)
    assert all(words.text(command.words) for command in COMMANDS)
    assert all(words.text(f"shell.group.{group}") for group in GROUPS)


def test_there_are_forty_commands() -> None:
    assert len(COMMANDS) >= 40
    assert {command.group for command in COMMANDS} == set(GROUPS)
