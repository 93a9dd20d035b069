"""The words people read: gettext catalogues with English message ids."""

import gettext

from facilitator.paths import resource

LANGUAGES = ("ru", "en")


def load_texts(domain: str, language: str) -> gettext.NullTranslations:
    """Return the catalogue of ``domain`` (``cli``, ``desktop``, ``exports``) in ``language`` (``ru`` or
    ``en``).

    English is the language of the message ids and needs no catalogue.
    """
    if language == "en":
        return gettext.NullTranslations()
    catalogue = resource("translations") / language / "LC_MESSAGES" / f"{domain}.mo"
    with catalogue.open(
        "rb"
    ) as file:  # gettext.translation() would import locale to look for what is named here
        return gettext.GNUTranslations(file)
