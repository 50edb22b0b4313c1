"""The door to full text: one contract in our words, and the engines behind it."""
