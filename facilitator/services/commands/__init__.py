"""The commands: each act of the window and of the command line is one of these values."""

from facilitator.services.commands.cards import AddCards, ChangeCards, RemoveCards, WriteText
from facilitator.services.commands.clusters import AddCluster, JoinClusters, RemoveCluster, RenameCluster
from facilitator.services.commands.command import Command, Deed, Desk
from facilitator.services.commands.joining import JoinCards, SeparateCard, SplitCard
from facilitator.services.commands.links import SetLinks
from facilitator.services.commands.missions import AgreeToPublish
from facilitator.services.commands.people import (
    AddPeople,
    ChangeGroup,
    ChangePerson,
    NewPerson,
    RemovePerson,
    WithdrawConsent,
)
from facilitator.services.commands.rounds import OpenRound, SetRoundState
from facilitator.services.commands.steps import CloseDay, SetStepState, TakeRecords
from facilitator.services.commands.tables import ClearTable, EnterTable, NewCard
from facilitator.services.commands.votes import CastDots, GiveDots, ShowFingers

__all__ = [
    "AddCards",
    "AddCluster",
    "AddPeople",
    "AgreeToPublish",
    "CastDots",
    "ChangeCards",
    "ChangeGroup",
    "ChangePerson",
    "ClearTable",
    "CloseDay",
    "Command",
    "Deed",
    "Desk",
    "EnterTable",
    "GiveDots",
    "JoinCards",
    "JoinClusters",
    "NewCard",
    "NewPerson",
    "OpenRound",
    "RemoveCards",
    "RemoveCluster",
    "RemovePerson",
    "RenameCluster",
    "SeparateCard",
    "SetLinks",
    "SetRoundState",
    "SetStepState",
    "ShowFingers",
    "SplitCard",
    "TakeRecords",
    "WithdrawConsent",
    "WriteText",
]
