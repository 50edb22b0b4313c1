"""Addresses of orders by who may open or send them, for the access table."""

from __future__ import annotations

OPEN = ("orders.withdraw", "orders.receipt", "orders.receipt_pdf", "orders.return_slip")
BOUGHT = ("orders.order", "orders.complaint", "orders.address", "orders.document",
          "orders.document_pdf")
SOLD = ("orders.slip", "orders.own", "orders.own_pdf", "orders.hand_in", "orders.part")
STUDIO = ("orders.studio", "orders.pack", "orders.taxes", "orders.export", "orders.export_csv")
OPERATED = ("orders.tax_table", "orders.operator", "orders.operated")
"""What is read: by everybody, the buyer, the house that sold, all houses, the operator."""

SENT = ("orders.arrived", "orders.cancel", "orders.cancel_all", "orders.complain",
        "orders.complaint_act", "orders.signal", "orders.address_post", "orders.wait",
        "orders.set_line", "orders.parcel_act", "orders.look")
DONE = ("orders.step", "orders.hand_in_post", "orders.new_day", "orders.cut", "orders.parcel",
        "orders.complaint_answer", "orders.signals", "orders.returned")
DECLARED = ("orders.withdraw_post", "orders.withdraw_change", "orders.receipt_proof")
"""What is sent: by the buyer, the house that sold, everybody."""
