"""The modules in `convproof/generated`: what is in each, and their text.

Each rank is printed by itself, though one text over tuples of sizes would do for all: small calls
lose by that.  On 6-pixel axes with 3 taps, one thread, im2row took 8.2 us by rank and 10.0 over
tuples in 1d, 10.4 and 11.9 in 2d; tap 17 and 26, 233 and 300.  In 3d they are equal.  And a sum
over named axes can be read beside the chapter's equation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from convproof.derive import derive
from convproof.derive.pool import derive_avg_pool
from convproof.derive.step import Derivation
from convproof.emit import costs, helpers
from convproof.lower import channels, hits, reductions, runtime, source, transforms
from convproof.lower.assemble import operation
from convproof.lower.cases import pad_source
from convproof.lower.layout import fitted
from convproof.lower.program import Program
from convproof.schedules import registry

MODES = ("circular", "reflect", "replicate")
HEADER = '''\
"""{title}

Generated from {name} ({digest})
by `python -m convproof.emit`, never edited: a test compares.
{layout}
"""

from __future__ import annotations

'''
# The runtime has these for one thread, and to be called once.
THREADED = ("along", "multiply", "share", "stacked", "total")
RECURRING = ("kept",)
APART = (channels, hits, transforms)  # what they define no layer of its own has
LAYOUTS = {
    "conv": "x (N, *space, G, C), kernel (*taps, C, G, M), z (N, *out, G, M).",
    "pool": "x (N, *space, C), y (N, *out, C).",
}


def programs(derivation: Derivation) -> list[Program]:
    """What every registered schedule computes of a layer, goal by goal."""
    op = operation(derivation)
    return [
        one.lower(derivation, goal)  # type: ignore[arg-type]  # the registry's goals, as words
        for goal in dict.fromkeys(goal for _, goal in registry.RESULTS)
        for one in registry.of(op, goal)
    ]


def texts() -> dict[str, str]:
    """File name -> text, for every generated module."""
    files = {"__init__.py": '"""What `convproof.emit` wrote: plain NumPy, never edited."""\n'}
    counted: list[tuple[str, Derivation, Sequence[Program]]] = []
    for rank in (1, 2, 3):
        means = [derive_avg_pool(rank, include) for include in (True, False)]
        for title, name, found in (
            ("Convolution", "conv", [derive(f"conv{rank}d")]),
            ("Max-pooling", "max_pool", [derive(f"max_pool{rank}d")]),
            ("Average-pooling", "avg_pool", means),
        ):
            made = [programs(one) for one in found]
            every = [program for some in made for program in some]
            module = f"{name}{rank}d"
            files[f"{module}.py"] = _module(title, found[0], every, name.split("_")[-1])
            counted += [(module, one, some) for one, some in zip(found, made, strict=True)]
    files["pad.py"] = _pads()
    files["costs.py"] = costs.text(counted)
    return files


def _module(title: str, derivation: Derivation, found: Sequence[Program], kind: str) -> str:
    body = "\n\n".join(source.functions(found))
    names = ["Array", *helpers.called(body), *(["Takes"] if "Takes" in body else [])]
    head = HEADER.format(
        title=f"{title} in {derivation.name[-2]}d.",
        name=derivation.name,
        digest=derivation.digest,
        layout=LAYOUTS[kind],
    )
    kept = "from functools import lru_cache\nfrom typing import Any\n\n"
    kept = kept if "lru_cache" in body else ""
    numpy = "import numpy as np\n\n" if "np." in body else ""
    threaded = [name for name in names if name in THREADED]
    reducing = [name for name in names if hasattr(reductions, name) and not hasattr(runtime, name)]
    recurring = [name for name in names if name in RECURRING]
    plain = {*names} - {*threaded} - {*reducing} - {*recurring}
    places = {
        "parallel": threaded,
        "recurring": recurring,
        "reductions": reducing,
        "runtime": plain,
        **{place.__name__.rpartition(".")[2]: _called(place, body) for place in APART},
    }
    lines = [
        fitted(f"from convproof.lower.{where} import {', '.join(sorted(some))}") + "\n"
        for where, some in sorted(places.items())
        if some
    ]
    return f"{head}{kept}{numpy}{''.join(lines)}\n\n{body}"


def _called(place: ModuleType, body: str) -> list[str]:
    """The functions of a module that `body` calls."""
    own = (n for n, v in vars(place).items() if getattr(v, "__module__", "") == place.__name__)
    return [name for name in own if re.search(rf"\b{name}\(", body)]


def _pads() -> str:
    found = [derive(f"pad_{mode}") for mode in MODES]
    head = HEADER.format(
        title="Padding of one axis by what the image shows.",
        name="the derivations of its functions",
        digest=" ".join(one.digest[:8] for one in found),
        layout="x (N, W, C): all before the axis, the axis, all after it.",
    )
    functions = [
        text for one, mode in zip(found, MODES, strict=True) for text in pad_source(one, mode)
    ]
    body = "\n\n".join(functions)
    return f"{head}import numpy as np\n\nfrom convproof.lower.runtime import Array\n\n\n{body}"


def write(folder: Path) -> list[Path]:
    """Write every generated module into `folder`; returns the files that changed."""
    changed = []
    for name, text in texts().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(path)
    return changed
