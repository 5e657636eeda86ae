"""Choosing rules: by code, name, prefix and family, the most specific word winning."""

from __future__ import annotations

import pytest

from unbudget_check.errors import UserError
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.select import find_rule, select_rules

RULES = load_rules()


def chosen(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
    return {rule.code for rule in select_rules(RULES, select, ignore)}


EVERY = chosen()


def test_nothing_selected_means_all_rules() -> None:
    assert chosen() == chosen(("ALL",)) == {rule.code for rule in RULES}


def test_a_code_and_a_name_mean_the_same_rule_in_any_case() -> None:
    assert chosen(("ARI101",)) == chosen(("column-total",)) == chosen(("ari101",)) == {"ARI101"}


def test_a_prefix_means_all_codes_that_begin_with_it() -> None:
    assert chosen(("ARI2",)) == {
        "ARI201",
        "ARI202",
        "ARI203",
        "ARI204",
        "ARI205",
        "ARI206",
        "ARI210",
        "ARI211",
    }
    assert chosen(("NOT",)) == {code for code in EVERY if code.startswith("NOT")}


def test_a_family_may_be_written_as_a_tag() -> None:
    assert chosen(("posts",)) == chosen(("tag:posts",))
    assert chosen(("tag:posts",)) == {"ARI401", "ARI402", "ARI403", "ARI404", "ARI405"}


def test_ignoring_takes_away_from_what_is_selected() -> None:
    assert chosen((), ("ARI101",)) == EVERY - {"ARI101"}
    assert chosen(("ARI",), ("ARI1",)) == {c for c in EVERY if c[:3] == "ARI"} - chosen(("ARI1",))


def test_the_more_specific_word_wins() -> None:
    assert chosen(("ARI101",), ("ARI",)) == {"ARI101"}
    assert chosen(("ALL",), ("ARI",)) == {code for code in EVERY if not code.startswith("ARI")}
    assert chosen(("ARI1", "NOT101"), ("footing", "NOT")) == {"NOT101"}


def test_ignoring_wins_between_equals() -> None:
    assert chosen(("ARI101",), ("column-total",)) == set()
    assert chosen((), ("ALL",)) == set()


def test_the_order_of_the_rules_is_kept() -> None:
    codes = [rule.code for rule in select_rules(RULES, ("NOT", "ARI"))]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("colum-total", "; did you mean 'column-total'?"),
        ("ARI110", "; did you mean 'ARI"),
        ("tag:nothing-like-it", "`unbudget-check rules` lists all rules"),
        ("", "`unbudget-check rules` lists all rules"),
    ],
)
def test_an_unknown_word_is_an_error_with_the_nearest_known_one(word: str, hint: str) -> None:
    for select, ignore in (((word,), ()), ((), (word,))):
        with pytest.raises(UserError, match="there is no rule, prefix or family") as caught:
            select_rules(RULES, select, ignore)
        assert hint in str(caught.value)


def test_one_rule_is_found_by_code_or_name_only() -> None:
    assert find_rule(RULES, "not101").name == "malformed-figure"
    assert find_rule(RULES, "malformed-figure").code == "NOT101"
    with pytest.raises(UserError, match="there is no rule"):
        find_rule(RULES, "NOT")
