"""Breakdowns: which amount is the whole, which of the others count, and what is left alone."""

from __future__ import annotations

import pytest

from tests.as_printed import check

SUMS = ("TXT201", "TXT202", "TXT203")


def told(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """(Code, stated, computed) of what is found about sums in a text."""
    lines = "\n".join(f"¶ {row.strip()}" for row in text.strip().splitlines())
    found = check(lines, language=language).findings
    return [(f.code, f.stated_text, str(f.computed)) for f in found if f.code in SUMS]


HOLD = [
    pytest.param(
        "en",
        "4.1 The balance is $640,200. Other revenue amounts to $905,000, comprising: (a) interest"
        " ($700,500); (b) sales ($120,300), including of lamps ($20,300) and sails ($100,000); and"
        " (c) refunds ($84,200). Credits of $640,200 and $905,000 are kept.",
        id="the last amount before a list; parts of parts; another sentence",
    ),
    pytest.param(
        "fr",
        "4.1 Le solde est de 640 200 dollars. Les autres recettes s'élèvent à 905 000 dollars,"
        " se composant de : (a) intérêts (700 500 dollars) ; (b) ventes (120 300 dollars), dont"
        " lampes (20 300 dollars) et voiles (100 000 dollars) ; (c) divers (84 200 dollars).",
        id="the same in French",
    ),
    pytest.param(
        "en",
        "4.2 An amount of $58,200,000 was appropriated. Expenditure totalled $57,559,800, which"
        " reflects: (a) lower expenditure for crews ($310,100); (b) higher expenditure for pilots"
        " ($205,400); and (c) lower operational costs ($535,500).",
        id="a list that breaks down none of the amounts before it",
    ),
    pytest.param(
        "en",
        "4.3 Resource changes reflect an increase of $127,300 under posts owing to a new pilot, and"
        " an increase of $4,400 under non-post resources for fuel ($1,900), ropes ($400) and paint"
        " ($2,100).",
        id="two changes beside each other",
    ),
    pytest.param(
        "en",
        "4.4 Harbours (decrease of $6,219,600). The net decrease of $6,219,600 comprises: (i) a"
        " decrease of $7,080,200 under crews ($4,957,100) and lamps ($2,123,100); and (ii) an"
        " increase of $860,600 under posts.",
        id="items that are broken down themselves",
    ),
    pytest.param(
        "en",
        "4.5 A decrease of $7,382,700 under crews ($6,044,400) and grants ($1,338,300), comprising"
        " the following: $3,256,500 in port one; $2,747,900 in port two; $1,378,300 in port six.",
        id="one amount broken down twice",
    ),
    pytest.param(
        "en",
        """
        4.6 Resource changes reflect a net increase of $30,400, as follows:
        (a) Harbours (increase of $48,700):
        a. Increases totalling $28,600 under posts ($28,400) and lamps ($200) follow a review;
        b. Increases totalling $20,100 would cover paint;
        (b) Vessels. The net decrease of $18,300 relates to:
        (i) The redeployment of crews ($42,900);
        (ii) Offset in part by the following:
        a. A new pilot ($14,800);
        b. Sails ($9,800);
        (c) The cost-neutral redeployment of ropes (decrease of $700) and nets (increase of $700).
        """,
        id="items of an inner level, what sets others off, what changes nothing",
    ),
    pytest.param(
        "en",
        """
        4.7 Resource changes reflect a decrease of $31,900, as follows:
        (a) Harbours (decrease of $20,300)
        The decrease of $20,300 reflects fewer lamps.
        (b) Vessels (decrease of $11,600)
        The decrease of $11,600 reflects fewer sails.
        """,
        id="paragraphs between the items",
    ),
    pytest.param(
        "es",
        "4.8 La disminución de 10 700 dólares refleja menores necesidades en servicios (9 000"
        " dólares) y suministros (3 200 dólares), compensada en parte por un aumento en"
        " atenciones (1 500 dólares).",
        id="signs in Spanish",
    ),
    pytest.param(
        "en",
        "4.9 A net increase of $240,300 comprises mainly an increase of $285,700 under posts and an"
        " increase of $27,600 under lamps, offset in part by a decrease of $63,800 under grants.",
        id="a list that says that it is not complete",
    ),
    pytest.param(
        "en",
        "4.11 Operations ($36,433,200), comprising travel ($970,000), premises ($34,778,600),"
        " medical costs ($634,600) and projects (50,000).",
        id="an amount without its currency",
    ),
    pytest.param(
        "en",
        "4.10 Increases of $385,000 under crews and $29,300 under lamps are offset in part by a"
        " decrease of $200,800 under posts. The increase of $96,000 is spread over the year.",
        id="amounts beside each other that make up nothing",
    ),
]


@pytest.mark.parametrize(("code", "text"), HOLD)
def test_what_some_reading_bears_out_or_none_announces_is_silent(code: str, text: str) -> None:
    assert told(text, code) == []


@pytest.mark.parametrize(
    ("code", "text", "stated", "computed"),
    [
        pytest.param(
            "en",
            "4.1 Other revenue amounts to $905,000, comprising: (a) interest ($700,500); (b) sales"
            " ($210,300), including of lamps ($20,300); and (c) refunds ($84,200).",
            "$905,000",
            "995000",
            id="a transposed part",
        ),
        pytest.param(
            "en",
            "4.2 The increase of $179,700 is comprised of (i) $111,500 for pilots, including the"
            " oldest, to meet; (ii) $54,020 for crews; and (iii) $14,000 for boats.",
            "increase of $179,700",
            "179520",
            id="including, but no amount of it",
        ),
        pytest.param(
            "en",
            "4.6 It would provide for salaries ($7,053,900) and operational costs ($4,699,300),"
            " comprising costs for travel ($788,000), premises ($290,300) and boats ($3,702,000).",
            "$4,699,300",
            "4780300",
            id="an amount in brackets that is broken down itself",
        ),
        pytest.param(
            "en",
            "4.3 The fund amounts to $334,400, comprising interest ($210,000), sales ($20,100) and"
            " refunds ($102,100).",
            "$334,400",
            "332200",
            id="no misprint, but near",
        ),
        pytest.param(
            "zh",
            "4.4 经费减少 10 900 美元，原因是订约承办事务(9 000 美元)和用品(3 200 美元)减少"
            "，但因招待费(1 500 美元)增加而部分抵消。",
            "减少 10 900 美元",
            "-10700",
            id="a misprinted whole in Chinese",
        ),
        pytest.param(
            "es",
            "4.5 La disminución de 10 700 dólares refleja menores necesidades en servicios (9 000"
            " dólares) y suministros (2 300 dólares), compensada en parte por un aumento en"
            " atenciones (1 500 dólares).",
            "disminución de 10 700 dólares",
            "-9800",
            id="a transposed part in Spanish",
        ),
    ],
)
def test_a_slip_in_a_plain_breakdown_is_found(
    code: str, text: str, stated: str, computed: str
) -> None:
    ((rule, shown, value),) = told(text, code)
    assert (rule, shown, value) == ("TXT202", stated, computed)


def test_a_slip_in_an_item_behind_a_heading_is_found() -> None:
    text = """
    4.1 Resource changes reflect a net increase of $52,900, as follows:
    Changes within existing means
    (a) Harbours. An increase of $45,900 would cover two pilots;
    Changes beyond existing means
    (b) Vessels. An increase of $17,000 would cover sails.
    """
    assert [(code, stated) for code, stated, _ in told(text)] == [
        ("TXT201", "net increase of $52,900")
    ]
    assert told(text.replace("$52,900", "$62,900")) == []


def test_a_refuted_breakdown_is_listed_in_the_coverage() -> None:
    text = "¶ 4.1 The decrease of $46,400 is a share of the cut ($170,400) and a gain ($43,300)."
    coverage = check(text).coverage
    assert (coverage.broken, [each.where.paragraph for each in coverage.unchecked]) == (0, ["4.1"])


BROKEN_DOWN = {
    "in brackets right behind it": (
        "en",
        "4.1 Boats with a value of $262,000 ({} for ropes and $140,000 for oars) were lent.",
        "$122,000",
        ("$212,000", "$125,000", "$922,000"),
    ),
    "behind its word, with a period between": (
        "en",
        "Arrears are {} in the 2024/25 period, comprising oars ($13,900) and mats ($12,900).",
        "$26,800",
        ("$62,800", "$28,800"),
    ),
    "the same in Spanish": (
        "es",
        "4.1 Son {} dólares, que comprende velas (13.900 dólares) y remos (12.900 dólares).",
        "26.800",
        ("62.800", "28.800"),
    ),
}


@pytest.mark.parametrize("name", BROKEN_DOWN)
def test_each_figure_of_a_plain_breakdown_is_told_though_no_misprint_explains_it(name: str) -> None:
    language, text, right, wrong = BROKEN_DOWN[name]
    assert told(text.format(right), language) == []
    for each in wrong:
        assert [code for code, *_ in told(text.format(each), language)] == ["TXT202"], each


OPEN_LISTS = {
    "en": """
        4.1 Changes reflect a net increase of $64,300, which affect mainly the yards, as follows:
        (a) An increase of $91,700 under crews;
        (b) {} of $18,900 under lamps;
        (c) A decrease of $8,500 under ropes.
        """,
    "fr": """
        4.1 Augmentation nette de 64 300 dollars, qui touche principalement les cales, comme suit :
        a) Augmentation de 91 700 dollars au titre des équipages ;
        b) {} de 18 900 dollars au titre des lampes ;
        c) Diminution de 8 500 dollars au titre des cordages.
        """,
}


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [("en", "A decrease", "An increase"), ("fr", "Diminution", "Augmentation")],
)
def test_one_turned_amount_is_told_of_a_list_that_may_be_open(
    code: str, right: str, wrong: str
) -> None:
    text = OPEN_LISTS[code]
    assert told(text.format(right), code) == []
    (finding,) = told(text.format(wrong), code)
    assert (finding[0], finding[2]) == ("TXT201", "102100")
    # What is missing otherwise may be an item that is not listed.
    assert told(text.format(right).replace("8,500", "9,100").replace("8 500", "9 100"), code) == []


