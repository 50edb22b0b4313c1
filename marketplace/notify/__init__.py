"""Room `notify`: in-app notices and mail; the only room that sends.

Tables: notices, letters, choices, pace, stops, class_health, class_pauses, own_texts,
market_closings, watched_words, word_finds.
Events: LetterSent, LetterSkipped, ClassStopped, ClassPaused, AddressFailing. It reacts to events
of all rooms before it and uses the mail door. docs/notify.md tells how a letter comes about.
"""
