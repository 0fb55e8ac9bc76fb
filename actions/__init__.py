"""Custom actions: read the turn, call the API, say its answer. No decision is taken here, and nothing is kept."""
