"""What quick add understands of one line, in both languages."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.quickadd import TYPE_CODES, FoundName, QuickAdd, parse

NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday
NAMES = {
    "张伟": 1,
    "Wei": 1,
    "李娜": 2,
    "Lina": 2,
    "王总": 3,
    "Mr Brown": 3,
    "Anna Schmidt": 4,
}

# typed | type | day in 20… | time | person | subject
PHRASES = """
明天下午3点给张伟打电话 | call | 26-11-26 | 15:00 | 1 |
call Wei tomorrow 3pm | call | 26-11-26 | 15:00 | 1 |
明天下午三点给张伟打电话 | call | 26-11-26 | 15:00 | 1 |
明天15:00给张伟打电话 | call | 26-11-26 | 15:00 | 1 |
call Wei tomorrow at 15:00 | call | 26-11-26 | 15:00 | 1 |
Call Wei tomorrow at 3 | call | 26-11-26 | 15:00 | 1 |
tomorrow 3 pm call Wei | call | 26-11-26 | 15:00 | 1 |
给张伟打电话 明天下午3点 | call | 26-11-26 | 15:00 | 1 |
张伟 电话 明天15点 | call | 26-11-26 | 15:00 | 1 |
phone Wei tomorrow at 3 p.m. | call | 26-11-26 | 15:00 | 1 |
give Wei a call tomorrow 3pm | call | 26-11-26 | 15:00 | 1 |
后天上午10点拜访李娜 | visit | 26-11-27 | 10:00 | 2 |
visit Lina the day after tomorrow at 10am | visit | 26-11-27 | 10:00 | 2 |
下周一拜访王总 | visit | 26-11-30 |  | 3 |
visit Mr Brown next Monday | visit | 26-11-30 |  | 3 |
周五发邮件给李娜 | email | 26-11-27 |  | 2 |
email Lina on Friday | email | 26-11-27 |  | 2 |
send Lina an email on fri | email | 26-11-27 |  | 2 |
周五下午给张伟发微信 | wechat | 26-11-27 | 15:00 | 1 |
wechat Wei friday afternoon | wechat | 26-11-27 | 15:00 | 1 |
11.28给张伟打电话 | call | 26-11-28 |  | 1 |
11月28日上午9点半和王总开会 | meeting | 26-11-28 | 09:30 | 3 |
meeting with Mr Brown on 28 Nov at 9:30 | meeting | 26-11-28 | 09:30 | 3 |
meet Mr Brown Nov 28 9:30am | meeting | 26-11-28 | 09:30 | 3 |
下个月5号请王总吃饭 | dinner | 26-12-05 |  | 3 |
dinner with Mr Brown on the 5th of next month | dinner | 26-12-05 |  | 3 |
今晚7点请李娜吃饭 | dinner | 26-11-25 | 19:00 | 2 |
dinner with Lina tonight at 7 | dinner | 26-11-25 | 19:00 | 2 |
今晚和张伟吃饭 | dinner | 26-11-25 | 19:00 | 1 |
dinner with Wei tonight | dinner | 26-11-25 | 19:00 | 1 |
中午12点和李娜吃午饭 | dinner | 26-11-25 | 12:00 | 2 |
lunch with Lina at noon | dinner | 26-11-25 | 12:00 | 2 |
给张伟发短信 | sms |  |  | 1 |
text Wei | sms |  |  | 1 |
sms Lina tomorrow morning | sms | 26-11-26 | 09:00 | 2 |
明早给李娜发短信 | sms | 26-11-26 | 09:00 | 2 |
3天后给张伟打电话 | call | 26-11-28 |  | 1 |
call Wei in 3 days | call | 26-11-28 |  | 1 |
两周后拜访李娜 | visit | 26-12-09 |  | 2 |
visit Lina in 2 weeks | visit | 26-12-09 |  | 2 |
一个月后回访张伟 | visit | 26-12-25 |  | 1 |
月底给王总发报价邮件 | email | 26-11-30 |  | 3 | 发报价
email Mr Brown the quote end of month | email | 26-11-30 |  | 3 | quote
email Lina about the quote tomorrow | email | 26-11-26 |  | 2 | quote
明天给李娜打电话谈报价 | call | 26-11-26 |  | 2 | 谈报价
明天给李娜发传真 | fax | 26-11-26 |  | 2 |
fax Lina the contract tomorrow | fax | 26-11-26 |  | 2 | contract
接待王总 下周三上午 | reception | 26-12-02 | 09:00 | 3 |
reception of Mr Brown next wed | reception | 26-12-02 |  | 3 |
送礼给王总 12月25日 | courtesy | 26-12-25 |  | 3 |
send a gift to Mr Brown on Dec 25 | courtesy | 26-12-25 |  | 3 |
congratulate Lina on friday | courtesy | 26-11-27 |  | 2 |
问候李娜 周日 | courtesy | 26-11-29 |  | 2 |
半小时后给张伟打电话 | call | 26-11-25 | 10:30 | 1 |
call Wei in half an hour | call | 26-11-25 | 10:30 | 1 |
2小时后给张伟打电话 | call | 26-11-25 | 12:00 | 1 |
call Wei in 2 hours | call | 26-11-25 | 12:00 | 1 |
call Wei in 30 minutes | call | 26-11-25 | 10:30 | 1 |
30分钟后给张伟回电话 | call | 26-11-25 | 10:30 | 1 |
3pm call Wei | call | 26-11-25 | 15:00 | 1 |
下午3点给张伟打电话 | call | 26-11-25 | 15:00 | 1 |
9点给张伟打电话 | call | 26-11-26 | 09:00 | 1 |
call Wei at 9am | call | 26-11-26 | 09:00 | 1 |
准备合同 | other |  |  |  | 准备合同
prepare the contract | other |  |  |  | prepare the contract
明天准备合同 | other | 26-11-26 |  |  | 准备合同
prepare the contract tomorrow | other | 26-11-26 |  |  | prepare the contract
周五前准备好报价 | other | 26-11-27 |  |  | 准备好报价
send samples by friday | other | 26-11-27 |  |  | send samples
给李四打电话 | call |  |  |  | 给李四打电话
call Bob tomorrow | call | 26-11-26 |  |  | call Bob
明天给李四打电话 | call | 26-11-26 |  |  | 给李四打电话
call Wei | call |  |  | 1 |
打电话 | call |  |  |  |
call | call |  |  |  |
张伟 | other |  |  | 1 |
Wei | other |  |  | 1 |
2026-12-01 call Wei | call | 26-12-01 |  | 1 |
2026年12月1日下午2点半 拜访张伟 | visit | 26-12-01 | 14:30 | 1 |
2027年3月1日 续签合同 | other | 27-03-01 |  |  | 续签合同
12/5 visit Lina | visit | 26-12-05 |  | 2 |
visit Lina 5 Dec 2026 at 14:30 | visit | 26-12-05 | 14:30 | 2 |
next week call Wei | call | 26-11-30 |  | 1 |
下周给张伟打电话 | call | 26-11-30 |  | 1 |
call Wei next month | call | 26-12-01 |  | 1 |
下个月给张伟打电话 | call | 26-12-01 |  | 1 |
call Wei this afternoon | call | 26-11-25 | 15:00 | 1 |
今天下午给张伟打电话 | call | 26-11-25 | 15:00 | 1 |
call Wei today | call | 26-11-25 |  | 1 |
今天给张伟打电话 | call | 26-11-25 |  | 1 |
今日16:30与李娜开会 | meeting | 26-11-25 | 16:30 | 2 |
开会 李娜 明天 10:00 | meeting | 26-11-26 | 10:00 | 2 |
明天上午和李娜开会讨论年度合同 | meeting | 26-11-26 | 09:00 | 2 | 讨论年度合同
call Anna Schmidt friday 11am | call | 26-11-27 | 11:00 | 4 |
call anna schmidt friday 11am | call | 26-11-27 | 11:00 | 4 |
visit Anna Schmidt at Greenspring on monday | visit | 26-11-30 |  | 4 | Greenspring
周一去拜访绿泉公司的李娜 | visit | 26-11-30 |  | 2 | 绿泉公司
约王总周四见面 | meeting | 26-11-26 |  | 3 |
周四约王总见面 | meeting | 26-11-26 |  | 3 |
see Lina tomorrow | meeting | 26-11-26 |  | 2 |
下午5点半接机王总 | reception | 26-11-25 | 17:30 | 3 |
pick up Mr Brown at 5:30pm | reception | 26-11-25 | 17:30 | 3 |
下周五晚上8点宴请王总 | dinner | 26-12-04 | 20:00 | 3 |
dinner with Mr Brown next friday 8pm | dinner | 26-12-04 | 20:00 | 3 |
+3d call Wei | call | 26-11-28 |  | 1 |
call Wei +1w | call | 26-12-02 |  | 1 |
周末给李娜拜年 | courtesy | 26-11-28 |  | 2 |
年底拜访王总 | visit | 26-12-31 |  | 3 |
visit Mr Brown end of year | visit | 26-12-31 |  | 3 |
call Wei half past 3 | call | 26-11-25 | 15:30 | 1 |
call Wei tomorrow quarter to 5 | call | 26-11-26 | 16:45 | 1 |
明天下午四点一刻给张伟打电话 | call | 26-11-26 | 16:15 | 1 |
明天下午四点三刻给张伟打电话 | call | 26-11-26 | 16:45 | 1 |
明天下午4点20分给张伟打电话 | call | 26-11-26 | 16:20 | 1 |
明天8点半开会 | meeting | 26-11-26 | 08:30 |  |
明天早上8点给张伟打电话 | call | 26-11-26 | 08:00 | 1 |
凌晨1点给张伟打电话 | call | 26-11-26 | 01:00 | 1 |
提醒我明天给张伟打电话 | call | 26-11-26 |  | 1 |
remind me to call Wei tomorrow | call | 26-11-26 |  | 1 |
请明天联系张伟 | other | 26-11-26 |  | 1 | 联系
下班前给李娜发邮件 | email | 26-11-25 | 17:00 | 2 |
email Lina by eod | email | 26-11-25 | 17:00 | 2 |
email Lina the price list by end of day | email | 26-11-25 | 17:00 | 2 | price list
微信张伟 报价 11.28 万 | wechat |  |  | 1 | 报价 11.28 万
call Wei about 3.5 million order | call |  |  | 1 | 3.5 million order
3号线项目 拜访张伟 | visit |  |  | 1 | 3号线项目
去5号楼拜访张伟 | visit |  |  | 1 | 5号楼
给张伟提两点建议 | other |  |  | 1 | 提两点建议
快一点给张伟打电话 | call |  |  | 1 | 快一点
大后天给张伟打电话 | call | 26-11-28 |  | 1 |
星期天给张伟打电话 | call | 26-11-29 |  | 1 |
礼拜三下午两点半给张伟打电话 | call | 26-11-25 | 14:30 | 1 |
这周五给张伟打电话 | call | 26-11-27 |  | 1 |
本周五给张伟打电话 | call | 26-11-27 |  | 1 |
下下周一给张伟打电话 | call | 26-12-07 |  | 1 |
28号给张伟打电话 | call | 26-11-28 |  | 1 |
call Wei on the 28th | call | 26-11-28 |  | 1 |
call Wei 28th | call | 26-11-28 |  | 1 |
下月底拜访李娜 | visit | 26-12-31 |  | 2 |
visit Lina at the end of next month | visit | 26-12-31 |  | 2 |
过三天给李娜打电话 | call | 26-11-28 |  | 2 |
十二月五日拜访李娜 | visit | 26-12-05 |  | 2 |
十二月五号下午拜访李娜 | visit | 26-12-05 | 15:00 | 2 |
call Wei friday next week 2pm | call | 26-12-04 | 14:00 | 1 |
call Wei next week friday 2pm | call | 26-12-04 | 14:00 | 1 |
call Wei on Monday at noon | call | 26-11-30 | 12:00 | 1 |
周一中午和张伟吃饭 | dinner | 26-11-30 | 12:00 | 1 |
打电话给张伟，明天下午3点 | call | 26-11-26 | 15:00 | 1 |
明天下午3点，给张伟打电话 | call | 26-11-26 | 15:00 | 1 |
明天 下午 3点 给 张伟 打 电话 | call | 26-11-26 | 15:00 | 1 |
CALL WEI TOMORROW 3PM | call | 26-11-26 | 15:00 | 1 |
call Weiss tomorrow | call | 26-11-26 |  |  | call Weiss
wei: call tomorrow 3pm | call | 26-11-26 | 15:00 | 1 |
给王总打个电话 问一下付款 周四 | call | 26-11-26 |  | 3 | 问一下付款
call Lina re payment thu | call | 26-11-26 |  | 2 | payment
ring Lina Thursday about payment | call | 26-11-26 |  | 2 | payment
发微信给李娜问样品 后天 | wechat | 26-11-27 |  | 2 | 问样品
拜访张伟经理 明天 | visit | 26-11-26 |  | 1 |
call Wei's office tomorrow | call | 26-11-26 |  | 1 | office
发邮件给张伟和李娜 明天 | email | 26-11-26 |  | 1 | 李娜
寄样品 下周二 | other | 26-12-01 |  |  | 寄样品
mail the samples next tuesday | other | 26-12-01 |  |  | mail the samples
明天培训 | training | 26-11-26 |  |  |
昨天拜访了张伟 | visit | 26-11-24 |  | 1 |
visited Wei yesterday | visit | 26-11-24 |  | 1 |
会议 12月1日 9:00 | meeting | 26-12-01 | 09:00 |  |
call Lina 17:45 | call | 26-11-25 | 17:45 | 2 |
给李娜打电话 17:45 | call | 26-11-25 | 17:45 | 2 |
给李娜打电话 8:30 | call | 26-11-26 | 08:30 | 2 |
call Lina 8:30 | call | 26-11-26 | 08:30 | 2 |
each monday call Wei | call |  |  | 1 | each monday
每周一给张伟打电话 | call |  |  | 1 | 每周一
call Wei 2/30 | call |  |  | 1 | 2/30
访问张伟 明天 | visit | 26-11-26 |  | 1 |
met Wei yesterday | meeting | 26-11-24 |  | 1 |
chat with Wei on WeChat tomorrow | wechat | 26-11-26 |  | 1 | chat
请张伟看合同 | other |  |  | 1 | 看合同
"""
CASES = [[cell.strip() for cell in f"{line} ".split(" |")] for line in PHRASES.strip().split("\n")]


def read(text: str) -> QuickAdd:
    return parse(text, NOW, NAMES, {"培训": "training"})


def test_there_are_enough_phrases() -> None:
    assert len(CASES) >= 150
    assert set(TYPE_CODES) <= {case[1] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_phrases(case: list[str]) -> None:
    text, type_code, day, at, person, subject = case
    found = read(text)
    assert (found.type_code, found.subject) == (type_code, subject)
    assert found.day == (date.fromisoformat(f"20{day}") if day else None)
    assert found.time == (time.fromisoformat(at) if at else None)
    assert (found.person.value if found.person else None) == (int(person) if person else None)


def test_both_languages_give_the_same_item() -> None:
    chinese, english = read("明天下午3点给张伟打电话"), read("call Wei tomorrow 3pm")
    assert chinese.person is not None
    assert english.person is not None
    for name in ("type_code", "subject", "day", "time", "remaining"):
        assert getattr(chinese, name) == getattr(english, name)
    assert chinese.person.value == english.person.value == 1


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_chips_point_at_what_was_understood(text: str) -> None:
    found = read(text)
    for chip in found.chips:
        assert 0 <= chip.start < chip.end <= len(text)
    kinds = [chip.kind for chip in found.chips]
    assert len(kinds) == len(set(kinds))
    assert ("person" in kinds) == (found.person is not None)
    assert ("time" in kinds) == (found.time is not None)
    assert ("type" in kinds) == (found.type_code != "other")


WORDS = sorted({word for case in CASES for word in case[0].split()})


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=8).map(" ".join))
def test_any_line_is_understood_or_kept(text: str) -> None:
    found = read(text)
    assert found.type_code in (*TYPE_CODES, "training")
    for chip in found.chips:
        assert 0 <= chip.start < chip.end <= len(text)


def test_full_width_signs() -> None:
    found = read("明天１５：００　给张伟打电话")
    assert (found.type_code, found.time, found.subject) == ("call", time(15), "")


def test_chips_hold_the_typed_words() -> None:
    text = "明天下午3点给张伟打电话"
    spans = {chip.kind: text[chip.start : chip.end] for chip in read(text).chips}
    assert spans == {"day": "明天", "time": "下午3点", "person": "张伟", "type": "打电话"}


def test_names_may_be_found_by_a_function() -> None:
    def find(text: str) -> list[FoundName]:
        place = text.find("老李")
        return [FoundName("老李", place, place + 2, "uid-9")] if place >= 0 else []

    found = parse("明天拜访老李", NOW, find)
    assert found.person == FoundName("老李", 4, 6, "uid-9")
    assert found.subject == ""


def test_without_a_clock_there_is_no_from_now() -> None:
    found = parse("call Wei in 2 hours", date(2026, 11, 25), NAMES)
    assert found.time is None
    assert parse("call Wei 9am", date(2026, 11, 25), NAMES).day == date(2026, 11, 25)


def test_from_now_may_reach_into_tomorrow() -> None:
    found = parse("2小时后给张伟打电话", datetime(2026, 11, 25, 23, 0), NAMES)
    assert (found.day, found.time) == (date(2026, 11, 26), time(1, 0))
