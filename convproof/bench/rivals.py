"""Other people's checkers, put to a corpus entry the way their users would.

Each gives True (it passed the entry), False (it complained), or None (it cannot be asked).
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.bench.corpus import Entry, load
from convproof.errors import MissingExtra
from convproof.laws.op import Op

Array = np.ndarray[Any, Any]
Functions = dict[str, Callable[..., Any]]
Judge = Callable[[Entry, int], bool | None]

# What a user of a gradient checker would try: the default layer, a strided one with groups, a
# dilated one; x shape, kernel shape, stride, padding, dilation, groups.
LAYERS: tuple[tuple[tuple[int, ...], tuple[int, ...], int, int, int, int], ...] = (
    ((2, 3, 5, 5), (2, 3, 3, 3), 1, 1, 1, 1),
    ((1, 4, 6, 6), (4, 2, 3, 3), 2, 1, 1, 2),
    ((1, 2, 6, 6), (2, 2, 2, 2), 1, 0, 2, 1),
)
# x shape, window, stride, padding
POOLS: tuple[tuple[tuple[int, ...], tuple[int, ...], int, int], ...] = (
    ((2, 2, 6, 6), (2, 2), 2, 0),
    ((1, 2, 7, 7), (3, 3), 2, 1),
)


def paired(entry: Entry) -> Functions:
    """The entry's functions, with a right partner for each that lacks one.

    A gradient checker needs both passes; a right partner is what serves it best.
    """
    functions = dict(entry.build())
    for op in list(functions):
        partner = str(Op(Op.of(op).kind, Op.of(op).rank, not Op.of(op).backward))
        functions.setdefault(partner, load().right_function(partner))
    return functions


def settings(functions: Functions, kind: str, seed: int) -> Iterator[tuple[str, Any, list[Array]]]:
    """(forward op, its parameters, its arrays) for each layer a user would try."""
    rng = np.random.default_rng(seed)
    parameters: tuple[Any, ...]
    for op in functions:
        if Op.of(op).backward:
            continue
        rank = Op.of(op).rank

        def fit(shape: tuple[int, ...], rank: int = rank) -> tuple[int, ...]:
            return (*shape[:2], *(shape[2:] * 2)[:rank])

        if "pool" in op:
            for x, window, stride, padding in POOLS:
                size = int(np.prod(fit(x)))
                values = rng.permutation(np.linspace(-1, 1, size)).reshape(fit(x))  # no ties
                parameters = ((window * 2)[:rank], (stride,) * rank, (padding,) * rank)
                yield op, parameters, [values.astype(kind)]
            continue
        for x, w, stride, padding, dilation, groups in LAYERS:
            arrays = [rng.standard_normal(s).astype(kind) for s in (fit(x), fit(w), w[:1])]
            parameters = ((stride,) * rank, (padding,) * rank, (dilation,) * rank, groups)
            yield op, parameters, arrays


def run_backward(
    functions: Functions, op: str, parameters: Any, arrays: list[Array], dy: Array
) -> tuple[Array | None, ...]:
    """The gradients by the entry's backward."""
    if "pool" in op:
        return (functions[f"{op}_backward"](arrays[0], dy, *parameters),)
    gradients: tuple[Array | None, ...] = functions[f"{op}_backward"](*arrays, dy, *parameters)
    return gradients


def fewer(entry: Entry) -> bool:
    """The entry lacks arguments of the contract, so a fixed call does not suit it."""
    return entry.family == "fewer parameters"


def gradcheck(kind: str) -> Judge:
    """`torch.autograd.gradcheck` with its defaults on arrays of dtype `kind`."""
    try:
        import torch
    except ImportError:
        raise MissingExtra.of("torch", "torch", "the comparison with gradcheck") from None

    def judge(entry: Entry, seed: int) -> bool | None:
        if fewer(entry):
            return None
        functions = paired(entry)
        for op, parameters, arrays in settings(functions, kind, seed):

            class Layer(torch.autograd.Function):  # type: ignore[misc]  # torch is untyped here
                @staticmethod
                def forward(ctx: Any, *tensors: Any, op: str = op, more: Any = parameters) -> Any:
                    ctx.arrays = [t.detach().numpy() for t in tensors]
                    y = functions[op](*ctx.arrays, *more)
                    return torch.from_numpy(np.array(y))

                @staticmethod
                def backward(ctx: Any, dy: Any, op: str = op, more: Any = parameters) -> Any:
                    made = run_backward(functions, op, more, ctx.arrays, dy.numpy())
                    return tuple(None if g is None else torch.from_numpy(np.array(g)) for g in made)

            leaves = [torch.from_numpy(array).requires_grad_() for array in arrays]
            try:
                with warnings.catch_warnings(), np.errstate(all="ignore"):
                    warnings.simplefilter("ignore")  # gradcheck warns of float32, as it should
                    passed = torch.autograd.gradcheck(Layer.apply, leaves, raise_exception=False)
            except Exception:  # a checker that raises has not passed it
                passed = False
            if not passed:
                return False
        return True

    return judge


