"""Questionnaires in XLSForm workbooks, the format that survey tools exchange (https://xlsform.org)."""

from .reader import Imported, load, parse, read
from .writer import write

__all__ = ["Imported", "load", "parse", "read", "write"]
