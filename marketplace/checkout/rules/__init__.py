"""Decisions of `checkout` on plain values: basket, prices, age. Pure; minor units."""