TURNED = [
    pytest.param(
        "en",
        "4.1 The {} of $93,400 reflects more crews ($55,100), more lamps ($22,700) and an increase"
        " in ropes ($15,600).",
        ("increase", "decrease"),
        id="the word of the whole",
    ),
    pytest.param(
        "en",
        "4.2 The net decrease of $86,700 comprises a decrease under crews ($91,400) and lamps"
        " ($8,600), offset in part by an {} under ropes ($13,300), owing to a decrease in rope.",
        ("increase", "decrease"),
        id="a word with its reason behind it",
    ),
    pytest.param(
        "en",
        "4.3 Harbours ({} of $48,600): an increase of $48,600 under ropes.",
        ("increase", "decrease"),
        id="the same change said again",
    ),
    pytest.param(
        "en",
        "4.6 A net increase of $240,300 comprises mainly an increase of $285,700 under posts, as"
        " well as an {} of $27,600 under lamps, offset in part by a decrease of $73,000 for ropes.",
        ("increase", "decrease"),
        id="one word of a list that may be open",
    ),
    pytest.param(
        "en",
        "4.7 A net increase of $240,300 comprises increases of $285,700 under posts and $27,600"
        " under lamps, offset in part by a {} of $73,000 under ropes.",
        ("decrease", "increase"),
        id="a word that governs some amounts",
    ),
    pytest.param(
        "fr",
        "4.4 La {} de 93 400 dollars reflète une augmentation pour les équipages (55 100 dollars)"
        " et les lampes (38 300 dollars).",
        ("augmentation", "diminution"),
        id="the word of the whole in French",
    ),
    pytest.param(
        "es",
        "4.5 El {} de 93 400 dólares refleja un aumento para tripulaciones (55 100 dólares) y"
        " lámparas (38 300 dólares).",
        ("aumento", "disminución"),
        id="the word of the whole in Spanish",
    ),
]


