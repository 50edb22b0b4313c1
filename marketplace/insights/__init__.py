"""Room `insights`: what the community thinks of the assortment, and what follows from it.

Tables: product_figures (made anew each night), alerts. Announces WeekEnded, ResonanceSeen. Reads
every earlier room.
"""