def check_grads() -> Judge:
    """`jax.test_util.check_grads` (reverse mode, first order) in JAX's default float32."""
    try:
        import jax
        from jax.test_util import check_grads as check
    except ImportError:
        raise MissingExtra.of("jax", "jax", "the comparison with check_grads") from None

    def judge(entry: Entry, seed: int) -> bool | None:
        if fewer(entry):
            return None
        functions = paired(entry)
        for op, parameters, arrays in settings(functions, "float32", seed):

            def layer(op: str = op, more: Any = parameters, arrays: list[Array] = arrays) -> Any:
                def numpy_forward(*parts: Any) -> Array:
                    return np.asarray(functions[op](*map(np.asarray, parts), *more), np.float32)

                shape = numpy_forward(*arrays).shape

                def numpy_backward(dy: Any, *parts: Any) -> Any:
                    made = run_backward(
                        functions, op, more, [np.asarray(p) for p in parts], np.asarray(dy)
                    )
                    return tuple(
                        np.zeros_like(a) if g is None else np.asarray(g, np.float32)
                        for g, a in zip(made, parts, strict=True)
                    )

                @jax.custom_vjp  # type: ignore[untyped-decorator]  # jax is untyped here
                def run(*parts: Any) -> Any:
                    result = jax.ShapeDtypeStruct(shape, np.float32)
                    return jax.pure_callback(numpy_forward, result, *parts)

                def forward(*parts: Any) -> Any:
                    return run(*parts), parts

                def backward(parts: Any, dy: Any) -> Any:
                    results = tuple(jax.ShapeDtypeStruct(p.shape, np.float32) for p in parts)
                    return jax.pure_callback(numpy_backward, results, dy, *parts)

                run.defvjp(forward, backward)
                return run

            try:
                with np.errstate(all="ignore"), contextlib.redirect_stderr(io.StringIO()):
                    check(layer(), tuple(arrays), order=1, modes=("rev",))
            except Exception:  # raising is how this checker, or the entry, says no
                return False
        return True

    return judge


ONNX_OPS = {"Conv": "conv", "MaxPool": "max_pool", "AveragePool": "avg_pool"}


@dataclass(frozen=True)
class NodeCase:
    """One ONNX node test in the contract's terms; `include`: the border counts in the mean."""

    op: str
    parameters: dict[str, Any]
    arrays: list[Array]
    expected: Array
    include: bool | None


def node_cases() -> list[NodeCase]:
    """Each ONNX node test that the contract can express.

    Left out: automatic, asymmetric or ceil-mode padding, column-major indices, dilated pooling,
    integers, borders of pools wider than half the window.
    """
    try:
        from onnx.backend.test.case.node import collect_testcases
        from onnx.numpy_helper import to_array
    except ImportError:
        raise MissingExtra.of("onnx", "onnx", "the comparison with the ONNX node tests") from None
    from onnx.helper import get_attribute_value

    found = []
    # It collects once a process, for the operator first asked for: so all are asked for.
    # It seeds NumPy's global generator before each test's arrays; that is put back.
    state = np.random.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            cases = collect_testcases(None)
    finally:
        np.random.set_state(state)
    for kind, base in ONNX_OPS.items():
        for case in cases:
            node = case.model.graph.node[0]
            if node.op_type != kind or len(case.model.graph.node) != 1:
                continue
            said = {a.name: get_attribute_value(a) for a in node.attribute}
            inputs, outputs = case.data_sets[0]
            arrays = [a if isinstance(a, np.ndarray) else to_array(a) for a in inputs]
            rank = arrays[0].ndim - 2
            pads = said.get("pads", [0] * 2 * rank)
            if (
                list(pads[:rank]) != list(pads[rank:])
                or said.get("auto_pad", b"NOTSET") not in (b"NOTSET", "NOTSET")
                or said.get("ceil_mode", 0)
                or said.get("storage_order", 0)
                or arrays[0].dtype.kind != "f"
                or (kind != "Conv" and max(said.get("dilations", [1])) > 1)
            ):
                continue
            taps = said["kernel_shape"] if kind != "Conv" else arrays[1].shape[2:]
            if kind != "Conv" and any(2 * p > k for p, k in zip(pads, taps, strict=False)):
                continue  # PyTorch refuses so wide a border too
            parameters = {
                "stride": tuple(said.get("strides", [1] * rank)),
                "padding": tuple(pads[:rank]),
            }
            include = None
            if kind == "AveragePool" and any(pads):
                include = bool(said.get("count_include_pad", 0))
            if kind == "Conv":
                parameters["dilation"] = tuple(said.get("dilations", [1] * rank))
                parameters["groups"] = said.get("group", 1)
            else:
                parameters["kernel"] = tuple(taps)
            outcome = NodeCase(
                f"{base}{rank}d", parameters, arrays, np.asarray(outputs[0]), include
            )
            found.append(outcome)
    return found


def node_tests() -> Judge:
    """The ONNX node tests, compared as its backend tests do (rtol 1e-3, atol 1e-7)."""
    cases = node_cases()

    def judge(entry: Entry, seed: int) -> bool | None:
        functions = entry.build()
        asked = False
        border = entry.conventions.get("count_include_pad", True)
        for case in cases:
            if case.op not in functions or fewer(entry) or case.include not in (None, border):
                continue
            asked, expected = True, case.expected
            names = ("x", "w", "b")[: len(case.arrays)]
            fresh = [array.copy() for array in case.arrays]  # some entries write to their inputs
            try:
                y = functions[case.op](**dict(zip(names, fresh, strict=True)), **case.parameters)
            except Exception:  # raising is how this checker, or the entry, says no
                return False
            same = np.shape(y) == expected.shape and np.allclose(y, expected, rtol=1e-3, atol=1e-7)
            if not same or np.asarray(y).dtype != expected.dtype:
                return False
        forward = any(not Op.of(op).backward for op in entry.ops)
        return True if asked and forward else None

    return judge


RIVALS: dict[str, Callable[[], Judge]] = {
    "gradcheck": lambda: gradcheck("float64"),
    "gradcheck-float32": lambda: gradcheck("float32"),
    "check_grads": check_grads,
    "onnx": node_tests,
}
