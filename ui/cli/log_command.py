"""``facilitator log``: who did what when in a group, to read or for Excel."""

from argparse import Namespace
from dataclasses import asdict

from exports.act_log import SUFFIXES, LogRow, check_log_replaceable, write_act_log
from facilitator.errors import UserFault
from facilitator.services.groups import open_group
from facilitator.texts import load_texts
from ui.acts import log_rows
from ui.cli.shell import Shell


def log(arguments: Namespace, shell: Shell) -> int:
    """Print the log of acts, oldest first, or write it to a file.

    Raises ``UserFault("log-format-unknown")``, and ``file-exists`` rather than write over something else.
    """
    out, texts = arguments.out, load_texts("exports", shell.language)
    if out is not None:
        if out.suffix.lower() not in SUFFIXES:
            raise UserFault("log-format-unknown", path=out)
        check_log_replaceable(out, texts, shell.language)
    with open_group(arguments.group) as service:
        lines = service.log()
        rows = log_rows(lines, service.script, shell.language, shell.gettext)
    if out is not None:
        write_act_log(rows, texts, shell.language, out)
        shell.answer({"path": out, "acts": len(rows)}, [shell.gettext("Written: {path}").format(path=out)])
        return 0
    told = [{**asdict(line), "act": row.act} for line, row in zip(lines, rows, strict=True)]
    shell.answer({"acts": told}, [_line(row, shell) for row in rows] or [shell.gettext("Nothing was done.")])
    return 0


def _line(row: LogRow, shell: Shell) -> str:
    line = f"{row.at:%Y-%m-%d %H:%M:%S}  {row.actor}  {' '.join(row.act.split())}"
    if row.undone is None:
        return line
    return shell.gettext("{act} (taken back at {time})").format(act=line, time=f"{row.undone:%H:%M:%S}")