@pytest.mark.parametrize(("code", "text", "words"), TURNED)
def test_the_word_for_the_opposite_is_told_where_figures_agree(
    code: str, text: str, words: tuple[str, str]
) -> None:
    right, wrong = words
    assert told(text.format(right), code) == []
    assert len(told(text.format(wrong), code)) == 1


def test_amounts_in_brackets_of_a_list_without_a_colon_are_its_parts() -> None:
    text = (
        "4.1 Changes result from a cut of $103,300 for the fleet, reflecting decreases under (a)"
        " crews ($46,200) that moved ashore; (b) lamps ($34,700); and (c) ropes ({})."
    )
    text = text.replace("a cut of", "a decrease of")
    assert told(text.format("$22,400")) == []
    assert [each[2] for each in told(text.format("$24,200"))] == ["-105100"]


def test_an_item_with_a_change_counts_though_it_moves_other_money_too() -> None:
    text = (
        "4.1 Changes reflect a net increase of $61,000, as follows:\n"
        "(a) Harbours (increase of $42,600);\n"
        "(b) Crews. An increase of $12,400 for hats. There is also a cost-neutral redeployment from"
        " lamps ($700) to ropes ($700);\n"
        "(c) Vessels ({} of $6,000)."
    )
    assert told(text.format("increase")) == []
    assert [each[:2] for each in told(text.format("decrease"))] == [
        ("TXT201", "net increase of $61,000")
    ]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        pytest.param(
            "4.1 Boats are worth $4,067,000 ($2,401,000 in port one, $1,583,000 in port two and"
            " $444,000 in port six), and quays $2,623,000 ($1,222,000 and $1,401,000).",
            "$4,067,000",
            id="by chance 406 = 240 + 44 + 122, across the bracket",
        ),
        pytest.param(
            "4.2 The estimates amount to $327,616,000, comprising those for pilots ($352,352,900)"
            " and for lamps ($2,263,100).",
            "$327,616,000",
            id="a part that is larger than the whole, where words announce a breakdown",
        ),
        pytest.param(
            "4.3 Other revenue amounts to $81,000, comprising: (a) interest ($100); (b) sales"
            " ($18,400), including of lamps ($13,700) and sails ($4,800); and (c) fees ($62,400).",
            "$18,400",
            id="the parts of a part add up, and so does the list with them in its place",
        ),
        pytest.param(
            "4.4 Lower rates (increase of $183,300) under crews ($134,000) and fuel ($49,300):\n"
            "(i) Harbours (decrease of $100,500);\n(ii) Lighthouses (decrease of $82,800);",
            "increase of $183,300",
            id="the amount before the list is not the one that its items break down",
        ),
    ],
)
def test_a_slip_is_not_explained_away(text: str, stated: str) -> None:
    assert [each for _, each, _ in told(text)] == [stated]


