"""Room `notify`: in-app notices and mail; the only room that sends.

Tables: notices, letters, choices, stops. Announces LetterSent. It reacts to events of all rooms
before it and uses the mail door.
"""
