"""Room `search`: one field in which goods are found, in German and English.

Tables: search_documents (the truth of every index), searches (counts per day). Announces nothing.
The index is written only by jobs; queries, facets and browsing go to the fulltext door, and to the
database while there is no index.
"""
