"""The pages of the steps, by the kind of step."""

from ui.desktop.steps.collect import CollectPage
from ui.desktop.steps.page import StepPage

PAGES: tuple[tuple[str, type[StepPage]], ...] = (("collect", CollectPage),)
"""One page for each kind of step of the script."""
