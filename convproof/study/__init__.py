"""Long experiments, resumable and parallel, on one machine or a Dask cluster.

A study is a file here with `study(options) -> Study`; its first line says what it measures.
"""

from __future__ import annotations

import importlib

from convproof.contents import defining
from convproof.errors import SpecError
from convproof.study.engine import Options, Study

STUDIES = defining(__file__, "study")  # name -> what it measures


def study(name: str, options: Options) -> Study:
    """The study `name`, set up.

    Raises:
        SpecError: if there is no such study, or an option does not suit it.
    """
    if name not in STUDIES:
        raise SpecError.one_of("NAME", name, STUDIES)
    found: Study = importlib.import_module(f"{__name__}.{name}").study(options)
    return found
