"""Scripts that show a failure with NumPy and the target alone, convproof nowhere in them."""

from __future__ import annotations

import pprint
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from convproof.conformance.faults.catalogue import right
from convproof.conformance.report.rerun import run
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.invoke import ARRAYS, numbers
from convproof.conformance.target.layouts import to_native
from convproof.conformance.target.target import Target
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_LARGEST = 20_000  # entries of all arrays beyond which a script would be unreadable
_NAMES = {role: name for name, role in ARRAYS.items()}
_GRADIENTS = ("dx", "dkernel", "dbias")


def script(
    target: Target,
    case: Case,
    expected: Any,
    got: Any = None,
    *,
    result: str = "",
    law: str = "",
    reason: str = "",
    before: Sequence[Case] = (),
) -> str | None:
    """A script that makes the call and exits 1 while the answer is not `expected`, 0 when it is.

    Args:
        target: whose function is called; its text or its file must say where it is.
        case: the call.
        before: calls to make first.
        expected: the right array, channels last, of the result named `result`; anything else
            stands for what the definition says.
        got: what came, to show beside it.
        result: "y", "dx", "dkernel" or "dbias".
        law: the law's id; those about side effects are judged by the effect.
        reason: for the comment at its head.

    Returns:
        The script; None if the arrays are too large for one, or the function lives in memory
        alone (a closure, a lambda) where no script can find it.
    """
    adapter = target.adapter(case.op)
    wanted = expected if isinstance(expected, np.ndarray) else _right(case, result)
    entries = sum(array.size for c in (*before, case) for array in c.arrays.values())
    others = {c.op: target.adapter(c.op) for c in before if c.op != case.op}
    findable = all(item.findable for item in (adapter, *others.values()))
    if not findable or wanted is None or entries > _LARGEST:
        return None
    lines = [f"# {target.name}: {case.op}" + (f" breaks the law {law!r}" if law else "")]
    if reason:
        lines += [f"# {line}" for line in _wrapped(reason)]
    lines += ["# Prints what is right and what comes; exits 1 as long as they differ."]
    lines += ["import sys", "", "import numpy as np", "", *adapter.lines(), ""]
    for other in others.values():
        lines += [*other.renamed().lines(), ""]
    for number, earlier in enumerate(before, 1):
        lines += ["", f"# call {number} of {len(before) + 1}, to be made first"]
        lines += call_lines(earlier, target.adapter(earlier.op))
    call = call_lines(case, adapter)
    if law in _EFFECTS:
        names = [_NAMES[name] for name in case.arrays]
        items = ", ".join(f"{name!r}: {name}" for name in names)
        call[-1:-1] = [line.format(items=items) for line in _REMEMBER]
    lines += ["", *call]
    lines += _verdict_lines(case, wanted, got, result, adapter, law)
    return _tidy(lines)


def _tidy(lines: Sequence[str]) -> str:
    """The script with what it imports imported once, and no more than two empty lines together."""
    kept = [line for n, line in enumerate(lines) if line != "import sys" or line not in lines[:n]]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)) + "\n"


def reproduced(target: Target, case: Case, expected: Any, got: Any, **about: Any) -> str | None:
    """As `script`, but run, and only if it fails for the reason given."""
    return tried(target, case, expected, got, **about)[0]


def tried(
    target: Target, case: Case, expected: Any, got: Any, **about: Any
) -> tuple[str | None, bool]:
    """A script that was run and fails for the reason given; whether the call is right there.

    A call that does not end is not made again: its script says that it was not run.
    """
    text = script(target, case, expected, got, **about)
    if text is None:
        return None, False
    if getattr(got, "kind", "") == "timeout":
        return f"# Not run before it was shown: {got}.\n{text}", False
    place = target.adapter(case.op).place
    forget = () if place.endswith(".py") else (place,)
    ended = run(text, forget)
    return (text if ended.fails_as(got) else None), ended.status == 0


def _wrapped(text: str) -> list[str]:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 90:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


# -- the call -------------------------------------------------------------------------------------


def literal(array: Array) -> str:
    """An expression that makes this very array."""
    if array.size == 0:
        return f"np.zeros({array.shape}, {array.dtype.name!r})"
    same = array.size > 1 and (array == array.flat[0]).all()
    if same:
        return f"np.full({array.shape}, {_number(array.flat[0])}, {array.dtype.name!r})"
    text = pprint.pformat(array.tolist(), width=92, compact=True)
    if not np.isfinite(array).all():
        text = text.replace("nan", "np.nan").replace("inf", "np.inf")
    if "\n" not in text and len(text) < 70:
        return f"np.array({text}, {array.dtype.name!r})"
    return f"np.array(\n{text},\n{array.dtype.name!r},\n)"


def _number(value: Any) -> str:
    text = repr(value.item())
    return text.replace("nan", "np.nan").replace("inf", "np.inf")


