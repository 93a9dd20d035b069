"""The consolidated report as an Excel workbook."""

from exports.excel.workbook import write_consolidated_workbook

__all__ = ["write_consolidated_workbook"]
