"""Make the two fonts of the paper from Noto Sans SC and Noto Sans (both OFL 1.1).

Run by hand, needs fonttools; the sources are the TrueType files of the npm packages
@expo-google-fonts/noto-sans-sc 0.4.3 and @expo-google-fonts/noto-sans 0.4.2, unpacked:

    python resources/fonts/build.py NOTO_SANS_SC_PACKAGE NOTO_SANS_PACKAGE

One file per weight: Latin, Greek and Cyrillic from Noto Sans (Noto Sans SC lacks ł š ő), all else
from Noto Sans SC, without hints and layout tables, which no PDF uses. A third and fourth, tiny,
hold quotes, dash and dots in their narrow Latin shape, which share code points with the wide
Chinese ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
NARROW = "‘’“”…·—–"
# Letters with their marks and figures; signs and punctuation stay as Noto Sans SC draws them.
LATIN = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x370, 0x52F), (0x1E00, 0x1FFF)]
WIDE_IN_CHINESE = "×÷±·°§¨"


def cut(file: Path, wanted: set[int]) -> TTFont:
    """The font with only these characters, as plain outlines."""
    font = TTFont(file)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["BASE", "STAT", "GDEF", "GPOS", "GSUB", "gasp", "vhea", "vmtx"]
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str, weight: str) -> None:
    """Give the derived font its own name, so that nobody takes it for the original."""
    names = {
        1: family,
        2: weight,
        4: f"{family} {weight}",
        6: f"{family}-{weight}".replace(" ", ""),
    }
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]


def merge(base: TTFont, extra: TTFont) -> None:
    """Add the glyphs of `extra` to `base` and let them take over their characters."""
    order = base.getGlyphOrder()
    new = {name: f"latin.{name}" for name in extra.getGlyphOrder() if name != ".notdef"}
    for old, name in new.items():
        glyph = extra["glyf"][old]
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = new[component.glyphName]
        base["glyf"].glyphs[name] = glyph
        base["hmtx"].metrics[name] = extra["hmtx"].metrics[old]
    base.setGlyphOrder(order + list(new.values()))
    base["glyf"].glyphOrder = base.getGlyphOrder()
    for table in base["cmap"].tables:
        if table.isUnicode():
            limit = 0xFFFF if table.format == 4 else 0x10FFFF
            table.cmap.update(
                {code: new[old] for code, old in extra.getBestCmap().items() if code <= limit}
            )


def main(chinese: Path, latin: Path, target: Path) -> None:
    """Write the four files into `target`."""
    letters = {code for first, last in LATIN for code in range(first, last + 1)}
    letters -= set(map(ord, WIDE_IN_CHINESE))
    for weight, folder in WEIGHTS.items():
        latin_file = latin / folder / f"NotoSans_{folder}.ttf"
        base = cut(chinese / folder / f"NotoSansSC_{folder}.ttf", set(range(0x110000)))
        merge(base, cut(latin_file, letters))
        merged = target / f"Paper-{weight}.whole.ttf"
        base.save(merged)
        # A second cut drops the outlines that nothing reaches any more.
        paper = cut(merged, set(range(0x110000)))
        rename(paper, "CRM Paper", weight)
        paper.save(target / f"Paper-{weight}.ttf")
        merged.unlink()
        narrow = cut(latin_file, set(map(ord, NARROW + " ")))
        rename(narrow, "CRM Paper Narrow", weight)
        narrow.save(target / f"PaperNarrow-{weight}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parent)
