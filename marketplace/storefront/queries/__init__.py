"""Reads of `storefront`: things of several rooms brought together."""
