"""Report values in, Word and Excel documents out."""

import os

# openpyxl would write other bytes where lxml happens to be installed; the program does not need it.
os.environ["OPENPYXL_LXML"] = "False"
