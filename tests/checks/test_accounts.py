"""Accounts, invoices and movements as officers keep them: what is right is silent, a slip is told.

Each table is composed; a figure is replaced to plant the slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check import check
from unbudget_check.model.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.report import Report

# A surplus is what revenue leaves of costs: its variance has the sign of revenue.
RESULT = """Budget against actual. Favourable / (unfavourable)
Revenue;Budget;Actual;Variance
Dues;7,050;7,642;592
Sponsors;44,750;51,373;6,623
Fees;33,900;30,950;(2,950)
Total revenue;85,700;89,965;4,265
Expenses;;;
Salaries;27,100;29,024;(1,924)
Taxes;29,000;32,335;(3,335)
Rent;2,250;2,430;(180)
Printing;31,000;29,417;1,583
Total expenses;89,350;93,206;(3,856)
Net result;(3,650);(3,241);409
"""
# An account has a debit or a credit, and what both leave after adjustments.
TRIAL = """Account;Debit;Credit;Adjustment;Adjusted
Cash;71,084.16;;324.03;71,408.19
Grants;30,850.56;;-65.96;30,784.60
Stock;66,276.32;;129.14;66,405.46
Loans;;61,421.78;-208.20;61,213.58
Deferred;;31,446.97;273.82;31,720.79
Funds;;75,342.29;-202.92;75,139.37
Total;168,211.04;168,211.04;249.91;336,671.99
"""
MOVEMENT = """Groupe;Au début;Entrées;Sorties;Amortissement;À la fin
Bâtiments;17 952;1 697;307;1 204;18 138
Machines;8 507;906;784;977;7 652
Véhicules;7 117;207;445;1 310;5 569
Livres;4 307;973;126;88;5 066
Total;37 883;3 783;1 662;3 579;36 425
"""
RECHNUNG = """Pos.;Leistung;Menge;Preis;Betrag
1;Tische;5;36,20;181,00
2;Stühle;200;105,75;21.150,00
3;Schränke;194;708,80;137.507,20
4;Aufbau;157;22,10;3.469,70
;Netto;;;162.307,90
;abzüglich 3 % Rabatt;;;-4.869,24
;Zwischenstand;;;157.438,66
;zuzüglich 19 % Steuer;;;29.913,35
;Zahlbetrag;;;187.352,01
"""
FACTURA = """Ref.;Descripción;Cantidad;Precio;Importe
1;Traducción;180;21,15 €;3.807,00 €
2;Revisión;61;510,40 €;31.134,40 €
3;Maquetación;202;28,95 €;5.847,90 €
4;Interpretación;88;138,55 €;12.192,40 €
;;;Base imponible;52.981,70 €
;;;IVA 21%;11.126,16 €
;;;Retención IRPF 15%;-7.947,26 €
;;;TOTAL;56.160,60 €
"""
CREDITS = """Account;Opening;Billed;Paid;Closing
Water;4,829.57;2,448.99;7,724.99;446.43 CR
Sewer;6,925.44;6,679.27;5,304.52;8,300.19
Permits;13,337.85;6,055.18;5,762.71;13,630.32
Total;25,092.86;15,183.44;18,792.22;21,484.08
"""
# Here credits are what there is.
DEBITS = """Fund,Balance
General,"12,480.15 CR"
Roads,"3,311.40 CR"
Parks,"1,204.75 DR"
Total,"14,586.80 CR"
"""
BY_ITEM = """科目,基本支出,项目支出,预算数
学前教育,"5,020.31",144.48,"5,164.79"
小学教育,687.10,118.47,805.57
初中教育,"2,247.60",207.55,"2,455.15"
合计,"7,955.01",470.50,"8,425.51"
"""
# Twelve months make a year, whatever the words.
YEAR = """Grade;Effectif;Par mois;Par an;Charges (42 %);Coût total
Attaché;29;3 459;1 203 732;505 567;1 709 299
Rédacteur;9;1 995;215 460;90 493;305 953
Adjoint;15;2 436;438 480;184 162;622 642
Ingénieur;23;3 290;908 040;381 377;1 289 417
Technicien;32;2 835;1 088 640;457 229;1 545 869
Total;108;;3 854 352;1 618 828;5 473 180
"""
# Shares of all, below subtotals.
WARDS = """Ward;Costs;% of total
Medicine;758,157;7.3
Surgery;2,839,157;27.5
Maternity;2,583,151;25.0
Subtotal beds;6,180,465;59.8
Emergency;1,711,323;16.5
Dialysis;2,116,301;20.5
Day care;332,719;3.2
Subtotal visits;4,160,343;40.2
Total;10,340,808;100.0
"""
# Rows that go on in small letters are parts of the row before them.
DAVON = """Bereich;2023;2024
Verwaltung;5.797.795;5.912.340
davon Beamte;2.120.400;2.231.118
Schulen;9.310.022;9.120.455
Soziales;6.559.269;6.812.007
davon Angestellte;3.004.118;3.100.870
Umwelt;1.204.331;1.301.962
Summe;22.871.417;23.146.764
"""
# Amounts to date go on from row to row; a loan opens with what the period before it left.
TO_DATE = """Month,Receipts,Receipts to date,Payments,Payments to date
January,"81,204","81,204","44,310","44,310"
February,"64,918","146,122","75,924","120,234"
March,"46,438","192,560","43,901","164,135"
April,"117,183","309,743","70,839","234,974"
May,"98,771","408,514","38,216","273,190"
June,"57,320","465,834","61,047","334,237"
July,"103,655","569,489","52,908","387,145"
"""
LOAN = """Período;Saldo inicial;Interés;Capital;Saldo final
1;250.000,00;3.750,00;18.204,50;231.795,50
2;231.795,50;3.476,93;21.310,50;210.485,00
3;210.485,00;3.157,28;19.876,50;190.608,50
4;190.608,50;2.859,13;17.430,50;173.178,00
5;173.178,00;2.597,67;20.015,50;153.162,50
"""
# Codes of rows say nothing about the marks of figures.
CODES = """Código;Descrição;2025;2026;Variação
;DESPESA TOTAL;3.043.400;3.663.800;620.400
1;PESSOAL;1.346.900;1.391.200;44.300
1.1;Médicos;498.900;502.300;3.400
1.2;Enfermagem;848.000;888.900;40.900
2;MATERIAIS;1.696.500;2.272.600;576.100
2.1;Remédios;890.300;1.201.100;310.800
2.2;Limpeza;806.200;1.071.500;265.300
"""
BOOKS = {
    "to date": TO_DATE,
    "loan": LOAN,
    "codes": CODES,
    "year": YEAR,
    "wards": WARDS,
    "davon": DAVON,
    "result": RESULT,
    "trial": TRIAL,
    "movement": MOVEMENT,
    "rechnung": RECHNUNG,
    "factura": FACTURA,
    "credits": CREDITS,
    "debits": DEBITS,
    "by item": BY_ITEM,
}
SLIPS = [
    ("to date", "192,560", "129,560"),
    ("to date", "70,839", "70,389"),
    ("loan", "4;190.608,50", "4;190.806,50"),
    ("codes", "1.201.100", "1.210.100"),
    ("year", "3 459", "3 489"),
    ("year", "1 088 640", "1 088 460"),
    ("wards", "27.5", "25.7"),
    ("wards", ";3.2", ";–"),
    ("davon", "9.310.022", "9.130.022"),
    ("davon", "23.146.764", "23.164.764"),
    ("result", "1,583", "1,538"),
    ("result", ";409", ";490"),
    ("result", "(180)", "180"),
    ("trial", "31,720.79", "31,270.79"),
    ("movement", "1 310", "1 510"),
    ("movement", "17 952", "–"),
    ("rechnung", "708,80", "708,88"),
    ("rechnung", "187.352,01", "187.852,01"),
    ("rechnung", "157.438,66", "157.483,66"),
    ("rechnung", ";5;", ";–;"),
    ("factura", "56.160,60", "56.610,60"),
    ("factura", "TOTAL;56.160,60 €", "TOTAL;–"),
    ("factura", ";61;", ";–;"),
    ("credits", "446.43 CR", "464.43 CR"),
    ("credits", "13,630.32", "–"),
    ("debits", "14,586.80 CR", "14,856.80 CR"),
    ("by item", "118.47", "181.47"),
]


def report_of(folder: Path, text: str) -> Report:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8")
    return check([str(path)])


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_said_of_a_right_book(tmp_path: Path, name: str) -> None:
    report = report_of(tmp_path, BOOKS[name])
    assert [finding.message for finding in report.findings] == []
    # Nothing is stated of the parts of a part, of a first amount, of the interest of a period.
    if name not in {"davon", "to date", "loan"}:
        assert report.coverage.figures_checked == report.coverage.figures_read > 0


@pytest.mark.parametrize(("name", "was", "now"), SLIPS)
def test_a_slip_is_told_at_its_row(tmp_path: Path, name: str, was: str, now: str) -> None:
    text = BOOKS[name]
    assert text.count(was) == 1
    line = 1 + text[: text.index(was)].count("\n")
    findings = report_of(tmp_path, text.replace(was, now)).findings
    assert {finding.severity for finding in findings} <= {Severity.ERROR, Severity.WARNING}
    places = [finding.where.line for finding in findings]
    places += [each.where.line for finding in findings for each in finding.suspects]
    assert line in places


def test_a_factor_that_would_be_one_is_no_slip(tmp_path: Path) -> None:
    text = RECHNUNG.replace("5;36,20;181,00", "–;181,00;181,00")
    assert report_of(tmp_path, text).findings == ()


def test_plans_that_were_met_are_no_movement(tmp_path: Path) -> None:
    """What comes in with the first column and goes out with the second is nothing."""
    text = """Deliverable;2024 planned;2024 actual;2025 planned;2026 planned
