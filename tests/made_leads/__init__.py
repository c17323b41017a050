"""Invented sales leads that tell which of them are one: for tests and measurements of matching.

Everything follows from a seed and a number, so a file of any length takes constant memory.
"""

from tests.made_leads.stream import COLUMNS, LabelledLead, make_leads, write_leads

__all__ = ["COLUMNS", "LabelledLead", "make_leads", "write_leads"]
