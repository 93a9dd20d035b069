"""``facilitator associate``: a double click on our files opens the window."""

from argparse import Namespace

from facilitator.services.associations import FILE_TYPES, associate, program_command
from ui.cli.shell import Shell


def associate_files(_arguments: Namespace, shell: Shell) -> int:
    """Register this program for its files, for this person alone."""
    associate(program_command())
    suffixes = [kind.suffix for kind in FILE_TYPES]
    line = shell.gettext("A double click opens these files now: {suffixes}").format(
        suffixes=", ".join(f"*{suffix}" for suffix in suffixes)
    )
    shell.answer({"suffixes": suffixes, "command": program_command()}, [line])
    return 0
