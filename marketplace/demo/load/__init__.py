"""Writes the demo into the database: bulk inserts by phase, then the rooms count anew."""

from marketplace.demo.load.book import Book
from marketplace.demo.load.people import PASSWORD
from marketplace.demo.load.phases import load_demo

__all__ = ["PASSWORD", "Book", "load_demo"]
