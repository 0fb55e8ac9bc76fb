"""Import Rasa without TensorFlow, which the rules, the counts and the regression of our model never call.

Rasa imports two TensorFlow helpers wherever a policy or an extractor is defined, and the validator of training data
wherever a model is loaded. They are only used to train; standing in for them takes 320 MB and half of the start off the
serving process.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, NoReturn

UNUSED = {
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
}


class LeftOut:
    """Stands where a TensorFlow class would be; using it says so."""

    def __init__(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError(f"{type(self).__name__} needs TensorFlow, which this process leaves out")


def leave_out_tensorflow() -> None:
    """To be called before the first import of Rasa."""
    for module, names in UNUSED.items():
        stand_in = ModuleType(module)
        for name in names:
            setattr(stand_in, name, type(name, (LeftOut,), {}))
        sys.modules[module] = stand_in
