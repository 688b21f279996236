"""Amounts of money: currencies and their digits, and rounding.

Rounding is half up (away from zero at the half), to the digits of the currency: what
invoices and tax offices expect. Amounts are Decimal; floats only come in from sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from crm_desktop.domain.problems import Refused

LARGEST = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: its ISO code, the digits of its smallest unit, and its sign."""

    code: str
    digits: int
    symbol: str

    @property
    def unit(self) -> Decimal:
        """The smallest amount: 0.01 for CNY, 1 for JPY."""
        return Decimal(1).scaleb(-self.digits)


_TABLE = (
    "CNY 2 ¥,USD 2 $,EUR 2 €,HKD 2 HK$,JPY 0 JP¥,GBP 2 £,TWD 2 NT$,MOP 2 MOP$,KRW 0 ₩,SGD 2 S$,"
    "AUD 2 A$,CAD 2 C$,NZD 2 NZ$,CHF 2 CHF,THB 2 ฿,VND 0 ₫,MYR 2 RM,IDR 2 Rp,PHP 2 ₱,INR 2 ₹,"
    "RUB 2 ₽,BRL 2 R$,MXN 2 MX$,AED 2 AED,SAR 2 SAR,KWD 3 KWD,BHD 3 BHD,TND 3 TND,ILS 2 ₪,"
    "TRY 2 ₺,PLN 2 zł,CZK 2 Kč,HUF 2 Ft,SEK 2 kr,NOK 2 kr,DKK 2 kr,ZAR 2 R,UAH 2 ₴,KZT 2 ₸,"
    "EGP 2 E£,NGN 2 ₦,CLP 0 CLP$,COP 2 COL$,ARS 2 AR$,PKR 2 Rs,BDT 2 ৳"
)
CURRENCIES = {
    code: Currency(code, int(digits), symbol)
    for code, digits, symbol in (entry.split(" ") for entry in _TABLE.split(","))
}
# All codes of ISO 4217 for money in use, ours above among them.
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP"
    " BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP"
    " GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES"
    " KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU"
    " MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON"
    " RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND"
    " TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW"
    " ZWG"
)
ISO_4217 = frozenset(_CODES.split())


def currency(code: str) -> Currency:
    """The currency of this code; refused where we do not know its digits."""
    try:
        return CURRENCIES[code.upper()]
    except KeyError:
        raise Refused("money.unknown_currency", currency=code) from None


def rounded(amount: Decimal, digits: int = 2) -> Decimal:
    """Half up to this many digits after the point."""
    with localcontext() as context:
        context.prec = 60
        return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, whole in its smallest unit."""

    amount: Decimal
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if rounded(self.amount, self.digits) != self.amount:
            raise ValueError(f"{self.amount} is not whole in {self.currency}; round it first")

    @classmethod
    def of(cls, amount: Decimal, code: str = "CNY") -> Money:
        """The amount rounded to the digits of the currency."""
        return cls(rounded(amount, currency(code).digits), code)

    @property
    def digits(self) -> int:
        """The digits of the currency."""
        return currency(self.currency).digits

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
