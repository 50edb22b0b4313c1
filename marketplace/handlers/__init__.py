"""Short handlers that tie rooms together, called by the table in `reactions.py` alone."""
