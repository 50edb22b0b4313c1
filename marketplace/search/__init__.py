"""Room `search`: one field in which everything is found, in German and English.

Tables: search_documents (the truth of every index), searches and search_people (counts), synonyms,
search_watches (who waits for goods), search_rebuilds. Announces SearchMissed, SearchAnswered.
The index is written only by jobs; queries, facets and browsing go to the fulltext door, and to the
database while there is no index.
"""
