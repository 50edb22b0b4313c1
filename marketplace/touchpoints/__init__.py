"""Room `touchpoints`: moments in which people meet the market; so far, what is said elsewhere.

Table: mentions. Announces OperatorActed. It uses catalog and producers.
"""
