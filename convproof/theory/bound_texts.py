"""The arguments behind the bounds, as text with the numbers filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

_COMMON = """\
1. Equivariance and the rotation invariance of N(0, I): the learner does as well on every
   h* o R as on h*; so let R be Haar distributed, and W, the +1 eigenspace of R'QR, with it.
2. For fixed inputs and seed there are at most 2^n labellings, so at most 2^n outputs g."""

_ARGUMENTS = {
    "concentration": """\
3. For any fixed g, f(W) = dist(h_W, g) on the Grassmannian Gr(d/2, d) has mean 1/2, for the
   orthogonal complement of W negates h_W.
4. f is 2/(pi sqrt(d/2))-Lipschitz in geodesic distance: |f(W) - f(W')| <= dist(h_W, h_W'), which
   is (2/pi) E arcsin sqrt(sum sin^2(phi_j) s_j^2) <= (2/pi) sqrt(mean of phi_j^2), since
   sin^2(sqrt u) is concave.
5. The Ricci curvature is d - 2 (Einstein), so P(f <= 1/2 - t) <= exp(-pi^2 d (d - 2) t^2 / 16)
   (cited: concentration under a curvature bound, Bakry and Emery 1985; Ledoux 2001).
6. With t = 1/2 - {e} and a union over 2^n outputs: 1 - {delta} <= 2^n exp(-...), that is
   n >= pi^2/(16 ln 2) d (d - 2) (1/2 - {e})^2 + log2(1 - {delta}).""",
    "small ball": """\
3. For any fixed g, the W with dist(h_W, g) <= {e} are within 2 * {e} of one of them, W_0; the
   law of dist(h_W, h_W_0) is the same for every W_0.
4. dist >= (2/pi) E sqrt(sum sin^2(phi_j) s_j^2), concave in the sin^2(phi_j): at a given sum p
   it is least where all but one are 0 or 1, so dist <= 2 * {e} keeps the mean of sin^2(phi_j)
   at most m, the root of B(k m) = pi {e}, k = d/2, B(q) = Gamma((q+1)/2) Gamma(k/2) /
   (Gamma(q/2) Gamma((k+1)/2)) at whole q.
5. E prod (1 + v sin^2 phi_j)^(-k) = (1 + v)^(-k^2/2): Laplace transforms of Gaussian matrices.
6. The inequality of the means and Markov's, with v = (1 - 2m)/m:
   P(mean of sin^2 phi_j <= m) <= (4 m (1 - m))^(k^2/2).
7. A union over 2^n outputs: 1 - {delta} <= 2^n (4 m (1 - m))^(k^2/2), that is
   n >= (d^2/8) log2(1/(4 m (1 - m))) + log2(1 - {delta}).""",
    "packing": """\
3. The functions sign(u'Uv), U in SO(k), k = d/2, are rotations of h*, and
   dist(h_U, h_W) >= |U - W|_F / (sqrt(8 pi) r), r = Gamma((k+1)/2)/Gamma(k/2) <= sqrt(k/2).
4. A maximal packing of SO(k) at Frobenius distance sqrt(8 pi) r 2 * {e} covers it, and balls
   are no larger than Euclidean ones (cited: Bishop and Gromov): it has M members or more.
5. Its functions are more than 2 * {e} apart (in the limit), so each output is within {e} of at
   most one; averaged over the members, 1 - {delta} <= 2^n / M.""",
}


def lower(name: str, d: int, e: Fraction, miss: Fraction, found: Mapping[str, Any]) -> str:
    """The best bound's argument, and what the others say."""
    shown = _ARGUMENTS[name].format(e=number(e), delta=number(miss))
    others = ", ".join(f"{other} {n}" for other, n in found.items() if other != name)
    return f"{_COMMON}\n{shown}\nRounded up, {found[name]} at d = {d} ({name}; {others})."


def lower_table(
    sizes: Sequence[int], best: Sequence[Any], names: Sequence[Any], e: Fraction, miss: Fraction
) -> str:
    """The arguments that are used, and a line a size (the first and last few of many)."""
    used = [name for name in _ARGUMENTS if name in set(names)]
    parts = [_COMMON]
    parts += [f"By {n}:\n" + _ARGUMENTS[n].format(e=number(e), delta=number(miss)) for n in used]
    rows = [f"d = {d}: {n} ({name})" for d, n, name in zip(sizes, best, names, strict=True)]
    if len(rows) > 12:
        rows = [*rows[:6], "...", *rows[-6:]]
    return "\n".join([*parts, *rows])


_UPPER = """\
1. Square every coordinate, average-pool with window and stride d/2: z1 and z2; threshold
   T = z1/(z1 + z2).  The label is sign(T - 1/2).
2. T has the law Beta(d/4, d/4), symmetric about 1/2, so U = F(T) is uniform at every d and the
   task is a threshold at 1/2.
3. Some threshold consistent with n samples errs by more than {e} exactly if no U lies in
   (1/2 - {e}, 1/2) or none in (1/2, 1/2 + {e}): with probability 2 (1 - {e})^n - (1 - 2 * {e})^n.
   That all labels are equal is part of this event.
4. That is at most {delta} at n = {n}, and larger before."""


def upper(n: int, e: Fraction, miss: Fraction) -> str:
    """The ConvNet's argument."""
    return _UPPER.format(n=n, e=number(e), delta=number(miss))


def number(value: Fraction) -> str:
    """A decimal where it is one of few digits, else the fraction."""
    short = f"{float(value):g}"
    return short if Fraction(short) == value else str(value)
