"""What a printed statement about a derivation says, read on its own: Coq's text as Python.

The ring is that of polynomials with one letter for each entry of each array, and D moves letters as
the hypotheses say: if they contradict each other, what they say of a defined array fails here.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

TOKEN = re.compile(r"[()]|=>|:=|<->|->|/\\|\\/|&&|\|\||[<>=]+\??|[@\w.']+|[-+*/~:,]")
INFIX = ("<->", "\\/", "/\\", "||", "&&", "<>", "=", "=?", "<=", "<", ">=", ">", "<=?", "<?",
         ">=?", ">?", "+", "*", "/", "mod")  # fmt: skip
PYTHON = {"<->": "==", "\\/": "or", "/\\": "and", "||": "or", "&&": "and", "<>": "!=", "=": "==",
          "=?": "==", "/": "//", "mod": "%"}  # fmt: skip
Letter = tuple[Any, ...]


class Poly:
    """A polynomial: the coefficient of each product of letters."""

    def __init__(self, terms: Mapping[Letter, Any]) -> None:
        self.terms = {letters: c for letters, c in terms.items() if c}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.terms)))

    def plus(self, other: Poly) -> Poly:
        found = dict(self.terms)
        for letters, c in other.terms.items():
            found[letters] = found.get(letters, 0) + c
        return Poly(found)

    def times(self, other: Poly) -> Poly:
        found: dict[Letter, Any] = {}
        for (one, c), (two, e) in itertools.product(self.terms.items(), other.terms.items()):
            both = tuple(sorted((*one, *two)))
            found[both] = found.get(both, 0) + c * e
        return Poly(found)

    def moved(self, how: Callable[[Letter], Poly]) -> Poly:
        """Leibniz's rule."""
        found = ZERO
        for letters, c in self.terms.items():
            for at, letter in enumerate(letters):
                rest = Poly({(*letters[:at], *letters[at + 1 :]): c})
                found = found.plus(rest.times(how(letter)))
        return found

    def value(self, read: Callable[..., Any]) -> Any:
        total: Any = Fraction(0)
        for letters, c in self.terms.items():
            product = Fraction(c)
            for name, *place in letters:
                product *= read(name, *place)
            total += product
        return total


ZERO, ONE = Poly({}), Poly({(): 1})


def tree(text: str) -> list[Any]:
    stack: list[list[Any]] = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(token)
    (whole,) = stack[0]
    return whole


def python(said: Any) -> str:
    """An expression in Python's words."""
    if isinstance(said, str):
        return said.replace("'", "_").replace(".", "_")
    if said[0] == "fun":
        at = said.index("=>")
        return f"(lambda {', '.join(map(python, said[1:at]))}: {python(said[at + 1 :])})"
    if said[0] == "if":
        then, other = said.index("then"), said.index("else")
        return (f"({python(said[then + 1:other])} if {python(said[1:then])} "
                f"else {python(said[other + 1:])})")  # fmt: skip
    for sign in INFIX:
        if sign in said:
            signs = {one for one in said if isinstance(one, str) and one in INFIX}
            assert len(signs) == 1 or signs <= {"<", "<="}, said
            parts = [python(one) for one in split(said, sign)] if len(signs) == 1 else said
            if len(signs) > 1:
                return "(" + " ".join(map(python, parts)) + ")"
            return "(" + f" {PYTHON.get(sign, sign.removesuffix('?'))} ".join(parts) + ")"
    if said[0] in ("-", "~"):
        return f"({'-' if said[0] == '-' else 'not '}{python(said[1:])})"
    if len(said) == 1:
        return python(said[0])
    return f"{python(said[0])}({', '.join(map(python, said[1:]))})"


def split(said: list[Any], sign: str) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for one in said:
        if one == sign:
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


class Spoken:
    """A statement in parts: what it is over, what it defines, assumes and concludes."""

    def __init__(self, text: str) -> None:
        said = tree(text)
        self.over: dict[str, list[str]] = {}
        self.defined: dict[str, tuple[list[str], list[Any]]] = {}
        self.assumed: list[list[Any]] = []
        at = 0
        while True:
            if said[at] == "forall":
                end = said.index(",", at)
                self.over[said[at + 1]] = said[at + 3 : end]
                at = end + 1
            elif said[at] == "let":
                end, is_ = said.index("in", at), said.index(":=", at)
                letters = said[at + 2] if isinstance(said[at + 2], list) else []
                body = said[is_ + 1 : end]
                if not str(body[0]).startswith("Convproof"):
                    self.defined[said[at + 1]] = letters[: letters.index(":")], body
                at = end + 1
            elif at + 1 < len(said) and said[at + 1] == "->":
                if said[at][0] != "Ring_theory.ring_theory":  # polynomials are a ring
                    self.assumed.append(said[at])
                at += 2
            else:
                self.concluded = said[at:]
                return

    def sides(self) -> tuple[list[Any], list[Any]]:
        """What is concluded to be equal."""
        left, right = split(self.concluded, "=")
        return left, right


