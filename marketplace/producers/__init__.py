"""Room `producers`: public pages of producers, their staff, promises, hours and trader data.

Tables: producers, producer_texts, faces, staff, traders, promises, service_hours,
producer_follows, producer_facts, seen_items. Announces ProducerOpened, ProducerChanged,
ProducerFollowed, ProducerUnfollowed, ProducerPaused. Uses people.
"""
