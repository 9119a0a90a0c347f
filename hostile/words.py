"""What stands in the originals, and strings that are awkward wherever they stand. Every body and firm is made up."""

BODIES = ["Fictonbury Borough Council", "Marlcombe District Council", "Inverlorn Health Board", "Quarnford Constabulary", "Veldon University"]
FIRMS = ["Example Fire and Security Ltd", "Northlight Systems Ltd", "Keystone Electrical (Example) Ltd"]
MAKERS = ["Hikvision", "Dahua", "Axis", "Uniview", "Bosch", "海康威视"]
MODELS = ["DS-2CD2143G2-I", "DH-IPC-HFW2431SP-S-S2", "P3245-LVE", "IPC3614SB-ADF28KM-I0"]
AWKWARD = [
    "=1+1", "=HYPERLINK(\"http://127.0.0.1:9/\",\"x\")", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "＝1+1", "\u202eslatot", "a\u200bb\u200dc", "\ufeffx",
    "\x1b[31mred\x1b[0m", "\x1b]8;;http://127.0.0.1:9/\x07link", "\x07\x08\x7f", "\u0085\u2028\u2029", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE source; --", "%s%n%x", "${x}", "{{7*7}}", "../../etc/hostname", "C:\\con\\nul", "NUL", "null", "undefined", "1/0", "NaN", "1e309", "0x10", "١٢٣", "１２３",
    "Ｈｉｋｖｉｓｉｏｎ", "Ηikvision", "Нikvision", "Hik\u00advision", "h\u0336i\u0336k\u0336", "ﬁ ﬀ ß İ ı", "𝕳𝖎𝖐", "🏳️‍🌈👩‍👩‍👧", "e" + "\u0301" * 400, "\U000e0041\U000e0042", "\uffff\ufffe",
    "£1,234.50", "1.234,50 €", "12,34,5", "03/04/2022", "31/02/2021", "0000-00-00", "99999-12-31", "9" * 60, "-" * 5_000, "a" * 30_000,
]


def sentence(chance):
    count, maker, model, body = chance.randrange(1, 400), chance.choice(MAKERS), chance.choice(MODELS), chance.choice(BODIES)
    return chance.choice([
        f"{body} operates {count} {maker} cameras, model {model}.",
        f"None of our cameras are made by {maker}.",
        f"The {count} {maker} cameras were removed in 2021 and replaced by {chance.choice(MAKERS)}.",
        f"Q{count}. How many {maker} cameras do you have? A{count}. {chance.randrange(900)}.",
        f"We refuse this request under section 31(1)(a) of the Act; see also {model}.",
        f"We will replace all {maker} equipment by March {chance.randrange(2023, 2031)}.",
    ])


def paragraphs(chance, count=6):
    return [sentence(chance) if chance.random() < 0.8 else chance.choice(AWKWARD) for _ in range(count)]


HEADER = ["Body", "Date", "Supplier", "Amount", "Narrative"]


def row(chance):
    cells = [
        chance.choice(BODIES), f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/20{chance.randrange(15, 25)}", chance.choice(FIRMS),
        f"{chance.randrange(10, 90_000)}.{chance.randrange(100):02}", f"{chance.randrange(1, 40)} x {chance.choice(MAKERS)} camera {chance.choice(MODELS)}",
    ]
    if chance.random() < 0.25:
        cells[chance.randrange(5)] = chance.choice(AWKWARD)
    return cells


def rows(chance, count=12):
    return [row(chance) for _ in range(count)]
