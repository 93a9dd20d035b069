"""An assignment on its way to a moderator, made by the services an organizer uses."""

from pathlib import Path

from facilitator.packages.keys import SigningKey
from facilitator.packages.requests import read_request
from facilitator.services.assignments import assign
from facilitator.services.commands import NewPerson
from facilitator.services.identity import enrolment_request
from facilitator.services.rosters import grant
from tests.helpers.organizers import CODE, Office, recipients

MODERATOR = "Алёна «Первая»"
PEOPLE = (NewPerson("Анна Петрова", region="05"), NewPerson("Иван Сидоров"), NewPerson(region="26"))


def open_office(folder: Path) -> Office:
    """Return the desk of an organizer who has named whom to encrypt names to."""
    return Office.open(folder, readers=tuple(recipient for recipient, _secret in recipients()))


def enrol(office: Office, key: SigningKey) -> None:
    """Let a moderator's key sign for group 3."""
    request = read_request(enrolment_request(key, MODERATOR))
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)


def hand_out(office: Office, path: Path, *people: NewPerson) -> Path:
    """Write the assignment of group 3, and the names of its people beside it."""
    assign(office.roster, 3, path, office.organizer, moderator=MODERATOR, people=people)
    return path
