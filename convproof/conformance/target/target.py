"""A target: somebody's functions, and all it takes to call them with a `Case`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Self

from convproof.conformance.target.adapter import AUTOGRAD, Adapter, Function
from convproof.conformance.target.arrays import KINDS, expect_device
from convproof.conformance.target.axes import layout_of_default
from convproof.conformance.target.binding import Binding
from convproof.conformance.target.caller import Caller
from convproof.conformance.target.claims import follows, names_half, promises
from convproof.conformance.target.conventions import Conventions
from convproof.conformance.target.examples import example
from convproof.conformance.target.layouts import LAYOUTS, Layout
from convproof.conformance.target.locate import split_spec
from convproof.conformance.target.objects import own_object
from convproof.conformance.target.outcome import Outcome, TargetTimeout, TargetUnsupported
from convproof.conformance.target.probe import Probe, adapter_of
from convproof.conformance.target.sayable import unsayable
from convproof.conformance.target.signatures import bind
from convproof.conformance.target.templates import Form
from convproof.conformance.target.wrapper import wrapper_of
from convproof.errors import TargetError, nearest
from convproof.laws.case import PARAMETERS, Case
from convproof.laws.op import OPS, Op

_KNOWN = frozenset(
    (
        *(name for names in PARAMETERS.values() for name in names),
        *(f"unequal_{role}" for role in ("window", "stride", "padding", "dilation")),
        *(f"{word}_padding" for word in ("same", "valid")),
    )
)


class Target:
    """An implementation to be held to the laws.

    Args:
        name: what to call it.
        layout: "channels_first" (x (N, C, *space), kernel (M, C/groups, *taps)),
            "channels_last" (x (N, *space, C), kernel (*taps, C/groups, M)), or None to find out.
        conventions: a `Conventions` or a mapping; what is not declared is inferred.
        array: what the functions take: "numpy", "torch" or "jax" arrays.
        cost: "high" where a call costs milliseconds, so that fewer cases are made.
        accepts: op or "conv", "max_pool", "avg_pool" -> parameters taken that a signature does
            not show ("asymmetric_padding").
        dtypes: names of the floating dtypes the functions take; None means float32 and float64,
            and that others may be tried.
        allow: limits that are known, as for `check`.
        spec: the text that `resolve` makes this target from again, in another process.
        functions: conv2d=f, conv2d_backward=g, max_pool2d=..., for 1d and 3d likewise.

    Raises:
        TargetError: for an op that does not exist, a function that cannot be called or whose
            parameters cannot be matched, or no function at all.

    >>> def conv2d(x, w, b=None, stride=1): ...
    >>> sorted(Target("mine", conv2d=conv2d).ops)
    ['conv2d']
    """

    def __init__(
        self,
        name: str,
        *,
        layout: str | None = "channels_first",
        conventions: Conventions | Mapping[str, Any] | None = None,
        array: str = "numpy",
        cost: str = "low",
        accepts: Mapping[str, Iterable[str]] | None = None,
        dtypes: Iterable[str] | None = None,
        spec: str | None = None,
        own_errors: bool = False,
        allow: Iterable[str] = (),
        **functions: Callable[..., Any],
    ) -> None:
        if not isinstance(name, str) or not name:
            raise TargetError(f"name={name!r}: a target's name is a text of at least one letter")
        if layout is not None and layout not in LAYOUTS:
            raise TargetError(f"layout={layout!r}: allowed is None, {' or '.join(LAYOUTS)}")
        if array not in ("numpy", "lists", *KINDS):
            allowed = ", ".join(map(repr, ("numpy", "lists", *KINDS)))
            raise TargetError(f"array={array!r}: allowed is one of {allowed}")
        if not functions:
            raise TargetError(f"{name}: a target needs a function, e.g. Target({name!r}, conv2d=f)")
        self.name = name
        self.conventions = Conventions.of(conventions)
        self.array, self.cost, self.spec = array, cost, spec
        self.dtypes = frozenset(("float32", "float64") if dtypes is None else dtypes)
        self._strict = dtypes is not None
        self._extra = {key: frozenset(value) for key, value in (accepts or {}).items()}
        self._own_errors, self.allow = own_errors, frozenset(allow)
        self._bindings = self._bind(functions)
        self.functions = SimpleNamespace(**functions)  # op -> the function, as an attribute
        self.variable = ""  # what it is called itself in the file or module that makes it
        self._layout: str | None = layout
        self.names: dict[str, str] = {}  # op -> what its function is called where it was found
        self.beside: dict[str, list[str]] = {}  # what its module defines -> the names it uses
        self.uses_us = False  # its file imports convproof
        self.stands_alone = False  # its functions can be had where convproof is not
        self.versions: dict[str, str] = {}  # of the packages of a known library
        self.device = ""  # where tensors are made, if not where they usually are
        self.probing = "full"  # how much may be tried out: "full", "plain" or "none"
        self._found: dict[str, tuple[Adapter, Function]] = {}
        self._lock = threading.RLock()
        self._caller = Caller(self._live, own_errors)

    def _bind(self, functions: Mapping[str, Callable[..., Any]]) -> dict[str, Binding]:
        bindings: dict[str, Binding] = {}
        for op, function in functions.items():
            if op not in OPS:
                hint = nearest(op, OPS) or f"the ops are {', '.join(OPS)}"
                raise TargetError(f"{self.name}: no op is called {op}; {hint}")
            if not callable(function):
                raise TargetError(
                    f"{self.name}: {op}={function!r}: a {type(function).__name__} is not callable"
                )
            shown = getattr(function, "__name__", op)
            bindings[op] = bind(function, op, f"{self.name}: {shown}")
        for op, binding in bindings.items():
            if binding.uses_cache:
                binding.forward_binding = bindings.get(op.removesuffix("_backward"))
                if binding.forward_binding is None:
                    raise TargetError(
                        f"{self.name}: {op} takes a cache, so the forward that makes it is needed "
                        f"too: give {op.removesuffix('_backward')} beside it"
                    )
        return bindings

    @property
    def calls_made(self) -> int:
        """How many calls were made so far."""
        return self._caller.made

    @property
    def apart(self) -> bool:
        """Whether its calls are made in another process than the one that judges them."""
        return False

    @property
    def is_ours(self) -> bool:
        """Whether it is one of the library targets that come with convproof."""
        return self._own_errors

    def __repr__(self) -> str:
        return f"Target({self.name!r}, {', '.join(sorted(self.ops))})"

    @property
    def ops(self) -> frozenset[str]:
        """The ops it has a function for."""
        return frozenset(self._bindings)

    @property
    def layout(self) -> str:
        """The layout, declared or found by trying."""
        if self._layout is None:
            for op in sorted(self.ops, key=OPS.index):
                self.adapter(op)
                if self._layout is not None:
                    break
        return self._layout or "channels_first"

    def _binding(self, op: str) -> Binding:
        if op not in self._bindings:
            raise TargetError(f"{self.name} has no {op}; it has {', '.join(sorted(self.ops))}")
        return self._bindings[op]

    def adapter(self, op: str) -> Adapter:
        """The op in the contract's words; found by small calls the first time it is asked for."""
        return self._live(op)[0]

    def function(self, op: str) -> Function:
        """The op as a function of the adapter's parameters, called with their names."""
        return self._live(op)[1]

    def _live(self, op: str) -> tuple[Adapter, Function]:
        """The adapter, and the function that its lines define."""
        found = self._found.get(op)
        if found is None:
            with self._lock:
                if op not in self._found:
                    self._found[op] = self._find(op)
                found = self._found[op]
        return found

    def _find(self, op: str) -> tuple[Adapter, Function]:
        binding = self._binding(op)
        first: Layout = "channels_first"
        start = Form(self._layout or first, self.array, ints=binding.ints, device=self.device)
        adapter = None
        if not self._own_errors and self.probing != "none":  # of our own there is nothing to find
            layouts: tuple[str, ...] = (self._layout or first,)
            if self._layout is None:  # the layout that a function's default names comes first
                told = layout_of_default(binding.defaults, Op.of(op).rank)
                layouts = tuple(sorted(LAYOUTS, key=lambda layout: layout != (told or first)))
            probe = Probe(binding)
            adapter, _ = probe.best(start, layouts, plain=self.probing == "plain")
            if adapter is None:
                self._expect_arrays(op, probe, start)
            if adapter is None and binding.guessed:
                raise TargetError(
                    f"{self.name}: no way was found to call {op} with its parameters: "
                    f"{', '.join(binding.guessed)} could not be told from their names; wrap it in "
                    "a function of x, w, b, stride, padding, dilation, groups, kernel or grad_y"
                )
            if self.device and (adapter is None or adapter.array != "torch"):
                raise TargetError(f"device={self.device!r}: {op} of {self.name} takes no tensors")
            if adapter is not None:
                self._layout = self._layout or adapter.layout
                self.array = adapter.array if self.array == "numpy" else self.array
        adapter = adapter_of(binding, start) if adapter is None else adapter
        extra = self._extra.get(op, frozenset()) | self._extra.get(Op.of(op).kind, frozenset())
        adapter = adapter.but(
            takes=adapter.takes | extra,
            imports=self._imports(op, adapter),
            place=self._place(op),
            called=self.names.get(op) or binding.called,
            about=binding.about,
            like=follows(item for _, item in binding.objects.values()),
            says=adapter.says | promises(item for _, item in binding.objects.values()),
            half="float16" in self.dtypes or names_half(binding.function),
        )
        return adapter, adapter.function(
            {name: item for name, (_, item) in binding.objects.items()}
        )

    def _expect_arrays(self, op: str, probe: Probe, start: Form) -> None:
        """Say so where a function is one of objects that its file makes of arrays."""
        binding = probe.binding
        try:
            error = probe.call(start, example(binding, start, plain=True)).error
        except TargetTimeout:  # what hangs was not kept from answering by its arguments
            return
        module = sys.modules.get(str(getattr(binding.function, "__module__", None)))
        if wanted := own_object(module, error):
            raise TargetError(
                f"{self.name}: {op} takes objects of {wanted} where arrays are given ({error}); "
                f"wrap it in a function of arrays that makes {wanted}s of them and gives arrays"
            )

    def _imports(self, op: str, adapter: Adapter) -> dict[str, str]:
        """name in the lines -> where it is found, by the name that it was found by."""
        named = {"function": op, "forward": op.removesuffix("_backward")}
        if self.variable:
            return {alias: f"{self.variable}.functions.{named[alias]}" for alias in adapter.imports}
        plain = {
            alias for alias in named if wrapper_of(self._bindings[op].functions.get(alias)) is None
        }
        return {
            alias: self.names.get(named[alias], name) if alias in plain else name
            for alias, name in adapter.imports.items()
        }

    def _place(self, op: str) -> str:
        """The file or the module that the functions are in; empty if they are in memory alone."""
        if self.spec is not None:
            return split_spec(self.spec)[0]
        module = sys.modules.get(str(getattr(self._bindings[op].function, "__module__", None)))
        if module is None:
            return ""
        file = getattr(module, "__file__", None)
        return str(file) if file is not None else module.__name__.replace("__main__", "")

    def accepts(self, op: str, parameter: str) -> bool:
        """Whether cases may use `parameter` with `op`.

        `parameter`: "bias", "stride", "padding", "dilation", "groups", "asymmetric_padding",
        "ceil_mode", "count_include_pad"; or "unequal_stride", "unequal_padding",
        "unequal_dilation", "unequal_window": another number for each axis; or "same_padding",
        "valid_padding": a word, beside numbers.
        """
        if parameter not in _KNOWN:
            raise TargetError(f"parameter={parameter!r}: allowed is one of {sorted(_KNOWN)}")
        return parameter in self.adapter(op).takes

    def take(self, dtype: str) -> None:
        """Put calls of this dtype alone to it.

        Raises:
            TargetError: if it takes no such arrays.
        """
        if self._strict and dtype not in self.dtypes:
            raise TargetError(f"{self.name} takes {', '.join(sorted(self.dtypes))}, not {dtype}")
        self.dtypes, self._strict = frozenset((dtype,)), True

    def on(self, device: str) -> None:
        """Hand over tensors that are on this device ("cuda", "cuda:1", "mps", ...).

        Raises:
            TargetError: there is no such device, or the functions take no tensors.
        """
        expect_device(device)
        self.device = device

    def absent(self, op: str) -> frozenset[str]:
        """Results of the op that nobody computes: "dx", "dkernel"."""
        return self.adapter(op).absent

    def derived(self, op: str) -> bool:
        """Whether the op's gradient is torch's automatic one of its forward."""
        return self.adapter(op).about.startswith(AUTOGRAD)

    def claims_half(self, op: str) -> bool:
        """Whether the op's function is meant for half precision: it says so, or its text does."""
        return self.adapter(op).half or (self._strict and self.dtypes == {"float16"})

    def promises(self, op: str, what: str) -> bool:
        """Whether the text of the op's function promises it (`claims.promises`)."""
        return what in self.adapter(op).says

    def why_not(self, case: Case) -> str | None:
        """Why this case cannot be put to the target, or None if it can."""
        if case.op not in self.ops:
            return f"no function for {case.op}"
        if self._strict and case.x.dtype.name not in self.dtypes:
            return f"it takes no {case.x.dtype.name}"
        return unsayable(self.adapter(case.op), case) or self._excluded(case)

    def _excluded(self, case: Case) -> str | None:
        other = self.conventions.excludes(case)
        return None if other is None else f"{case.op} {other}"

    def call(self, case: Case) -> Outcome:
        """Call the target once; what it does wrong is in the outcome, never raised."""
        refusal = self.why_not(case)
        if refusal is not None:
            return Outcome(None, TargetUnsupported(refusal))
        return self._caller.call(case)

    def calls(
        self, cases: Sequence[Case], *, reuse: bool = False, threads: int = 1
    ) -> list[Outcome]:
        """Several calls in one process, in order, or with `threads` > 1 at the same time.

        With `reuse`, the arrays of the first call are the very objects of the later ones,
        refilled where shape and dtype agree.
        """
        for case in cases:
            refusal = self.why_not(case)
            if refusal is not None:
                return [Outcome(None, TargetUnsupported(refusal)) for _ in cases]
            self.adapter(case.op)
        return self._caller.calls(cases, reuse, threads)

    def about(self) -> dict[str, Any]:
        """What another process has to know of it, JSON-ready; tries the functions where it must."""
        adapters = {op: self.adapter(op) for op in sorted(self.ops, key=OPS.index)}
        alone = self.stands_alone and all(one.findable for one in adapters.values())
        return {
            "name": self.name,
            "spec": self.spec,
            "adapters": {op: adapter.plain() for op, adapter in adapters.items()},
            "layout": self.layout,
            "array": self.array,
            "cost": self.cost,
            "dtypes": sorted(self.dtypes),
            "strict_dtypes": self._strict,
            "conventions": self.conventions.declared(),
            "beside": self.beside,
            "uses_us": self.uses_us,
            "names": self.names,
            "variable": self.variable,
            "stands_alone": alone,
            "allow": sorted(self.allow),
            "versions": self.versions,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what the target holds; an isolated one ends its worker."""
        self._caller.forget()
