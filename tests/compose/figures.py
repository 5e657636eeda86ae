"""The figures of the invented office: what every table of the section is computed from.

Money is in tenths of a thousand dollars, so that all sums are exact. Everything that is printed
follows from the leaves below; no total is written down here.
"""

from __future__ import annotations

COMPONENTS = ("A", "1", "2", "3", "C")
OBJECTS = (
    "posts",
    "other_staff",
    "hospitality",
    "consultants",
    "travel_representatives",
    "travel_staff",
    "contractual",
    "operating",
    "supplies",
    "furniture",
)
FACTORS = ("technical", "mandates", "other")

# Object of expenditure: the components A, 1, 2, 3 and C, in this order.
EXPENDITURE = {
    "posts": (9527, 30984, 28117, 23650, 14893),
    "other_staff": (388, 1947, 1902, 871, 1266),
    "hospitality": (6, 0, 0, 0, 4),
    "consultants": (195, 911, 684, 1377, 0),
    "travel_representatives": (1288, 0, 0, 0, 0),
    "travel_staff": (301, 698, 702, 553, 84),
    "contractual": (172, 4034, 3765, 6498, 2790),
    "operating": (331, 1096, 951, 818, 7402),
    "supplies": (19, 104, 92, 77, 318),
    "furniture": (48, 251, 347, 1822, 1093),
}
APPROPRIATION = {
    "posts": (9842, 31467, 28705, 24318, 15126),
    "other_staff": (412, 2205, 1830, 964, 1378),
    "hospitality": (8, 0, 0, 0, 5),
    "consultants": (240, 863, 715, 1502, 0),
    "travel_representatives": (1365, 0, 0, 0, 0),
    "travel_staff": (318, 742, 659, 587, 96),
    "contractual": (187, 4216, 3908, 6741, 2853),
    "operating": (356, 1124, 978, 842, 7619),
    "supplies": (24, 118, 97, 83, 341),
    "furniture": (61, 274, 312, 1965, 1187),
}
# Why the resources change: object, component, factor, by how much.
CHANGES = (
    ("posts", "2", "technical", 372),
    ("consultants", "1", "technical", -150),
    ("travel_staff", "2", "technical", -64),
    ("contractual", "3", "technical", -820),
    ("posts", "3", "mandates", 1184),
    ("travel_representatives", "A", "mandates", 94),
    ("travel_staff", "3", "mandates", 75),
    ("consultants", "3", "mandates", 120),
    ("contractual", "3", "mandates", 460),
    ("posts", "1", "other", -861),
    ("other_staff", "C", "other", -129),
    ("contractual", "1", "other", 315),
    ("operating", "C", "other", -402),
    ("supplies", "C", "other", -28),
    ("furniture", "3", "other", 226),
    ("furniture", "C", "other", -226),
)
# The other sources of funds: component -> (expenditure, estimate of this year, change).
OTHER_ASSESSED = {
    "A": (1386, 1420, 0),
    "1": (2204, 2318, -145),
    "2": (0, 0, 0),
    "3": (4071, 4266, 512),
    "C": (873, 905, 0),
}
EXTRABUDGETARY = {
    "A": (642, 710, -350),
    "1": (7318, 8064, 1290),
    "2": (5127, 4983, -208),
    "3": (12409, 13655, 0),
    "C": (488, 520, 75),
}

GRADES = ("D-2", "D-1", "P-5", "P-4", "P-3", "P-2/1", "GS (PL)", "GS (OL)")
PROFESSIONAL = 6  # how many of them belong to the category "Professional and higher"
# Grade: the posts approved for the components A, 1, 2, 3 and C.
APPROVED_POSTS = {
    "D-2": (1, 0, 0, 0, 0),
    "D-1": (0, 1, 1, 1, 0),
    "P-5": (1, 3, 2, 2, 1),
    "P-4": (2, 5, 4, 4, 2),
    "P-3": (1, 6, 5, 4, 2),
    "P-2/1": (1, 3, 3, 2, 1),
    "GS (PL)": (0, 1, 1, 1, 1),
    "GS (OL)": (3, 5, 4, 3, 9),
}
# The other sources of funds: component -> (posts of this year, change).
OTHER_ASSESSED_POSTS = {"A": (1, 0), "1": (3, 0), "2": (0, 0), "3": (5, 1), "C": (1, 0)}
EXTRABUDGETARY_POSTS = {"A": (1, -1), "1": (9, 2), "2": (6, 0), "3": (14, 0), "C": (1, 0)}

# Deliverables of a subprogramme: category, subcategory, item -> (planned and delivered in the last
# year, planned for this one, planned for the next).
DELIVERABLES = {
    "1": (
        ("A", "documents", (("report_committee", (2, 2, 2, 2)), ("report_ports", (4, 3, 4, 5)))),
        ("A", "meetings", (("meeting_committee", (6, 6, 8, 8)), ("meeting_experts", (3, 4, 3, 3)))),
        ("B", "seminars", (("seminar_traffic", (10, 8, 10, 12)), ("seminar_berths", (0, 0, 5, 5)))),
        ("B", "publications", (("yearbook", (1, 1, 1, 1)), ("handbook", (0, 0, 1, 0)))),
    ),
    "2": (
        ("A", "documents", (("report_committee", (1, 1, 1, 1)), ("report_ships", (2, 2, 2, 3)))),
        ("B", "seminars", (("seminar_registers", (15, 18, 15, 20)),)),
        ("B", "publications", (("atlas", (2, 1, 2, 2)), ("bulletin", (12, 12, 12, 12)))),
    ),
}
# Compliance: percentages of three past years, then what is planned for this year and the next.
COMPLIANCE = {"documents": (91, 94, 88, 100, 100), "tickets": (67, 72, 79, 100, 100)}

# A survey mission: category -> appropriation, expenditure, appropriation of this year, total
# requirements, of which non-recurrent.
MISSION = {
    "military": (4180, 4022, 4305, 4790, 120),
    "civilian": (28614, 27958, 29077, 27443, 0),
    "operational": (11932, 12107, 12560, 13018, 845),
}

# What is counted of a subprogramme: three past years, then what is planned for this year and the
# next, and what was planned for the last year.
COUNTED = {
    "1": (34, 37, 41, 44, 48, 39),
    "2": (112, 118, 121, 130, 140, 121),
    "3": (15, 15, 18, 22, 25, 20),
}
