"""A respondent's side: interviews, turns, answers."""