PAIRED = (
    "4.1 A total of $204,350 is proposed for fuel, amounting to a decrease of $47,940, or 19.0 per"
    " cent, reflecting lower costs under boats ($151,240, a decrease of $20,780, or 12.1 per cent),"
    " pumps ($31,820, a decrease of $10,760, or 25.3 per cent) and lights ($21,290, a decrease of"
    " $16,400, or 43.5 per cent)."
)


def test_a_list_of_levels_with_their_changes_adds_up_twice() -> None:
    assert told(PAIRED) == []
    slips = [("$31,820, a decrease", "$31,820, an increase"), ("$20,780", "$28,780")]
    slips += [("$151,240", "$115,240"), ("$204,350", "$204,530"), ("of $47,940", "of $49,740")]
    for right, wrong in slips:
        assert [code for code, *_ in told(PAIRED.replace(right, wrong))] == ["TXT202"], wrong


def test_a_list_of_rounded_levels_and_changes_may_miss_by_its_rounding() -> None:
    rounded = PAIRED.replace("$47,940", "$47,900").replace("20,780", "20,700")
    rounded = rounded.replace("10,760", "10,800").replace("16,400", "16,500")
    for exact in ("204,350", "151,240", "31,820", "21,290"):
        rounded = rounded.replace(exact, f"{exact[:-2]}00")
    assert told(rounded.replace("$204,300", "$204,400").replace("$21,200", "$21,400")) == []


NESTED = [
    (
        "en",
        (
            "4.1 The requirements of the pilots amount to $30,{},500 and would provide for crews"
            " ($651,700), pay ($14,568,300) and running costs ($14,820,500), comprising boats"
            " ($9,508,800), lamps ($5,178,900) and ropes ($132,800)."
        ),
        "$30,{},500",
    ),
    (
        "fr",
        (
            "4.1 Le montant des ressources demandées s'élève à 30 {} 500 dollars pour les équipages"
            " (651 700 dollars), les salaires (14 568 300 dollars) et le fonctionnement"
            " (14 820 500 dollars), se composant de bateaux (9 508 800 dollars), de lampes"
            " (5 178 900 dollars) et de cordages (132 800 dollars)."
        ),
        "30 {} 500 dollars",
    ),
]


@pytest.mark.parametrize(("language", "text", "stated"), NESTED)
def test_the_last_part_of_an_amount_may_be_broken_down_itself(
    language: str, text: str, stated: str
) -> None:
    assert told(text.format("040"), language) == []
    wrong = [("TXT202", stated.format("400"), "30040500")]
    assert told(text.format("400"), language) == wrong


def test_no_amount_is_told_with_two_signs() -> None:
    text = (
        "¶ 4.11 Resource changes reflect cost-neutral changes, as follows:\n"
        "¶ (a) A decrease of $31,300 under posts, for two pilots;\n"
        "¶ (b) A decrease of $31,300 in non-post resources, for boats."
    )
    (found,) = check(text).findings
    assert "but 31,300 for the same change" in found.message


def test_a_breakdown_with_an_amount_without_currency_is_no_part_of_another() -> None:
    text = (
        "4.1 The proposed requirements amount to $90,432,200 and would provide for guards"
        " ($6,609,000), salaries ($47,390,000) and operations ($36,433,200), comprising travel"
        " ($970,000), premises ($33,525,200), air ($1,888,000) and small projects ({rest}50,000)."
    )
    assert told(text.format(rest="")) == []
    wrong = [("TXT202", "$90,432,200", "89892200")]
    for rest in ("", "$"):
        assert told(text.format(rest=rest).replace("6,609,000", "6,069,000")) == wrong
