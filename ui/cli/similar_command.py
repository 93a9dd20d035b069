"""The command that finds statements that are alike: in a centre, in a file of texts, or pair by pair."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from facilitator.services.centre import CentreService
from facilitator.services.likeness_files import read_pairs, read_texts, write_scores
from facilitator.services.likenesses import Alike, find_alike
from facilitator.similarity import meaning
from facilitator.similarity.pairs import cluster, find_similar, score_pairs
from ui.cli.shell import Shell


def similar(arguments: Namespace, shell: Shell) -> int:
    """Tell which statements are alike, and by which layers that was judged."""
    if arguments.pairs is not None:
        return _score(arguments.pairs, arguments.out, shell)
    if arguments.texts is not None:
        return _compare(arguments.texts, arguments.threshold, shell)
    return _look_through(arguments.centre, arguments.theme, arguments.threshold, shell)


def layers() -> list[str]:
    """Return by what statements are compared here: always by words, by meaning where that is installed."""
    return ["words", "meaning"] if meaning.is_present() else ["words"]


def _score(path: Path, out: Path | None, shell: Shell) -> int:
    _ = shell.gettext
    rows = read_pairs(path)
    scores = score_pairs([(row["text_a"], row["text_b"]) for row in rows])
    if out is None:
        shell.answer({"scores": scores, "layers": layers()}, (f"{score:.6f}" for score in scores))
        return 0
    write_scores(out, rows, scores)
    line = _("Pairs: {n} · compared by: {layers} · {path}").format(
        n=len(rows), layers=_layer_words(shell), path=out
    )
    shell.answer({"pairs": len(rows), "layers": layers(), "path": out}, [line])
    return 0


def _compare(path: Path, threshold: float, shell: Shell) -> int:
    named = read_texts(path)
    texts = [each.text for each in named]
    pairs = [
        (named[one].id, named[other].id, round(score, 6))
        for one, other, score in find_similar(texts, threshold=threshold)
    ]
    clusters = [[named[place].id for place in group] for group in cluster(texts, threshold=threshold)]
    lines = [f"{score:.2f}  {one}  {other}" for one, other, score in pairs]
    lines += ["  ".join(map(str, group)) for group in clusters]
    shell.answer({"pairs": pairs, "clusters": clusters, "layers": layers()}, lines)
    return 0


def _look_through(path: Path, theme: str | None, threshold: float, shell: Shell) -> int:
    with closing(CentreService.open(path, create=False)) as centre:
        found = list(find_alike(centre.projection(), theme=theme, threshold=threshold))
    value = {
        "pairs": [
            {
                "kind": each.one.card.kind,
                "score": round(each.score, 6),
                "by": "words" if each.by_words else "meaning",
                "contrasts": each.contrasts,
                "cards": [
                    {"principal": said.principal, "id": said.card.id, "text": said.card.text}
                    for said in (each.one, each.other)
                ],
            }
            for each in found
        ],
        "layers": layers(),
    }
    shell.answer(value, _lines(found, shell))
    return 0


def _lines(found: list[Alike], shell: Shell) -> Iterator[str]:
    _ = shell.gettext
    for each in found:
        head = _("they contradict each other") if each.contrasts else f"{each.score:.2f}"
        yield f"{head}:"
        yield from (
            f"  {said.principal}: {' '.join(said.card.text.split())}" for said in (each.one, each.other)
        )
    yield _("Compared by: {layers}").format(layers=_layer_words(shell))


def _layer_words(shell: Shell) -> str:
    _ = shell.gettext
    words = {"words": _("words"), "meaning": _("meaning")}
    return ", ".join(words[layer] for layer in layers())
