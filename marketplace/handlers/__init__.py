"""Short handlers that tie rooms together, called by the table in `marketplace/reactions` alone."""
