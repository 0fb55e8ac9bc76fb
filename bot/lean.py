"""Import Rasa without what our model never calls: TensorFlow, and two hundred estimators of scikit-learn.

Rasa imports two TensorFlow helpers wherever a policy or an extractor is defined, and the validator of training data
wherever a model is loaded. They are only used to train; standing in for them takes 320 MB and half of the start off
the serving process. To load the one estimator of the model, skops imports all of scikit-learn, for a list of types
it trusts: here it trusts that one.
"""

from __future__ import annotations

import importlib
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


def prepare() -> None:
    """To be called before the first import of Rasa."""
    _leave_out_tensorflow()
    trust_one_estimator()


def _leave_out_tensorflow() -> None:
    for module, names in UNUSED.items():
        stand_in = ModuleType(module)
        for name in names:
            setattr(stand_in, name, type(name, (LeftOut,), {}))
        sys.modules[module] = stand_in


def trust_one_estimator() -> None:
    """Import skops while it knows of one estimator, and while few modules are there for it to search."""
    import sklearn.utils
    from sklearn.linear_model import LogisticRegression

    listed = sklearn.utils.all_estimators
    sklearn.utils.all_estimators = lambda: [(LogisticRegression.__name__, LogisticRegression)]
    try:
        importlib.import_module("skops.io")
    finally:
        sklearn.utils.all_estimators = listed
