"""The pages of the steps, by the kind of step."""

from ui.desktop.steps.collect import CollectPage
from ui.desktop.steps.compose import ComposePage
from ui.desktop.steps.matrix import MatrixPage
from ui.desktop.steps.page import StepPage
from ui.desktop.steps.plan import PlanPage
from ui.desktop.steps.texts import TextsPage

PAGES: tuple[tuple[str, type[StepPage]], ...] = (
    ("collect", CollectPage),
    ("texts", TextsPage),
    ("compose", ComposePage),
    ("matrix", MatrixPage),
    ("plan", PlanPage),
)
"""One page for each kind of step of the script."""
