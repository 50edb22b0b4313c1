"""Decisions about orders on plain values: states, shipping, promises, withdrawal."""
