"""Consultations: publishing a questionnaire's versions, and showing what is open."""
