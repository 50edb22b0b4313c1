"""Room `producers`: public pages of producers, their staff, promises, hours and trader data.

Tables: producers, producer_texts, faces, producer_media, staff, staff_links, traders,
trader_versions, sightings, checklist, registrations, evidence, promises, service_hours,
closed_days, pauses, producer_follows, producer_facts, seen_items, message_blocks, terms,
exceptions.

Announces ProducerOpened, ProducerChanged, ProducerFollowed, ProducerUnfollowed, ProducerPaused,
ProducerEnded, SellingBegan, TraderHandedIn, TraderChecked, TraderSentBack, TraderStopped,
TaxAsked, RegistrationMissing, EvidenceHandedIn, EvidenceChecked, EvidenceSentBack,
EvidenceEnding, EvidenceExpired, PromiseChanged, TermsAnnounced, StaffJoined, StaffLeft. Uses
people.
"""
