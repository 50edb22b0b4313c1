"""Room `producers`: public pages of producers, their staff, promises, hours and trader data.

Tables: producers, producer_texts, faces, staff, staff_links, traders, trader_versions, sightings,
checklist, registrations, evidence, promises, service_hours, closed_days, producer_follows,
producer_facts, seen_items.

Announces ProducerOpened, ProducerChanged, ProducerFollowed, ProducerUnfollowed, SellingBegan,
TraderHandedIn, TraderChecked, TraderSentBack, TraderStopped, TaxAsked, StaffJoined, StaffLeft.
Uses people.
"""
