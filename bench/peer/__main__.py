"""``python -m bench.peer``: train the peer if it must be, and say where its model is."""

from bench.peer import model

print(model())
