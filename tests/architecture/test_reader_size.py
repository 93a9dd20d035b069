"""The reader of hostile files stays small enough to be read as a whole."""

import ast
import io
import tokenize
from pathlib import Path

PACKAGES = Path(__file__).parents[2] / "facilitator" / "packages"
READER = ("archive", "bag", "reader", "sshsig", "signers")
"""From the bytes of a file to who has signed them, and whether they may."""
FEWER_THAN = 600
_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def lines_of_code(source: str) -> int:
    """The number of lines that hold more than blanks, comments and docstrings."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {
        line
        for token in tokens
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    texts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr))
    for text in texts:
        if isinstance(text.value, ast.Constant) and isinstance(text.value.value, str):
            lines -= set(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return len(lines)


def test_lines_are_counted_as_a_reader_would() -> None:
    source = '"""What it is."""\n\n# why\nNAMES = (\n    "a",  # one\n\n    "b",\n)\n"""What they are."""\n'
    assert lines_of_code(source) == 4
    assert lines_of_code('def f() -> str:\n    """Say it."""\n    return """a\nb"""\n') == 3


def test_the_reader_with_verification_is_small() -> None:
    sizes = {name: lines_of_code((PACKAGES / f"{name}.py").read_text(encoding="utf-8")) for name in READER}
    assert sum(sizes.values()) < FEWER_THAN, sizes
