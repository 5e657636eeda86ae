"""Which form of a counted word a number takes, in the six languages of the United Nations."""

from __future__ import annotations

FEW_LEAST, FEW_MOST, MANY_LEAST, TEN, HUNDRED = 2, 4, 11, 10, 100
TEENS = range(11, 15)


def form_of(plural: str, count: int) -> str:
    """The name of the form, as Unicode's plural rules call it: one, two, few, many or other.

    ``plural`` names the family of languages: "germanic" (English, Spanish), "french", "slavic",
    "arabic"; any other has one form for all numbers.
    """
    match plural:
        case "germanic":
            return "one" if count == 1 else "other"
        case "french":
            return "one" if count <= 1 else "other"
        case "slavic":
            return _slavic(count)
        case "arabic":
            return _arabic(count)
    return "other"


def _slavic(count: int) -> str:
    last = count % TEN
    if count % HUNDRED in TEENS:
        return "many"
    if last == 1:
        return "one"
    return "few" if FEW_LEAST <= last <= FEW_MOST else "many"


def _arabic(count: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}
    if count in exact:
        return exact[count]
    last = count % HUNDRED
    if last in range(3, MANY_LEAST):
        return "few"
    return "many" if last >= MANY_LEAST else "other"
