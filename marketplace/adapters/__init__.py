"""Room `adapters`: doors to the outside, each a small contract in our words.

`payment`, `mail`, `storage`, `fulltext`. Every door has an implementation that works with nothing
installed. No door is opened inside a transaction.
"""
