"""What is printed, as PDF: sheets of labels, and slips that lie in a parcel."""

from marketplace.adapters.paper.labels import SHEETS, PaperLabel, Sheet, label_sheets
from marketplace.adapters.paper.slips import Slip, SlipLine, packing_slips

__all__ = ["SHEETS", "PaperLabel", "Sheet", "Slip", "SlipLine", "label_sheets", "packing_slips"]
