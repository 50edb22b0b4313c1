"""Room `foundation`: the ground all rooms stand on.

Settings, the database with its one place that commits, money, clock, codes, errors, events,
background jobs and the statistics several rooms share. It knows no other room.
"""
