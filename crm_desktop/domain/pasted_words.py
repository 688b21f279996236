"""The signs by which pasted text is understood, Chinese and English."""

from __future__ import annotations

import re

from crm_desktop.domain.pinyin_names import COMPOUND_SURNAMES

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜"
    "顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单"
    "杭洪包诸左石崔吉龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓"
    "蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴"
    "瞿阎闫充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师"
    "巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督覃佟苟"
)
COMPOUND = frozenset(entry[:2] for entry in COMPOUND_SURNAMES.split())
_NOT_NAMES = (
    "您好 你好 大家好 谢谢 电话 手机 地址 公司 广告 联系 微信 名片 传真 邮箱 姓名 职务 单位 网址 "
    "方便 明天 今天 祝好 此致 敬礼 顺颂商祺 于是 时候 那边 任何 应该 从事 关于 常州 成都 东莞 广州 "
    "江苏 安徽 山东 云南 石家庄 温州 宁波 金华 杭州 苏州"
)
NOT_A_NAME = frozenset(_NOT_NAMES.split())
_POSTS = "项目 车间 高级 常务 党委 支部 华东 华南 华北 华中 商务 安全"
POSTS = frozenset(_POSTS.split())
"""Begin a title though their first character is a surname: 车间主任, 华东区经理."""
_HAN = "\u4e00-\u9fff"
_TITLES = (
    "董事长|总经理|副总经理|经理|主任|总监|主管|总裁|副总裁|副总|厂长|店长|院长|校长|所长|部长|处长|科长|"
    "局长|会长|秘书长|工程师|专员|顾问|助理|代表|会计|出纳|采购员|采购|教授|律师|医生|老板|董事|合伙人|"
    "创始人|负责人|设计师|分析师|架构师|秘书|文员|跟单|业务员|客服|总工|书记|先生|女士|小姐|老师"
)
TITLE_ZH = rf"[{_HAN}A-Z]{{0,8}}?(?:{_TITLES})(?:助理|兼[{_HAN}]{{2,8}})?"
_TITLE_WORDS = (
    "CEO|CTO|CFO|COO|CMO|President|Director|Manager|Engineer|Officer|Executive|Representative|"
    "Consultant|Partner|Founder|Owner|Assistant|Buyer|Head|Specialist|Analyst|Designer|Developer|"
    "Coordinator|Supervisor|Chairman|Secretary|Accountant|Architect|Lead|Associate|Counsel|Sales|"
    r"Mgr\.?|VP|Chair"
)
TITLE_EN = (
    rf"(?:(?:(?:[A-Z][\w&/-]*|of|and|&|the|for)[ ,]+){{0,5}}(?:{_TITLE_WORDS})"
    r"(?:(?:,? (?:of|for|-|&|and) |, )(?:[A-Z][\w&-]*[ ]?){1,4})?"
    rf"|[A-Z][\w&/-]*[ ](?i:{_TITLE_WORDS}))"
)
TITLE = re.compile(rf"(?:{TITLE_ZH}|{TITLE_EN})")
DEPARTMENT = re.compile(
    rf"[{_HAN}]{{2,8}}(?:部|处|科|事业部|中心|办公室|车间)"
    r"|(?:[A-Z][\w&]*[ ]){1,3}(?:Department|Dept\.?|Division)"
)
DEPARTMENT_BEFORE = re.compile(
    rf"(?P<department>[{_HAN}]{{1,6}}(?:事业部|部|中心))(?=[{_HAN}]{{2}})(?!长)"
)
HAN_NAME = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}]{{1,2}}|[{_HAN}]{{2,6}}·[{_HAN}]{{2,6}}")
NAME_EN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][a-zà-ÿ'’-]+(?:-[A-Z][a-z]+)?"
    r"(?: (?:[A-Z]\.|van|von|de|der|[A-Z][a-zA-Zà-ÿ'’-]+)){0,3} [A-Z][a-zA-Zà-ÿ'’-]+"
)
NOT_A_NAME_EN = re.compile(
    rf"\b(?:{_TITLE_WORDS}|Street|Road|Regards|Best|Kind|Dear|Thanks|Hello|Phone|Mobile|Department|"
    r"Office|Company|Group|China|United|States|New York|Building|Floor|Sent|From|Many)\b"
)
NAME_THEN_TITLE = re.compile(
    rf"(?P<name>[{_HAN}]{{2,4}}?|[{_HAN}] [{_HAN}]{{1,2}})[ (/|,-]*(?P<title>{TITLE_ZH})\)?"
)
NAME_AND_NOTE = re.compile(rf"(?P<name>[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}]{{1,2}})[ ]*\([^()]*\)")
ADDRESSED = re.compile(rf"(?P<surname>[{_HAN}]{{1,2}}?)(?:{_TITLES}|总|工|太太)")
TITLE_THEN_NAME = re.compile(rf"(?P<title>{TITLE_ZH})[ :]*(?P<name>[{_HAN}]{{2,4}})")

