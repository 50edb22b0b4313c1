"""Short handlers that tie rooms together for the table in `reactions.py`; nothing else calls them."""
