"""Room `demo`: turns an empty marketplace into one that looks busy this morning.

Purpose: visitors understand the idea in a minute, developers see every state, tests have
believable data. No tables and no events of its own; content is TOML in `content/`, pictures are
drawn by `art/`, taste and history are drawn in `latent.py` and `history/`, rows are written by
`load/`. Imports every earlier room; announces nothing and sends nothing.
"""
