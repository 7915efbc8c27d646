"""Whoever computes a workload: each prepares its arrays once, and gives a call to be timed.

A maker takes a workload and gives its kernels by name (a library may have several memory formats),
none where it has no such function.  What a call returns is read as our functions return it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from convproof.bench.timing import Array, Call
from convproof.bench.workload import Workload
from convproof.errors import MissingExtra


@dataclass(frozen=True)
class Kernel:
    """A call, and how its result is read: arrays channels last, in the order of ours."""

    call: Call
    read: Callable[[Any], tuple[Array, ...]]

    def result(self) -> tuple[Array, ...]:
        """What a call gives."""
        return self.read(self.call())


Maker: TypeAlias = Callable[[Workload], Mapping[str, Kernel]]


def plainly(result: Any) -> tuple[Array, ...]:
    """Results that are as ours."""
    return tuple(result) if isinstance(result, tuple) else (np.asarray(result),)


def channels_first(result: Any) -> tuple[Array, ...]:
    """One array (N, C, *space), or the gradients of such an x, its kernel and a bias."""
    if not isinstance(result, (tuple, list)):
        return (np.moveaxis(np.asarray(result), 1, -1),)
    image, *rest = (np.asarray(one) for one in result)
    moved = [np.moveaxis(one, (0, 1), (-1, -2)) if one.ndim > 1 else one for one in rest]
    return (np.moveaxis(image, 1, -1), *moved)


def windows() -> Maker:
    """`np.pad`, `sliding_window_view` and `tensordot`: needs nothing but NumPy."""
    return lambda work: {"windows": Kernel(work.plain(), plainly)}


def torch() -> Maker:
    """PyTorch, channels last in memory as our arrays are, and (N, C, *space) as it is used to."""
    try:
        import torch as library
    except ImportError:
        raise MissingExtra.of("torch", "torch", "bench speed --against torch") from None
    functional = library.nn.functional

    def call(work: Workload, contiguous: bool) -> Call:
        x, kernel, dy = (library.from_numpy(a) for a in work.arrays())
        rank = work.rank
        image, flow = (a.movedim(-1, 1) for a in (x, dy))
        if contiguous:
            image, flow = image.contiguous(), flow.contiguous()
        weight = kernel.permute(rank + 1, rank, *range(rank))
        formats = {2: library.channels_last, 3: library.channels_last_3d}
        usual = library.contiguous_format
        # PyTorch fails on the gradient of a single output channel in the other format.
        last = work.outputs > 1 and not contiguous
        layout = formats.get(rank, usual) if last else usual
        weight = weight.contiguous(memory_format=layout)
        more: dict[str, Any] = {"stride": work.stride, "padding": work.padding}
        if not work.outputs:
            pool = getattr(functional, work.op)
            if work.way == "forward":
                return lambda: pool(image, work.taps, **more)
            leaf = image.detach().requires_grad_()
            return lambda: library.autograd.grad(pool(leaf, work.taps, **more), leaf, flow)[0]
        if work.way == "forward":
            conv = getattr(functional, work.op)
            return lambda: conv(image, weight, dilation=work.dilation, **more)
        backward = library.ops.aten.convolution_backward
        numbers = ([n] * rank for n in (work.stride, work.padding, work.dilation))
        rest = [*numbers, False, [0] * rank, 1, [True] * 3]
        return lambda: backward(flow, image, weight, [work.outputs], *rest)

    return lambda work: {
        "torch": Kernel(call(work, False), channels_first),
        "torch contiguous": Kernel(call(work, True), channels_first),
    }


def onnxruntime() -> Maker:
    """ONNX Runtime, forward only: a model of one node, as many threads as it takes."""
    try:
        import onnxruntime as library
        from onnx import TensorProto, helper
    except ImportError:
        raise MissingExtra.of("onnxruntime", "onnx", "bench speed --against onnxruntime") from None
    kinds = {"conv": "Conv", "max_pool": "MaxPool", "avg_pool": "AveragePool"}

    def make(work: Workload) -> Mapping[str, Kernel]:
        if work.way != "forward":
            return {}
        x, kernel, _ = work.arrays()
        rank, pads = work.rank, [work.padding] * 2 * work.rank
        node = kinds[work.op[:-2]]
        said: dict[str, Any] = {"strides": [work.stride] * rank, "pads": pads}
        feeds = {"x": np.ascontiguousarray(np.moveaxis(x, -1, 1))}
        if work.outputs:
            feeds["w"] = np.ascontiguousarray(np.moveaxis(kernel, (-1, -2), (0, 1)))
            said["dilations"] = [work.dilation] * rank
        else:
            said["kernel_shape"] = [work.taps] * rank
        if node == "AveragePool":
            said["count_include_pad"] = 1
        given = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, a.shape)
            for name, a in feeds.items()
        ]
        output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * (rank + 2))
        graph = helper.make_graph(
            [helper.make_node(node, list(feeds), ["y"], **said)], "one", given, [output]
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
        session = library.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        return {
            "onnxruntime": Kernel(
                lambda: session.run(["y"], feeds), lambda found: channels_first(found[0])
            )
        }

    return make


def jax() -> Maker:
    """JAX, compiled, channels last."""
    try:
        import jax as library
    except ImportError:
        raise MissingExtra.of("jax", "jax", "bench speed --against jax") from None
    lax, jnp = library.lax, library.numpy

    def make(work: Workload) -> Mapping[str, Kernel]:
        x, kernel, dy = (jnp.asarray(a) for a in work.arrays())
        rank, letters = work.rank, "DHW"[-work.rank :]
        steps, pads = (work.stride,) * rank, ((work.padding, work.padding),) * rank
        names = (f"N{letters}C", f"{letters}IO", f"N{letters}C")

        def layer(x: Any, w: Any) -> Any:
            gaps = (work.dilation,) * rank
            return lax.conv_general_dilated(
                x, w, steps, pads, rhs_dilation=gaps, dimension_numbers=names
            )

        def pool(x: Any, _: Any) -> Any:
            sizes = (1, *(work.taps,) * rank, 1), (1, *steps, 1), ((0, 0), *pads, (0, 0))
            if work.op.startswith("max"):
                return lax.reduce_window(x, -jnp.inf, lax.max, *sizes)
            return lax.reduce_window(x, 0.0, lax.add, *sizes) / work.taps**rank

        of = layer if work.outputs else pool

        def gradients(x: Any, w: Any, dy: Any) -> Any:
            found = library.vjp(of, x, w)[1](dy)
            return (*found, dy.sum(tuple(range(rank + 1)))) if work.outputs else found[0]

        forward, backward = library.jit(of), library.jit(gradients)
        if work.way == "forward":
            return {"jax": Kernel(lambda: forward(x, kernel).block_until_ready(), plainly)}

        def back() -> Any:
            return library.block_until_ready(backward(x, kernel, dy))

        return {"jax": Kernel(back, lambda found: tuple(map(np.asarray, plainly(found))))}

    return make


def scipy() -> Maker:
    """SciPy, forward: `signal.correlate` of one channel, `ndimage`'s filters for pools."""
    from scipy import ndimage, signal

    def make(work: Workload) -> Mapping[str, Kernel]:
        x, kernel, _ = work.arrays()
        single = work.outputs == 1 and x.shape[-1] == 1 and work.dilation == 1
        if work.way != "forward" or (work.outputs and not single):
            return {}
        rank, p = work.rank, work.padding
        edges = ((0, 0), *((p, p),) * rank, (0, 0))
        steps = (slice(None), *(slice(None, None, work.stride),) * rank)
        if single:
            taps = kernel[..., 0].reshape(1, *kernel.shape[:rank], 1)

            def correlate() -> Any:
                image = np.pad(x, edges) if p else x
                return signal.correlate(image, taps, mode="valid")[steps]

            return {"scipy": Kernel(correlate, plainly)}
        size = (1, *(work.taps,) * rank, 1)
        top = work.op.startswith("max")
        run = ndimage.maximum_filter if top else ndimage.uniform_filter
        low, fill = work.taps // 2, -np.inf if top else 0.0
        places = (slice(low, low + (o - 1) * work.stride + 1, work.stride) for o in work.out)
        inside = (slice(None), *places)

        def pool() -> Any:
            image = np.pad(x, edges, constant_values=fill) if p else x
            return run(image, size, mode="constant")[inside]

        return {"scipy": Kernel(pool, plainly)}

    return make


