"""Addresses as they stand in sheets: what of them is sure, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.divisions import divisions
from crm_desktop.domain.fields import Address
from crm_desktop.domain.regions import lacks_region, of_addresses, read_region

SURE = [
    ("浙江省杭州市西湖区|文三路 478 号", "浙江省 杭州市 西湖区"),
    ("浙江杭州西湖区|文三路 478 号", "浙江省 杭州市 西湖区"),
    ("杭州西湖区|文三路 478 号", "浙江省 杭州市 西湖区"),
    ("杭州市|文三路 478 号", "浙江省 杭州市"),
    ("浙江省西湖区|文三路", "浙江省 杭州市 西湖区"),
    ("浙江 杭州 西湖区| 文三路", "浙江省 杭州市 西湖区"),
    ("浙江省/杭州市/西湖区|/文三路", "浙江省 杭州市 西湖区"),
    ("浙江省－杭州市－西湖区|－文三路", "浙江省 杭州市 西湖区"),
    ("310012 浙江省杭州市|", "浙江省 杭州市"),
    ("中国浙江省宁波市鄞州区|首南中路 1 号", "浙江省 宁波市 鄞州区"),
    ("中华人民共和国 江苏省南京市|", "江苏省 南京市"),
    ("上海市浦东新区|张江路 1 号", "上海市 上海市 浦东新区"),
    ("上海浦东新区|世纪大道", "上海市 上海市 浦东新区"),
    ("上海上海市徐汇区|漕溪北路", "上海市 上海市 徐汇区"),
    ("上海市上海市徐汇区|漕溪北路", "上海市 上海市 徐汇区"),
    ("上海市|南京东路 100 号", "上海市 上海市"),
    ("浦东新区|张江路 1 号", "上海市 上海市 浦东新区"),
    ("中国（上海）自由贸易试验区|张杨路 500 号", "上海市 上海市"),
    ("中国(上海)自由贸易试验区浦东新区|张杨路", "上海市 上海市 浦东新区"),
    ("北京朝阳区|建国路 88 号", "北京市 北京市 朝阳区"),
    ("北京市市辖区海淀区|中关村大街 1 号", "北京市 北京市 海淀区"),
    ("北京市崇文区|珠市口东大街", "北京市 北京市 崇文区"),
    ("天津滨海新区|第三大街", "天津市 天津市 滨海新区"),
    ("重庆渝北区|龙溪街道", "重庆市 重庆市 渝北区"),
    ("重庆市县云阳县|双江街道", "重庆市 重庆市 云阳县"),
    ("重庆市酉阳县|桃花源街道", "重庆市 重庆市 酉阳土家族苗族自治县"),
    ("江苏省苏州市昆山市|花桥镇", "江苏省 苏州市 昆山市"),
    ("江苏昆山|玉山镇", "江苏省 苏州市 昆山市"),
    ("昆山市|玉山镇", "江苏省 苏州市 昆山市"),
    ("江苏苏州|工业园区星湖街 328 号", "江苏省 苏州市"),
    ("苏州市|工业园区星湖街 328 号", "江苏省 苏州市"),
    ("江苏省|鼓楼区中山北路 1 号", "江苏省"),
    ("南京市鼓楼区|中山北路 1 号", "江苏省 南京市 鼓楼区"),
    ("福州鼓楼区|五四路", "福建省 福州市 鼓楼区"),
    ("吉林长春朝阳区|红旗街", "吉林省 长春市 朝阳区"),
    ("吉林市船营区|解放西路", "吉林省 吉林市 船营区"),
    ("吉林省吉林市|", "吉林省 吉林市"),
    ("辽宁省朝阳市双塔区|", "辽宁省 朝阳市 双塔区"),
    ("内蒙古呼和浩特市新城区|", "内蒙古自治区 呼和浩特市 新城区"),
    ("内蒙古自治区包头市昆都仑区|钢铁大街", "内蒙古自治区 包头市 昆都仑区"),
    ("内蒙古锡林郭勒盟锡林浩特市|", "内蒙古自治区 锡林郭勒盟 锡林浩特市"),
    ("广西南宁青秀区|民族大道", "广西壮族自治区 南宁市 青秀区"),
    ("广西壮族自治区桂林市|", "广西壮族自治区 桂林市"),
    ("广西省南宁市|", "广西壮族自治区 南宁市"),
    ("新疆乌鲁木齐天山区|", "新疆维吾尔自治区 乌鲁木齐市 天山区"),
    ("新疆伊犁州伊宁市|", "新疆维吾尔自治区 伊犁哈萨克自治州 伊宁市"),
    ("新疆石河子市|北三路", "新疆维吾尔自治区 石河子市"),
    ("宁夏银川兴庆区|", "宁夏回族自治区 银川市 兴庆区"),
    ("西藏拉萨城关区|", "西藏自治区 拉萨市 城关区"),
    ("海南省定安县|", "海南省  定安县"),
    ("海南藏族自治州共和县|", "青海省 海南藏族自治州 共和县"),
    ("湖北省仙桃市|沔阳大道", "湖北省 仙桃市"),
    ("湖北恩施州恩施市|", "湖北省 恩施土家族苗族自治州 恩施市"),
    ("湖北省襄樊市襄城区|", "湖北省 襄樊市 襄城区"),
    ("云南大理|古城", "云南省 大理白族自治州"),
    ("贵州黔东南州凯里市|", "贵州省 黔东南苗族侗族自治州 凯里市"),
    ("广东省东莞市|长安镇", "广东省 东莞市"),
    ("广东东莞|长安镇", "广东省 东莞市"),
    ("深圳南山区|科技园", "广东省 深圳市 南山区"),
    ("四川成都|天府大道 1 号", "四川省 成都市"),
    ("成都武侯区|", "四川省 成都市 武侯区"),
    ("大兴安岭地区加格达奇区|", "黑龙江省 大兴安岭地区 加格达奇区"),
    ("香港特别行政区|中环", "香港特别行政区"),
    ("香港|九龙尖沙咀", "香港特别行政区"),
    ("台湾省|台北市中山区", "台湾省"),
    ("沛县|张寨镇", "江苏省 徐州市 沛县"),
    ("杭州市江干区|", "浙江省 杭州市 江干区"),
]
DOUBTFUL = [
    "鼓楼区中山北路 1 号",
    "朝阳区建国路 88 号",
    "西湖区文三路",
    "南山区科技园",
    "中山区人民路",
    "东山区农林下路",
    "东区 3 栋",
    "港口区 3 号",
    "新县城 3 号",
    "文三路 478 号",
    "南京东路 100 号",
    "上海南京东路 100 号",
    "北京路 12 号",
    "香港中路 8 号",
    "中山市场路 3 号",
    "杭州文三路 478 号",
    "江苏路 5 号",
    "浙江大厦 8 楼",
    "广州湾大道 3 号",
    "1 Main Street, Beijing",
    "No. 88 Jianguo Road, Chaoyang District, 北京",
    "東京都港区六本木 1-1",
    "Hauptstraße 5, 10115 Berlin",
    "",
    "  ",
    "310012",
]


@pytest.mark.parametrize(("marked", "told"), SURE)
def test_sure(marked: str, told: str) -> None:
    address, rest = marked.replace("|", ""), marked.partition("|")[2]
    region = read_region(address)
    assert region is not None
    assert f"{region.province} {region.city} {region.district}".strip() == told
    assert region.rest == rest
    assert "".join(region.typed) + region.rest == address


@pytest.mark.parametrize("address", DOUBTFUL)
def test_doubtful_ones_are_not_guessed(address: str) -> None:
    assert read_region(address) is None


def test_the_list_is_whole() -> None:
    """As many as there are (2024): 34 provinces, 333 cities, some 2,850 districts and counties."""
    known = divisions()
    assert len(set(known.provinces.values())) == 34
    assert len([name for name, city in known.cities.items() if city.name == name]) >= 333
    districts = {each for whole in known.whole.values() for each in whole.districts.values()}
    assert len(districts) > 2_700


def test_every_district_is_read_where_its_city_is_named() -> None:
    for city in divisions().cities.values():
        for district in city.districts.values():
            region = read_region(f"{city.province}{city.name}{district.name}解放路 1 号")
            assert region is not None
            assert (region.province, region.city) == (city.province, city.name)
            assert (region.district, region.rest) == (district.name, "解放路 1 号")


PIECES = st.sampled_from(
    (
        *"省市区县州 ,，/-1号路街()（）",
        *(
            "浙江",
            "杭州",
            "西湖区",
            "北京",
            "朝阳",
            "鼓楼区",
            "上海",
            "中国",
            "自由贸易试验区",
            "市辖区",
        ),
        *("内蒙古", "大理", "昆山", "海南", "场", "南京东路", "310012"),
    )
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=9).map("".join)))
def test_the_pieces_and_the_rest_are_the_whole_address(address: str) -> None:
    region = read_region(address)
    if region is not None:
        assert region.province
        assert "".join(region.typed) + region.rest == address


def test_only_the_main_address_of_china_tells_a_region() -> None:
    main = Address(line="苏州市吴中区宝带东路 5 号")
    assert of_addresses((main, Address(line="北京市"))) == {
        "province": "江苏省",
        "city": "苏州市",
        "district": "吴中区",
    }
    assert of_addresses((Address(line="文三路"), main)) == {}
    assert of_addresses((Address(line="北京市", country="Japan"),)) == {}
    assert of_addresses(()) == {}


def test_parts_that_are_told_are_taken_as_they_are() -> None:
    told = Address(line="北京市朝阳区建国路", city="Peking", country="China")
    assert of_addresses((told,)) == {"city": "Peking"}
    assert of_addresses((Address("1 Main St", "", "London", "", "N1", "UK"),)) == {"city": "London"}


def test_a_region_that_is_there_is_left_alone() -> None:
    main = (Address(line="苏州市宝带东路 5 号"),)
    assert lacks_region({"address": main}, main)
    assert not lacks_region({"address": main, "city": "上海"}, main)
    assert not lacks_region({"address": (Address(line="虎丘路"), *main)}, main)
    assert not lacks_region({"address": main}, ())
