"""Budgets in languages that no file of ours describes, with separators of their own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Form
from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree

if TYPE_CHECKING:
    from tests.budgets.book import Book


@budget("district-tr", "semicolons", "live")
def turkish_municipality(book: Book) -> None:
    """Economic codes of two levels, totals above, three years."""
    lira = money("tr", 2)
    top = book.text(book.add_sheet("Gider"), "Yeşilova Belediyesi 2025 yılı gider bütçesi")
    lay_out(book, top.by(rows=2), tree(
        """
        GİDERLER TOPLAMI
          01 | PERSONEL GİDERLERİ
            01.1 | Memurlar
            01.2 | Sözleşmeli personel
            01.3 | İşçiler
          03 | MAL VE HİZMET ALIM GİDERLERİ
            03.2 | Tüketime yönelik alımlar
            03.5 | Hizmet alımları
            03.7 | Menkul mal alımları
          06 | SERMAYE GİDERLERİ
            06.1 | Mamul mal alımları
            06.5 | Gayrimenkul sermaye üretimi
        """), [
            Column("2023 Gerçekleşen", lira, 90_000, 30_000_000, step="0.01"),
            Column("2024 Tahmin", lira, like=1, spread=40, step="1000"),
            Column("2025 Bütçe", lira, like=2, spread=30, step="1000"),
        ], Layout(totals="above", codes="Kod", heading="Açıklama"))  # fmt: skip


@budget("county-pl", "xlsx", "semicolons")
def polish_county(book: Book) -> None:
    """Plan, plan after changes, execution and its percentage, by division and chapter."""
    zloty = money("pl", 2)
    top = book.text(book.add_sheet("Wydatki"), "Wykonanie wydatków budżetu powiatu za 2024 rok")
    lay_out(book, top.by(rows=2), tree(
        """
        Razem wydatki
          600 | Transport i łączność
            60014 | Drogi publiczne powiatowe
            60095 | Pozostała działalność
          750 | Administracja publiczna
            75019 | Rady powiatów
            75020 | Starostwa powiatowe
            75045 | Kwalifikacja wojskowa
          801 | Oświata i wychowanie
            80115 | Technika
            80120 | Licea ogólnokształcące
            80146 | Dokształcanie nauczycieli
        """), [
            Column("Plan", zloty, 20_000, 9_000_000, step="1"),
            Column("Plan po zmianach", zloty, like=1, spread=6, step="1"),
            Column("Wykonanie", zloty, like=2, spread=8, step="0.01"),
            Column("% wykonania", percent("pl", 2), ratio=(3, 2)),
        ], Layout(totals="above", codes="Rozdział", heading="Nazwa"))  # fmt: skip


@budget("province-ko", "csv", "xlsx")
def korean_province(book: Book) -> None:
    """This year, last year, increase, and the share of the whole, in thousands of won."""
    won = money("en")
    top = book.text(book.add_sheet("세출"), "세출예산 총괄표 (단위: 천원)")
    lay_out(book, top.by(rows=2), tree(
        """
        총계
          일반공공행정
            입법 및 선거관리
            재정·금융
            일반행정
          사회복지
            기초생활보장
            노인·청소년
            보육·가족
          국토 및 지역개발
            수자원
            지역 및 도시
        """), [
            Column("2025년 예산액", won, 90_000, 90_000_000),
            Column("2024년 예산액", won, like=1),
            Column("증감액", won, adds=(1, -2)),
            Column("증감률(%)", percent("en", 2), growth=(1, 2)),
            Column("구성비(%)", percent("en", 2), share=1),
        ], Layout(totals="above", heading="분야·부문"))  # fmt: skip


@budget("commune-vi", "semicolons", "xlsx")
def vietnamese_commune(book: Book) -> None:
    """Estimate, outcome and their ratio; the numbers of rows are letters and Roman numerals."""
    dong = money("de")
    top = book.text(
        book.add_sheet("Quyết toán"), "Quyết toán chi ngân sách xã năm 2024 (nghìn đồng)"
    )
    lay_out(book, top.by(rows=2), tree(
        """
        A | TỔNG CHI NGÂN SÁCH
          I | Chi đầu tư phát triển
            1 | Chi xây dựng cơ bản
            2 | Chi đầu tư khác
          II | Chi thường xuyên
            3 | Chi quốc phòng, an ninh
            4 | Chi giáo dục
            5 | Chi y tế
            6 | Chi quản lý hành chính
          III | Dự phòng
        """), [
            Column("Dự toán", dong, 9_000, 4_000_000, step="100"),
            Column("Quyết toán", dong, like=1),
            Column("So sánh QT/DT (%)", percent("de"), ratio=(2, 1)),
        ], Layout(totals="above", codes="STT", heading="Nội dung"))  # fmt: skip


@budget("village-id", "semicolons", "live")
def indonesian_village(book: Book) -> None:
    """Income, spending by field with volume and unit price, and the surplus."""
    rupiah = money("de", 2)
    top = book.text(book.add_sheet("APBDes"), "Anggaran Pendapatan dan Belanja Desa Sukamaju").by(
        rows=2
    )
    placed = lay_out(book, top, tree(
        """
        JUMLAH BELANJA
          Bidang Penyelenggaraan Pemerintahan
            Honor perangkat desa
            Alat tulis kantor
            Rapat koordinasi
          Bidang Pembangunan
            Rabat beton
            Saluran irigasi
            Posyandu
        """), [
            Column("Volume", money("de"), 2, 60, sums=False),
            Column("Harga satuan (Rp)", rupiah, 20_000, 900_000, step="500", sums=False),
            Column("Jumlah (Rp)", rupiah, times=(1, 2)),
        ], Layout(heading="Uraian", subtotal="Jumlah {}"))  # fmt: skip
    at = placed.below.by(rows=1)
    book.text(at, "JUMLAH PENDAPATAN")
    earned = book.figure(at.by(columns=3), 214_850_000, rupiah)
    book.text(at.by(rows=1), "SURPLUS / (DEFISIT)")
    book.sum(at.by(1, 3), [earned, (-1, placed.at("JUMLAH BELANJA", 3))], rupiah)


@budget("canton-de", "csv", "xlsx")
def swiss_canton(book: Book) -> None:
    """Apostrophes between the groups; expenses, income and net by department."""
    francs = Form(2, "'", ".")
    top = book.text(
        book.add_sheet("Rechnung"), "Gemeinde Oberaltbach: Erfolgsrechnung nach Ressort"
    )
    lay_out(book, top.by(rows=2), tree(
        """
        Total
          0 | Allgemeine Verwaltung
          1 | Öffentliche Ordnung und Sicherheit
          2 | Bildung
          3 | Kultur, Sport und Freizeit
          4 | Gesundheit
          5 | Soziale Sicherheit
          6 | Verkehr
          7 | Umweltschutz und Raumordnung
        """), [
            Column("Aufwand 2024", francs, 90_000, 9_000_000, step="0.05"),
            Column("Ertrag 2024", francs, 30_000, 3_000_000, step="0.05"),
            Column("Netto 2024", francs, adds=(1, -2)),
            Column("Aufwand 2025", francs, like=1, step="100"),
            Column("Ertrag 2025", francs, like=2, step="100"),
            Column("Netto 2025", francs, adds=(4, -5)),
        ], Layout(codes="Nr.", heading="Ressort"))  # fmt: skip


@budget("payroll-es", "semicolons", "live")
def payroll(book: Book) -> None:
    """Gross pay, deductions at rates in the headings, net pay, what the employer adds."""
    euro = money("es", 2)
    top = book.text(book.add_sheet("Nóminas"), "Resumen de nóminas. Marzo de 2025").by(rows=2)
    lay_out(book, top, tree(
        """
        Totales
          1007 | Álvarez Gil, Nuria
          1012 | Benítez Soto, Hugo
          1015 | Cano Prieto, Elena
          1021 | Domínguez Rey, Iván
          1030 | Esteban Mora, Lucía
          1034 | Ferrer Vidal, Marc
        """), [
            Column("Salario base", euro, 1_300, 3_200, step="0.01"),
            Column("Complementos", euro, 80, 700, step="0.01"),
            Column("Bruto", euro, adds=(1, 2)),
            Column("Cotización trabajador 6,35 %", euro, times=(3,), scale=Fraction(635, 10_000)),
            Column("IRPF", euro, 90, 600, step="0.01"),
            Column("Líquido", euro, adds=(3, -4, -5)),
            Column("Cuota empresa 30,6 %", euro, times=(3,), scale=Fraction(306, 1000)),
            Column("Coste total", euro, adds=(3, 7)),
        ], Layout(codes="N.º", heading="Trabajador"))  # fmt: skip


@budget("indicators-en", "csv", "xlsx")
def indicators(book: Book) -> None:
    """Enrolment and cost by region, with averages and an index on the first year."""
    count, dollars = money("en"), money("en", 2)
    top = book.text(book.add_sheet("Indicators"), "School feeding: beneficiaries and cost").by(
        rows=2
    )
    lay_out(book, top, tree(
        """
        Country
          Northern region
          Upper East
          Upper West
          Savannah
          Bono East
          Oti
        """), [
            Column("Pupils fed 2023", count, 3_000, 90_000),
            Column("Pupils fed 2024", count, like=1, spread=25),
            Column("Pupils fed 2025", count, like=2, spread=25),
            Column("Three-year average", money("en", 1), adds=(1, 2, 3), scale=Fraction(1, 3)),
            Column("Index 2025 (2023 = 100)", money("en", 1), ratio=(3, 1), scale=Fraction(100)),
            Column("Cost 2025", count, 90_000, 4_000_000),
            Column("Cost per pupil", dollars, ratio=(6, 3)),
        ], Layout(heading="Region"))  # fmt: skip


@budget("thousands-en", "live", "xlsx")
def shown_in_thousands(book: Book) -> None:
    """Whole dollars whose number format shows thousands; blank rows between the blocks."""
    dollars = money("en")
    top = book.text(book.add_sheet("Trust"), "Harbour Trust: five-year outlook (whole dollars)")
    lay_out(book, top.by(rows=2), tree(
        """
        Operating result
          Total revenue
            Mooring fees
            Ferry landing charges
            Rent from kiosks
            Parking
          ~Total costs
            Dredging
            Staff
            Pontoon repairs
            Insurance
        """), [
            *(Column(f"FY{n}", dollars, 20_000, 2_000_000) for n in range(25, 30)),
            Column("Five years", dollars, adds=(1, 2, 3, 4, 5)),
        ], Layout(gap=True))  # fmt: skip