# ---- numbers

EMAIL = re.compile(
    r"(?:(?:e-?mail|邮箱|邮件|电邮|mail|e)\s*[:.]\s*|邮箱\s*)?(?P<v>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.I | re.A,
)
TAX = re.compile(
    r"(?:统一社会信用代码|纳税人识别号|税号|信用代码|Tax ?(?:ID|No\.?|number))\s*[:.]?\s*"
    r"(?P<v>[0-9A-Z]{15,20})",
    re.I,
)
WECHAT = re.compile(
    r"(?:微信号?|威信|wechat(?:\s*id)?|weixin|\bwx|\bvx|\bV信)\s*[:.是]?\s*"
    r"(?P<v>[A-Za-z][\w-]{4,19}|1[3-9]\d{9})",
    re.I | re.A,
)
SAME_WECHAT = re.compile(
    r"\(?(?:手机)?(?:微信同号|同微信|微信同步|微信同|same (?:on|as) wechat)\)?", re.I
)
QQ = re.compile(r"\bQQ(?:号码?)?\s*[:.]?\s*(?P<v>\d{5,11})", re.I | re.A)
WEBSITE = re.compile(
    r"(?:(?:网址|网站|官网|web(?:site)?|w|url)\s*[:.]\s*)?(?P<v>(?:https?://|www\.)[\w./%?=&#~-]+[\w/])",
    re.I | re.A,
)
_DIGITS = r"\+?\(?\d[\d() .-]{5,18}\d"
_EXTENSION = r"(?:\s*(?:转|转分机|分机|ext\.?|x)\s*\d{1,6}|-\d{1,6}(?!\d))?"
FAX = re.compile(rf"(?:传真|fax|\bF)\s*[:.]?\s*(?P<v>{_DIGITS})", re.I)
MOBILE_LABEL = re.compile(r"手机|移动|mobile|cell|mob|m$|m\b")
MOBILE = re.compile(
    r"(?:(?:手机号?码?|联系电话|移动电话|电话|联系方式|mobile|cell|mob|tel|phone|\bM|\bP|\bT)\s*[:.]?\s*)?"
    r"(?<![\d+-])(?P<v>(?:\(?(?:\+|00)?86\)?[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)",
    re.I,
)
PHONE = re.compile(
    r"(?:(?P<label>办公电话|联系电话|固定电话|公司电话|座机|电话|总机|热线|手机|mobile|cell|mob|tel(?:ephone)?|phone|"
    r"office|direct|\bM|\bP|\bT|\bO|\bD)\s*[:.]?\s*)?"
    r"(?<![\d\w+-])(?P<v>(?:(?:\+|00)86[ -]?)?\(?0\d{2,3}\)?[ -]?\d{4}[ -]?\d{3,4}"
    + _EXTENSION
    + r"|\(?0\d{2,4}\)?[ -]\d{3}[ -]\d{3,4}"  # as in Britain
    + r"|400[ -]?\d{3,4}[ -]?\d{3,4}"
    r"|\+\d{1,3}[ .-]?\(?\d[\d() .-]{5,15}\d"
    + _EXTENSION
    + r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    + _EXTENSION
    + r")(?!\d)",
    re.I,
)

# ---- words with a label, and sentences

