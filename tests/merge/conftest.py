"""Real keys, a roster that grants them, and an empty centre."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from facilitator.packages import Signers, SigningKey, create_key, load_key, load_signers
from facilitator.services.centre import CentreService
from tests.merge.laptops import roster_line


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """A key made by ``ssh-keygen``."""
    path = tmp_path_factory.mktemp("keys") / "moderator"
    command = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "moderator", "-f", path)
    subprocess.run(command, check=True)
    return load_key(path, None)


@pytest.fixture(scope="session")
def other_key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """A key made by the program."""
    return create_key(tmp_path_factory.mktemp("keys") / "other", None)


@pytest.fixture(scope="session")
def signers(key: SigningKey, other_key: SigningKey, tmp_path_factory: pytest.TempPathFactory) -> Signers:
    """A roster that grants every group to both keys."""
    path = tmp_path_factory.mktemp("roster") / "allowed_signers"
    path.write_text(roster_line(key) + roster_line(other_key))
    return load_signers(path)


@pytest.fixture(scope="session")
def empty_centre(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("centre") / "empty.fcentre"
    CentreService.open(path).close()
    return path.read_bytes()


@pytest.fixture
def new_centre(tmp_path: Path) -> Iterator[Callable[[], CentreService]]:
    """Open one empty centre after the other."""
    with ExitStack() as stack:

        def make() -> CentreService:
            path = tmp_path / f"{len(list(tmp_path.glob('*.fcentre')))}.fcentre"
            return stack.enter_context(closing(CentreService.open(path)))

        yield make


@pytest.fixture
def centre(new_centre: Callable[[], CentreService]) -> CentreService:
    return new_centre()
