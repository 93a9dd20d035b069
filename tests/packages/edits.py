"""Changes of one text: of JSON, of a list of keys, of a script, of an armored signature."""

import json
from collections.abc import Callable
from random import Random

Edit = Callable[[Random, bytes], bytes]

_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789"
_NASTY: tuple[object, ...] = (
    *(None, True, 0, -1, 2**53, 10**30, 1.5, 1e300, "", " ", "..", "a" * 70, "ё", "е\u0308", "\u202e", "\0"),
    *("\n", "{path}", "%s", [], {}, [[[[[[[[[]]]]]]]]], {"": ""}, [1, 2], ["x", "x"], "2018-02-30T00:00:00Z"),
    *("fpkg/2.0", "fpkg/1.1", "persons", "roster", "0" * 64, "\u0662018-10-01", "age1" + "q" * 58),
)
_TOKENS = (
    *("*", "*?" * 30, "!*", ",", '"', "\\", "#", "\0", "ё".encode().decode("latin-1"), "cert-authority"),
    *('namespaces="*"', 'namespaces=""', 'valid-after="99991231"', 'valid-before="00010101"', "ssh-rsa"),
    *('valid-after="20181301Z"', "AAAA", "ssh-ed25519", "\t", "\r", "a" * 3_000, "restrict"),
)
_PIECES = (
    *(
        "9" * 5_000,
        "[" * 3_000,
        "a." * 40,
        "a." * 60,
        '"""',
        "\\u0000",
        "nan",
        "2018-02-30",
        "= ",
        "\n[[steps]]\n",
    ),
    *("\ufeff", "{a=" * 3_000, "version = 1", "#", "0x" + "f" * 6_000, "'", "kind", "1e400"),
)


def flipped(rng: Random, text: bytes) -> bytes:
    place = rng.randrange(len(text) + 1)
    return text[:place] + bytes([rng.randrange(256)]) + text[place + rng.randrange(2) :]


def misquoted(rng: Random, text: bytes) -> bytes:
    """A letter or a digit exchanged for another, so that the text still makes sense."""
    places = [place for place, byte in enumerate(text) if byte in _LETTERS]
    if not places:
        return b"x" + text
    place = rng.choice(places)
    return text[:place] + bytes([rng.choice(_LETTERS)]) + text[place + 1 :]


def without_a_line(rng: Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    place = rng.randrange(len(lines) or 1)
    return b"".join((*lines[:place], *lines[place + 1 :]))


def lines_moved(rng: Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    return b"".join(rng.choices(lines, k=rng.randrange(1, len(lines) + 2))) if lines else b"\n"


def with_other_values(rng: Random, text: bytes) -> bytes:
    """JSON lines of which one has another value somewhere."""
    lines = text.split(b"\n")
    chosen = rng.randrange(max(len(lines) - 1, 1))
    try:
        lines[chosen] = written(_with_another_value(rng, json.loads(lines[chosen])))
    except ValueError:
        lines[chosen] = written(rng.choice(_NASTY))
    return b"\n".join(lines)


def _with_another_value(rng: Random, value: object) -> object:
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice(sorted(value))
        if rng.random() < 0.1:
            name, value = str(rng.choice(_NASTY)), {other: value[other] for other in value if other != name}
        return value | {name: _with_another_value(rng, value.get(name))}
    if isinstance(value, list) and value and rng.random() < 0.7:
        place = rng.randrange(len(value))
        return [*value[:place], _with_another_value(rng, value[place]), *value[place + rng.randrange(2) :]]
    return rng.choice(_NASTY)


def written(value: object) -> bytes:
    """Nearly canonical JSON, of values too that have no canonical text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def with_other_words(rng: Random, text: bytes) -> bytes:
    """Lines of a list of keys of which one has another word somewhere."""
    words = text.decode("utf-8", "surrogateescape").split(" ")
    words[rng.randrange(len(words))] = rng.choice(_TOKENS)
    return " ".join(words).encode("utf-8", "surrogateescape")


def with_other_pieces(rng: Random, text: bytes) -> bytes:
    """A script with something in it that does not belong there."""
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(_PIECES).encode() + text[place + rng.choice((0, 1, 10)) :]


def respelled(rng: Random, text: bytes) -> bytes:
    """The same JSON in another spelling: it means the same and must be refused."""
    first, newline, rest = text.partition(b"\n")
    spellings = [
        text[:-1] if text else b"\n",
        b"\xef\xbb\xbf" + text,
        text + b"\n",
        text.replace(b"\n", b"\r\n") or b"\r\n",
        b" " + text,
    ]
    if first:
        value = json.loads(first)
        name = sorted(value)[0]
        turned = dict(sorted(value.items(), reverse=True))
        others = (
            first.replace(b":", b": ", 1),
            first + b" ",
            first[:-1] + b"," + written({name: value[name]})[1:],
            first[:2] + b"\\u00%02x" % first[2] + first[3:],
            json.dumps(turned, ensure_ascii=False, separators=(",", ":")).encode(),
            first.replace(b":1,", b":1.0,", 1).replace(b":1}", b":1e0}", 1),
        )
        spellings += [other + newline + rest for other in others if other != first]
    return rng.choice(spellings)


def rearmored(rng: Random, armor: bytes) -> bytes:
    """The same signature in another armor."""
    lines = armor.split(b"\n")
    place = rng.randrange(1, len(lines) - 2)
    joined = b"".join(lines[1:-2])
    return rng.choice(
        (
            armor + b"\n",
            armor[:-1],
            armor.replace(b"\n", b"\r\n"),
            b"\n".join((*lines[:place], b"", *lines[place:])),
            b"\n".join((*lines[:place], lines[place] + b" ", *lines[place + 1 :])),
            b"\n".join((lines[0], joined, *lines[-2:])),
            armor.replace(b"SSH SIGNATURE", b"SSH  SIGNATURE"),
            armor.replace(joined[-4:-2], joined[-4:-3] + bytes([joined[-3] ^ 1])),
            b"Comment: x\n" + armor,
        )
    )
