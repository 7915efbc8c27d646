"""Optimisers of PyTorch, shipped or a user's: each step is `optimizer.step()` itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import MissingExtra, SpecError
from convproof.theory.groups import Matrix
from convproof.theory.symmetry import torch_trace
from convproof.theory.symmetry.subject import checked, coarsest
from convproof.theory.symmetry.trace import Record


@dataclass(frozen=True)
class TorchOptimizer:
    """An optimiser made anew for each run by `make(parameters)`."""

    label: str
    make: Callable[[Any], Any]
    seeded: bool = False

    @property
    def costly(self) -> bool:
        """Whether it calls for a closure, which it evaluates many times a step."""
        torch = _torch()
        try:
            return _wants_closure(self.make([torch.nn.Parameter(torch.zeros(2, 2))]))
        except Exception:  # whatever it raises now, it raises when it is run, where it is told
            return False

    def run(self, weight: Matrix, gradients: Matrix, seed: int = 0) -> Matrix:
        """The weights after each step.

        A rule that calls for a closure gets the loss <G, W> + |W|^2/2 and its gradient G + W,
        which turn with the inputs; one that wants sparse gradients gets them.
        """
        torch, path = _torch(), []
        try:
            parameter, rule = self.begin(weight)
            for gradient in gradients:
                self.advance(parameter, rule, torch.from_numpy(gradient.copy()))
                path.append(parameter.detach().numpy().copy())
        except Exception as error:  # whatever an optimiser raises, it is reported
            said = " ".join(str(error).split())
            allowed = "an optimiser that runs on one dense weight matrix"
            reason = f"with shape {weight.shape} it raised {type(error).__name__}: {said}"
            raise SpecError.of("rule", self.label, allowed, reason) from error
        return np.array([checked(self.label, moved, weight) for moved in path])

    def begin(self, weight: Matrix) -> tuple[Any, Any]:
        """The parameter, and the optimiser of it."""
        torch = _torch()
        parameter = torch.nn.Parameter(torch.from_numpy(weight.copy()))
        return parameter, self.make([parameter])

    def advance(self, parameter: Any, rule: Any, gradient: Any) -> None:
        """One step along a gradient."""
        if _wants_closure(rule):

            def closure() -> Any:
                parameter.grad = gradient + parameter.detach()
                flat = parameter.detach()
                return (gradient * flat).sum() + (flat * flat).sum() / 2

            rule.step(closure)
            return
        parameter.grad = gradient
        try:
            rule.step()
        except RuntimeError as error:
            if "sparse" not in str(error).lower():
                raise
            parameter.grad = gradient.to_sparse()
            rule.step()

    def record(self, weight: Matrix, gradients: Matrix) -> Record | None:
        """A run with its operations on record."""
        return torch_trace.recorded(self, weight, gradients)

    def lowest(self, weight: Matrix, gradients: Matrix) -> str | None:
        """By a dispatch mode that sees every operation's results."""
        with _dispatched() as seen:
            self.run(weight, gradients[:2])
        return coarsest({name.removeprefix("torch.") for name in seen})


def _wants_closure(rule: Any) -> bool:
    """Whether `step` has its closure as an argument without a default."""
    given = inspect.signature(rule.step).parameters.get("closure")
    return given is not None and given.default is given.empty


def _torch() -> Any:
    try:
        import torch
    except ImportError:
        raise MissingExtra.of("torch", "torch", "judging a rule of torch.optim") from None
    return torch


@contextmanager
def _dispatched() -> Iterator[set[str]]:
    """The types of all tensors that operations give within the block."""
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    seen: set[str] = set()

    class Mode(TorchDispatchMode):  # type: ignore[misc]  # torch is not followed
        def __torch_dispatch__(
            self, op: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            result = op(*args, **(kwargs or {}))
            # single numbers, the count of steps above all, are kept in float32 on purpose
            seen.update(str(t.dtype) for t in tree_leaves(result) if getattr(t, "ndim", 0))
            return result

    with Mode():
        yield seen


def shipped() -> dict[str, Any]:
    """Every optimiser class in torch.optim, by its name there.

    Raises:
        MissingExtra: without torch.
    """
    optim = _torch().optim
    found = {name: getattr(optim, name) for name in optim.__all__}
    return {
        name: value
        for name, value in found.items()
        if inspect.isclass(value)
        and issubclass(value, optim.Optimizer)
        and value is not optim.Optimizer
    }


def named(name: str) -> TorchOptimizer:
    """The optimiser torch.optim.`name`, upper and lower case alike.

    Raises:
        SpecError: if there is none; MissingExtra: without torch.
    """
    classes = shipped()
    known = {key.lower(): key for key in classes}
    key = known.get(name.lower())
    if key is None:
        listed = ", ".join(classes)
        raise SpecError.of("rule", f"torch.optim.{name}", f"one of torch.optim's {listed}")
    return from_class(classes[key], f"torch.optim.{key}")


def from_class(cls: Any, label: str = "") -> TorchOptimizer:
    """An optimiser class with its defaults.

    Raises:
        SpecError: if it has parameters without defaults.
    """
    label = label or f"{cls.__module__}.{cls.__qualname__}"
    required = [
        p.name
        for p in list(inspect.signature(cls).parameters.values())[1:]
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    given = {"lr": 0.05} if "lr" in required else {}
    missing = [name for name in required if name not in given]
    if missing:
        mend = f"it needs {', '.join(missing)}: give an instance, made with them"
        raise SpecError.of("rule", label, "an optimiser that can be made from its parameters", mend)
    return TorchOptimizer(label, lambda parameters: cls(parameters, **given))


def from_instance(rule: Any) -> TorchOptimizer:
    """An optimiser with an instance's settings, those of its first group of parameters."""
    cls = type(rule)
    takes = inspect.signature(cls).parameters
    settings = {key: v for key, v in rule.param_groups[0].items() if key in takes}
    settings.pop("params", None)
    label = f"{cls.__module__}.{cls.__qualname__}"
    return TorchOptimizer(label, lambda parameters: cls(parameters, **settings))
