"""The reports as Word documents."""

from exports.word.group_report import write_group_report

__all__ = ["write_group_report"]
