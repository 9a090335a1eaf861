"""Inputs that nobody would send: texts, HTML, blocks, bodies and files, each made from a number alone."""

import json
import random

WORDS = (
    "kratom kava melatonin ginger warfarin the may might not never cures treats helps with boosts blocks binds GABA "
    "receptors serotonin anxiety insomnia cancer diabetes liver injury take 5 mg g 2-3 500 1,5 ½ twice a day alcohol "
    "pregnant do not avoid consult your doctor safe no side effects studies show says proven? No. Yes! : ; — - "
    '• “ ” " ( ) [ ] ® ™ Side effects: Dosage: Benefits: mg/kg per day IU mcg units ≤ × 10⁹ e.g. Dr. Smith et al.'
).split()
ODD = [
    "\0", "\u200b", "\u202e", "\ufeff", "\U0001f48a", "é", "e\u0301", "ﬁ", "İ", "ß", "𝟓", "\ud83d\udc8a", "\r\n", "\t",
    "\x1b[31m", "�", "&amp;", "&#x0;", "&lt;b>", "\u2028", "\x85", "١٢٣", "ⅷ", "﷽" * 3, "a" * 300, "9" * 60, "(" * 40,
    "may be " * 30, ", and " * 30, "-" * 80, "\n" * 12,
]  # fmt: skip
TAGS = (
    "p div li ul ol table tr td th h1 h2 h3 dl dt dd b i sup sub a br details summary q blockquote span script style "
    "template svg math pre nav figure caption col iframe noscript select option button form textarea title head body"
).split()
ATTRIBUTES = (
    'hidden style="display:none" rowspan=3 colspan=99999 colspan=-1 rowspan=0 headers=x id=x class="a b" lang=de '
    'aria-hidden=true open dir=rtl style="visibility:hidden" =" "'
).split(" ")
ROLES = ["heading", "paragraph", "item", "cell", "caption", "quotation", "term", "definition", "odd", "", None, 3]


def text(chance: random.Random, longest: int = 60) -> str:
    """Words of pages and odd signs, in no order."""
    pieces = [
        chance.choice(ODD) if chance.random() < 0.08 else chance.choice(WORDS) for _ in range(chance.randrange(longest))
    ]
    glue = chance.choice([" ", " ", " ", "", "\n", "  "])
    return glue.join(pieces)


def html(chance: random.Random) -> str:
    """Markup that is broken in every way."""
    pieces = []
    for _ in range(chance.randrange(30)):
        tag, attribute = chance.choice(TAGS), chance.choice(ATTRIBUTES) if chance.random() < 0.3 else ""
        kind = chance.random()
        if kind < 0.45:
            pieces.append(f"<{tag} {attribute}>")
        elif kind < 0.7:
            pieces.append(f"</{tag}>")
        elif kind < 0.75:
            pieces.append(chance.choice(["<!--", "-->", "<![CDATA[", "<", ">", "</", "<!doctype", "&", "<?xml", "]]>"]))
        pieces.append(text(chance, 12))
    return "".join(pieces)


def blocks(chance: random.Random) -> list[object]:
    """Blocks as an extension might send them, and as none would."""
    made: list[object] = []
    for number in range(chance.randrange(12)):
        block: dict[str, object] = {"role": chance.choice(ROLES), "text": text(chance, 15)}
        if chance.random() < 0.3:
            block["headers"] = [chance.randrange(-2, 14) for _ in range(chance.randrange(4))]
        if chance.random() < 0.2:
            block["level"] = chance.choice([0, 1, 3, 99, -1, "2", None, 1.5])
        if chance.random() < 0.1:
            block[chance.choice(["folded", "lead", "start", "x" * 50])] = chance.choice(
                [True, number, None, "x", [], {}]
            )
        made.append(block if chance.random() < 0.95 else chance.choice([None, 3, "x", []]))
    return made


def body(chance: random.Random) -> bytes:
    """The body of a request: what the API takes, what it nearly takes, and what it does not."""
    kind = chance.random()
    if kind < 0.35:
        sent: object = {"text": text(chance)}
    elif kind < 0.65:
        sent = {"html": html(chance)}
    elif kind < 0.9:
        sent = {"blocks": blocks(chance)}
    else:
        sent = chance.choice(
            [None, [], {}, {"text": 3}, {"text": "a", "html": "b"}, {"txt": "a"}, "text", {"blocks": {}}]
        )
    data = json.dumps(sent, ensure_ascii=chance.random() < 0.8).encode("utf-8", "surrogatepass")
    return mutated(chance, data) if chance.random() < 0.1 else data


def file(chance: random.Random) -> tuple[str, bytes]:
    """A file of some name: text, HTML or Markdown in some encoding, and sometimes broken."""
    suffix = chance.choice([".txt", ".html", ".md", ".htm", ".markdown", ""])
    said = (
        html(chance)
        if "ht" in suffix
        else text(chance) + chance.choice(["", "\n# A\n\n| a | b |\n|--|--|\n| c | d |", "\n- a\n  - b"])
    )
    data = said.encode(chance.choice(["utf-8", "utf-8", "utf-16", "latin-1", "utf-7"]), "replace")
    return f"odd{suffix}", mutated(chance, data) if chance.random() < 0.3 else data


def pack(chance: random.Random) -> str:
    """A pack of rules, with patterns and keys that are wrong in every way."""
    piece = [
        "{target}",
        "{substance}",
        "{nothing}",
        "(a|b",
        "(a|b)",
        "~3",
        "~99999",
        "word?",
        "^",
        "$",
        "+",
        "|",
        "{a:b}",
        "*",
        "\\",
    ]
    patterns = [" ".join(chance.choice(piece + WORDS[:30]) for _ in range(chance.randrange(6))) for _ in range(3)]
    rule: dict[str, object] = {
        "id": chance.choice(["mechanism.odd", "odd", "benefit.x y", "dose.", 3, None]),
        "title": text(chance, 6),
        "match": chance.choice([patterns, patterns[0], None, [], {"a": 1}]),
        "message": text(chance, 8),
        "examples": chance.choice([[], ["[[a]]"], ["[[a"], [{"text": "[[a]]", "certainty": "odd"}], None]),
        "clean": chance.choice([[], ["a", "b"], 3]),
        chance.choice(["unless", "under", "rank", "sets", "severity", "regex", "odd"]): chance.choice(
            [patterns, 3, None, {"asserted": "off"}, "x", ["(" * 20]]
        ),
    }
    written = json.dumps({"rules": chance.choice([[rule], [rule, rule], rule, None])}, ensure_ascii=False)
    return (
        mutated(chance, written.encode("utf-8", "replace")).decode("utf-8", "replace")
        if chance.random() < 0.3
        else written
    )


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Bytes with some lost, doubled or turned."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(changed) + 1)
        kind = chance.random()
        if kind < 0.4:
            changed[at : at + chance.randrange(1, 20)] = b""
        elif kind < 0.7:
            changed[at:at] = chance.randbytes(chance.randrange(1, 8))
        else:
            changed[at:at] = changed[: chance.randrange(60)]
    return bytes(changed)
