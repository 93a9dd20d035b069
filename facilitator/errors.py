"""The two kinds of trouble that are not bugs: a person's input, and the machine around the program.

A fault carries a code and facts, never a sentence: sentences, in two languages, live in the user interface.
"""


class Fault(Exception):
    """Something outside the program's own code went wrong.

    ``code`` is a stable kebab-case name; ``facts`` fill the sentence the user interface keeps for it.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class UserFault(Fault):
    """The input cannot be used as it is; the person who gave it can mend it."""


class EnvironmentFault(Fault):
    """The disk, a file, a lock or the network does not do what was asked of it."""