class Model:
    """A statement at numbers for its sizes and indices."""

    def __init__(
        self, spoken: Spoken, numbers: Mapping[str, int], read: Callable[..., Any]
    ) -> None:
        self.spoken, self.read = spoken, read
        self.rules: dict[str, Callable[..., Poly]] = {}
        self.scope: dict[str, Any] = {
            "rO": ZERO, "rI": ONE, "radd": Poly.plus, "rmul": Poly.times, "delta": self.delta,
            "sum": self.sum, "span": self.span, "top": self.top, "first": self.first,
            "D": self.derived, "Some": lambda one: one, "Z_abs": abs,
            "Z_max": max, "Z_min": min, "derivation": lambda one: True,
            "Convproof_Sums_sum": self.counted, "Z": None, "Z_add": None,
        }  # fmt: skip
        for name, kind in spoken.over.items():
            if kind == ["Z"]:
                self.scope[python(name)] = numbers[name]
            elif kind[0] == "Z" and kind[-1] in ("R", "Z"):
                self.scope[name] = self.array(name)
        self.scope["less"] = lambda one, two: one.value(read) < two.value(read)
        for name, (letters, body) in spoken.defined.items():
            text = f"lambda {', '.join(map(python, letters))}: {python(body)}"
            self.scope[name] = eval(text, self.scope)  # printed by us, read here

    def array(self, name: str) -> Callable[..., Poly]:
        return lambda *place: Poly({((name, *place),): 1})

    def delta(self, one: int, two: int) -> Poly:
        return ONE if one == two else ZERO

    def sum(self, size: int, body: Callable[[int], Poly]) -> Poly:
        return self.span(1, size, body)

    def span(self, low: int, high: int, body: Callable[[int], Poly]) -> Poly:
        found = ZERO
        for at in range(low, high + 1):
            found = found.plus(body(at))
        return found

    def counted(self, ring: None, zero: int, add: None, size: int, body: Any) -> int:
        return sum(body(at) for at in range(1, size + 1))

    def first(self, less: Any, size: int, body: Any) -> int:
        best, place = None, 1
        for at in range(1, size + 1):
            one = body(at)
            if one is not None and (best is None or less(best, one)):
                best, place = one, at
        return place

    def top(self, less: Any, size: int, body: Any) -> Poly | None:
        found: Poly | None = body(self.first(less, size, body)) if size > 0 else None
        return found

    def derived(self, one: Poly) -> Poly:
        return one.moved(lambda letter: self.rules[letter[0]](*letter[1:]))

    def value(self, said: Any) -> Any:
        return eval(python(said), self.scope)

    def number(self, said: Any) -> Any:
        """What one side comes to where the entries are numbers."""
        found = self.value(said)
        if isinstance(found, Poly):
            return found.value(self.read)
        return -math.inf if found is None else found

    def holds(self, said: Any) -> bool:
        """A hypothesis; one about D tells how letters move, or is what that comes to."""
        if said[0] != "forall":
            return bool(self.value(said))
        letters, body = said[1 : said.index(",")], said[said.index(",") + 1 :]
        (_, moved), right = split(body, "=")
        text = f"lambda {', '.join(letters)}: {python(right).replace('None', 'None_')}"
        wanted = eval(text, self.scope)
        if moved[0] in self.spoken.over:
            self.rules[moved[0]] = wanted
            return True
        told: dict[Poly, Poly] = {}  # equal entries cannot move in two ways
        for place in places(len(letters)):
            entry, how = self.scope[moved[0]](*place), wanted(*place)
            if told.setdefault(entry, how) != how:
                return False
        known = all(one[0] in self.rules for entry in told for term in entry.terms for one in term)
        return not known or all(self.derived(entry) == how for entry, how in told.items())


def places(rank: int) -> Iterator[tuple[int, ...]]:
    """Index values in range and out of it: one of them swept, the others small."""
    for rest in itertools.product((1, 2), repeat=rank - 1):
        for at, swept in itertools.product(range(rank), range(-1, 9)):
            yield (*rest[:at], swept, *rest[at:])
