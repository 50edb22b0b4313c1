"""Tests of `notify`."""