_LINE = r"(?P<v>[^\n\0;|]{2,60})"
LABELLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "address",
        re.compile(
            r"(?:(?:(?:公司|收货|办公|联系|通讯|详细)?地址|address|addr?\b\.?)\s*[:.]\s*"
            rf"|(?<![{_HAN}])(?:公司|收货|办公|联系|通讯|详细)?地址[ ]+)"
            r"(?P<v>[^\n\0]{4,90}?)(?=\s*(?:邮编|邮政编码|[\n\0]|$))",
            re.I,
        ),
    ),
    ("region", re.compile(r"(?:所在)?(?:地区|区域)\s*:\s*(?P<v>[^\n\0;|,]{2,40})")),
    (
        "company",
        re.compile(
            r"(?:(?:公司|单位|企业|工厂)(?:名称)?|工作单位|厂名|抬头|\b(?:company|employer|firm|organi[sz]ation|firma))"
            rf"\s*:\s*{_LINE}",
            re.I,
        ),
    ),
    ("department", re.compile(r"(?:部门|department|dept)\s*:\s*(?P<v>[^\n\0;|,]{2,30})", re.I)),
    (
        "title",
        re.compile(
            r"(?:职务|职位|岗位|职称|job title|title|position)\s*:\s*(?P<v>[^\n\0;|,]{2,40})", re.I
        ),
    ),
    (
        "name",
        re.compile(
            r"(?:姓名|联系人|收件人|收货人|名字|\bname|contact)\s*:\s*(?P<v>[^\n\0;|,()]{2,30})"
            r"(?:\((?P<title>[^()\n\0]{2,30})\))?",
            re.I,
        ),
    ),
)
EMPTY_LABEL = re.compile(
    r"(?P<v>(?:手机|电话|传真|邮箱|网址|微信|地址|Tel|Mobile|Phone|Fax|E-?mail|Web|QQ)\s*[:.])(?=\s*[\0\n]|\s*$)",
    re.I,
)
SENTENCES = (
    re.compile(
        rf"(?:我是|我们是|这是|这里是)\s*(?P<company>[{_HAN}A-Za-z0-9()]{{2,24}}?)(?:公司)?的\s*"
        rf"(?P<title>(?:{TITLE_ZH})?)\s*(?P<name>[{_HAN}]{{2,3}})(?=[,.。!;\s\0]|$|电话|手机)"
    ),
    re.compile(
        rf"(?:我是|我叫)\s*(?P<name>[{_HAN}]{{2,4}}),?\s*(?:目前)?[就任供]职于\s*"
        rf"(?P<company>[{_HAN}A-Za-z0-9()]{{2,24}})(?=[,.。!;\s\0]|$)"
    ),
    re.compile(rf"(?:我是|我叫|鄙人|本人)\s*(?P<name>[{_HAN}]{{2,4}})(?=[,.。!;\s\0]|$|,)"),
    re.compile(
        rf"(?:联系|找|加)\s*(?:我们)?(?P<company>[{_HAN}]{{2,16}}?)?的?(?P<name>[{_HAN}]{{2,3}}"
        rf"(?:{_TITLES}))(?=[,.。!;:\s\0]|$)"
    ),
    re.compile(
        r"(?:[Tt]his is|I am|I'm|I’m|[Mm]y name is)\s+"
        r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,2})"
        r"(?:,? (?:the )?(?P<title>[A-Z][\w ]{2,30}?))?"
        r"(?:,? (?:from|at|with|of) "
        r"(?P<company>[A-Z][\w&'’.-]*(?: (?:[A-Z&][\w&'’.-]*|of|and)){0,5}))?"
    ),
)

# ---- what stands by itself

SEGMENT = re.compile(r"[^\n\0|;,。、\t/•·]+(?:(?<=[\u4e00-\u9fff])·[^\n\0|;,。、\t/•·]+)*")
LINE = re.compile(r"[^\s\0](?:[^\n\0]*[^\s\0])?")
COMPANY_ZH = re.compile(
    rf"[{_HAN}A-Za-z0-9()&·]{{2,30}}(?:有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|集团|事务所|研究院|"
    r"研究所|设计院|医院|大学|学院|学校|银行|商行|经营部|工作室|机械厂|制造厂|加工厂|工厂|总厂|酒店|商贸|合作社|厂)"
    rf"(?:\([{_HAN}]{{2,8}}\))?(?:[{_HAN}]{{2,8}}(?:分公司|分行|支行|办事处))?"
)
COMPANY_EN = re.compile(
    r"[A-Z0-9][\w&'’.-]*(?: (?:[A-Z0-9&(][\w&'’.()-]*|of|and|for|the)){0,6},? "
    r"(?:Co\.?,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|LLC|L\.L\.C\.|GmbH(?: & Co\. KG)?|"
    r"Corp\.?|Corporation|"
    r"Company|"
    r"Group|Holdings|PLC|S\.A\.|AG|B\.V\.|Pty Ltd|Partners|Associates|Industries|Solutions)(?!\w)"
)
ADDRESS_MARK = re.compile("省|市|区|县|镇|乡|村|路|街|道|巷|弄|号|栋|幢|座|楼|层|室|园|大厦|广场")
ADDRESS_EN = re.compile(
    r"\d+[^\n\0]{0,40}\b(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Boulevard|Blvd\.?|Lane|Ln|Drive|Dr\.|"
    r"Suite|"
    r"Floor|Way|Square|Plaza|Parkway|straße|strasse|weg)\b"
    r"|\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee)[ ]\d+",
    re.I,
)
