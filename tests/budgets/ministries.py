"""Budgets of ministries and states: classifications with codes, funds, years, natures of cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.budgets.catalogue import budget
from tests.budgets.table import Column, Layout, lay_out, money, percent, tree

if TYPE_CHECKING:
    from tests.budgets.book import Book


@budget("ministry-zh", "csv", "xlsx")
def chinese_department(book: Book) -> None:
    """Functional classes with codes of 3, 5 and 7 digits; totals above; basic plus project."""
    yuan = money("zh", 2)
    top = book.add_sheet("支出预算表")
    top = book.text(top, "2025年一般公共预算支出表").by(rows=1)
    book.text(top, "单位：万元")
    lay_out(book, top.by(rows=1), tree(
        """
        合计
          205 | 教育支出
            20502 | 普通教育
              2050201 | 学前教育
              2050202 | 小学教育
              2050203 | 初中教育
            20508 | 进修及培训
              2050803 | 培训支出
              2050899 | 其他进修及培训
          208 | 社会保障和就业支出
            20805 | 行政事业单位养老支出
              2080502 | 事业单位离退休
              2080505 | 基本养老保险缴费支出
              2080506 | 职业年金缴费支出
          221 | 住房保障支出
            22102 | 住房改革支出
              2210201 | 住房公积金
              2210203 | 购房补贴
        """), [
            Column("2024年执行数", yuan, 12, 8_000, step="0.01"),
            Column("基本支出", yuan, 10, 6_000, step="0.01"),
            Column("项目支出", yuan, 5, 3_000, step="0.01", nil=30),
            Column("2025年预算数", yuan, adds=(2, 3)),
            Column("比上年增减", yuan, adds=(4, -1)),
            Column("增减%", percent("zh", 2), growth=(4, 1)),
        ], Layout(totals="above", codes="科目编码", heading="科目名称"))  # fmt: skip


@budget("ministry-fr", "semicolons", "xlsx")
def french_missions(book: Book) -> None:
    """Programmes by title of expenditure, each row added up, missions with their subtotals."""
    euro = money("fr")
    top = book.add_sheet("Crédits")
    top = book.text(top, "Crédits de paiement par mission, programme et titre (en euros)")
    titles = ["Titre 2 Personnel", "Titre 3 Fonctionnement", "Titre 5 Investissement",
              "Titre 6 Intervention"]  # fmt: skip
    lay_out(book, top.by(rows=2), tree(
        """
        Total général
          Mission Culture
            131 | Création
            175 | Patrimoines
            224 | Soutien aux politiques culturelles
            361 | Transmission des savoirs
          Mission Écologie
            113 | Paysages, eau et biodiversité
            174 | Énergie et climat
            203 | Infrastructures de transport
          Mission Justice
            107 | Administration pénitentiaire
            166 | Justice judiciaire
            182 | Protection judiciaire de la jeunesse
            310 | Conduite de la politique de la justice
        """), [
            *(Column(title, euro, 900_000, 2_000_000_000, nil=8) for title in titles),
            Column("Total 2025", euro, adds=(1, 2, 3, 4)),
            Column("LFI 2024", euro, like=5, spread=9),
            Column("Écart", euro, adds=(5, -6)),
        ], Layout(codes="N°", heading="Programme", subtotal="Total {}"))  # fmt: skip


@budget("ministry-ar", "xlsx", "csv")
def arab_ministry(book: Book) -> None:
    """Chapters and items, three years, decreases in brackets, nil as a dash."""
    dinars = money("ar", negative="(", nil="-")
    top = book.add_sheet("الموازنة")
    top = book.text(top, "تقديرات النفقات لوزارة الأشغال (بالدينار)").by(rows=2)
    lay_out(book, top, tree(
        """
        المجموع الكلي
          النفقات الجارية
            211 | الرواتب والأجور والعلاوات
            212 | مساهمات الضمان الاجتماعي
            221 | استخدام السلع والخدمات
            241 | الإعانات
            281 | نفقات أخرى
          النفقات الرأسمالية
            311 | الأصول الثابتة
            312 | المخزون
            314 | الأراضي
            315 | صيانة الطرق والجسور
        """), [
            Column("فعلي 2023", dinars, 30_000, 40_000_000),
            Column("مقدر 2024", dinars, like=1, step="1000"),
            Column("إعادة تقدير 2024", dinars, like=2, spread=5, step="1000"),
            Column("مقدر 2025", dinars, like=3, step="1000"),
            Column("الفرق", dinars, adds=(4, -3)),
        ], Layout(codes="المادة", heading="البيان", subtotal="مجموع {}"))  # fmt: skip


@budget("ministry-uk", "semicolons", "uncalculated")
def ukrainian_ministry(book: Book) -> None:
    """General and special fund make the whole; the special fund has a part of its own."""
    hryvnia = money("uk", 1)
    top = book.add_sheet("Видатки")
    top = book.text(top, "Розподіл видатків за програмами, тис. грн").by(rows=2)
    lay_out(book, top, tree(
        """
        ВСЬОГО
          2201000 | Апарат міністерства
            2201010 | Керівництво та управління
            2201020 | Наукова діяльність
            2201040 | Підвищення кваліфікації
          2202000 | Служба якості освіти
            2202010 | Державний нагляд
            2202030 | Оцінювання закладів
          2203000 | Академія наук
            2203010 | Фундаментальні дослідження
            2203020 | Прикладні розробки
            2203030 | Бібліотеки та архіви
        """), [
            Column("Загальний фонд", hryvnia, 400, 900_000, step="0.1"),
            Column("видатки споживання", hryvnia, 50, 90_000, step="0.1"),
            Column("видатки розвитку", hryvnia, 20, 50_000, step="0.1", nil=20),
            Column("Спеціальний фонд", hryvnia, adds=(2, 3)),
            Column("Разом", hryvnia, adds=(1, 4)),
        ], Layout(totals="above", codes="КПКВК", heading="Найменування програми"))  # fmt: skip


@budget("ministry-kk", "xlsx")
def kazakh_programme(book: Book) -> None:
    """Functional groups, administrators and programmes, each total above its parts."""
    tenge = money("kk")
    top = book.add_sheet("Бюджет")
    top = book.text(top, "2025 - 2027 жылдарға арналған аудандық бюджет, мың теңге").by(rows=2)
    lay_out(book, top, tree(
        """
        II. Шығындар
          01 | Жалпы сипаттағы мемлекеттiк қызметтер
            112 | Аудан мәслихатының аппараты
            122 | Аудан әкімінің аппараты
            452 | Қаржы бөлімі
          02 | Қорғаныс
            121 | Әскери міндетті атқару
            129 | Төтенше жағдайлар
          06 | Әлеуметтiк көмек және қамсыздандыру
            451 | Жұмыспен қамту бағдарламасы
            458 | Тұрғын үй көмегі
            459 | Мүгедектерді оңалту
        """), [
            Column("2025 жыл", tenge, 900, 2_000_000),
            Column("2026 жыл", tenge, like=1),
            Column("2027 жыл", tenge, like=2),
        ], Layout(totals="above", codes="Код", heading="Атауы"))  # fmt: skip


@budget("estimates-en", "drift", "live")
def departmental_estimates(book: Book) -> None:
    """Thousands that were rounded apart, by programme, with the years to come."""
    thousands = money("en", negative="(", nil="–")
    top = book.add_sheet("Estimates")
    top = book.text(top, "Vote 12: Department of Fisheries").by(rows=1)
    book.text(top, "R thousand")
    lay_out(book, top.by(rows=2), tree(
        """
        Total
          Programme 1: Administration
            Ministry
            Management
            Corporate services
            Office accommodation
          Programme 2: Marine resources
            Aquaculture
            Research and development
            Monitoring and surveillance
            Small-scale fisheries
          Programme 3: Inland waters
            Hatcheries
            Licensing
            Dams and rivers
        """), [
            Column("Audited outcome 2022/23", thousands, 800, 190_000, step="0.001"),
            Column("Audited outcome 2023/24", thousands, like=1, step="0.001"),
            Column("Adjusted appropriation 2024/25", thousands, like=2, step="0.001"),
            Column("Estimate 2025/26", thousands, like=3, step="0.001"),
            Column("Estimate 2026/27", thousands, like=4, spread=5, step="0.001"),
            Column("Share of total 2025/26", percent("en"), share=4),
        ], Layout(heading="Subprogramme", subtotal="Subtotal"))  # fmt: skip


@budget("hospital-en", "csv", "xlsx")
def hospital_departments(book: Book) -> None:
    """Staff, supplies and overhead by department, with patient days and the cost of each."""
    dollars = money("en")
    top = book.add_sheet("Cost report")
    top = book.text(top, "St. Brendan District Hospital: cost by department").by(rows=2)
    lay_out(book, top, tree(
        """
        Hospital total
          Inpatient
            Medicine
            Surgery
            Paediatrics
            Maternity
            Intensive care
          Outpatient
            Emergency
            Dialysis
            Day surgery
            Physiotherapy
        """), [
            Column("Patient days", dollars, 900, 30_000),
            Column("Salaries", dollars, 200_000, 9_000_000),
            Column("Drugs and supplies", dollars, 40_000, 3_000_000),
            Column("Allocated overhead", dollars, 30_000, 1_000_000),
            Column("Total cost", dollars, adds=(2, 3, 4)),
            Column("Cost per day", money("en", 2), ratio=(5, 1)),
            Column("% of total", percent("en"), share=5),
        ], Layout(heading="Department", subtotal="Subtotal {}"))  # fmt: skip
