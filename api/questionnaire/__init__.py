"""The questionnaire: pure Python, no web, no database."""
