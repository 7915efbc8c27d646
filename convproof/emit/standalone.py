"""One layer as a module of its own: plain NumPy, forward and backward, nothing to import."""

from __future__ import annotations

from dataclasses import replace

from convproof.derive import derive
from convproof.derive.layers import general
from convproof.derive.step import Derivation
from convproof.emit import helpers
from convproof.emit.face_conv import conv_face
from convproof.emit.face_pool import pool_face
from convproof.lower import source
from convproof.spec import Conv, Spec


def layer_source(spec: Spec) -> str:
    """The module's code, without its header."""
    if isinstance(spec, Conv):
        face = conv_face(spec, _bound(_inner(spec)))
    else:
        face = pool_face(spec, _bound(spec))
    functions = source.functions(face.programs)
    text = "\n\n".join([*face.head, *helpers.needed("\n".join(functions)), *functions, *face.text])
    if "product(" not in text:
        return text
    for line, more in (
        (
            "from collections.abc import Callable\n",
            "from collections.abc import Callable, Iterator\n",
        ),
        (
            "from functools import lru_cache\n",
            "from functools import lru_cache\nfrom itertools import product\n",
        ),
    ):
        text = text.replace(line, more, 1)
    return text


def _bound(spec: Spec) -> Derivation:
    """The derivation for all layers of the kind, with this layer's numbers to be put in last.

    With the numbers in the formulas themselves a stride of 1 would hide which index moves by it.
    """
    found = derive(spec)
    return replace(general(spec), bindings=found.bindings, sizes=found.sizes)


def _inner(spec: Conv) -> Conv:
    """The layer without activation and border, which is what is lowered."""
    return Conv(
        spec.kernel_size,
        spec.out_channels,
        stride=spec.stride,
        padding=spec.padding if spec.padding_mode == "zeros" else "valid",
        dilation=spec.dilation,
        groups=spec.groups,
    )
