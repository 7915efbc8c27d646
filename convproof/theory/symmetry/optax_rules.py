"""Transformations of optax: each step is `update` itself, compiled as a user would."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convproof.errors import MissingExtra, SpecError
from convproof.theory.groups import Matrix
from convproof.theory.symmetry import optax_trace
from convproof.theory.symmetry.subject import checked, coarsest
from convproof.theory.symmetry.trace import Record

# What a factory's required parameters are given, so that the table can have its row.
GIVEN = {"learning_rate": 0.05, "l2_norm_clip": 1.0, "noise_multiplier": 0.5, "seed": 0}


@dataclass(frozen=True)
class OptaxTransformation:
    """A gradient transformation; `make(seed)` makes it, where a seed decides its random part."""

    label: str
    make: Callable[[int], Any]
    seeded: bool = False
    compiled: dict[str, Any] = field(default_factory=dict, compare=False)

    def run(self, weight: Matrix, gradients: Matrix, seed: int = 0) -> Matrix:
        """The weights after each step.

        `value`, `grad` and `value_fn` are those of the loss <G, W>; for a rule that searches along
        lines, of <G, W> + |W|^2/2, which has a minimum.
        """
        jax, optax = _packages()
        with _double(jax):
            try:
                if "step" not in self.compiled:
                    bend = 1.0 if self.costly else 0.0
                    self.compiled["step"] = jax.jit(self.step(jax, optax, bend))
                moved = jax.numpy.asarray(weight)
                state, path = self.make(seed).init(moved), []
                for gradient in gradients:
                    moved, state = self.compiled["step"](moved, jax.numpy.asarray(gradient), state)
                    path.append(np.asarray(moved))
            except Exception as error:  # whatever a transformation raises, it is reported
                said = " ".join(str(error).split())[:160]
                allowed = "a transformation that runs on one weight matrix"
                reason = f"with shape {weight.shape} it raised {type(error).__name__}: {said}"
                raise SpecError.of("rule", self.label, allowed, reason) from error
        return np.array([checked(self.label, moved, weight) for moved in path])

    @property
    def costly(self) -> bool:
        """Whether a step has a loop in it: a search that evaluates the loss many times."""
        if "loop" not in self.compiled:
            jax, optax = _packages()
            try:
                with _double(jax):
                    names = {equation.primitive.name for equation in self._equations(jax, optax)}
            except Exception:  # whatever it raises now, it raises when it is run, where it is told
                names = set()
            self.compiled["loop"] = "while" in names
        return bool(self.compiled["loop"])

    def _equations(self, jax: Any, optax: Any) -> list[Any]:
        start = jax.numpy.ones((2, 3))
        step = self.step(jax, optax, 0.0)
        return list(_inside(jax.make_jaxpr(step)(start, start, self.make(0).init(start)).jaxpr))

    def step(self, jax: Any, optax: Any, bend: float) -> Callable[..., Any]:
        """(weight, gradient, state) -> (weight, state), for `jax.jit`; a loss bent by `bend`."""
        update = optax.with_extra_args_support(self.make(0)).update

        def step(weight: Any, gradient: Any, state: Any) -> Any:
            def loss(at: Any) -> Any:
                return jax.numpy.sum(gradient * at) + bend * jax.numpy.sum(at * at) / 2

            slope = gradient + bend * weight if bend else gradient
            more = {"value": loss(weight), "grad": slope, "value_fn": loss}
            change, state = update(slope, state, weight, **more)
            return optax.apply_updates(weight, change), state

        return step

    def record(self, weight: Matrix, gradients: Matrix) -> Record | None:
        """A run with its operations on record: the traced program, equation by equation."""
        jax, optax = _packages()
        with _double(jax):
            bend, start = 1.0 if self.costly else 0.0, jax.numpy.asarray(weight)
            along = [jax.numpy.asarray(gradient) for gradient in gradients]
            step = self.step(jax, optax, bend)
            return optax_trace.recorded(jax, step, self.make(0).init(start), start, along)

    def lowest(self, weight: Matrix, gradients: Matrix) -> str | None:
        """By the types in the traced program."""
        jax, optax = _packages()
        with _double(jax):
            results = [r.aval for e in self._equations(jax, optax) for r in e.outvars]
            return coarsest({str(a.dtype) for a in results if getattr(a, "ndim", 0)})


def _inside(program: Any) -> Iterator[Any]:
    """All equations of a traced program, those of the programs inside it too."""
    for equation in program.eqns:
        yield equation
        for value in equation.params.values():
            for item in value if isinstance(value, (tuple, list)) else (value,):
                inner = getattr(item, "jaxpr", item)
                if hasattr(inner, "eqns"):
                    yield from _inside(inner)


def _packages() -> tuple[Any, Any]:
    try:
        import jax
        import optax
    except ImportError:
        raise MissingExtra.of("optax", "optax", "judging a rule of optax") from None
    return jax, optax


@contextmanager
def _double(jax: Any) -> Iterator[None]:
    """64-bit numbers inside, what was set before outside."""
    with jax.enable_x64(True):
        yield


def shipped() -> dict[str, Any]:
    """Every optimiser factory of optax and optax.contrib, by its name there.

    That is: a public function that gives a gradient transformation and takes a learning rate, or
    is defined among optax's optimisers; parts of optimisers (scale_by_...) are none.

    Raises:
        MissingExtra: without optax.
    """
    _, optax = _packages()
    contrib = importlib.import_module("optax.contrib")
    found: dict[str, Any] = {}
    for prefix, module in (("", optax), ("contrib.", contrib)):
        for name in sorted(vars(module)):
            value = getattr(module, name)
            if name.startswith(("_", "scale_by_")) or not inspect.isfunction(value):
                continue
            signature = inspect.signature(value)
            gives = "GradientTransformation" in str(signature.return_annotation)
            home = value.__module__ == optax.adam.__module__
            if gives and (home or "learning_rate" in signature.parameters):
                found[prefix + name] = value
    return found


def named(name: str) -> OptaxTransformation:
    """The transformation that optax.`name` makes.

    Raises:
        SpecError: if there is none, or it wants what cannot be guessed; MissingExtra: no optax.
    """
    _, place = _packages()
    importlib.import_module("optax.contrib")
    for part in name.split("."):
        place = getattr(place, part, None)
    if not callable(place):
        listed = ", ".join(shipped())
        raise SpecError.of("rule", f"optax.{name}", f"one of optax's {listed}")
    return from_factory(place, f"optax.{name}")


def from_factory(factory: Any, label: str) -> OptaxTransformation:
    """What a factory makes with its defaults, and a moderate learning rate where it asks for one.

    Raises:
        SpecError: if it asks for more.
    """
    takes = inspect.signature(factory).parameters
    required = [
        p.name
        for p in takes.values()
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    missing = [name for name in required if name not in GIVEN]
    if missing:
        mend = f"it needs {', '.join(missing)}: give the transformation itself"
        raise SpecError.of("rule", label, "a factory that needs a learning rate at most", mend)
    given = {name: GIVEN[name] for name in required}
    key = next((name for name in ("seed", "key") if name in takes), None)
    if key is None:
        return OptaxTransformation(label, lambda seed: factory(**given))
    # a key may be made only where it is asked for: a seed is one to optax too
    return OptaxTransformation(label, lambda seed: factory(**{**given, key: seed}), seeded=True)


def from_transformation(rule: Any) -> OptaxTransformation:
    """A transformation that a user made."""
    return OptaxTransformation("the optax transformation", lambda seed: rule)


def is_transformation(rule: Any) -> bool:
    """Whether `rule` looks like one, without importing optax: it has `init` and `update`."""
    return (
        isinstance(rule, tuple)
        and callable(getattr(rule, "init", None))
        and callable(getattr(rule, "update", None))
    )
