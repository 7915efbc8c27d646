"""From what a user names or hands over to the rule that is judged."""

from __future__ import annotations

import importlib
import inspect
import sys
from typing import Any

from convproof.errors import SpecError, SpecTypeError
from convproof.theory.optimisers import OPTIMISERS
from convproof.theory.symmetry import functions, optax_rules, torch_rules
from convproof.theory.symmetry.subject import Subject


def find(rule: Any) -> Subject:
    """The rule behind a name, a function, a class or instance of torch.optim, or of optax.

    Raises:
        SpecError: for an unknown name, or what is no update rule; MissingExtra: without the
            package that a name is of.
    """
    if isinstance(rule, str):
        return _named(rule)
    if inspect.isclass(rule) and _is_torch(rule):
        return torch_rules.from_class(rule)
    if _is_torch(type(rule)):
        return torch_rules.from_instance(rule)
    if optax_rules.is_transformation(rule):
        return optax_rules.from_transformation(rule)
    if inspect.isfunction(rule) and (rule.__module__ or "").split(".")[0] == "optax":
        return optax_rules.from_factory(rule, f"optax.{rule.__name__}")
    if inspect.isclass(rule):
        raise SpecTypeError.of("rule", rule, f"an optimiser, its name, or {functions.FORMS}")
    return functions.adapted(rule)


def _is_torch(cls: Any) -> bool:
    """Whether a class is an optimiser of torch's, which must be loaded if one of it is here."""
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(cls, torch.optim.Optimizer)


def _named(name: str) -> Subject:
    if name.startswith("torch.optim."):
        return torch_rules.named(name.removeprefix("torch.optim."))
    if name.startswith("optax."):
        return optax_rules.named(name.removeprefix("optax."))
    key = name.lower().replace("_", "").replace("-", "").replace(" ", "")
    known = {own.replace("-", ""): own for own in OPTIMISERS}
    if key in known:
        return functions.Known(known[key], OPTIMISERS[known[key]])
    if ":" in name:
        return functions.adapted(_imported(name))
    forms = "an update function, torch.optim.NAME, optax.NAME"
    raise SpecError.one_of("rule", name, OPTIMISERS, forms)


def _imported(name: str) -> Any:
    """The function "package.module:function"."""
    module, _, function = name.partition(":")
    try:
        return getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise SpecError.of("rule", name, "a function that can be imported", str(error)) from None
