"""Conventions: choices in which lawful implementations differ; data, not failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from convproof.errors import TargetError
from convproof.laws.case import Case
from convproof.laws.trial import possible

_ALLOWED: dict[str, tuple[object, ...]] = {
    "ties": ("first", "last", "split", "all"),
    "nan": ("propagates", "ignored", "unspecified"),
    "divisor": ("clipped", "full"),
    "ceil": ("torch", "any"),
    "count_include_pad": (True, False),
    "result_dtype": ("same", "promoted"),
    "exactness": ("exact", "rounded"),
    "memory": ("own", "readonly"),
}


@dataclass(frozen=True)
class Conventions:
    """The declared conventions of a target; None means: infer it from what the target does.

    Attributes:
        ties: who takes a max-pool's gradient among equals: the "first" or "last" in row-major
            order, all in equal shares ("split"), or each the whole of it ("all").
        nan: whether a NaN in a max-pool's window is the maximum ("propagates"), is passed over
            ("ignored"), or follows no rule that anyone states ("unspecified").
        divisor: in ceil mode, an average's divisor leaves an overhang beyond the padding out
            ("clipped") or counts it ("full").
        ceil: whether a last window must start on the image or its low padding ("torch").
        count_include_pad: what an average does where it cannot be asked.
        result_dtype: float32 in gives float32 out ("same"), or something wider ("promoted").
        exactness: small integers come out exact ("exact"), or with a rounding error ("rounded").
        memory: results are the caller's to write ("own") or refuse it ("readonly").
        inferred: which of these nobody declared: calls showed them.

    >>> Conventions(ties="first").ties
    'first'
    """

    ties: Literal["first", "last", "split", "all"] | None = None
    nan: Literal["propagates", "ignored", "unspecified"] | None = None
    divisor: Literal["clipped", "full"] | None = None
    ceil: Literal["torch", "any"] | None = None
    count_include_pad: bool | None = None
    result_dtype: Literal["same", "promoted"] | None = None
    exactness: Literal["exact", "rounded"] | None = None
    memory: Literal["own", "readonly"] | None = None
    inferred: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                listed = ", ".join(repr(item) for item in allowed)
                raise TargetError(f"conventions: {name}={value!r}: allowed is None, {listed}")

    @classmethod
    def of(cls, value: Conventions | Mapping[str, Any] | None) -> Conventions:
        """`value` as Conventions: as it is, from a mapping, or all to be inferred."""
        if value is None:
            return cls()
        if isinstance(value, Conventions):
            return value
        if not isinstance(value, Mapping):
            raise TargetError(f"conventions={value!r}: allowed is a Conventions or a mapping")
        known = {item.name for item in fields(cls)} - {"inferred"}
        unknown = sorted(str(key) for key in value if key not in known)
        if unknown:
            raise TargetError(
                f"conventions: no convention is called {', '.join(unknown)}; "
                f"there are {', '.join(sorted(known))}"
            )
        return cls(**value)

    def excludes(self, case: Case) -> str | None:
        """What the target does by its own lawful rule where the laws know another one."""
        if not (case.ceil_mode and possible(case)):
            return None
        if self.ceil == "any" and case.starts_late:
            return f"keeps windows that start in the padding, {self.source('ceil')}"
        if self.divisor == "full" and case.kind == "avg_pool" and case.overhangs:
            return f"counts what overhangs the padding, {self.source('divisor')}"
        return None

    def source(self, name: str) -> str:
        """How one of them is known, in words."""
        return "as its calls show" if name in self.inferred else "as declared"

    def declared(self) -> dict[str, Any]:
        """Only those that were declared, by name."""
        own = set(_ALLOWED) - self.inferred
        return {n: v for n, v in asdict(self).items() if n in own and v is not None}

    def shown(self) -> dict[str, object]:
        """Only those that calls showed, by name."""
        return {name: getattr(self, name) for name in sorted(self.inferred)}
