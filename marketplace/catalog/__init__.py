"""Room `catalog`: products with variants and lots, prices with history, stock, pictures, imports.

Tables: categories, products, product_texts, particulars, fact_values, lots, variants, prices,
reductions, stock_marks, pictures, occasions, product_occasions, old_slugs, imports, import_rows,
import_columns, watches, wishlists, wishlist_items,
product_versions, product_credits, product_evidence, typed_forms.
Announces ProductPublished, ProductChanged, PriceChanged, StockChanged, PictureAdded, ImportDone.
Pages: a producer's goods, files and codes in the studio, labels, shelves for operators.
Uses producers, the storage and the tables door.
"""
