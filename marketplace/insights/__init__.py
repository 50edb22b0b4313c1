"""Room `insights`: what the community thinks of the assortment, and what follows from it.

Table: product_figures (made anew each night). Announces WeekEnded. Reads every earlier room.
"""
