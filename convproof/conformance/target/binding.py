"""A function, and which of its parameters plays which role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from convproof.conformance.target import axes, params
from convproof.conformance.target.wrapper import wrapper_of
from convproof.laws.op import WEIGHTED, Op


@dataclass
class Binding:
    """A function, and where each role goes.

    Attributes:
        positional: roles in the order they are passed by position (they lead).
        keywords: role -> keyword name.
        defaults: role -> the parameter's own default, where it has one.
        ints: roles that the function wants as one int, not as a tuple.
        ignored: parameters that no role was found for, left at their defaults.
        guessed: required parameters whose role was guessed by their place.
        taken: parameter -> the role that was found out for it by trying.
        held: the keys of the one dict that it takes its numbers in, if it does.
        asked: those of them that it was seen to ask for; until then, all may be meant.
        unit_default: whether a stride of None was seen to be 1, as ONNX has it.
        only_taps: the sides of the one kernel that a convolution by its name is for.
    """

    function: Callable[..., Any]
    op: str
    positional: tuple[str, ...] = ()
    keywords: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    ints: frozenset[str] = frozenset()
    forward_binding: Binding | None = None
    ignored: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    unit_default: bool = False
    only_taps: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """All that the lines of an adapter are made of, JSON-ready: no function, no value."""
        ahead = self.forward_binding
        return {
            "op": self.op,
            "positional": list(self.positional),
            "keywords": dict(self.keywords),
            "defaults": {role: None if v is None else 0 for role, v in self.defaults.items()},
            "ints": sorted(self.ints),
            "held": sorted(self.held),
            "asked": sorted(self.asked),
            "unit_default": self.unit_default,
            "forward_binding": None if ahead is None else ahead.plain(),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Binding:
        """What `plain` gave; its function is none that can be called."""
        ahead = data["forward_binding"]
        return cls(
            lambda: None,
            str(data["op"]),
            tuple(data["positional"]),
            dict(data["keywords"]),
            dict(data["defaults"]),
            frozenset(data["ints"]),
            None if ahead is None else cls.of(ahead),
            held=frozenset(data["held"]),
            asked=frozenset(data["asked"]),
            unit_default=bool(data["unit_default"]),
        )

    @property
    def named(self) -> Op:
        """What the op's name says."""
        return Op.of(self.op)

    @property
    def own(self) -> frozenset[str]:
        """The roles of its parameters, those of its forward included."""
        own = {*self.positional, *self.keywords}
        return frozenset(own if self.forward_binding is None else own | self.forward_binding.own)

    @property
    def reader(self) -> Binding:
        """Who looks into the dict: a backward with a cache has none, its forward does."""
        return self.forward_binding or self

    @property
    def roles(self) -> frozenset[str]:
        """Every role the function takes, those inside a param dict included."""
        kind, own = self.named.kind, set(self.own)
        if "param" in own:
            own |= params.roles_of(self.reader.asked or params.usual(kind), self.named.rank)
        own |= axes.wholes(own) - ({"window"} if kind in WEIGHTED else set())
        return frozenset(own)

    @property
    def parts(self) -> frozenset[str]:
        """The roles of single axes and sides, in parameters or keys."""
        keys = params.parts(self.reader.asked, self.named.rank)
        return frozenset(role for role in {*self.own, *keys.values()} if axes.whole(role))

    @property
    def separate(self) -> frozenset[str]:
        """The roles it is given axis by axis or side by side."""
        return axes.wholes(self.parts)

    @property
    def may_leave_stride(self) -> bool:
        """Whether it is a pool whose stride is None by default, which means the window's size."""
        pool = not self.op.startswith("conv")
        none = self.defaults.get("stride", 0) is None and not self.unit_default
        return pool and "param" not in self.own and none

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """name in the lines of an adapter -> the function."""
        ahead = self.forward_binding
        named = {} if ahead is None else {"forward": ahead.function}
        return {**named, "function": self.function}

    @property
    def called(self) -> str:
        """What the function is called."""
        return getattr(self.function, "__qualname__", f"<{type(self.function).__qualname__}>")

    @property
    def about(self) -> str:
        """What is taken for the op, where its name alone does not say all of it."""
        wrapper = wrapper_of(self.function)
        what = "" if wrapper is None else wrapper.about
        roles = ", ".join(f"{name} taken for {role}" for name, role in self.taken.items())
        return f"{what or self.called}, {roles}" if roles else what

    @property
    def made(self) -> list[str]:
        """The lines of wrappers that make its functions, where there are any."""
        wrappers = {name: wrapper_of(function) for name, function in self.functions.items()}
        return [made.text(name) for name, made in wrappers.items() if made is not None]

    @property
    def objects(self) -> dict[str, tuple[str, Any]]:
        """name in the lines -> (its name in the target's module, the object)."""
        found: dict[str, tuple[str, Any]] = {}
        for name, function in self.functions.items():
            wrapper = wrapper_of(function)
            if wrapper is not None:
                found |= wrapper.objects_of(function)
            else:
                shown = getattr(function, "__qualname__", f"<{type(function).__qualname__}>")
                found[name] = (shown, function)
        return found

    @property
    def absent(self) -> frozenset[str]:
        """Results that the function does not compute, as its wrapper says."""
        wrapper = wrapper_of(self.function)
        return frozenset() if wrapper is None else wrapper.absent

    @property
    def window(self) -> tuple[int, ...]:
        """The only window that a pool has, as its wrapper says; or a convolution's kernel."""
        wrapper = wrapper_of(self.function)
        return self.only_taps if wrapper is None else wrapper.window or self.only_taps

    @property
    def uses_cache(self) -> bool:
        """True if the backward wants what the forward returned beside its result."""
        return "cache" in {*self.positional, *self.keywords}
