"""The modules in `convproof/generated`: what is in each, and their text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from convproof.derive import derive
from convproof.derive.pool import derive_avg_pool
from convproof.derive.step import Derivation
from convproof.lower import source
from convproof.lower.cases import pad_source
from convproof.lower.firsts import lower_firsts
from convproof.lower.folds import lower_folds, lower_once, lower_ones
from convproof.lower.helpers import helpers
from convproof.lower.im2col import lower_im2col
from convproof.lower.program import Program
from convproof.lower.taps import lower_bias, lower_columns, lower_taps
from convproof.lower.turned import lower_turned

MODES = ("circular", "reflect", "replicate")
HEADER = '''\
"""{title}

Generated from {name} ({digest}) by `python -m convproof.lower`; never edited: a test compares.
{layout}
"""

from __future__ import annotations

'''
LAYOUTS = {
    "conv": "x (N, *space, G, C), kernel (*taps, C, G, M), z (N, *out, G, M).",
    "pool": "x (N, *space, C), y (N, *out, C).",
}


def conv_programs(derivation: Derivation) -> list[Program]:
    """Forward and gradients of a convolution, in both schedules."""
    docs = {
        "forward": ("forward", "The output before bias and activation."),
        "gradient x": ("gradient_x", "The input's gradient: each tap's flow sent back."),
        "gradient kernel": ("gradient_kernel", "The kernel's gradient: all copies, summed."),
    }
    programs = []
    for goal, (title, doc) in docs.items():
        programs.append(lower_taps(derivation, goal, f"{title}_taps", doc))
        programs.append(lower_im2col(derivation, goal, f"{title}_im2col", doc))
        programs.append(lower_im2col(derivation, goal, f"{title}_planes", doc, planes=True))
    if not derivation.bindings:  # a layer with numbers of its own has one schedule
        doc = "The input's gradient as a convolution of stride 1, with the turned kernel."
        for way in ("im2col", "planes"):
            forward = next(one for one in programs if one.name == f"forward_{way}")
            programs.append(lower_turned(derivation, forward, f"gradient_x_turned_{way}", doc))
    if "bias" in derivation.gradients:
        doc = "The bias's gradient: summed over images and positions."
        programs += [lower_columns(derivation, "gradient bias", "gradient_bias", doc)]
        programs += [lower_bias(derivation)]
    return programs


def max_pool_programs(derivation: Derivation) -> list[Program]:
    """Forward and gradient of max-pooling."""
    return [
        lower_taps(derivation, "forward", "forward_taps", "The maximum of each window."),
        lower_firsts(
            derivation, "gradient x", "gradient_x", "Each window's gradient to its first maximum."
        ),
    ]


def avg_pool_programs(derivation: Derivation, suffix: str = "") -> list[Program]:
    """Forward and gradient of average-pooling."""
    back = "Each window's gradient, shared out to its pixels."
    return [
        lower_taps(derivation, "forward", f"forward{suffix}_taps", "The mean of each window."),
        lower_taps(derivation, "gradient x", f"gradient_x{suffix}", back),
    ]


def pool_folds(derivation: Derivation, suffix: str = "") -> list[Program]:
    """A pool's forward once more, by views of its windows."""
    top = derivation.name.startswith("max")
    what = f"The {'maximum' if top else 'mean'} of each window,"
    ways = [
        ("folds", lower_folds, "all taps of an axis at once."),
        ("once", lower_once, "all taps at once."),
    ]
    if not top:
        ways.append(("ones", lower_ones, "a row of patches, by a product with ones."))
    return [
        lower(derivation, "forward", f"forward{suffix}_{way}", f"{what} {how}")
        for way, lower, how in ways
    ]


def texts() -> dict[str, str]:
    """File name -> text, for every generated module."""
    files = {"__init__.py": '"""What `convproof.lower` wrote: plain NumPy, never edited."""\n'}
    files["slices.py"] = (
        '"""Slices for which fine = stride*coarse + offset; generated, never edited."""\n\n'
        "from __future__ import annotations\n\nfrom functools import lru_cache\n"
        "from typing import Any, TypeAlias\n\n"
        "import numpy as np\n\nArray: TypeAlias = np.ndarray[Any, Any]\n\n\n"
        + "\n\n".join(helpers().values())
    )
    for rank in (1, 2, 3):
        conv = derive(f"conv{rank}d")
        files[f"conv{rank}d.py"] = _module("Convolution", conv, conv_programs(conv), "conv")
        top = derive(f"max_pool{rank}d")
        files[f"max_pool{rank}d.py"] = _module(
            "Max-pooling", top, [*max_pool_programs(top), *pool_folds(top)], "pool"
        )
        means = [derive_avg_pool(rank, include) for include in (True, False)]
        programs = [
            program
            for mean, suffix in zip(means, ("_include", "_exclude"), strict=True)
            for program in (*avg_pool_programs(mean, suffix), *pool_folds(mean, suffix))
        ]
        files[f"avg_pool{rank}d.py"] = _module("Average-pooling", means[0], programs, "pool")
    files["pad.py"] = _pads()
    return files


def _module(title: str, derivation: Derivation, programs: Sequence[Program], kind: str) -> str:
    body = "\n\n".join(source.functions(programs))
    callable_names = sorted([*helpers(), "positions"])
    names = ["Array", *(name for name in callable_names if f"{name}(" in body)]
    head = HEADER.format(
        title=f"{title} in {derivation.name[-2]}d.",
        name=derivation.name,
        digest=derivation.digest,
        layout=LAYOUTS[kind],
    )
    kept = "from functools import lru_cache\nfrom typing import Any\n\n"
    kept = kept if "lru_cache" in body else ""
    numpy = "import numpy as np\n\n" if "np." in body else ""
    return (
        f"{head}{kept}{numpy}from convproof.generated.slices import {', '.join(names)}\n\n\n{body}"
    )


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
    return f"{head}import numpy as np\n\nfrom convproof.generated.slices import Array\n\n\n{body}"


def write(folder: Path) -> list[Path]:
    """Write every generated module into `folder`; returns the files that changed."""
    changed = []
    for name, text in texts().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(path)
    return changed
