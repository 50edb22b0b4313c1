"""Room `storefront`: the pages people see first, composed of all rooms; reading only.

Table: pages (words of legal and help pages). Home, lists, product, producer, member, group, bundle,
feed, explanations. It sorts nothing itself: it asks `search` or `recommend` and says which.
"""