def _arranged(name: str, memory: str, shape: tuple[int, ...]) -> list[str]:
    """Lines that lay the array out in memory as the case had it."""
    rank = len(shape)
    every = ", ".join("::-1" if size > 1 else ":" for size in shape)
    if memory == "fortran":
        return [f"{name} = np.asfortranarray({name})"]
    if memory == "reversed":
        return [f"{name} = {name}[{every}].copy()[{every}]  # negative strides"]
    if memory == "readonly":
        return [f"{name}.flags.writeable = False"]
    if memory == "strided":
        twice = ", ".join(["::2"] * rank)
        return [
            f"large = np.full([2 * n for n in {name}.shape], np.nan, {name}.dtype)",
            f"large[{twice}] = {name}",
            f"{name} = large[{twice}]  # every second entry of a larger array",
        ]
    if memory == "channels_inside" and rank > 2:
        return [
            f"{name} = np.moveaxis(np.moveaxis({name}, 1, -1).copy(), -1, 1)  # channels innermost"
        ]
    if memory == "offset":
        return [
            f"buffer = np.empty({name}.size + 3, {name}.dtype)",
            f"buffer[3:] = {name}.ravel()",
            f"{name} = buffer[3:].reshape({name}.shape)",
        ]
    if memory == "broadcast":
        return [
            f"same = [({name} == {name}.take([0], a)).all() for a in range({name}.ndim)]",
            f"once = {name}[tuple(slice(0, 1 if equal else None) for equal in same)]",
            f"if once.shape != {name}.shape:  # stride 0 along which all is equal",
            f"    {name} = np.broadcast_to(once.copy(), {name}.shape)",
        ]
    return []


def call_lines(case: Case, adapter: Adapter) -> list[str]:
    """The arrays and the call, in the contract's words."""
    lines: list[str] = []
    for name, array in case.arrays.items():
        native = np.ascontiguousarray(to_native(name, array, adapter.layout))
        lines.append(f"{_NAMES[name]} = {literal(native)}")
        lines += _arranged(_NAMES[name], case.memory, native.shape)
    values = numbers(case, adapter)
    parts = []
    for name in adapter.parameters:
        if name in ARRAYS:
            parts.append(name if ARRAYS[name] in case.arrays else "None")
        else:
            parts.append(f"{name}={values[name]!r}")
    lines.append(f"got = {case.op}({', '.join(parts)})")
    return lines


def _right(case: Case, result: str) -> Array | None:
    """What the definition says; None where it says nothing."""
    try:
        answers = right(case)
    except ValueError:
        return None
    return answers.get(result, next(iter(answers.values())))


# What a law about effects looks at, in place of the answer's numbers.
_EFFECTS = {
    "inputs-unwritten": [
        "written = [n for n, a in arrays.items() if a.tobytes() != before[n]]",
        "print('inputs the call wrote into:', ', '.join(written) or 'none')",
        "sys.exit(1 if written else 0)",
    ],
    "outputs-own": [
        "results = got if isinstance(got, tuple) else (got,)",
        "results = [r for r in results if isinstance(r, np.ndarray)]",
        "both = [(n, np.may_share_memory(r, a)) for n, a in arrays.items() for r in results]",
        "shared = [name for name, share in both if share]",
        "print('inputs the result shares memory with:', ', '.join(shared) or 'none')",
        "sys.exit(1 if shared else 0)",
    ],
}
_REMEMBER = [
    "arrays = {{{items}}}",
    "before = {{n: a.tobytes() for n, a in arrays.items()}}",
]


# -- the verdict ----------------------------------------------------------------------------------


def _verdict_lines(
    case: Case, expected: Array, got: Any, result: str, adapter: Adapter, law: str
) -> list[str]:
    if law in _EFFECTS:
        return _EFFECTS[law]
    lines, close = answer_lines(case, expected, got, result, adapter)
    return [
        *lines,
        "print('expected', expected.shape)",
        "print(expected)",
        "print('got', got.shape, got.dtype)",
        "print(got)",
        f"right = got.shape == expected.shape and {close}",
        "print('right' if right else 'WRONG')",
        "sys.exit(0 if right else 1)",
    ]


def answer_lines(
    case: Case, expected: Array, got: Any, result: str, adapter: Adapter
) -> tuple[list[str], str]:
    """Lines that name what came and what is right, and an expression that says whether they agree.

    Integers have to be equal; other numbers may differ by the rounding of their additions.
    """
    name = result or ("dx" if case.backward else "y")
    lines = []
    if case.backward and case.kernel is not None:
        lines.append(f"got = got[{_GRADIENTS.index(name) if name in _GRADIENTS else 0}]")
    else:
        lines.append("got = got[0] if isinstance(got, tuple) else got")
    lines.append("got = got.detach().numpy() if hasattr(got, 'detach') else np.asarray(got)")
    role = {"dkernel": "kernel", "dbias": "bias"}.get(name, "x")
    wanted = np.asarray(expected)
    if wanted.ndim == case.rank + 2:
        wanted = to_native(role, wanted, adapter.layout)
    kind = got.dtype if isinstance(got, np.ndarray) and got.dtype.kind == "f" else case.x.dtype
    integers = bool(np.isfinite(wanted).all() and (wanted == np.round(wanted)).all())
    if wanted.dtype.kind == "f" and kind.kind == "f":
        wanted = wanted.astype(np.float64 if integers else kind)
    lines.append(f"expected = {literal(np.ascontiguousarray(wanted))}")
    close = "np.array_equal(got, expected, equal_nan=True)"
    if not integers:
        eps = float(np.finfo(kind).eps)
        scale = "np.abs(expected[np.isfinite(expected)]).max(initial=0)"
        lines.append("# no integers: the last bits may differ with the order of the additions")
        close = f"np.allclose(got, expected, rtol=0, atol={64 * eps:.3g} * {scale}, equal_nan=True)"
    return lines, close
