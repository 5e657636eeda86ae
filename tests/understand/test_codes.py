"""Codes in columns before the words of a row are no amounts, and tell which rows are parts."""

from __future__ import annotations

from tests.as_printed import check, sums, table_of

CITY = """
Dział | Rozdział | § | Nazwa | Plan | Wykonanie
010 | | | Rolnictwo | 2 434.9 | 1 818.9
 | 01070 | | Melioracje | 1 172.7 | 949.9
 | | 6050 | Wydatki inwestycyjne | 837.4 | 673.5
 | | 4210 | Zakup energii | 335.3 | 276.4
 | 01062 | | Izby rolnicze | 1 262.2 | 869.0
 | | 4260 | Zakup wody | 137.8 | 108.4
 | | 4300 | Zakup usług | 1 124.4 | 760.6
600 | | | Transport | 657.2 | 461.9
 | 60096 | | Drogi | 657.2 | 461.9
 | | 4110 | Składki | 389.3 | 255.7
 | | 6050 | Wydatki majątkowe | 267.9 | 206.2
 | | | Razem wydatki | 3 092.1 | 2 280.8
"""


def test_columns_of_codes_are_an_outline() -> None:
    assert sums(table_of(CITY)) == {
        "Rolnictwo": ["Melioracje", "Izby rolnicze"],
        "Melioracje": ["Wydatki inwestycyjne", "Zakup energii"],
        "Izby rolnicze": ["Zakup wody", "Zakup usług"],
        "Transport": ["Drogi"],
        "Drogi": ["Składki", "Wydatki majątkowe"],
        "Razem wydatki": ["Rolnictwo", "Transport"],
    }
    assert not check(CITY).findings


def test_a_slip_in_an_item_of_an_outline_is_told() -> None:
    (finding,) = check(CITY.replace("389.3", "398.3")).findings
    assert finding.stated_text == "657.2" or "398.3" in finding.message
