"""Room `web`: what every page needs.

Forms, access, paging, answers as HTML or JSON, languages and formats, the frame around each page,
the page cache of visitors, assets, security headers, error pages and proofs of origin. It owns no
table and knows no room but `foundation`.
"""
