"""``facilitator doctor``: whether a file and its copies are sound."""

from argparse import Namespace

from facilitator.errors import EnvironmentFault
from facilitator.services.doctor import examine
from ui.cli.shell import Shell
from ui.messages import sentence


def doctor(arguments: Namespace, shell: Shell) -> int:
    """Examine a group's file or a centre; the exit code is 1 when something is not sound."""
    _ = shell.gettext
    examination = examine(arguments.path)
    sentences = [
        sentence(EnvironmentFault(each.code, **each.facts), shell.texts) for each in examination.findings
    ]
    value = {
        "sound": not examination.findings,
        "findings": [
            {"code": each.code, "sentence": words}
            for each, words in zip(examination.findings, sentences, strict=True)
        ],
        "records": examination.records,
        "backups": [{"name": each.name, "sound": each.sound} for each in examination.backups],
    }
    counted = shell.texts.ngettext("{n} record", "{n} records", examination.records).format(
        n=examination.records
    )
    copies = shell.texts.ngettext("{n} copy", "{n} copies", len(examination.backups)).format(
        n=len(examination.backups)
    )
    verdict = _("Something is not sound.") if sentences else _("All is sound.")
    shell.answer(value, [*sentences, f"{verdict} {counted}, {copies}."])
    return 1 if sentences else 0