MAKERS: dict[str, Callable[[], Maker]] = {
    one.__name__: one for one in (windows, torch, onnxruntime, jax, scipy)
}


def target(spec: str) -> tuple[frozenset[str], Maker]:
    """Somebody's own functions: the ops there are, and a maker for them.

    Raises:
        TargetError: if there is no such target.
    """
    from convproof.conformance.target.resolve import resolve

    found = resolve(spec)

    def make(work: Workload) -> Mapping[str, Kernel]:
        op = work.op + ("_backward" if work.way == "backward" else "")
        if op not in found.ops:
            return {}
        function, adapter = found.function(op), found.adapter(op)
        x, kernel, dy = work.arrays()
        rank, first = work.rank, adapter.layout == "channels_first"
        image, flow = (np.moveaxis(a, -1, 1) if first else a for a in (x, dy))
        weight = np.moveaxis(kernel, (-1, -2), (0, 1)) if first else kernel
        given: dict[str, Any] = {
            "x": np.ascontiguousarray(image), "w": np.ascontiguousarray(weight), "b": None,
            "grad_y": np.ascontiguousarray(flow), "kernel": (work.taps,) * rank,
            "stride": (work.stride,) * rank, "padding": (work.padding,) * rank,
            "dilation": (work.dilation,) * rank, "groups": 1,
        }  # fmt: skip
        usual = {"padding": 0, "dilation": 1, "stride": 1 if work.outputs else work.taps}
        lacks = {name for name in usual if name not in adapter.parameters}
        if any(given[name] != (usual[name],) * rank for name in lacks):
            return {}
        if adapter.needs_bias:
            given["b"] = np.zeros(work.outputs, np.float32)
        keywords = {name: given[name] for name in adapter.parameters if name in given}
        read = channels_first if first else plainly
        return {"target": Kernel(lambda: function(**keywords), lambda y: read(_some(y)))}

    return found.ops, make


def _some(result: Any) -> Any:
    """The gradients that there are: nobody asks for a bias's where there is none."""
    if not isinstance(result, (tuple, list)):
        return result
    return tuple(one for one in result if one is not None)


def panel(names: tuple[str, ...]) -> Iterator[tuple[str, Maker]]:
    """The makers of these names; `MissingExtra` for one whose package is missing."""
    for name in names:
        yield name, MAKERS[name]()