Seminars;13;13;14;14
Manuals;22;22;24;24
Missions;35;35;31;31
Workshops;17;17;18;18
Surveys;9;9;8;8
Trainings;13;13;14;15
Bulletins;26;26;27;26
"""
    assert [finding.message for finding in report_of(tmp_path, text).findings] == []


@pytest.mark.parametrize(
    ("sides", "filling", "total"),
    [
        (("ENTRATE", "USCITE"), "Disavanzo", "TOTALE A PAREGGIO"),
        (("Income", "Expenditure"), "Deficit", "Total"),
        (("RECETTES", "DÉPENSES"), "Déficit", "TOTAL"),
    ],
)
def test_what_fills_up_one_side_of_an_account_is_part_of_its_total(
    sides: tuple[str, str], filling: str, total: str, tmp_path: Path
) -> None:
    left = (("Alpha", 74_307), ("Beta", 25_692), ("Gamma", 59_644), (filling, 49_144))
    right = (("Delta", 67_698), ("Epsilon", 25_993), ("Zeta", 96_930), ("Eta", 18_166))
    rows = [f"{a};{x}.00;{b};{y}.00" for (a, x), (b, y) in zip(left, right, strict=True)]
    sums = f"{total};208787.00;{total};208787.00"
    path = tmp_path / "account.csv"
    path.write_text("\n".join((f"{sides[0]};2026;{sides[1]};2026", *rows, sums)), "utf-8")
    report = check(path)
    assert not report.findings
    assert report.coverage.figures_checked == report.coverage.figures_read == 10
