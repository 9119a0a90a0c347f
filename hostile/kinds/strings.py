"""Plain text that nobody would write in good faith."""

from damage import some
from words import AWKWARD, paragraphs, sentence

SHARE = 5


def damaged(chance):
    return "txt", some(chance, "\n\n".join(paragraphs(chance, 20)).encode("utf-8", "surrogatepass"))


def awkward(chance):
    return chance.choice(["txt", "md"]), chance.choice(["\n", "\n\n", " ", "\t", "\r", "\f"]).join(chance.choice(AWKWARD) + " " + sentence(chance) for _ in range(40)).encode("utf-8", "surrogatepass")


def long_line(chance):
    unit = chance.choice(["x", sentence(chance) + " ", "Q1. Yes. ", "\u0301", "\u200f", "- ", "1. ", "\t", "Hik", "> ", "section 31 "])
    return "txt", (unit * chance.choice([5_000, 200_000]))[:1_600_000].encode()


def controls(chance):
    text = sentence(chance)
    return "txt", "".join(letter + chance.choice(["", "", "\x00", "\x08", "\x1b[1A", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad"]) for letter in text * 30).encode()


def lookalikes(chance):
    swap = {"i": "іɩı", "o": "оο0", "a": "аα", "e": "еэ", "H": "НΗ", "k": "κк", "D": "Ꭰ𝐃", "u": "սυ"}
    return "txt", "\n".join("".join(chance.choice(swap.get(c, c)) if chance.random() < 0.5 else c for c in sentence(chance)) for _ in range(30)).encode()


def questions(chance):
    """Numbers of questions that answer nothing, or each other."""
    return "txt", "\n".join(chance.choice([f"Q{chance.randrange(10**chance.randrange(1, 25))}. ", "A1. ", "See above. ", "See answer to question 1. ", "(a) ", "1.1.1.1.1.1.1.1 ", "Yes.", "47", "N/A"]) + chance.choice([sentence(chance), "", "Yes"]) for _ in range(400)).encode()


def encodings(chance):
    text = "\n".join(paragraphs(chance, 10)) + "\n£ é 海康威视"
    code = chance.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "big5", "koi8-r", "utf-7", "cp500", "iso2022_jp", "hz"])
    return "txt", chance.choice([b"", b"\xef\xbb\xbf", b"\xff\xfe"]) + text.encode(code, "replace") + chance.choice([b"", b"\0", b"\xd8"])


def noise(chance):
    return chance.choice(["txt", "bin", "dat", "log", ""]), chance.choice([lambda: chance.randbytes(chance.choice([1, 2, 9, 500, 60_000])), lambda: bytes(chance.choice([1, 512, 300_000])), lambda: b"\xff" * 5_000, lambda: bytes(range(256)) * 9, lambda: chance.choice([b" ", b"\n", b"\t", b"\x0c"]) * 40_000])()


RECIPES = [damaged, damaged, awkward, long_line, controls, lookalikes, questions, encodings, noise]
