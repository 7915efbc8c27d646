"""What a function does of its own accord: the stride that None is, its working precision."""

from __future__ import annotations

import ast
import re
import sys

import numpy as np

from convproof.conformance.target.binding import Binding
from convproof.conformance.target.claims import follows
from convproof.conformance.target.examples import EXAMPLES, Sizes, cast, example
from convproof.conformance.target.experiments import Asker
from convproof.conformance.target.sources import source_of
from convproof.conformance.target.templates import Form
from convproof.laws import oracle


def learnt(probe: Asker, form: Form, only: str) -> str:
    """Note in the binding what the function does of its own accord.

    Returns:
        the one dtype that it takes, or works in; nothing if any.
    """
    _learn_stride(probe, form, only)
    _learn_taps(probe, form, only)
    return only or _single_by_its_text(probe, form)


def _learn_stride(probe: Asker, form: Form, only: str) -> None:
    """Note in the binding whether a stride of None, a pool's default, is 1: ONNX has it so.

    Where the text promises a library's behaviour, None is what it is there.
    """
    binding = probe.binding
    promised = follows(item for _, item in binding.objects.values())
    if not binding.may_leave_stride or promised in ("PyTorch", "TensorFlow"):
        return
    taps = (2, 2, 2)
    space = (9, 8, 8) if form.lift == "plain" else (8, 8, 8)  # sizes for which None is said
    case = cast(example(binding, form, plain=True, sizes=Sizes(space, taps)), only or "float64")
    tiles, ones = (case.replace(stride=taps[: case.rank]), case.replace(stride=(1,) * case.rank))
    if case.dy is not None:
        dy = np.ones(ones.out_shape, case.x.dtype)
        ones, tiles = ones.replace(dy=dy), tiles.replace(dy=dy)
    values, right = probe.call(form, tiles).values, oracle.expected(ones)[0]
    found = values[0] if values else None
    if found is not None and found.shape == right.shape and np.allclose(found, right):
        binding.unit_default = True
        probe.rebound(binding.keywords, binding.defaults)


def _learn_taps(probe: Asker, form: Form, only: str) -> None:
    """Note in the binding the one kernel of a convolution whose name says it: conv3x3.

    If it answers that one rightly, and others not: they are not what it is for.
    """
    binding = probe.binding
    names = f"{binding.called} {binding.about}".lower()
    told = re.search(r"conv\w*?(?<!\d)([2-9])_?x_?([2-9])(?!\d)|winograd\w*?([2-9])x([2-9])", names)
    if told is None or binding.named.kind != "conv" or binding.named.rank != 2:
        return
    taps = tuple(int(side) for side in told.groups() if side)
    right = []
    for sides in (taps, tuple(side - 1 for side in taps)):
        case = example(binding, form, plain=True, sizes=Sizes((9, 9, 9), (*sides, 1)))
        case = cast(case, only or "float64")
        values, due = probe.call(form, case).values, oracle.expected(case)[0]
        found = values[0] if values else None
        right.append(
            found is not None and found.shape == due.shape and np.allclose(found, due, rtol=1e-3)
        )
    if right == [True, False]:
        binding.only_taps = taps


def says_causal(binding: Binding) -> bool:
    """Whether the text says that outputs see nothing that comes after them."""
    module = sys.modules.get(str(getattr(binding.function, "__module__", None)))
    return re.search(r"causal|no look-?ahead", source_of(module) or "", re.IGNORECASE) is not None


_SINGLE = (
    r"float_?32|fp_?32|\bf32\b|single[- ]precision|\bbf_?16|bfloat16|float_?16|fp16"
    r"|\bhalf[ _-](precision|sum|tensor|float)|\bhalves\b"
)
_WORDS = re.compile(_SINGLE, re.IGNORECASE)
_CODE = re.compile(rf"{_SINGLE}|\.float\(\)", re.IGNORECASE)
_DOUBLE = re.compile(r"float_?64|fp_?64|\bf64\b|\bdoubles?\b", re.IGNORECASE)
_SAID = re.compile(r"\"\"\".*?\"\"\"|\'\'\'.*?\'\'\'|#[^\n]*", re.DOTALL)


def _own_text(binding: Binding) -> str:
    """The text of the binding's own functions and of those of the module that they use."""
    text = source_of(sys.modules.get(str(getattr(binding.function, "__module__", None)))) or ""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ""
    parts = {
        node.name: ast.get_source_segment(text, node) or ""
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    functions = [binding.function, *(item for _, item in binding.objects.values())]
    todo = {str(getattr(item, "__qualname__", "")).partition(".")[0] for item in functions}
    found = {"": f'"""{ast.get_docstring(tree) or ""}"""'}
    while todo := {name for name in todo if name in parts and name not in found}:
        found |= {name: parts[name] for name in todo}
        todo = {word for name in todo for word in re.findall(r"\w+", parts[name])}
    return "\n".join(found.values())


def _single_by_its_text(probe: Asker, form: Form) -> str:
    """The name of single precision for who says that it works in it, and does; else nothing.

    Kernels of tensors do so as a rule, and their code says it. Of arrays the documentation has to,
    or a comment: a cast alone may be the mistake.
    """
    binding = probe.binding
    text = _own_text(binding)
    if form.array == "numpy":
        text = "\n".join(_SAID.findall(text))
    if not (_WORDS if form.array == "numpy" else _CODE).search(text) or _DOUBLE.search(text):
        return ""
    for sizes in (EXAMPLES[1], EXAMPLES[0]):
        case = example(binding, form, plain=True, sizes=sizes)
        names = ("x", "kernel", "dy") if case.backward else ("x", "kernel")
        case = case.replace(**{n: a / 3 for n, a in case.arrays.items() if n in names})
        values = probe.call(form, case).values
        for value, due in zip(values or (), oracle.expected(case), strict=False):
            if value is None or value.shape != due.shape or value.dtype != np.float64:
                continue
            scale = float(np.abs(due).max(initial=0)) or 1.0
            far = float(np.abs(value - due).max(initial=0)) / scale
            return "float32" if 2.0**-40 < far < 2.0**-18 else ""
    return ""
