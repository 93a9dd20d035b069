"""The commands on keys: identity, keygen-recipient."""

from argparse import Namespace
from getpass import getuser

from facilitator.errors import UserFault
from facilitator.files import write_atomically
from facilitator.packages.keys import PublicKey
from facilitator.services.identity import create_identity, enrolment_request, import_identity, own_key
from facilitator.services.recipients import make_recipient_pair
from ui.cli.keys import passphrase_of, signing_key
from ui.cli.shell import Shell


def identity(arguments: Namespace, shell: Shell) -> int:
    """Make, bring, show or enrol the key of this installation."""
    acts = {"new": _new, "import": _import, "show": _show, "request": _request}
    return acts[arguments.act](arguments, shell)


def _new(arguments: Namespace, shell: Shell) -> int:
    passphrase = passphrase_of(arguments.passphrase_file)
    key = create_identity(shell.home, passphrase, replace=arguments.replace)
    _answer(key.public, shell)
    return 0


def _import(arguments: Namespace, shell: Shell) -> int:
    _answer(import_identity(shell.home, arguments.keyfile, replace=arguments.replace), shell)
    return 0


def _show(_arguments: Namespace, shell: Shell) -> int:
    _answer(own_key(shell.home), shell)
    return 0


def _answer(key: PublicKey, shell: Shell) -> None:
    _ = shell.gettext
    value = {
        "fingerprint": key.fingerprint,
        "digits": key.digits,
        "public": key.line,
        "path": shell.home.key_path,
    }
    lines = [
        _("The key of this installation: {path}").format(path=shell.home.key_path),
        _("Digits to read aloud: {digits}").format(digits=key.digits),
        _("Fingerprint: {fingerprint}").format(fingerprint=key.fingerprint),
        key.line,
    ]
    shell.answer(value, lines)


def _request(arguments: Namespace, shell: Shell) -> int:
    """Write the request to a file, or print it where no file is named."""
    arguments.key = shell.home.key_path
    key = signing_key(arguments, shell)
    name = arguments.name or shell.home.settings()["name"] or _account()
    text = enrolment_request(key, name)
    value = {"name": name, "digits": key.public.digits, "fingerprint": key.fingerprint, "path": arguments.out}
    if arguments.out is None:
        shell.answer(value | {"request": text.decode()}, [text.decode().strip()])
        return 0
    if arguments.out.exists():
        raise UserFault("file-exists", path=arguments.out)
    write_atomically(arguments.out, text)
    if arguments.name:
        shell.home.save_settings(name=arguments.name)
    lines = [
        shell.gettext("Written: {path}").format(path=arguments.out),
        shell.gettext("The organizer reads this name in it: {name}").format(name=name),
        shell.gettext("Send it to the organizer and read these digits aloud: {digits}").format(
            digits=key.public.digits
        ),
    ]
    shell.answer(value, lines)
    return 0


def _account() -> str:
    """Return the name of the person's account, for want of a better one."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "—"


def keygen_recipient(arguments: Namespace, shell: Shell) -> int:
    """Make an age pair: the secret at OUT, and whom to encrypt to at OUT.pub."""
    _ = shell.gettext
    pair = make_recipient_pair(arguments.out)
    lines = [
        _("The secret: {path}. Keep it off the net; whoever has it can read.").format(path=pair.secret),
        _("Encrypt to: {recipient}").format(recipient=pair.recipient),
    ]
    shell.answer({"recipient": pair.recipient, "secret": pair.secret, "public": pair.public}, lines)
    return 0
