"""The community score on plain arrays: peers, trust and verdicts, always by name."""
