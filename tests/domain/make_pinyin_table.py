"""Writes crm_desktop/domain/pinyin_table.py from pypinyin, a development dependency.

Run it from the top of the project after a new pypinyin:

    python -m tests.domain.make_pinyin_table

Surnames and phrases are not generated; they are kept by hand in `pinyin_names.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT

TARGET = Path(__file__).parents[2] / "crm_desktop" / "domain" / "pinyin_table.py"
RANGES = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20BB7, 0x20BB8))
MOST_READINGS = 4
SEEN_ENOUGH = 2

# The first reading where names, places and firms differ from running text.
PREFERRED = (
    "长chang2 都du1 厦xia4 翟zhai2 覃qin2 曾zeng1 缪miao4 沈shen3 石shi2 车che1 贾jia3 葛ge3 "
    "柏bai3 阿a1 茜qian4 莘xin1 娜na4 晟sheng4 桦hua4 颉jie2 泊bo2 和he2 地di4 得de2 了le5 "
    "校xiao4 率lv4 模mo2 塔ta3 盛sheng4 兴xing1 应ying1 正zheng4 中zhong1 重zhong4 弹dan4 系xi4 "
    "数shu4 合he2 好hao3 空kong1 奇qi2 曲qu3 与yu3 载zai4 转zhuan3 便bian4 调diao4 朝chao2 "
    "传chuan2 参can1 省sheng3 会hui4 大da4 行xing2 强qiang2 华hua2 任ren4 广guang3 厂chang3 "
    "于yu2 台tai2 发fa1 里li3 纪ji4 观guan1 冠guan4 相xiang1 殷yin1 尹yin3 宁ning2 凤feng4 "
    "蔚wei4 滨bin1 彬bin1 娟juan1 筠yun2 均jun1 乾qian2 俊jun4 浚jun4 汤tang1 洗xi3 冼xian3 "
    "涌yong3 圳zhen4 埔pu3 堡bao3 蚌beng4 埠bu4 亳bo2 郴chen1 漯luo4 儋dan1 泷long2 浒hu3 歙she4 "
    "黟yi1 佛fo2 哈ha1 番fan1 禅chan2 卡ka3 拉la1 落luo4 露lu4 夹jia1 压ya1 轧zha2 差cha4 "
    "称cheng1 供gong1 更geng4 革ge2 给gei3 将jiang1 角jiao3 卷juan3 壳ke2 量liang4 六liu4 绿lv4 "
    "磨mo2 难nan2 片pian4 切qie1 色se4 什shen2 识shi2 似si4 提ti2 为wei2 鲜xian1 削xiao1 血xue4 "
    "要yao4 饮yin3 予yu2 粘zhan1 只zhi3 种zhong3 仔zi3 钻zuan1 作zuo4 阙que4 璟jing3 玥yue4 "
    "佳jia1 琪qi2 昊hao4 煜yu4 烨ye4 翊yi4 峥zheng1 嵘rong2 妤yu2 祺qi2 鹤he4 炅jiong3 啬se4 "
    "个ge4 "
)

HEADER = '''"""The readings of Chinese characters: generated from pypinyin, do not edit.

Written by `python -m tests.domain.make_pinyin_table`. Each syllable (v is ü, the digit its
tone) is followed by the characters read so; FIRST holds every character once with its most
usual reading, FURTHER holds the other readings that modern Chinese knows.
"""
'''


def seen_readings() -> dict[str, Counter[str]]:
    """How often each character has each reading in pypinyin's phrases."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    toned: dict[str, str] = {}
    for phrase, readings in PHRASES_DICT.items():
        for character, reading in zip(phrase, readings, strict=False):
            mark = reading[0]
            if mark not in toned:
                toned[mark] = to_number(mark)
            seen[character][toned[mark]] += 1
    return seen


def to_number(marked: str) -> str:
    """zhāng → zhang1."""
    from pypinyin.contrib.tone_convert import to_tone3

    return to_tone3(marked, v_to_u=False, neutral_tone_with_five=True).replace("ü", "v")


def readings_of(character: str, seen: Counter[str], preferred: str | None) -> list[str]:
    """The readings of one character, the most usual first, one for each toneless syllable."""
    known = pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
    known = [r for r in known if r[:-1].isalpha() and r[-1].isdigit() and r.isascii()]
    usual = known[:1]
    if preferred:
        known = [preferred, *known]
    kept: list[str] = []
    for reading in known:
        if any(reading[:-1] == other[:-1] for other in kept):
            continue
        toneless = sum(count for other, count in seen.items() if other[:-1] == reading[:-1])
        if not kept or reading in usual or (toneless >= SEEN_ENOUGH if seen else len(kept) < 2):
            kept.append(reading)
    return kept[:MOST_READINGS]


def grouped(name: str, by_reading: dict[str, list[str]]) -> str:
    lines: dict[str, str] = {}
    for reading in sorted(by_reading):
        group = reading[:2]
        lines[group] = lines.get(group, "") + reading + "".join(by_reading[reading])
    return "\n".join([f"{name} = (", *(f'    "{line}"' for line in lines.values()), ")", ""])


def main() -> None:
    seen = seen_readings()
    preferred = {entry[0]: entry[1:] for entry in PREFERRED.split()}
    first: dict[str, list[str]] = defaultdict(list)
    further: dict[str, list[str]] = defaultdict(list)
    for code in chain.from_iterable(RANGES):
        character = chr(code)
        readings = readings_of(character, seen[character], preferred.get(character))
        for rank, reading in enumerate(readings):
            (first if rank == 0 else further)[reading].append(character)
    TARGET.write_text(
        "\n".join([HEADER, grouped("FIRST", first), grouped("FURTHER", further)]), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
