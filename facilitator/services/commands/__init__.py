"""The commands: each act of the window and of the command line is one of these values."""

from facilitator.services.commands.cards import AddCards, ChangeCards, RemoveCards, WriteText
from facilitator.services.commands.clusters import AddCluster, RemoveCluster, RenameCluster
from facilitator.services.commands.command import Command, Deed, Desk
from facilitator.services.commands.links import SetLinks
from facilitator.services.commands.people import (
    AddPeople,
    ChangeGroup,
    ChangePerson,
    NewPerson,
    RemovePerson,
    WithdrawConsent,
)
from facilitator.services.commands.steps import SetStepState, TakeRecords
from facilitator.services.commands.votes import GiveDots

__all__ = [
    "AddCards",
    "AddCluster",
    "AddPeople",
    "ChangeCards",
    "ChangeGroup",
    "ChangePerson",
    "Command",
    "Deed",
    "Desk",
    "GiveDots",
    "NewPerson",
    "RemoveCards",
    "RemoveCluster",
    "RemovePerson",
    "RenameCluster",
    "SetLinks",
    "SetStepState",
    "TakeRecords",
    "WithdrawConsent",
    "WriteText",
]
