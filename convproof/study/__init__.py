"""Long experiments, resumable and parallel, on one machine or a Dask cluster.

A study is a module with `study(options) -> Study`.  To add one, name it here.
"""

from __future__ import annotations

import importlib

from convproof.errors import SpecError
from convproof.study.engine import Options, Study

# name -> (module, what it measures)
STUDIES: dict[str, tuple[str, str]] = {
    "separation": (
        "convproof.study.separation",
        "samples that learners of h* need, over d, beside the lower bounds (10.2)",
    ),
    "locality": (
        "convproof.study.locality",
        "fully connected, locally connected and convolutional nets on one signal patch of k",
    ),
    "features": (
        "convproof.study.features",
        "rotation-invariant and other learners of a single feature, beside 1 - n/d",
    ),
    "digits": (
        "convproof.study.digits",
        "a ConvNet beside a fully connected net of its size, on handwritten digits and photographs",
    ),
    "optimisers": (
        "convproof.study.optimisers",
        "the symmetries of every optimiser that torch.optim and optax ship, as a table",
    ),
}


def study(name: str, options: Options) -> Study:
    """The study `name`, set up.

    Raises:
        SpecError: if there is no such study, or an option does not suit it.
    """
    if name not in STUDIES:
        raise SpecError.one_of("NAME", name, STUDIES)
    found: Study = importlib.import_module(STUDIES[name][0]).study(options)
    return found
