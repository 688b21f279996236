"""The colours: readable text, visible controls, in both themes."""

from __future__ import annotations

import pytest

from crm_desktop.ui.theme.tokens import CHIP_COLOURS, DARK, LIGHT, TYPE, Tokens, contrast

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


@THEMES
@pytest.mark.parametrize("ground", ["window", "surface", "subtle", "selection"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_is_readable(tokens: Tokens, ground: str, ink: str) -> None:
    assert contrast(tokens.colour(ink), tokens.colour(ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("ink", ["link", "danger"])
def test_links_and_errors_are_readable(tokens: Tokens, ink: str) -> None:
    for ground in (tokens.window, tokens.surface):
        assert contrast(tokens.colour(ink), ground) >= 4.5


@THEMES
def test_primary_buttons_and_tips_are_readable(tokens: Tokens) -> None:
    for ground in (tokens.accent, tokens.accent_hover, tokens.accent_pressed):
        assert contrast(tokens.on_accent, ground) >= 4.5
    assert contrast(tokens.on_tip, tokens.tip) >= 4.5


@THEMES
@pytest.mark.parametrize("colour", CHIP_COLOURS)
def test_chips_are_readable_and_bars_visible(tokens: Tokens, colour: str) -> None:
    chip = tokens.chip(colour)
    assert contrast(chip.text, chip.fill) >= 4.5
    assert contrast(chip.solid, tokens.surface) >= 3


@THEMES
def test_controls_are_visible(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.surface):
        assert contrast(tokens.border_strong, ground) >= 3
        assert contrast(tokens.accent, ground) >= 3
    assert contrast(tokens.star, tokens.surface) >= 3


def test_an_unknown_chip_colour_is_grey() -> None:
    assert LIGHT.chip("mauve") is LIGHT.grey
    assert LIGHT.colour("fill.red") == LIGHT.red.fill


def test_no_text_is_smaller_than_12() -> None:
    assert min(pixels for pixels, _, _ in TYPE.values()) >= 12
