"""A run of a torch optimiser with every operation on record: see `trace`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from convproof.theory.groups import Matrix
from convproof.theory.symmetry.trace import ANYWHERE, Record

_SKIP = (
    "torch/_ops", "torch/utils", "torch/_tensor", "torch/overrides", "torch/functional",
    "torch/nn", "torch/autograd",
    "torch/_library", "torch/_jit", "torch/_compile", "torch/_dynamo", "torch/optim/optimizer",
    str(Path(__file__)), str(Path(__file__).with_name("trace.py")),
)  # fmt: skip


class Stepped(Protocol):
    """What is needed of a rule: to make it, and to step it."""

    def begin(self, weight: Matrix) -> tuple[Any, Any]:
        """The parameter and the optimiser."""
        ...

    def advance(self, parameter: Any, rule: Any, gradient: Any) -> None:
        """One step along a gradient tensor."""
        ...


def recorded(rule: Stepped, weight: Matrix, gradients: Matrix) -> Record:
    """A run on record."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    record = Record()
    latest: dict[int, int] = {}  # storage -> the node that last wrote to it
    kept: list[Any] = []  # storages stay alive, so that no address is given out twice

    def place(tensor: Any) -> int:
        kept.append(tensor)
        return int(tensor.untyped_storage().data_ptr())

    def note(name: str, tensor: Any, parents: list[int]) -> None:
        with torch.utils._python_dispatch._disable_current_modes():
            values = tensor.detach().to(torch.float64).to_dense().clone().numpy()
            skip = _SKIP if parents else ANYWHERE
            latest[place(tensor)] = record.add(name, values, parents, skip)

    class Mode(TorchDispatchMode):  # type: ignore[misc]  # torch is not followed
        def __torch_dispatch__(
            self, op: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            given = [t for t in tree_leaves((args, kwargs)) if _dense(torch, t)]
            parents = [latest[p] for t in given if (p := place(t)) in latest]
            result = op(*args, **(kwargs or {}))
            for tensor in tree_leaves(result):
                if _dense(torch, tensor) and tensor.is_floating_point():
                    note(str(op).split(".")[1], tensor, parents)
            return result

    parameter, optimiser = rule.begin(weight)
    note("the weight", parameter, [])
    for gradient in gradients:
        given = torch.from_numpy(gradient.copy())
        note("the gradient", given, [])
        with Mode():
            rule.advance(parameter, optimiser, given)
    record.end = latest[place(parameter)]
    return record


def _dense(torch: Any, value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.layout == torch.strided
