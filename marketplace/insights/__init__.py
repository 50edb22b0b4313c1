"""Figures and assortment proposals for operators and producers; reads only."""
