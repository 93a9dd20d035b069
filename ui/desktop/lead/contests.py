"""Choices between packages of one group, in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from gettext import NullTranslations

from facilitator.domain.records import AnyRecord, Event
from facilitator.errors import UserFault
from facilitator.merge.lineage import Fork
from facilitator.packages.sshsig import fingerprint
from facilitator.script.catalogues import Catalogues
from facilitator.script.loader import bundled_script
from facilitator.script.model import Script
from facilitator.services.centre import CentreService, Loss
from facilitator.services.choices import Choice
from facilitator.services.trust import Trust
from facilitator.storage.centre_file import KeptPackage
from ui.desktop.dates import long_moment
from ui.desktop.lead.group_names import GroupNames
from ui.desktop.lead.record_words import RecordWords
from ui.desktop.lead.values import CandidateWords, Contest, LossWords

MOST_DIFFERENCES = 200
SHORT = 8


class ContestWords:
    """Puts choices and losses into words; the trust names who holds a key."""

    def __init__(
        self,
        names: GroupNames,
        trust: Trust,
        catalogues: Catalogues,
        texts: NullTranslations,
        language: str,
    ) -> None:
        self._names = names
        self._holders = {fingerprint(grant.key): grant.comment for grant in trust.signers.grants}
        self._catalogues = catalogues
        self._texts = texts
        self._language = language

    def contest(self, choice: Choice, centre: CentreService) -> Contest:
        """Return a choice with its candidates and what differs between them."""
        records = [record for each in choice.candidates for record in centre.records(each.id)]
        say = self._record_words(records)
        shown = choice.differences[:MOST_DIFFERENCES]
        return Contest(
            principal=choice.principal,
            group=self._names.of(choice.principal),
            settled=choice.settled,
            candidates=tuple(
                CandidateWords(
                    each.id, self._title(number), tuple(self._facts(each)), each.id in choice.counting
                )
                for number, each in enumerate(choice.candidates, 1)
            ),
            differences=tuple(say.difference(each) for each in shown),
            more=len(choice.differences) - len(shown),
        )

    def loss(self, loss: Loss, centre: CentreService) -> LossWords:
        """Return the records that a newer package lacks, each in a line."""
        say = self._record_words(centre.records(loss.followed))
        return LossWords(self._names.of(loss.principal), tuple(map(say.loss, loss.records)))

    def fork(self, fork: Fork) -> str:
        """Return a fork in a sentence."""
        ngettext = self._texts.ngettext
        words = ngettext(
            "{group}: revision {rev} came in {n} form. A laptop was cloned, or restored from a copy.",
            "{group}: revision {rev} came in {n} forms. A laptop was cloned, or restored from a copy.",
            len(fork.ids),
        )
        return words.format(group=self._names.of(fork.principal), rev=fork.rev, n=len(fork.ids))

    def revoked(self, principal: str) -> str:
        """Return what it means that a group stands here by a key which has been revoked since."""
        words = self._texts.gettext(
            "{group}: its key has been revoked since. The package stays, but nobody above will take it in:"
            " ask for a new one."
        )
        return words.format(group=self._names.of(principal))

    def _record_words(self, records: Iterable[AnyRecord]) -> RecordWords:
        known = tuple(records)
        script = next((_script(each.script) for each in known if isinstance(each, Event)), None)
        return RecordWords(known, script, self._catalogues, self._texts, self._language)

    def _title(self, number: int) -> str:
        return self._texts.gettext("Package {n}").format(n=number)

    def _facts(self, package: KeptPackage) -> Iterator[str]:
        """Yield what tells a package from the others: when it was made, its revision, who signed it where."""
        _, ngettext = self._texts.gettext, self._texts.ngettext
        made = long_moment(datetime.fromisoformat(package.created), self._language)
        yield _("Made {when}").format(when=made)
        cards = package.counts.get("card", 0)
        counted = ngettext("{n} statement", "{n} statements", cards).format(n=cards)
        yield _("Revision {rev} · {statements}").format(rev=package.rev, statements=counted)
        key, _slash, replica = package.origin.rpartition("/")
        holder = self._holders.get(key)
        if holder:
            yield _("Signed by {name}").format(name=holder)
        yield _("Key {key} · computer {replica} · number {id}").format(
            key=key.partition(":")[2][:SHORT], replica=replica[:SHORT], id=package.id[:SHORT]
        )


def _script(key: str) -> Script | None:
    """Return the script of an event, or ``None`` when it is not one of the program's own."""
    try:
        return bundled_script(key)
    except UserFault:
        return None
