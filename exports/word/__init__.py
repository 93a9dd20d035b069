"""The reports as Word documents."""

from exports.word.consolidated_report import write_consolidated_report
from exports.word.group_report import write_group_report

__all__ = ["write_consolidated_report", "write_group_report"]
