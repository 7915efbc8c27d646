"""What each generated function costs, counted from its program by `convproof.lower.cost`.

Written by `python -m convproof.emit`, never edited: a test compares.  A function takes the sizes of
a call by their letters, and gives:
  steps: statements that Python and NumPy begin;
  products: matrix products, one for each of a stack;
  flops: multiplications in them;
  streamed: numbers that they read and write;
  numbers: numbers that loops over entries go through;
  runs: innermost loops, each over numbers that lie together;
  folds: innermost loops of reductions;
  apart: numbers read at a distance from one another;
  fresh: numbers of new arrays;
  far: numbers of loops and products over more than a cache holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Sizes: TypeAlias = Mapping[str, int]
Counts: TypeAlias = tuple[float, ...]
CACHED = 2**20  # numbers that the caches hold
FEW = 32


def far(numbers: float) -> float:
    """How many of a loop's numbers come from beyond the cache."""
    return numbers if numbers > CACHED else 0


def few(numbers: float) -> int:
    """Whether so few numbers lie together that they are copied pixel by pixel."""
    return 1 if numbers <= FEW else 0


FEATURES = (
    "steps",
    "products",
    "flops",
    "streamed",
    "numbers",
    "runs",
    "folds",
    "apart",
    "fresh",
    "far",
)


def conv1d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = M*a3
    a5 = G*O_W
    a6 = N*a5
    a7 = O_W/a1
    a8 = G*N
    a9 = C*a8*(D_W*(K_W - 1) + S_W*(a7 - 1) + 1)
    a10 = M*N
    a11 = 1/a0
    a12 = a11*a7
    a13 = a12*a3
    a14 = G*(N*a13 + a10*a12 + a4)
    a15 = a3*a6
    a16 = ((D_W == 1) and (G == 1)) or (C == 1)
    a17 = 1/C
    return (
        8*a2 + 1,
        G*a2,
        a4*a6,
        a1*a9 + a14*a2,
        a15,
        a15*(2*few((a3) if a16 else (C)) + 1)*((a17/K_W) if a16 else (a17)),
        0,
        0,
        a10*a5 + a15,
        a2*far(a14) + a2*far(a11*a9) + a2*far(a13*a8),
    )


def conv1d_forward_depthwise(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_depthwise`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = min(O_W, block)
    a3 = (-((-O_W) // a2))
    a4 = a1*a3
    a5 = O_W/a3
    a6 = G*N
    a7 = C*a6*(D_W*(K_W - 1) + S_W*(a5 - 1) + 1)
    a8 = G*K_W
    a9 = a2*a8
    a10 = C*N*O_W*a8
    a11 = 1/G
    a12 = 1/a1
    return (
        7*a4 + 2,
        0,
        0,
        a3*a7,
        (1/2)*a10 + a9,
        8*a10*((a0*a11*a3) if (S_W == 1) else (a11)),
        0,
        0,
        M*O_W*a6,
        a4*far(a12*a7) + a4*far((1/2)*C*N*a12*a5*a8) + far(a9),
    )


def conv1d_forward_fft(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_fft`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, block, step = s["O_W"], s["block"], s["step"]
    a0 = (-((-O_W) // step))
    a1 = (-((-a0) // (min(a0, block))))
    a2 = N*a1
    a3 = (-((-N) // (max(1, (block // a0)))))
    a4 = a1*a3
    a5 = a0/a1
    a6 = D_W*(K_W - 1) + step
    a7 = C*(a6 + step*(a5 - 1))
    a8 = G*N
    a9 = a0*a8
    a10 = M*a9
    a11 = C*a6
    a12 = M*a11
    a13 = G*a12
    a14 = a11*a9
    a15 = a10*a6
    a16 = (C == 1) or (G == 1)
    a17 = 1/C
    a18 = M*a8
    a19 = 1/a3
    a20 = a18*a19
    a21 = a20*a5
    a22 = a19*a8
    a23 = a11*a5
    a24 = a22*a23
    return (
        3*a2 + 32*a4 + 7,
        0,
        0,
        G*a2*a7,
        a10*step + 2*a12*a9 + 3*a13 + 7*a14 + 6*a15,
        a14*(2*few((a11) if a16 else (C)) + 1)*((a17/a6) if a16 else (a17)) + a9,
        0,
        0,
        O_W*a18 + (1/2)*a13 + 2*a14 + 2*a15,
        (
            a4*far(a24)
            + a4*far(6*a24)
            + a4*far(2*a20*a23)
            + a4*far(6*a21*a6)
            + a4*far(a21*step)
            + a4*far(a22*a7)
            + (1/2)*far(6*a13)
        ),
    )


def conv1d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = K_W*M
    a4 = C*G
    a5 = N*a4
    a6 = O_W*a5
    a7 = O_W/a1
    a8 = D_W*(K_W - 1) + S_W*(a7 - 1) + 1
    a9 = a1*a5
    a10 = M*N
    a11 = 1/a0
    a12 = a11*a7
    a13 = K_W*a12
    a14 = G*(C*N*a13 + C*a3 + a10*a12)
    a15 = K_W*a6
    return (
        8*a2 + 1,
        G*a2,
        a3*a6,
        a14*a2 + a8*a9,
        a15,
        K_W*a9,
        0,
        a15*((0) if ((S_W == 1) and (a4 == 1)) else (1)),
        G*O_W*a10 + a15,
        a2*far(a14) + a2*far(a13*a5) + a2*far(a11*a5*a8),
    )


def conv1d_forward_images_last(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_images_last`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = G*a0
    a2 = C*K_W
    a3 = M*a2
    a4 = G*O_W
    a5 = O_W/a0
    a6 = C*(D_W*(K_W - 1) + S_W*(a5 - 1) + 1)
    a7 = M*N
    a8 = a2*a5
    a9 = N*a8 + a3 + a5*a7
    a10 = a2*a4
    a11 = N*a10
    a12 = G*N
    return (
        8*a0 + 1,
        a1,
        N*a3*a4,
        N*a1*a6 + a1*a9,
        a11,
        a10,
        0,
        0,
        a11 + a4*a7,
        a0*far(G*a9) + a0*far(a12*a6) + a0*far(a12*a8),
    )


def conv1d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    a0 = C*K_W
    a1 = 2*a0
    a2 = G*N*O_W
    a3 = M*a2
    return (
        a1 + 2,
        0,
        0,
        a3,
        a1*a3,
        a1*a2,
        0,
        0,
        a3,
        a0*far(2*a3) + far(a3),
    )


def conv1d_forward_whole(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_whole`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W = s["O_W"], s["S_W"]
    a0 = C*K_W
    a1 = M*a0
    a2 = N*O_W
    a3 = C*G*N*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a4 = a0*a2
    a5 = M*a2 + a1 + a4
    a6 = G*a4
    a7 = ((D_W == 1) and (G == 1)) or (C == 1)
    a8 = 1/C
    return (
        4,
        1,
        a1*a2,
        a3 + a5,
        a6,
        a6*(2*few((a0) if a7 else (C)) + 1)*((a8/K_W) if a7 else (a8)),
        0,
        0,
        a6,
        far(a3) + far(a5) + far(a6),
    )


def conv1d_forward_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_winograd_2x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 4*G
    a6 = C*M
    a7 = G*K_W*a6
    a8 = G*N
    a9 = C*a0
    a10 = a8*a9
    a11 = M*a8
    a12 = a0*a11
    a13 = N*a0*a5
    a14 = 1/a1
    a15 = 1/a3
    a16 = a14*a15
    a17 = N*a9
    a18 = a16*a17
    a19 = M*a13*a16 + a5*(a18 + a6)
    a20 = 2*a0
    a21 = a14*a20
    a22 = C*a8*(a21 + 2)
    a23 = 6*a12
    a24 = 8*a10
    a25 = a23 + a24
    a26 = a17*a5
    a27 = a20*a8
    return (
        17*a4 + 5,
        a4*a5 + 2*a4 + 1/2,
        16*a10 + 8*a12 + a13*a6 + 2*a7,
        a1*a22 + a19*a4 + a25 + (7/6)*a7,
        M*a27 + a26,
        a26*((a1*a2) if (C == 1) else (1/C)) + a27,
        0,
        0,
        O_W*a11 + a25 + (2/3)*a7,
        (
            a4*far(a19)
            + a4*far(a15*a22)
            + a4*far(a16*a23)
            + a4*far(a16*a24)
            + a4*far(a18*a5)
            + a4*far(a11*a15*a21)
            + (1/2)*far((7/3)*a7)
        ),
    )


def conv1d_forward_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_winograd_4x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 6*G
    a6 = C*M
    a7 = G*K_W*a6
    a8 = 3*a7
    a9 = G*N
    a10 = C*a0
    a11 = a10*a9
    a12 = M*a9
    a13 = a0*a12
    a14 = N*a0*a5
    a15 = 1/a1
    a16 = 1/a3
    a17 = a15*a16
    a18 = N*a10
    a19 = a17*a18
    a20 = M*a14*a17 + a5*(a19 + a6)
    a21 = 4*a0
    a22 = a15*a21
    a23 = C*a9*(a22 + 2)
    a24 = 10*a13
    a25 = 12*a11
    a26 = a24 + a25
    a27 = a18*a5
    a28 = a21*a9
    return (
        23*a4 + 5,
        a4*a5 + 2*a4 + 1/2,
        36*a11 + 24*a13 + a14*a6 + a8,
        a1*a23 + a20*a4 + a26 + (3/2)*a7,
        M*a28 + a27,
        a27*((a1*a2) if (C == 1) else (1/C)) + a28,
        0,
        0,
        O_W*a12 + a26 + a7,
        (
            a4*far(a20)
            + a4*far(a16*a23)
            + a4*far(a17*a24)
            + a4*far(a17*a25)
            + a4*far(a19*a5)
            + a4*far(a12*a16*a22)
            + (1/2)*far(a8)
        ),
    )


def conv1d_forward_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_winograd_4x5`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 8*G
    a6 = C*M
    a7 = G*K_W*a6
    a8 = G*N
    a9 = C*a0
    a10 = a8*a9
    a11 = M*a8
    a12 = a0*a11
    a13 = N*a0*a5
    a14 = 1/a1
    a15 = 1/a3
    a16 = a14*a15
    a17 = N*a9
    a18 = a16*a17
    a19 = M*a13*a16 + a5*(a18 + a6)
    a20 = 4*a0
    a21 = a14*a20
    a22 = C*a8*(a21 + 4)
    a23 = 12*a12
    a24 = 16*a10
    a25 = a23 + a24
    a26 = a17*a5
    a27 = a20*a8
    return (
        23*a4 + 5,
        a4*a5 + 2*a4 + 1/2,
        64*a10 + 32*a12 + a13*a6 + 4*a7,
        a1*a22 + a19*a4 + a25 + (13/10)*a7,
        M*a27 + a26,
        a26*((a1*a2) if (C == 1) else (1/C)) + a27,
        0,
        0,
        O_W*a11 + a25 + (4/5)*a7,
        (
            a4*far(a19)
            + a4*far(a15*a22)
            + a4*far(a16*a23)
            + a4*far(a16*a24)
            + a4*far(a18*a5)
            + a4*far(a11*a15*a21)
            + (1/2)*far((13/5)*a7)
        ),
    )


def conv1d_forward_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_winograd_2x7`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 8*G
    a6 = C*M
    a7 = G*K_W*a6
    a8 = G*N
    a9 = C*a0
    a10 = a8*a9
    a11 = M*a8
    a12 = a0*a11
    a13 = N*a0*a5
    a14 = 1/a1
    a15 = 1/a3
    a16 = a14*a15
    a17 = N*a9
    a18 = a16*a17
    a19 = M*a13*a16 + a5*(a18 + a6)
    a20 = 2*a0
    a21 = a14*a20
    a22 = C*a8*(a21 + 6)
    a23 = 10*a12
    a24 = 16*a10
    a25 = a23 + a24
    a26 = a17*a5
    a27 = a20*a8
    return (
        17*a4 + 5,
        a4*a5 + 2*a4 + 1/2,
        64*a10 + 16*a12 + a13*a6 + 4*a7,
        a1*a22 + a19*a4 + a25 + (15/14)*a7,
        M*a27 + a26,
        a26*((a1*a2) if (C == 1) else (1/C)) + a27,
        0,
        0,
        O_W*a11 + a25 + (4/7)*a7,
        (
            a4*far(a19)
            + a4*far(a15*a22)
            + a4*far(a16*a23)
            + a4*far(a16*a24)
            + a4*far(a18*a5)
            + a4*far(a11*a15*a21)
            + (1/2)*far((15/7)*a7)
        ),
    )


def conv1d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_im2row`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = O_W/a2
    a5 = C*G
    a6 = (a5 == 1)
    a7 = min(C, a5*((a4) if (S_W == 1) else (1)))
    a8 = 2*few((a4) if a6 else (a7))
    a9 = K_W*a3
    a10 = K_W*M
    a11 = N*a5
    a12 = O_W*a11
    a13 = W*a11
    a14 = a4/a1
    a15 = N*a14
    a16 = G*(C*K_W*a15 + C*a10 + M*a15)
    a17 = a8 + 1
    a18 = K_W*a12
    a19 = a17*a18
    a20 = a11*a14*a17
    return (
        2*a1 + 6*a3 + a9*(a8 + 3) + 1,
        G*a3,
        a10*a12,
        a13 + a16*a3,
        a19,
        a19*((a0*a2) if a6 else (1/a7)),
        0,
        a9*((a20) if a6 else (0)),
        a13 + a18,
        a3*far(a16) + a9*far(a20) + far(a13),
    )


def conv1d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // W)))))
    a2 = (-((-W) // (min(W, block))))
    a3 = a1*a2
    a4 = K_W*M
    a5 = C*a4
    a6 = G*a5
    a7 = W/a2
    a8 = G*M
    a9 = N*a8*(D_W*(K_W - 1) + a7)
    a10 = C*N
    a11 = 1/a1
    a12 = a11*a7
    a13 = N*a4
    a14 = a12*a13
    a15 = G*(a10*a12 + a14 + a5)
    a16 = N*a0
    a17 = O_W*a16
    a18 = a17*a8
    a19 = G*W
    a20 = a13*a19
    a21 = a20 + a6
    a22 = ((D_W == 1) and (G == 1)) or (M == 1)
    a23 = 1/M
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        N*W*a6,
        a15*a3 + a2*a9,
        a18 + a21,
        a17 + a20*(2*few((a4) if a22 else (M)) + 1)*((a23/K_W) if a22 else (a23)) + a6,
        0,
        a6,
        a10*a19 + a16*a8*(S_W*(O_W - 1) + 1) + a21,
        a3*far(a15) + a3*far(G*a14) + a3*far(a11*a9) + far(a18) + far(a6),
    )


def conv1d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // W)))))
    a2 = (-((-W) // (min(W, block))))
    a3 = a1*a2
    a4 = G*M
    a5 = C*K_W
    a6 = a4*a5
    a7 = W/a2
    a8 = D_W*(K_W - 1) + a7
    a9 = N*a4
    a10 = a2*a9
    a11 = C*N
    a12 = 1/a1
    a13 = a12*a7
    a14 = G*(K_W*M*N*a13 + M*a5 + a11*a13)
    a15 = N*a0
    a16 = O_W*a15
    a17 = a16*a4
    a18 = K_W*a9
    a19 = W*a18
    a20 = a19 + a6
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        N*W*a6,
        a10*a8 + a14*a3,
        a17 + a20,
        K_W*a10 + a16 + a6,
        0,
        a19*((0) if (a4 == 1) else (1)) + a6,
        G*W*a11 + a15*a4*(S_W*(O_W - 1) + 1) + a20,
        a3*far(a14) + a3*far(a13*a18) + a3*far(a12*a8*a9) + far(a17) + far(a6),
    )


def conv1d_gradient_x_dgrad_depthwise(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_depthwise`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = (S_W == 1)
    a1 = ((0) if a0 else (1))
    a2 = 1/W
    a3 = (-((-N) // (max(1, ((a2*block) // 1)))))
    a4 = min(W, block)
    a5 = (-((-W) // a4))
    a6 = a3*a5
    a7 = W/a5
    a8 = G*N
    a9 = M*a8*(D_W*(K_W - 1) + a7)
    a10 = G*K_W
    a11 = M*a10
    a12 = C*a11
    a13 = a10*a4
    a14 = N*W*a11
    a15 = N*a1
    a16 = O_W*a15
    a17 = G*M
    a18 = a16*a17
    a19 = 1/G
    a20 = 1/a3
    return (
        2*a1 + 7*a6 + 2,
        0,
        0,
        a5*a9,
        a12 + a13 + (1/2)*a14 + a18,
        a12 + 8*a14*((a19*a2*a5) if a0 else (a19)) + a16,
        0,
        a12,
        C*W*a8 + a12 + a15*a17*(S_W*(O_W - 1) + 1),
        a6*far(a20*a9) + a6*far((1/2)*N*a11*a20*a7) + far(a12) + far(a13) + far(a18),
    )


def conv1d_gradient_x_fft(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_fft`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block, step = s["O_W"], s["S_W"], s["W"], s["block"], s["step"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-W) // step))
    a2 = (-((-a1) // (min(a1, block))))
    a3 = N*a2
    a4 = (-((-N) // (max(1, (block // a1)))))
    a5 = a2*a4
    a6 = a1/a2
    a7 = D_W*(K_W - 1) + step
    a8 = a7 + step*(a6 - 1)
    a9 = G*M
    a10 = (1/2)*C
    a11 = K_W*a10*a9
    a12 = G*N
    a13 = a1*a12
    a14 = C*a13
    a15 = M*a7
    a16 = G*a15
    a17 = C*a16
    a18 = O_W*a0
    a19 = M*a12
    a20 = a18*a19
    a21 = a14*a7
    a22 = a13*a15
    a23 = 2*a15
    a24 = (G == 1) or (M == 1)
    a25 = 1/M
    a26 = C*a12
    a27 = 1/a4
    a28 = a27*a6
    a29 = a26*a28
    a30 = a12*a15*a28
    return (
        2*a0 + 3*a3 + 32*a5 + 7,
        0,
        0,
        a3*a8*a9,
        a11 + a14*a23 + a14*step + 3*a17 + a20 + 6*a21 + 7*a22,
        N*a18 + a11 + a13 + a22*(2*few((a15) if a24 else (M)) + 1)*((a25/a7) if a24 else (a25)),
        0,
        a11,
        W*a26 + a0*a19*(S_W*(O_W - 1) + 1) + a10*a16 + a11 + 2*a21 + 2*a22,
        (
            a5*far(a30)
            + a5*far(6*a30)
            + a5*far(a23*a29)
            + a5*far(6*a29*a7)
            + a5*far(a29*step)
            + a5*far(a19*a27*a8)
            + far(a11)
            + (1/2)*far(6*a17)
            + far(a20)
        ),
    )


def conv1d_gradient_x_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_im2col`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = K_W*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*N
    a7 = O_W*a6
    a8 = C*a6
    a9 = W*a8
    a10 = 1/a0
    a11 = O_W*a10/a1
    a12 = N*a11
    a13 = G*(M*a12 + a12*a4 + a5)
    a14 = a4*a7
    return (
        4*a0 + 6*a2 + 3*a3 + 1,
        G*a2,
        a5*a7,
        a13*a2 + a9,
        a14 + a9,
        a0 + 8*a1*a4*a6,
        0,
        a14,
        a14 + 2*a9,
        2*a0*far(a10*a9) + a2*far(a13) + a3*far(a11*a8),
    )


def conv1d_gradient_x_images_last(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_images_last`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    W, block = s["W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = K_W*a0
    a2 = G*a0
    a3 = C*K_W
    a4 = M*a3
    a5 = N*O_W
    a6 = C*G
    a7 = N*W*a6
    a8 = a5/a0
    a9 = M*a8 + a3*a8 + a4
    a10 = G*a3
    a11 = a10*a5
    return (
        6*a0 + 3*a1 + 1,
        a2,
        G*a4*a5,
        a2*a9 + a7,
        a11,
        8*O_W*a10,
        0,
        a11,
        a11 + a7,
        a0*far(G*a9) + a1*far(a6*a8) + far(a7),
    )


def conv1d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    W = s["W"]
    a0 = K_W*M
    a1 = 2*a0
    a2 = G*N
    a3 = C*a2
    a4 = W*a3
    a5 = O_W*a3
    return (
        a1 + 2,
        0,
        0,
        a4,
        a1*a5,
        O_W*a1*a2,
        0,
        0,
        a4,
        a0*far(2*a5) + far(a4),
    )


def conv1d_gradient_x_dgrad_whole(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_whole`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W = s["O_W"], s["S_W"], s["W"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = K_W*M
    a2 = C*a1
    a3 = N*W
    a4 = G*M
    a5 = N*a4*(D_W*(K_W - 1) + W)
    a6 = a1*a3
    a7 = C*a3 + a2 + a6
    a8 = N*a0
    a9 = O_W*a8
    a10 = a4*a9
    a11 = G*a2
    a12 = G*a6
    a13 = a11 + a12
    a14 = ((D_W == 1) and (G == 1)) or (M == 1)
    a15 = 1/M
    return (
        2*a0 + 4,
        1,
        a2*a3,
        a5 + a7,
        a10 + a13,
        a11 + a12*(2*few((a1) if a14 else (M)) + 1)*((a15/K_W) if a14 else (a15)) + a9,
        0,
        a11,
        a13 + a4*a8*(S_W*(O_W - 1) + 1),
        far(a10) + far(a11) + far(a12) + far(a5) + far(a7),
    )


def conv1d_gradient_x_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_winograd_2x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, tiles = s["S_W"], s["W"], s["tiles"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-W) // 2))
    a2 = (-((-a1) // (min(a1, tiles))))
    a3 = 1/a1
    a4 = (-((-N) // (max(1, ((a3*tiles) // 1)))))
    a5 = a2*a4
    a6 = 4*G
    a7 = C*M
    a8 = G*K_W*a7
    a9 = G*N
    a10 = C*a9
    a11 = a1*a10
    a12 = M*a1
    a13 = a12*a9
    a14 = N*a1*a6
    a15 = 1/a2
    a16 = 1/a4
    a17 = a15*a16
    a18 = N*a12
    a19 = a17*a18
    a20 = C*a14*a17 + a6*(a19 + a7)
    a21 = 2*a1
    a22 = a15*a21
    a23 = M*a9*(a22 + 2)
    a24 = 6*a11
    a25 = 8*a13
    a26 = a24 + a25 + (7/6)*a8
    a27 = (1/2)*a8
    a28 = a21*a9
    a29 = a18*a6
    a30 = N*a0
    a31 = O_W*a30
    a32 = G*M
    a33 = a31*a32
    return (
        2*a0 + 17*a5 + 5,
        a5*a6 + 2*a5 + 1/2,
        8*a11 + 16*a13 + a14*a7 + 2*a8,
        a2*a23 + a20*a5 + a26,
        C*a28 + a27 + a29 + a33,
        a27 + a28 + a29*((a2*a3) if (M == 1) else (1/M)) + a31,
        0,
        a27,
        W*a10 + a26 + a30*a32*(S_W*(O_W - 1) + 1),
        (
            a5*far(a20)
            + a5*far(a16*a23)
            + a5*far(a17*a24)
            + a5*far(a17*a25)
            + a5*far(a19*a6)
            + a5*far(a10*a16*a22)
            + far(a27)
            + far(a33)
            + (1/2)*far((7/3)*a8)
        ),
    )


def conv1d_gradient_x_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_winograd_4x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, tiles = s["S_W"], s["W"], s["tiles"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-W) // 4))
    a2 = (-((-a1) // (min(a1, tiles))))
    a3 = 1/a1
    a4 = (-((-N) // (max(1, ((a3*tiles) // 1)))))
    a5 = a2*a4
    a6 = 6*G
    a7 = C*M
    a8 = G*K_W*a7
    a9 = 3*a8
    a10 = G*N
    a11 = C*a10
    a12 = a1*a11
    a13 = M*a1
    a14 = a10*a13
    a15 = N*a1*a6
    a16 = 1/a2
    a17 = 1/a4
    a18 = a16*a17
    a19 = N*a13
    a20 = a18*a19
    a21 = C*a15*a18 + a6*(a20 + a7)
    a22 = 4*a1
    a23 = a16*a22
    a24 = M*a10*(a23 + 2)
    a25 = 10*a12
    a26 = 12*a14
    a27 = a25 + a26 + (3/2)*a8
    a28 = (1/2)*a8
    a29 = a10*a22
    a30 = a19*a6
    a31 = N*a0
    a32 = O_W*a31
    a33 = G*M
    a34 = a32*a33
    return (
        2*a0 + 23*a5 + 5,
        a5*a6 + 2*a5 + 1/2,
        24*a12 + 36*a14 + a15*a7 + a9,
        a2*a24 + a21*a5 + a27,
        C*a29 + a28 + a30 + a34,
        a28 + a29 + a30*((a2*a3) if (M == 1) else (1/M)) + a32,
        0,
        a28,
        W*a11 + a27 + a31*a33*(S_W*(O_W - 1) + 1),
        (
            a5*far(a21)
            + a5*far(a17*a24)
            + a5*far(a18*a25)
            + a5*far(a18*a26)
            + a5*far(a20*a6)
            + a5*far(a11*a17*a23)
            + far(a28)
            + far(a34)
            + (1/2)*far(a9)
        ),
    )


def conv1d_gradient_x_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_winograd_4x5`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, tiles = s["S_W"], s["W"], s["tiles"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-W) // 4))
    a2 = (-((-a1) // (min(a1, tiles))))
    a3 = 1/a1
    a4 = (-((-N) // (max(1, ((a3*tiles) // 1)))))
    a5 = a2*a4
    a6 = 8*G
    a7 = C*M
    a8 = G*K_W*a7
    a9 = G*N
    a10 = C*a9
    a11 = a1*a10
    a12 = M*a1
    a13 = a12*a9
    a14 = N*a1*a6
    a15 = 1/a2
    a16 = 1/a4
    a17 = a15*a16
    a18 = N*a12
    a19 = a17*a18
    a20 = C*a14*a17 + a6*(a19 + a7)
    a21 = 4*a1
    a22 = a15*a21
    a23 = M*a9*(a22 + 4)
    a24 = 12*a11
    a25 = 16*a13
    a26 = a24 + a25 + (13/10)*a8
    a27 = (1/2)*a8
    a28 = a21*a9
    a29 = a18*a6
    a30 = N*a0
    a31 = O_W*a30
    a32 = G*M
    a33 = a31*a32
    return (
        2*a0 + 23*a5 + 5,
        a5*a6 + 2*a5 + 1/2,
        32*a11 + 64*a13 + a14*a7 + 4*a8,
        a2*a23 + a20*a5 + a26,
        C*a28 + a27 + a29 + a33,
        a27 + a28 + a29*((a2*a3) if (M == 1) else (1/M)) + a31,
        0,
        a27,
        W*a10 + a26 + a30*a32*(S_W*(O_W - 1) + 1),
        (
            a5*far(a20)
            + a5*far(a16*a23)
            + a5*far(a17*a24)
            + a5*far(a17*a25)
            + a5*far(a19*a6)
            + a5*far(a10*a16*a22)
            + far(a27)
            + far(a33)
            + (1/2)*far((13/5)*a8)
        ),
    )


def conv1d_gradient_x_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_winograd_2x7`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, tiles = s["S_W"], s["W"], s["tiles"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-W) // 2))
    a2 = (-((-a1) // (min(a1, tiles))))
    a3 = 1/a1
    a4 = (-((-N) // (max(1, ((a3*tiles) // 1)))))
    a5 = a2*a4
    a6 = 8*G
    a7 = C*M
    a8 = G*K_W*a7
    a9 = G*N
    a10 = C*a9
    a11 = a1*a10
    a12 = M*a1
    a13 = a12*a9
    a14 = N*a1*a6
    a15 = 1/a2
    a16 = 1/a4
    a17 = a15*a16
    a18 = N*a12
    a19 = a17*a18
    a20 = C*a14*a17 + a6*(a19 + a7)
    a21 = 2*a1
    a22 = a15*a21
    a23 = M*a9*(a22 + 6)
    a24 = 10*a11
    a25 = 16*a13
    a26 = a24 + a25 + (15/14)*a8
    a27 = (1/2)*a8
    a28 = a21*a9
    a29 = a18*a6
    a30 = N*a0
    a31 = O_W*a30
    a32 = G*M
    a33 = a31*a32
    return (
        2*a0 + 17*a5 + 5,
        a5*a6 + 2*a5 + 1/2,
        16*a11 + 64*a13 + a14*a7 + 4*a8,
        a2*a23 + a20*a5 + a26,
        C*a28 + a27 + a29 + a33,
        a27 + a28 + a29*((a2*a3) if (M == 1) else (1/M)) + a31,
        0,
        a27,
        W*a10 + a26 + a30*a32*(S_W*(O_W - 1) + 1),
        (
            a5*far(a20)
            + a5*far(a16*a23)
            + a5*far(a17*a24)
            + a5*far(a17*a25)
            + a5*far(a19*a6)
            + a5*far(a10*a16*a22)
            + far(a27)
            + far(a33)
            + (1/2)*far((15/7)*a8)
        ),
    )


def conv1d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = (-((-N) // (max(1, (block // O_W)))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = M*a3
    a5 = G*a4
    a6 = G*N
    a7 = O_W/a0
    a8 = C*(D_W*(K_W - 1) + S_W*(a7 - 1) + 1)
    a9 = N/a1
    a10 = a7*a9
    a11 = a10*a3
    a12 = G*(M*a10 + a11 + a4)
    a13 = a5*(a2 - 1)
    a14 = O_W*a3*a6
    a15 = a14 + a5
    a16 = ((D_W == 1) and (G == 1)) or (C == 1)
    a17 = 1/C
    return (
        8*a2 + 2,
        G*a2,
        N*O_W*a5,
        a0*a6*a8 + a12*a2,
        a13 + a15,
        a14*(2*few((a3) if a16 else (C)) + 1)*((a17/K_W) if a16 else (a17)),
        0,
        0,
        a15,
        a2*far(a12) + a2*far(G*a11) + a2*far(G*a8*a9) + far(a13) + far(a5),
    )


def conv1d_gradient_kernel_depthwise(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_depthwise`."""
    C, D_W, G, K_W, N, O_W = s["C"], s["D_W"], s["G"], s["K_W"], s["N"], s["O_W"]
    S_W, block = s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = 1/O_W
    a2 = (-((-N) // (max(1, ((a1*block) // 1)))))
    a3 = a0*a2
    a4 = O_W/a0
    a5 = C*N
    a6 = G*a5*(D_W*(K_W - 1) + S_W*(a4 - 1) + 1)
    a7 = G*K_W
    a8 = O_W*a7
    a9 = a5*a8
    a10 = a7*(a3 - 1)
    a11 = 1/G
    a12 = a4*a7
    a13 = 1/a2
    return (
        8*a3,
        0,
        0,
        a0*a6,
        a10 + a2*a8 + (1/2)*a9,
        8*a9*((a0*a1*a11) if (S_W == 1) else (a11)),
        0,
        0,
        0,
        a3*far(a12) + a3*far(a13*a6) + a3*far((1/2)*a12*a13*a5) + far(a10),
    )


def conv1d_gradient_kernel_fft(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_fft`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, block, step = s["O_W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-O_W*a0) // 1))
    a2 = (-((-N) // (max(1, (block // a1)))))
    a3 = (-((-a1) // (min(a1, block))))
    a4 = a2*a3
    a5 = N*a3
    a6 = a1/a3
    a7 = step*(a6 - 1) + step
    a8 = G*M
    a9 = a7*a8
    a10 = D_W*(K_W - 1)
    a11 = C*G*(a10 + a7)
    a12 = a10 + step
    a13 = C*a12
    a14 = a13*a8
    a15 = 6*a14
    a16 = a14*(a4 - 1)
    a17 = N*a1
    a18 = a12*a8
    a19 = a17*a18
    a20 = G*a17
    a21 = a13*a20
    a22 = a14*a17
    a23 = C*K_W*a8
    a24 = M*step
    a25 = a20*a24
    a26 = a23 + a25
    a27 = (G == 1)
    a28 = a27 or (M == 1)
    a29 = 1/M
    a30 = a27 or (C == 1)
    a31 = 1/C
    a32 = N/a2
    a33 = a32*a6
    a34 = G*a33
    a35 = a13*a34
    return (
        35*a4 + 14,
        0,
        0,
        a11*a5 + a5*a9,
        a15 + a16 + 6*a19 + 7*a21 + 3*a22 + a26,
        (
            a21*(2*few((a13) if a30 else (C)) + 1)*((a31/a12) if a30 else (a31))
            + a25*(2*few((a24) if a28 else (M)) + 1)*((a0*a29) if a28 else (a29))
            + 1
        ),
        0,
        0,
        a14 + a19 + 2*a21 + a22 + a26,
        (
            a4*far(a35)
            + a4*far(6*a35)
            + a4*far(a11*a32)
            + a4*far(3*a14*a33)
            + a4*far(6*a18*a33)
            + a4*far(a24*a34)
            + a4*far(a32*a9)
            + far(a15)
            + far(a16)
            + far(a23)
        ),
    )


def conv1d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = (-((-N) // (max(1, (block // O_W)))))
    a2 = a0*a1
    a3 = C*G
    a4 = K_W*M
    a5 = a3*a4
    a6 = O_W/a0
    a7 = D_W*(K_W - 1) + S_W*(a6 - 1) + 1
    a8 = N*a3
    a9 = a0*a8
    a10 = N/a1
    a11 = a10*a6
    a12 = K_W*a11
    a13 = G*(C*a12 + C*a4 + M*a11)
    a14 = a5*(a2 - 1)
    a15 = K_W*O_W*a8
    a16 = a15 + a5
    return (
        8*a2 + 2,
        G*a2,
        N*O_W*a5,
        a13*a2 + a7*a9,
        a14 + a16,
        K_W*a9,
        0,
        a15*((0) if ((S_W == 1) and (a3 == 1)) else (1)),
        a16,
        a2*far(a13) + a2*far(a12*a3) + a2*far(a10*a3*a7) + far(a14) + far(a5),
    )


def conv1d_gradient_kernel_images_last(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_images_last`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = G*a0
    a2 = C*K_W
    a3 = M*a2
    a4 = G*a3
    a5 = O_W/a0
    a6 = C*N*(D_W*(K_W - 1) + S_W*(a5 - 1) + 1)
    a7 = N*a5
    a8 = M*a7 + a2*a7 + a3
    a9 = a4*(a0 - 1)
    a10 = G*a2
    a11 = O_W*a10
    a12 = N*a11 + a4
    return (
        8*a0 + 2,
        a1,
        N*O_W*a4,
        a1*a6 + a1*a8,
        a12 + a9,
        a11,
        0,
        0,
        a12,
        a0*far(G*a6) + a0*far(G*a8) + a0*far(a10*a7) + far(a4) + far(a9),
    )


def conv1d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    a0 = C*K_W
    a1 = G*M
    a2 = a0*a1
    a3 = N*O_W
    a4 = 2*a3
    return (
        3*a0 + 2,
        0,
        0,
        a2,
        a2*a4,
        G*a0*a4,
        0,
        0,
        a2*a3 + a2,
        a0*far(a1*a4) + far(a2),
    )


def conv1d_gradient_kernel_whole(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_whole`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W = s["O_W"], s["S_W"]
    a0 = C*K_W
    a1 = M*a0
    a2 = N*O_W
    a3 = C*G*N*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a4 = a0*a2
    a5 = M*a2 + a1 + a4
    a6 = G*a4
    a7 = ((D_W == 1) and (G == 1)) or (C == 1)
    a8 = 1/C
    return (
        4,
        1,
        a1*a2,
        a3 + a5,
        a6,
        a6*(2*few((a0) if a7 else (C)) + 1)*((a8/K_W) if a7 else (a8)),
        0,
        0,
        a6,
        far(a3) + far(a5) + far(a6),
    )


def conv1d_gradient_kernel_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_winograd_2x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 2*a4
    a6 = 4*G
    a7 = a4*a6
    a8 = C*M
    a9 = G*a8
    a10 = G*a0
    a11 = C*N
    a12 = M*N
    a13 = 8*a10
    a14 = a12*a13
    a15 = a6*a8
    a16 = 7*a9
    a17 = a11*a13
    a18 = a0/a1
    a19 = 2*a18
    a20 = G*a11*(a19 + 2)
    a21 = 1/a3
    a22 = a18*a21
    a23 = a11*a22
    a24 = a12*a22
    a25 = a15 + a6*(a23 + a24)
    a26 = K_W*a9
    a27 = a0*a11*a6
    a28 = a10*a12
    a29 = 2*a28
    a30 = a15*(a4 - 1)
    a31 = a1*a2
    return (
        14*a4 + 7,
        a5 + a7 + 1,
        N*a0*a15 + 16*a10*a11 + a14 + 12*a9,
        a1*a20 + a14 + a16 + a17 + a25*a4,
        a26 + a27 + a29 + a30,
        (1/3)*K_W + a27*((a31) if (C == 1) else (1/C)) + a29*((a31) if (M == 1) else (1/M)),
        0,
        0,
        a17 + a26 + 6*a28 + a7*a8 + 3*a9,
        (
            a4*far(a25)
            + a4*far(8*G*a23)
            + a4*far(6*G*a24)
            + a4*far(a20*a21)
            + a4*far(a23*a6)
            + a5*far(G*a12*a19*a21)
            + far(a16)
            + far(a26)
            + far(a30)
        ),
    )


def conv1d_gradient_kernel_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_winograd_4x3`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 2*a4
    a6 = 6*G
    a7 = a4*a6
    a8 = C*M
    a9 = G*a8
    a10 = G*a0
    a11 = C*N
    a12 = a10*a11
    a13 = M*N
    a14 = a10*a13
    a15 = a6*a8
    a16 = 9*a9
    a17 = 12*a12
    a18 = a0/a1
    a19 = 4*a18
    a20 = G*a11*(a19 + 2)
    a21 = 1/a3
    a22 = a18*a21
    a23 = a11*a22
    a24 = a13*a22
    a25 = a15 + a6*(a23 + a24)
    a26 = K_W*a9
    a27 = a0*a11*a6
    a28 = 4*a14
    a29 = a15*(a4 - 1)
    a30 = a1*a2
    return (
        14*a4 + 7,
        a5 + a7 + 1,
        N*a0*a15 + 36*a12 + 24*a14 + 18*a9,
        a1*a20 + 14*a14 + a16 + a17 + a25*a4,
        a26 + a27 + a28 + a29,
        (1/3)*K_W + a27*((a30) if (C == 1) else (1/C)) + a28*((a30) if (M == 1) else (1/M)),
        0,
        0,
        10*a14 + a17 + a26 + a7*a8 + 3*a9,
        (
            a4*far(a25)
            + a4*far(12*G*a23)
            + a4*far(10*G*a24)
            + a4*far(a20*a21)
            + a4*far(a23*a6)
            + a5*far(G*a13*a19*a21)
            + far(a16)
            + far(a26)
            + far(a29)
        ),
    )


def conv1d_gradient_kernel_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_winograd_4x5`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 2*a4
    a6 = 8*G
    a7 = a4*a6
    a8 = C*M
    a9 = G*a8
    a10 = G*a0
    a11 = C*N
    a12 = a10*a11
    a13 = M*N
    a14 = a10*a13
    a15 = a6*a8
    a16 = 13*a9
    a17 = 16*a12
    a18 = a0/a1
    a19 = 4*a18
    a20 = G*a11*(a19 + 4)
    a21 = 1/a3
    a22 = a18*a21
    a23 = a11*a22
    a24 = a13*a22
    a25 = a15 + a6*(a23 + a24)
    a26 = K_W*a9
    a27 = a0*a11*a6
    a28 = 4*a14
    a29 = a15*(a4 - 1)
    a30 = a1*a2
    return (
        14*a4 + 7,
        a5 + a7 + 1,
        N*a0*a15 + 64*a12 + 32*a14 + 40*a9,
        a1*a20 + 16*a14 + a16 + a17 + a25*a4,
        a26 + a27 + a28 + a29,
        (1/5)*K_W + a27*((a30) if (C == 1) else (1/C)) + a28*((a30) if (M == 1) else (1/M)),
        0,
        0,
        12*a14 + a17 + a26 + a7*a8 + 5*a9,
        (
            a4*far(a25)
            + a4*far(16*G*a23)
            + a4*far(12*G*a24)
            + a4*far(a20*a21)
            + a4*far(a23*a6)
            + a5*far(G*a13*a19*a21)
            + far(a16)
            + far(a26)
            + far(a29)
        ),
    )


def conv1d_gradient_kernel_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_winograd_2x7`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    tiles = s["tiles"]
    a0 = (-((-O_W) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = 1/a0
    a3 = (-((-N) // (max(1, ((a2*tiles) // 1)))))
    a4 = a1*a3
    a5 = 2*a4
    a6 = 8*G
    a7 = a4*a6
    a8 = C*M
    a9 = G*a8
    a10 = G*a0
    a11 = C*N
    a12 = a10*a11
    a13 = M*N
    a14 = a10*a13
    a15 = a6*a8
    a16 = 15*a9
    a17 = 16*a12
    a18 = a0/a1
    a19 = 2*a18
    a20 = G*a11*(a19 + 6)
    a21 = 1/a3
    a22 = a18*a21
    a23 = a11*a22
    a24 = a13*a22
    a25 = a15 + a6*(a23 + a24)
    a26 = K_W*a9
    a27 = a0*a11*a6
    a28 = 2*a14
    a29 = a15*(a4 - 1)
    a30 = a1*a2
    return (
        14*a4 + 7,
        a5 + a7 + 1,
        N*a0*a15 + 64*a12 + 16*a14 + 56*a9,
        a1*a20 + 12*a14 + a16 + a17 + a25*a4,
        a26 + a27 + a28 + a29,
        (1/7)*K_W + a27*((a30) if (C == 1) else (1/C)) + a28*((a30) if (M == 1) else (1/M)),
        0,
        0,
        10*a14 + a17 + a26 + a7*a8 + 7*a9,
        (
            a4*far(a25)
            + a4*far(16*G*a23)
            + a4*far(10*G*a24)
            + a4*far(a20*a21)
            + a4*far(a23*a6)
            + a5*far(G*a13*a19*a21)
            + far(a16)
            + far(a26)
            + far(a29)
        ),
    )


def max_pool1d_forward_banded(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_banded`."""
    C, K_W, N, O_W, S_W, block = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = N*a4
    a6 = K_W*a5
    a7 = (C == 1) or (S_W == 1)
    a8 = 1/a1
    a9 = 1/a2
    a10 = few(C)
    a11 = a10*a9
    a12 = ((0) if a7 else (a11*a5*a8))
    a13 = a12*a3
    a14 = 1/C
    return (
        K_W*a3 + 5*a3 + 1,
        0,
        0,
        0,
        a13 + a6,
        a13*a14 + a6*((a0*a14*a2) if a7 else (1/(C*(1 - a10) + a11*a4))),
        0,
        0,
        a5,
        a3*far(a12) + a3*far(a6*a8*a9),
    )


def max_pool1d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_separable`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_W*O_W
    a3 = a0*a2
    return (
        4,
        0,
        0,
        a1,
        a3,
        0,
        N*a2,
        0,
        O_W*a0,
        far(a1) + far(a3),
    )


def max_pool1d_forward_planes(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_planes`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_W*N
    a3 = C*O_W*a2
    return (
        5,
        0,
        0,
        a1,
        2*a3,
        a3*((1/O_W) if (C == 1) else (1/C)),
        a2,
        0,
        O_W*a0 + a3,
        far(a1) + 2*far(a3),
    )


def max_pool1d_forward_tap(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*O_W
    a1 = N*a0
    a2 = K_W*a1
    a3 = far(a1)
    return (
        K_W + 2,
        0,
        0,
        a1,
        a2,
        a2/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a1,
        K_W*a3 + a3,
    )


def max_pool1d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_windowed`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_W*O_W
    a3 = a0*a2
    return (
        4,
        0,
        0,
        a1,
        a3,
        0,
        N*a2,
        0,
        O_W*a0,
        far(a1) + far(a3),
    )


def max_pool1d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_argmax`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    block = s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = 2*a1
    a3 = (-((-O_W) // (min(O_W, block))))
    a4 = a1*a3
    a5 = 2*K_W
    a6 = a5 - 2
    a7 = C*N
    a8 = O_W*a7
    a9 = K_W*a8
    a10 = a6*a8
    a11 = a8*(3*K_W - 3)
    a12 = (C == 1) or (S_W == 1)
    a13 = 1/a1
    a14 = 1/a3
    a15 = few(C)
    a16 = a14*a15
    a17 = ((0) if a12 else (a13*a16*a8))
    a18 = a2*a3
    a19 = a3/C
    a20 = ((a0*a19) if a12 else (1/(C*O_W*a16 + C*(1 - a15))))
    a21 = a13*a14
    return (
        4*K_W*a4 + a2 + a4*a6 + a4*(a5 + 2) + 6*a4 + 1,
        0,
        0,
        0,
        a10 + a11 + a17*a18 + a9,
        a10*a20 + a17*a19*a2 + a20*a9,
        0,
        0,
        W*a7 + a10 + a8*(K_W - 1),
        a18*far(a17) + a4*far(a10*a21) + a4*far(a11*a21) + a4*far(a21*a9),
    )


def max_pool1d_gradient_x_first(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_first`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = O_W*a0
    a3 = 4*a2
    a4 = K_W*a2
    return (
        11,
        0,
        0,
        a1,
        a3 + 2*a4,
        a2*(2*few(K_W) + 1),
        (1/2)*a2,
        a3,
        a4,
        far(a1) + far(a3) + 2*far(a4),
    )


def max_pool1d_gradient_x_handed(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_handed`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = N*a0
    a2 = K_W*a1
    a3 = a1*(2*K_W - 2)
    a4 = a1*(3*K_W - 3)
    a5 = (C == 1) or (S_W == 1)
    a6 = few(C)
    a7 = ((0) if a5 else (a1*a6))
    a8 = 2*a7
    a9 = 1/C
    a10 = ((a9/O_W) if a5 else (1/(C*(1 - a6) + a0*a6)))
    return (
        8*K_W + 5,
        0,
        0,
        a1,
        a2 + a3 + a4 + a8,
        a10*a2 + a10*a3 + a8*a9,
        0,
        0,
        C*N*W + a1*(K_W - 1) + a1 + a3,
        far(a1) + far(a2) + far(a3) + far(a4) + 2*far(a7),
    )


def max_pool1d_gradient_x_hits(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_hits`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_W*O_W
    a3 = a0*a2
    a4 = 2*a3
    return (
        12,
        0,
        0,
        a1,
        a4,
        29*N*a2,
        0,
        0,
        (1/2)*a3,
        far(a1) + far(a4),
    )


def max_pool1d_winner(s: Sizes) -> Counts:
    """The counts of `max_pool1d.winner`."""
    C, K_W, N, O_W, S_W, block = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["block"]
    a0 = (-((-O_W) // (min(O_W, block))))
    a1 = 1/O_W
    a2 = (-((-N) // (max(1, ((a1*block) // 1)))))
    a3 = a0*a2
    a4 = 3*a3
    a5 = C*N
    a6 = O_W*a5
    a7 = 3*a6
    a8 = (S_W == 1)
    a9 = a8 or (C == 1)
    a10 = few(C)
    a11 = O_W/a0
    a12 = a11*a5/a2
    a13 = ((0) if a9 else (a10*a12))
    a14 = a13*a3
    a15 = C*a11
    a16 = 2*a6
    a17 = 1/C
    return (
        K_W*a4 + 9*a3 + 1,
        0,
        0,
        a7,
        K_W*a7 + a14 + a6,
        (
            K_W*a16/min(a15, C*((a11) if a8 else (1)))
            + K_W*a6*((a0*a1*a17) if a9 else (1/(C*(1 - a10) + a10*a15)))
            + N*a0
            + a14*a17
        ),
        0,
        0,
        a16,
        K_W*a3*far(2*a12) + a3*far(a13) + a3*far(K_W*a12) + a4*far(a12) + far(a6),
    )


def max_pool1d_gradient_x_by_winner(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_by_winner`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    block = s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = 2*a1
    a3 = (-((-O_W) // (min(O_W, block))))
    a4 = 4*K_W
    a5 = a1*a3
    a6 = C*N
    a7 = W*a6
    a8 = O_W*a4
    return (
        a2*a3 + a2 + a4*a5 + 1,
        0,
        0,
        a7,
        a6*a8,
        N*a8*((a0*a3) if (S_W == 1) else (1)),
        0,
        0,
        a7,
        K_W*a5*far(4*O_W*a6/(a1*a3)) + far(a7),
    )


def max_pool1d_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool1d.axis_winners`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*O_W
    a1 = N*a0
    a2 = a1*(2*K_W - 2)
    a3 = (C == 1) or (S_W == 1)
    a4 = few(C)
    a5 = ((0) if a3 else (a1*a4))
    a6 = 1/C
    return (
        3*K_W,
        0,
        0,
        a1,
        a2 + a5,
        a2*((a6/O_W) if a3 else (1/(C*(1 - a4) + a0*a4))) + a5*a6,
        0,
        0,
        a1*(K_W - 1),
        far(a1) + far(a2) + far(a5),
    )


def max_pool1d_gradient_x_by_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_by_axis_winners`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = N*a0
    a2 = K_W*a1
    a3 = a1*(3*K_W - 3)
    a4 = (C == 1) or (S_W == 1)
    a5 = few(C)
    a6 = a0*a5
    a7 = ((0) if a4 else (N*a6))
    a8 = 1/C
    return (
        5*K_W + 4,
        0,
        0,
        0,
        a2 + a3 + a7,
        a2*((a8/O_W) if a4 else (1/(C*(1 - a5) + a6))) + a7*a8,
        0,
        0,
        C*N*W + a1*(2*K_W - 2),
        far(a2) + far(a3) + far(a7),
    )


def avg_pool1d_forward_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_banded`."""
    C, K_W, N, O_W, S_W, block = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = N*a4
    a6 = K_W*a5
    a7 = (C == 1) or (S_W == 1)
    a8 = few(C)
    a9 = 1/a2
    a10 = a9/a1
    a11 = a10*a5
    a12 = ((0) if a7 else (a11*a8))
    a13 = a12*a3
    a14 = a4*a9
    a15 = 1/C
    return (
        K_W*a3 + 6*a3 + 2,
        0,
        0,
        0,
        a13 + a5 + a6,
        a13*a15 + a5/min(C, a14) + a6*((a0*a15*a2) if a7 else (1/(C*(1 - a8) + a14*a8))),
        0,
        0,
        a5,
        a3*far(a11) + a3*far(a12) + a3*far(a10*a6),
    )


def avg_pool1d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_separable`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        6,
        0,
        0,
        a0,
        a2 + a3,
        a1,
        K_W*a1,
        0,
        a2,
        far(a0) + far(a2) + far(a3),
    )


def avg_pool1d_forward_include_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_planes`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        7,
        0,
        0,
        a0,
        a2 + 2*a3,
        a1 + a3*((1/O_W) if (C == 1) else (1/C)),
        K_W*N,
        0,
        a2 + a3,
        far(a0) + far(a2) + 2*far(a3),
    )


def avg_pool1d_forward_include_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_gemm_ones`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    a3 = 2*a2
    a4 = C*N*(K_W + S_W*(O_W - 1))
    a5 = a1 + a2
    return (
        7,
        1,
        0,
        a3 + a4,
        a5,
        a0 + a1,
        0,
        0,
        a5,
        far(a1) + far(a2) + far(a3) + far(a4),
    )


def avg_pool1d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((N) if a1 else (a2))
    a4 = N*a0
    a5 = a4*(a3 + 1)
    a6 = K_W*a5
    return (
        K_W*(a3 + 3) + 4,
        0,
        0,
        a4,
        a4 + a6,
        N*O_W + a6*((1/N) if a1 else (1/a2)),
        0,
        K_W*((a5) if a1 else (0)),
        a4,
        K_W*far(a5) + 2*far(a4),
    )


def avg_pool1d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_windowed`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        6,
        0,
        0,
        a0,
        a2 + a3,
        a1,
        K_W*a1,
        0,
        a2,
        far(a0) + far(a2) + far(a3),
    )


def avg_pool1d_gradient_x_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_include_banded`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    block = s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = C*N
    a5 = O_W*a4
    a6 = K_W*a5
    a7 = (C == 1) or (S_W == 1)
    a8 = 1/a2
    a9 = few(C)
    a10 = a8*a9
    a11 = 1/a1
    a12 = a11*a5
    a13 = ((0) if a7 else (a10*a12))
    a14 = a13*a3
    a15 = 1/C
    return (
        K_W*a3 + 2*a1 + a3*(2*K_W + 2) + 7*a3 + 2,
        0,
        0,
        0,
        a14 + a5 + a6,
        a14*a15 + a6*((a0*a15*a2) if a7 else (1/(C*O_W*a10 + C*(1 - a9)))),
        0,
        0,
        W*a4 + a5,
        a3*far(a13) + a3*far(a12*a8) + a3*far(a11*a6*a8),
    )


def avg_pool1d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_include_tap`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((N) if a1 else (a2))
    a4 = C*N*W
    a5 = N*a0
    a6 = a5*(a3 + 1)
    a7 = K_W*a6
    return (
        K_W*(a3 + 3) + 4,
        0,
        0,
        a4,
        a5 + a7,
        a7*((1/N) if a1 else (1/a2)),
        0,
        K_W*((a6) if a1 else (0)),
        a4 + a5,
        K_W*far(a6) + far(a4) + far(a5),
    )


def avg_pool1d_forward_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_banded`."""
    C, K_W, N, O_W, S_W, block = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = N*a4
    a6 = K_W*a5
    a7 = (C == 1) or (S_W == 1)
    a8 = few(C)
    a9 = 1/a2
    a10 = a9/a1
    a11 = a10*a5
    a12 = ((0) if a7 else (a11*a8))
    a13 = a12*a3
    a14 = a4*a9
    a15 = 1/C
    return (
        K_W*a3 + 6*a3 + 2,
        0,
        0,
        0,
        a13 + a5 + a6,
        a13*a15 + a5/min(C, a14) + a6*((a0*a15*a2) if a7 else (1/(C*(1 - a8) + a14*a8))),
        0,
        0,
        a5,
        a3*far(a11) + a3*far(a12) + a3*far(a10*a6),
    )


def avg_pool1d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_separable`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        6,
        0,
        0,
        a0,
        a2 + a3,
        a1,
        K_W*a1,
        0,
        a2,
        far(a0) + far(a2) + far(a3),
    )


def avg_pool1d_forward_exclude_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_planes`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        7,
        0,
        0,
        a0,
        a2 + 2*a3,
        a1 + a3*((1/O_W) if (C == 1) else (1/C)),
        K_W*N,
        0,
        a2 + a3,
        far(a0) + far(a2) + 2*far(a3),
    )


def avg_pool1d_forward_exclude_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_gemm_ones`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    a3 = 2*a2
    a4 = C*N*(K_W + S_W*(O_W - 1))
    a5 = a1 + a2
    return (
        7,
        1,
        0,
        a3 + a4,
        a5,
        a0 + a1,
        0,
        0,
        a5,
        far(a1) + far(a2) + far(a3) + far(a4),
    )


def avg_pool1d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((N) if a1 else (a2))
    a4 = N*a0
    a5 = a4*(a3 + 1)
    a6 = K_W*a5
    return (
        K_W*(a3 + 3) + 4,
        0,
        0,
        a4,
        a4 + a6,
        N*O_W + a6*((1/N) if a1 else (1/a2)),
        0,
        K_W*((a5) if a1 else (0)),
        a4,
        K_W*far(a5) + 2*far(a4),
    )


def avg_pool1d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_windowed`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N*(K_W + S_W*(O_W - 1))
    a1 = N*O_W
    a2 = C*a1
    a3 = K_W*a2
    return (
        6,
        0,
        0,
        a0,
        a2 + a3,
        a1,
        K_W*a1,
        0,
        a2,
        far(a0) + far(a2) + far(a3),
    )


def avg_pool1d_gradient_x_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_exclude_banded`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    block = s["block"]
    a0 = 1/O_W
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_W) // (min(O_W, block))))
    a3 = a1*a2
    a4 = C*N
    a5 = O_W*a4
    a6 = K_W*a5
    a7 = (C == 1) or (S_W == 1)
    a8 = 1/a2
    a9 = few(C)
    a10 = a8*a9
    a11 = 1/a1
    a12 = a11*a5
    a13 = ((0) if a7 else (a10*a12))
    a14 = a13*a3
    a15 = 1/C
    return (
        K_W*a3 + 2*a1 + a3*(2*K_W + 2) + 7*a3 + 2,
        0,
        0,
        0,
        a14 + a5 + a6,
        a14*a15 + a6*((a0*a15*a2) if a7 else (1/(C*O_W*a10 + C*(1 - a9)))),
        0,
        0,
        W*a4 + a5,
        a3*far(a13) + a3*far(a12*a8) + a3*far(a11*a6*a8),
    )


def avg_pool1d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_exclude_tap`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((N) if a1 else (a2))
    a4 = C*N*W
    a5 = N*a0
    a6 = a5*(a3 + 1)
    a7 = K_W*a6
    return (
        K_W*(a3 + 3) + 4,
        0,
        0,
        a4,
        a5 + a7,
        a7*((1/N) if a1 else (1/a2)),
        0,
        K_W*((a6) if a1 else (0)),
        a4 + a5,
        K_W*far(a6) + far(a4) + far(a5),
    )


def conv2d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_im2row`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = K_H*a3
    a5 = M*a4
    a6 = G*N
    a7 = O_H*a6
    a8 = O_W*a7
    a9 = O_H/a1
    a10 = C*a6*(D_H*(K_H - 1) + S_H*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a11 = M*O_W
    a12 = 1/a0
    a13 = a12*a9
    a14 = N*a13
    a15 = O_W*a4
    a16 = G*(a11*a14 + a14*a15 + a5)
    a17 = a4*a8
    a18 = ((D_W == 1) and (G == 1)) or (C == 1)
    a19 = 1/C
    return (
        8*a2 + 1,
        G*a2,
        a5*a8,
        a1*a10 + a16*a2,
        a17,
        a17*(2*few((a3) if a18 else (C)) + 1)*((a19/K_W) if a18 else (a19)),
        0,
        0,
        a11*a7 + a17,
        a2*far(a16) + a2*far(a10*a12) + a2*far(a13*a15*a6),
    )


def conv2d_forward_depthwise(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_depthwise`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = O_H/a1
    a4 = C*N
    a5 = G*a4*(D_H*(K_H - 1) + S_H*(a3 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a6 = G*O_W
    a7 = K_H*K_W*a6
    a8 = (1/2)*a7
    a9 = N*O_H
    a10 = C*a9
    a11 = 1/G
    a12 = 1/a0
    return (
        7*a2 + 2,
        0,
        0,
        a1*a5,
        a10*a8 + a7,
        8*a10*a7*((a11/O_W) if (S_W == 1) else (a11)),
        0,
        0,
        M*a6*a9,
        a2*far(a12*a5) + a2*far(a12*a3*a4*a8) + far(a7),
    )


def conv2d_forward_fft(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_fft`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, block, step = s["M"], s["N"], s["O_H"], s["O_W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-O_H*a0) // 1))
    a2 = N*a1
    a3 = (-((-N) // (max(1, (block // a1)))))
    a4 = (-((-a1) // (min(a1, block))))
    a5 = a3*a4
    a6 = a1/a4
    a7 = D_H*(K_H - 1) + step
    a8 = (-((-O_W*a0) // 1))
    a9 = D_W*(K_W - 1) + step
    a10 = G*N
    a11 = C*a10*(a7 + step*(a6 - 1))*(a9 + step*(a8 - 1))
    a12 = C*a9
    a13 = M*a7
    a14 = a12*a13
    a15 = G*a14
    a16 = G*a8
    a17 = a16*a2
    a18 = M*step**2
    a19 = a12*a7
    a20 = a17*a19
    a21 = a13*a17*a9
    a22 = 2*a14
    a23 = (C == 1) or (G == 1)
    a24 = 1/C
    a25 = 1/a3
    a26 = N*a16*a25*a6
    a27 = a19*a26
    return (
        3*a2 + 40*a5 + 9,
        0,
        0,
        a11*a4,
        6*a15 + a17*a18 + a17*a22 + 13*a20 + 12*a21,
        a17*step + a20*(2*few((a12) if a23 else (C)) + 1)*((a24/a9) if a23 else (a24)),
        0,
        0,
        M*O_H*O_W*a10 + (1/2)*a15 + 2*a20 + 2*a21,
        (
            a5*far(a27)
            + a5*far(12*a27)
            + a5*far(a11*a25)
            + a5*far(a18*a26)
            + a5*far(a22*a26)
            + a5*far(12*a13*a26*a9)
            + (1/2)*far(12*a15)
        ),
    )


def conv2d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_im2col`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = K_H*K_W
    a4 = M*a3
    a5 = C*G
    a6 = N*O_H
    a7 = a5*a6
    a8 = O_H/a1
    a9 = a5*(D_H*(K_H - 1) + S_H*(a8 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a10 = M*O_W
    a11 = N/a0
    a12 = a11*a8
    a13 = O_W*a12*a3
    a14 = G*(C*a13 + C*a4 + a10*a12)
    a15 = a3*a7
    a16 = O_W*a15
    return (
        8*a2 + 1,
        G*a2,
        O_W*a4*a7,
        N*a1*a9 + a14*a2,
        a16,
        a15,
        0,
        a16*((0) if ((S_W == 1) and (a5 == 1)) else (1)),
        G*a10*a6 + a16,
        a2*far(a14) + a2*far(a11*a9) + a2*far(a13*a5),
    )


def conv2d_forward_images_last(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_images_last`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = G*a0
    a2 = C*K_H*K_W
    a3 = M*a2
    a4 = N*O_W
    a5 = G*O_H
    a6 = O_H/a0
    a7 = C*N*(D_H*(K_H - 1) + S_H*(a6 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a8 = M*a4
    a9 = a2*a4*a6
    a10 = a3 + a6*a8 + a9
    a11 = a2*a5
    a12 = a11*a4
    return (
        8*a0 + 1,
        a1,
        a3*a4*a5,
        a1*a10 + a1*a7,
        a12,
        O_W*a11,
        0,
        0,
        a12 + a5*a8,
        a0*far(G*a10) + a0*far(G*a7) + a0*far(G*a9),
    )


def conv2d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_tap`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W = s["O_H"], s["O_W"]
    a0 = C*K_H*K_W
    a1 = 2*a0
    a2 = G*N*O_H*O_W
    a3 = M*a2
    return (
        a1 + 3,
        0,
        0,
        a3,
        a1*a3,
        a1*a2,
        0,
        0,
        a3,
        a0*far(2*a3) + far(a3),
    )


def conv2d_forward_whole(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_whole`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*K_W
    a1 = K_H*a0
    a2 = M*a1
    a3 = N*O_H*O_W
    a4 = C*G*N*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a5 = a1*a3
    a6 = M*a3 + a2 + a5
    a7 = G*a5
    a8 = ((D_W == 1) and (G == 1)) or (C == 1)
    a9 = 1/C
    return (
        4,
        1,
        a2*a3,
        a4 + a6,
        a7,
        a7*(2*few((a0) if a8 else (C)) + 1)*((a9/K_W) if a8 else (a9)),
        0,
        0,
        a7,
        far(a4) + far(a6) + far(a7),
    )


def conv2d_forward_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_winograd_2x3`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 2))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 16*G
    a5 = C*M
    a6 = G*K_H*K_W*a5
    a7 = G*N
    a8 = (-((-O_W) // 2))
    a9 = a0*a8
    a10 = a7*a9
    a11 = C*a10
    a12 = M*a10
    a13 = a4*a9
    a14 = a0/a2
    a15 = C*a7
    a16 = a15*(2*a14 + 2)*(2*a8 + 2)
    a17 = 1/a1
    a18 = a14*a17*a8
    a19 = C*N
    a20 = a18*a19
    a21 = M*N*a18*a4 + a4*(a20 + a5)
    a22 = a13*a19
    a23 = 4*a10
    a24 = M*a7
    a25 = a18*a24
    return (
        27*a3 + 6,
        a3*a4 + 8*a3 + 5/2,
        N*a13*a5 + 128*a11 + 48*a12 + (14/3)*a6,
        64*a11 + 36*a12 + a16*a2 + a21*a3 + (49/18)*a6,
        M*a23 + a22,
        a22*((1/a8) if (C == 1) else (1/C)) + a23,
        0,
        0,
        O_H*O_W*a24 + 48*a11 + 28*a12 + (14/9)*a6,
        (
            a3*far(a21)
            + a3*far(4*a25)
            + a3*far(12*a25)
            + a3*far(24*a25)
            + 2*a3*far(32*a15*a18)
            + a3*far(a16*a17)
            + a3*far(a20*a4)
            + (1/2)*far((7/3)*a6)
            + (1/2)*far((28/9)*a6)
        ),
    )


def conv2d_forward_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_winograd_4x3`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 4))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 36*G
    a5 = C*M
    a6 = G*K_H*K_W*a5
    a7 = G*N
    a8 = (-((-O_W) // 4))
    a9 = a0*a8
    a10 = a7*a9
    a11 = C*a10
    a12 = M*a10
    a13 = a4*a9
    a14 = a0/a2
    a15 = C*a7
    a16 = a15*(4*a14 + 2)*(4*a8 + 2)
    a17 = 1/a1
    a18 = a14*a17*a8
    a19 = C*N
    a20 = a18*a19
    a21 = M*N*a18*a4 + a4*(a20 + a5)
    a22 = a13*a19
    a23 = 16*a10
    a24 = M*a7
    a25 = 3*a6
    a26 = a18*a24
    return (
        63*a3 + 6,
        a3*a4 + 12*a3 + 7/2,
        N*a13*a5 + 432*a11 + 240*a12 + 9*a6,
        144*a11 + 100*a12 + a16*a2 + a21*a3 + (9/2)*a6,
        M*a23 + a22,
        a22*((1/a8) if (C == 1) else (1/C)) + a23,
        0,
        0,
        O_H*O_W*a24 + 108*a11 + 76*a12 + a25,
        (
            a3*far(a21)
            + a3*far(16*a26)
            + a3*far(40*a26)
            + a3*far(60*a26)
            + 2*a3*far(72*a15*a18)
            + a3*far(a16*a17)
            + a3*far(a20*a4)
            + (1/2)*far(a25)
            + (1/2)*far(6*a6)
        ),
    )


def conv2d_forward_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_winograd_4x5`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 4))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 64*G
    a5 = C*M
    a6 = G*K_H*K_W*a5
    a7 = G*N
    a8 = (-((-O_W) // 4))
    a9 = a0*a8
    a10 = a7*a9
    a11 = C*a10
    a12 = M*a10
    a13 = a4*a9
    a14 = a0/a2
    a15 = C*a7
    a16 = a15*(4*a14 + 4)*(4*a8 + 4)
    a17 = 1/a1
    a18 = a14*a17*a8
    a19 = C*N
    a20 = a18*a19
    a21 = M*N*a18*a4 + a4*(a20 + a5)
    a22 = a13*a19
    a23 = 16*a10
    a24 = M*a7
    a25 = a18*a24
    return (
        63*a3 + 6,
        a3*a4 + 14*a3 + 9/2,
        N*a13*a5 + 1024*a11 + 384*a12 + (52/5)*a6,
        256*a11 + 144*a12 + a16*a2 + a21*a3 + (169/50)*a6,
        M*a23 + a22,
        a22*((1/a8) if (C == 1) else (1/C)) + a23,
        0,
        0,
        O_H*O_W*a24 + 192*a11 + 112*a12 + (52/25)*a6,
        (
            a3*far(a21)
            + a3*far(16*a25)
            + a3*far(48*a25)
            + a3*far(96*a25)
            + 2*a3*far(128*a15*a18)
            + a3*far(a16*a17)
            + a3*far(a20*a4)
            + (1/2)*far((13/5)*a6)
            + (1/2)*far((104/25)*a6)
        ),
    )


def conv2d_forward_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_winograd_2x7`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 2))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 64*G
    a5 = C*M
    a6 = G*K_H*K_W*a5
    a7 = G*N
    a8 = (-((-O_W) // 2))
    a9 = a0*a8
    a10 = a7*a9
    a11 = C*a10
    a12 = M*a10
    a13 = a4*a9
    a14 = a0/a2
    a15 = C*a7
    a16 = a15*(2*a14 + 6)*(2*a8 + 6)
    a17 = 1/a1
    a18 = a14*a17*a8
    a19 = C*N
    a20 = a18*a19
    a21 = M*N*a18*a4 + a4*(a20 + a5)
    a22 = a13*a19
    a23 = 4*a10
    a24 = M*a7
    a25 = a18*a24
    return (
        27*a3 + 6,
        a3*a4 + 12*a3 + 9/2,
        N*a13*a5 + 1024*a11 + 160*a12 + (60/7)*a6,
        256*a11 + 100*a12 + a16*a2 + a21*a3 + (225/98)*a6,
        M*a23 + a22,
        a22*((1/a8) if (C == 1) else (1/C)) + a23,
        0,
        0,
        O_H*O_W*a24 + 192*a11 + 84*a12 + (60/49)*a6,
        (
            a3*far(a21)
            + a3*far(4*a25)
            + a3*far(20*a25)
            + a3*far(80*a25)
            + 2*a3*far(128*a15*a18)
            + a3*far(a16*a17)
            + a3*far(a20*a4)
            + (1/2)*far((15/7)*a6)
            + (1/2)*far((120/49)*a6)
        ),
    )


def conv2d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_im2row`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W, block = s["N"], s["O_H"], s["O_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = C*G
    a4 = (a3 == 1)
    a5 = 2*few((O_W) if a4 else (C))
    a6 = K_H*K_W
    a7 = a2*a6
    a8 = M*a6
    a9 = N*a3
    a10 = O_H*O_W
    a11 = a10*a9
    a12 = H*W*a9
    a13 = a10/(a0*a1)
    a14 = N*a13
    a15 = G*(C*a14*a6 + C*a8 + M*a14)
    a16 = a5 + 1
    a17 = a11*a6
    a18 = a16*a17
    a19 = a13*a16*a9
    return (
        2*a0 + 7*a2 + a7*(a5 + 3) + 1,
        G*a2,
        a11*a8,
        a12 + a15*a2,
        a18,
        a18*((1/O_W) if a4 else (1/C)),
        0,
        a7*((a19) if a4 else (0)),
        a12 + a17,
        a2*far(a15) + a7*far(a19) + far(a12),
    )


def conv2d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_im2row`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // (min(H, block))))
    a2 = (-((-N) // (max(1, (block // H)))))
    a3 = a1*a2
    a4 = K_W*M
    a5 = K_H*a4
    a6 = C*a5
    a7 = G*a6
    a8 = H/a1
    a9 = G*N
    a10 = M*a9*(D_H*(K_H - 1) + a8)*(D_W*(K_W - 1) + W)
    a11 = C*W
    a12 = 1/a2
    a13 = a12*a8
    a14 = N*a13
    a15 = W*a5
    a16 = G*(a11*a14 + a14*a15 + a6)
    a17 = N*a0
    a18 = O_H*O_W*a17
    a19 = G*M
    a20 = a18*a19
    a21 = H*a9
    a22 = a15*a21
    a23 = a22 + a7
    a24 = ((D_W == 1) and (G == 1)) or (M == 1)
    a25 = 1/M
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        H*N*W*a7,
        a1*a10 + a16*a3,
        a20 + a23,
        a18 + a22*(2*few((a4) if a24 else (M)) + 1)*((a25/K_W) if a24 else (a25)) + a7,
        0,
        a7,
        a11*a21 + a17*a19*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + a23,
        a3*far(a16) + a3*far(a10*a12) + a3*far(a13*a15*a9) + far(a20) + far(a7),
    )


def conv2d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_im2col`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // (min(H, block))))
    a2 = (-((-N) // (max(1, (block // H)))))
    a3 = a1*a2
    a4 = G*M
    a5 = K_H*K_W
    a6 = C*a5
    a7 = a4*a6
    a8 = H*N
    a9 = H/a1
    a10 = a4*(D_H*(K_H - 1) + a9)*(D_W*(K_W - 1) + W)
    a11 = C*W
    a12 = N/a2
    a13 = a12*a9
    a14 = W*a13
    a15 = G*(M*a14*a5 + M*a6 + a11*a13)
    a16 = N*a0
    a17 = O_H*O_W*a16
    a18 = a17*a4
    a19 = a4*a5
    a20 = a19*a8
    a21 = W*a20
    a22 = a21 + a7
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        W*a7*a8,
        N*a1*a10 + a15*a3,
        a18 + a22,
        a17 + a20 + a7,
        0,
        a21*((0) if (a4 == 1) else (1)) + a7,
        G*a11*a8 + a16*a4*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + a22,
        a3*far(a15) + a3*far(a10*a12) + a3*far(a14*a19) + far(a18) + far(a7),
    )


def conv2d_gradient_x_dgrad_depthwise(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_depthwise`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // (min(H, block))))
    a2 = (-((-N) // (max(1, (block // H)))))
    a3 = a1*a2
    a4 = H/a1
    a5 = G*M
    a6 = N*a5*(D_H*(K_H - 1) + a4)*(D_W*(K_W - 1) + W)
    a7 = G*W
    a8 = K_H*K_W
    a9 = a7*a8
    a10 = C*a5*a8
    a11 = H*N
    a12 = M*a11*a9
    a13 = N*a0
    a14 = O_H*O_W*a13
    a15 = a14*a5
    a16 = 1/G
    a17 = 1/a2
    return (
        2*a0 + 7*a3 + 2,
        0,
        0,
        a1*a6,
        a10 + (1/2)*a12 + a15 + a9,
        a10 + 8*a12*((a16/W) if (S_W == 1) else (a16)) + a14,
        0,
        a10,
        C*a11*a7 + a10 + a13*a5*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1),
        a3*far(a17*a6) + a3*far((1/2)*M*N*a17*a4*a9) + far(a10) + far(a15) + far(a9),
    )


def conv2d_gradient_x_fft(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_fft`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block, step = s["S_W"], s["W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-H*a0) // 1))
    a2 = N*a1
    a3 = ((0) if (S_H*S_W == 1) else (1))
    a4 = (-((-N) // (max(1, (block // a1)))))
    a5 = (-((-a1) // (min(a1, block))))
    a6 = a4*a5
    a7 = a1/a5
    a8 = D_H*(K_H - 1) + step
    a9 = (-((-W*a0) // 1))
    a10 = D_W*(K_W - 1) + step
    a11 = G*N
    a12 = M*a11*(a10 + step*(a9 - 1))*(a8 + step*(a7 - 1))
    a13 = C*G
    a14 = (1/2)*a13
    a15 = K_H*K_W*M*a14
    a16 = N*a3
    a17 = O_H*O_W*a16
    a18 = G*M
    a19 = a17*a18
    a20 = M*a10
    a21 = a20*a8
    a22 = a13*a21
    a23 = step**2
    a24 = G*a9
    a25 = a2*a24
    a26 = C*a25
    a27 = a10*a26*a8
    a28 = a21*a25
    a29 = 2*a21
    a30 = (G == 1) or (M == 1)
    a31 = 1/M
    a32 = 1/a4
    a33 = N*a24*a32*a7
    a34 = C*a33
    a35 = a21*a33
    return (
        3*a2 + 2*a3 + 40*a6 + 9,
        0,
        0,
        a12*a5,
        a15 + a19 + 6*a22 + a23*a26 + a26*a29 + 12*a27 + 13*a28,
        a15 + a17 + a25*step + a28*(2*few((a20) if a30 else (M)) + 1)*((a31/a10) if a30 else (a31)),
        0,
        a15,
        C*H*W*a11 + a14*a21 + a15 + a16*a18*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + 2*a27 + 2*a28,
        (
            a6*far(a35)
            + a6*far(12*a35)
            + a6*far(a12*a32)
            + a6*far(a23*a34)
            + a6*far(a29*a34)
            + a6*far(12*a10*a34*a8)
            + far(a15)
            + far(a19)
            + (1/2)*far(12*a22)
        ),
    )


def conv2d_gradient_x_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_im2col`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W, block = s["N"], s["O_H"], s["O_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = K_H*K_W
    a4 = a2*a3
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_W
    a9 = C*a7
    a10 = H*W*a9
    a11 = 1/a0
    a12 = a11*a8/a1
    a13 = N*a12
    a14 = G*(M*a13 + a13*a5 + a6)
    a15 = a5*a7
    a16 = a15*a8
    return (
        4*a0 + 7*a2 + 3*a4 + 1,
        G*a2,
        a6*a7*a8,
        a10 + a14*a2,
        a10 + a16,
        8*O_H*a15 + a0,
        0,
        a16,
        2*a10 + a16,
        2*a0*far(a10*a11) + a2*far(a14) + a4*far(a12*a9),
    )


def conv2d_gradient_x_images_last(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_images_last`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W, block = s["N"], s["O_H"], s["O_W"], s["W"], s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = K_H*K_W
    a2 = a0*a1
    a3 = G*a0
    a4 = C*a1
    a5 = M*a4
    a6 = O_H*O_W
    a7 = N*a6
    a8 = C*G
    a9 = H*N*W*a8
    a10 = a7/a0
    a11 = M*a10 + a10*a4 + a5
    a12 = G*a4
    a13 = a12*a7
    return (
        7*a0 + 3*a2 + 1,
        a3,
        G*a5*a7,
        a11*a3 + a9,
        a13,
        8*a12*a6,
        0,
        a13,
        a13 + a9,
        a0*far(G*a11) + a2*far(a10*a8) + far(a9),
    )


def conv2d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_tap`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W = s["N"], s["O_H"], s["O_W"], s["W"]
    a0 = K_H*K_W*M
    a1 = 2*a0
    a2 = G*N
    a3 = C*a2
    a4 = H*W*a3
    a5 = O_H*O_W
    a6 = a3*a5
    return (
        a1 + 3,
        0,
        0,
        a4,
        a1*a6,
        a1*a2*a5,
        0,
        0,
        a4,
        a0*far(2*a6) + far(a4),
    )


def conv2d_gradient_x_dgrad_whole(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_whole`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W = s["S_W"], s["W"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = H*N*W
    a2 = C*a1
    a3 = K_W*M
    a4 = K_H*a3
    a5 = G*M
    a6 = N*a5*(D_H*(K_H - 1) + H)*(D_W*(K_W - 1) + W)
    a7 = C*a4
    a8 = a1*a4
    a9 = a2 + a7 + a8
    a10 = N*a0
    a11 = O_H*O_W*a10
    a12 = a11*a5
    a13 = G*a7
    a14 = G*a8
    a15 = a13 + a14
    a16 = ((D_W == 1) and (G == 1)) or (M == 1)
    a17 = 1/M
    return (
        2*a0 + 4,
        1,
        a2*a4,
        a6 + a9,
        a12 + a15,
        a11 + a13 + a14*(2*few((a3) if a16 else (M)) + 1)*((a17/K_W) if a16 else (a17)),
        0,
        a13,
        a10*a5*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + a15,
        far(a12) + far(a13) + far(a14) + far(a6) + far(a9),
    )


def conv2d_gradient_x_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_winograd_2x3`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, S_H, S_W, W = s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    tiles = s["tiles"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // 2))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 16*G
    a6 = C*M
    a7 = G*K_H*K_W*a6
    a8 = G*N
    a9 = (-((-W) // 2))
    a10 = a1*a9
    a11 = a10*a8
    a12 = C*a11
    a13 = M*a11
    a14 = a10*a5
    a15 = a1/a3
    a16 = M*a8
    a17 = a16*(2*a15 + 2)*(2*a9 + 2)
    a18 = 1/a2
    a19 = a15*a18*a9
    a20 = M*N
    a21 = a19*a20
    a22 = C*N*a19*a5 + a5*(a21 + a6)
    a23 = (1/2)*a7
    a24 = 4*a11
    a25 = a14*a20
    a26 = N*a0
    a27 = O_H*O_W*a26
    a28 = G*M
    a29 = a27*a28
    a30 = C*a8
    a31 = a19*a30
    return (
        2*a0 + 27*a4 + 6,
        a4*a5 + 8*a4 + 5/2,
        N*a14*a6 + 48*a12 + 128*a13 + (14/3)*a7,
        36*a12 + 64*a13 + a17*a3 + a22*a4 + (49/18)*a7,
        C*a24 + a23 + a25 + a29,
        a23 + a24 + a25*((1/a9) if (M == 1) else (1/M)) + a27,
        0,
        a23,
        H*W*a30 + 28*a12 + 48*a13 + a26*a28*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + (37/18)*a7,
        (
            a4*far(a22)
            + a4*far(4*a31)
            + a4*far(12*a31)
            + a4*far(24*a31)
            + 2*a4*far(32*a16*a19)
            + a4*far(a17*a18)
            + a4*far(a21*a5)
            + far(a23)
            + far(a29)
            + (1/2)*far((7/3)*a7)
            + (1/2)*far((28/9)*a7)
        ),
    )


def conv2d_gradient_x_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_winograd_4x3`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, S_H, S_W, W = s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    tiles = s["tiles"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // 4))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 36*G
    a6 = C*M
    a7 = G*K_H*K_W*a6
    a8 = G*N
    a9 = (-((-W) // 4))
    a10 = a1*a9
    a11 = a10*a8
    a12 = C*a11
    a13 = M*a11
    a14 = a10*a5
    a15 = a1/a3
    a16 = M*a8
    a17 = a16*(4*a15 + 2)*(4*a9 + 2)
    a18 = 1/a2
    a19 = a15*a18*a9
    a20 = M*N
    a21 = a19*a20
    a22 = C*N*a19*a5 + a5*(a21 + a6)
    a23 = (1/2)*a7
    a24 = 16*a11
    a25 = a14*a20
    a26 = N*a0
    a27 = O_H*O_W*a26
    a28 = G*M
    a29 = a27*a28
    a30 = C*a8
    a31 = a19*a30
    return (
        2*a0 + 63*a4 + 6,
        a4*a5 + 12*a4 + 7/2,
        N*a14*a6 + 240*a12 + 432*a13 + 9*a7,
        100*a12 + 144*a13 + a17*a3 + a22*a4 + (9/2)*a7,
        C*a24 + a23 + a25 + a29,
        a23 + a24 + a25*((1/a9) if (M == 1) else (1/M)) + a27,
        0,
        a23,
        H*W*a30 + 76*a12 + 108*a13 + a26*a28*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + (7/2)*a7,
        (
            a4*far(a22)
            + a4*far(16*a31)
            + a4*far(40*a31)
            + a4*far(60*a31)
            + 2*a4*far(72*a16*a19)
            + a4*far(a17*a18)
            + a4*far(a21*a5)
            + far(a23)
            + far(a29)
            + (1/2)*far(3*a7)
            + (1/2)*far(6*a7)
        ),
    )


def conv2d_gradient_x_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_winograd_4x5`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, S_H, S_W, W = s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    tiles = s["tiles"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // 4))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 64*G
    a6 = C*M
    a7 = G*K_H*K_W*a6
    a8 = G*N
    a9 = (-((-W) // 4))
    a10 = a1*a9
    a11 = a10*a8
    a12 = C*a11
    a13 = M*a11
    a14 = a10*a5
    a15 = a1/a3
    a16 = M*a8
    a17 = a16*(4*a15 + 4)*(4*a9 + 4)
    a18 = 1/a2
    a19 = a15*a18*a9
    a20 = M*N
    a21 = a19*a20
    a22 = C*N*a19*a5 + a5*(a21 + a6)
    a23 = (1/2)*a7
    a24 = 16*a11
    a25 = a14*a20
    a26 = N*a0
    a27 = O_H*O_W*a26
    a28 = G*M
    a29 = a27*a28
    a30 = C*a8
    a31 = a19*a30
    return (
        2*a0 + 63*a4 + 6,
        a4*a5 + 14*a4 + 9/2,
        N*a14*a6 + 384*a12 + 1024*a13 + (52/5)*a7,
        144*a12 + 256*a13 + a17*a3 + a22*a4 + (169/50)*a7,
        C*a24 + a23 + a25 + a29,
        a23 + a24 + a25*((1/a9) if (M == 1) else (1/M)) + a27,
        0,
        a23,
        H*W*a30 + 112*a12 + 192*a13 + a26*a28*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + (129/50)*a7,
        (
            a4*far(a22)
            + a4*far(16*a31)
            + a4*far(48*a31)
            + a4*far(96*a31)
            + 2*a4*far(128*a16*a19)
            + a4*far(a17*a18)
            + a4*far(a21*a5)
            + far(a23)
            + far(a29)
            + (1/2)*far((13/5)*a7)
            + (1/2)*far((104/25)*a7)
        ),
    )


def conv2d_gradient_x_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_winograd_2x7`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, S_H, S_W, W = s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    tiles = s["tiles"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-H) // 2))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 64*G
    a6 = C*M
    a7 = G*K_H*K_W*a6
    a8 = G*N
    a9 = (-((-W) // 2))
    a10 = a1*a9
    a11 = a10*a8
    a12 = C*a11
    a13 = M*a11
    a14 = a10*a5
    a15 = a1/a3
    a16 = M*a8
    a17 = a16*(2*a15 + 6)*(2*a9 + 6)
    a18 = 1/a2
    a19 = a15*a18*a9
    a20 = M*N
    a21 = a19*a20
    a22 = C*N*a19*a5 + a5*(a21 + a6)
    a23 = (1/2)*a7
    a24 = 4*a11
    a25 = a14*a20
    a26 = N*a0
    a27 = O_H*O_W*a26
    a28 = G*M
    a29 = a27*a28
    a30 = C*a8
    a31 = a19*a30
    return (
        2*a0 + 27*a4 + 6,
        a4*a5 + 12*a4 + 9/2,
        N*a14*a6 + 160*a12 + 1024*a13 + (60/7)*a7,
        100*a12 + 256*a13 + a17*a3 + a22*a4 + (225/98)*a7,
        C*a24 + a23 + a25 + a29,
        a23 + a24 + a25*((1/a9) if (M == 1) else (1/M)) + a27,
        0,
        a23,
        H*W*a30 + 84*a12 + 192*a13 + a26*a28*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1) + (169/98)*a7,
        (
            a4*far(a22)
            + a4*far(4*a31)
            + a4*far(20*a31)
            + a4*far(80*a31)
            + 2*a4*far(128*a16*a19)
            + a4*far(a17*a18)
            + a4*far(a21*a5)
            + far(a23)
            + far(a29)
            + (1/2)*far((15/7)*a7)
            + (1/2)*far((120/49)*a7)
        ),
    )


def conv2d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_im2row`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = (-((-N) // (max(1, (block // O_H)))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = K_H*a3
    a5 = M*a4
    a6 = G*a5
    a7 = O_H*O_W
    a8 = G*N
    a9 = O_H/a0
    a10 = C*(D_H*(K_H - 1) + S_H*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a11 = N/a1
    a12 = O_W*a11*a9
    a13 = a12*a4
    a14 = G*(M*a12 + a13 + a5)
    a15 = a6*(a2 - 1)
    a16 = a4*a7*a8
    a17 = a16 + a6
    a18 = ((D_W == 1) and (G == 1)) or (C == 1)
    a19 = 1/C
    return (
        8*a2 + 2,
        G*a2,
        N*a6*a7,
        a0*a10*a8 + a14*a2,
        a15 + a17,
        a16*(2*few((a3) if a18 else (C)) + 1)*((a19/K_W) if a18 else (a19)),
        0,
        0,
        a17,
        a2*far(a14) + a2*far(G*a13) + a2*far(G*a10*a11) + far(a15) + far(a6),
    )


def conv2d_gradient_kernel_depthwise(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_depthwise`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    N, O_H, O_W, S_H, S_W, block = s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = (-((-N) // (max(1, (block // O_H)))))
    a2 = a0*a1
    a3 = O_H/a0
    a4 = C*N
    a5 = G*a4*(D_H*(K_H - 1) + S_H*(a3 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a6 = G*K_H*K_W
    a7 = O_W*a6
    a8 = O_H*a4*a7
    a9 = a6*(a2 - 1)
    a10 = 1/G
    a11 = 1/a1
    return (
        8*a2,
        0,
        0,
        a0*a5,
        a2*a7 + (1/2)*a8 + a9,
        8*a8*((a10/O_W) if (S_W == 1) else (a10)),
        0,
        0,
        0,
        a2*far(a7) + a2*far(a11*a5) + a2*far((1/2)*a11*a3*a4*a7) + far(a9),
    )


def conv2d_gradient_kernel_fft(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_fft`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, block, step = s["M"], s["N"], s["O_H"], s["O_W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-O_H*a0) // 1))
    a2 = (-((-N) // (max(1, (block // a1)))))
    a3 = (-((-a1) // (min(a1, block))))
    a4 = a2*a3
    a5 = N*a3
    a6 = a1/a3
    a7 = step*(a6 - 1) + step
    a8 = (-((-O_W*a0) // 1))
    a9 = step*(a8 - 1) + step
    a10 = G*M
    a11 = a10*a7*a9
    a12 = D_H*(K_H - 1)
    a13 = D_W*(K_W - 1)
    a14 = C*G*(a12 + a7)*(a13 + a9)
    a15 = a13 + step
    a16 = C*a15
    a17 = a12 + step
    a18 = a10*a17
    a19 = a16*a18
    a20 = 12*a19
    a21 = a19*(a4 - 1)
    a22 = N*a8
    a23 = a1*a22
    a24 = a15*a18
    a25 = a23*a24
    a26 = G*a16*a17
    a27 = a23*a26
    a28 = a19*a23
    a29 = C*K_H*K_W*a10
    a30 = a10*step**2
    a31 = a23*a30
    a32 = a29 + a31
    a33 = (G == 1)
    a34 = a33 or (M == 1)
    a35 = 1/M
    a36 = a33 or (C == 1)
    a37 = 1/C
    a38 = 1/a2
    a39 = a22*a38*a6
    a40 = N*a38
    a41 = a26*a39
    return (
        43*a4 + 18,
        0,
        0,
        a11*a5 + a14*a5,
        a20 + a21 + 12*a25 + 13*a27 + 3*a28 + a32,
        (
            a27*(2*few((a16) if a36 else (C)) + 1)*((a37/a15) if a36 else (a37))
            + a31*(2*few((M*step) if a34 else (M)) + 1)*((a0*a35) if a34 else (a35))
            + 1
        ),
        0,
        0,
        a19 + a25 + 2*a27 + a28 + a32,
        (
            a4*far(a41)
            + a4*far(12*a41)
            + a4*far(a11*a40)
            + a4*far(a14*a40)
            + a4*far(3*a19*a39)
            + a4*far(12*a24*a39)
            + a4*far(a30*a39)
            + far(a20)
            + far(a21)
            + far(a29)
        ),
    )


def conv2d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_im2col`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = (-((-N) // (max(1, (block // O_H)))))
    a2 = a0*a1
    a3 = C*G
    a4 = K_H*K_W
    a5 = M*a4
    a6 = a3*a5
    a7 = N*a3
    a8 = O_H/a0
    a9 = (D_H*(K_H - 1) + S_H*(a8 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a10 = N/a1
    a11 = O_W*a10*a8
    a12 = a11*a4
    a13 = G*(C*a12 + C*a5 + M*a11)
    a14 = a6*(a2 - 1)
    a15 = O_H*a4*a7
    a16 = O_W*a15
    a17 = a16 + a6
    return (
        8*a2 + 2,
        G*a2,
        N*O_H*O_W*a6,
        a0*a7*a9 + a13*a2,
        a14 + a17,
        a15,
        0,
        a16*((0) if ((S_W == 1) and (a3 == 1)) else (1)),
        a17,
        a2*far(a13) + a2*far(a12*a3) + a2*far(a10*a3*a9) + far(a14) + far(a6),
    )


def conv2d_gradient_kernel_images_last(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_images_last`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = G*a0
    a2 = N*O_W
    a3 = C*K_H*K_W
    a4 = M*a3
    a5 = G*a4
    a6 = O_H/a0
    a7 = C*N*(D_H*(K_H - 1) + S_H*(a6 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a8 = a2*a6
    a9 = M*a8 + a3*a8 + a4
    a10 = a5*(a0 - 1)
    a11 = G*a3
    a12 = O_H*a11
    a13 = a12*a2 + a5
    return (
        8*a0 + 2,
        a1,
        O_H*a2*a5,
        a1*a7 + a1*a9,
        a10 + a13,
        O_W*a12,
        0,
        0,
        a13,
        a0*far(G*a7) + a0*far(G*a9) + a0*far(a11*a8) + far(a10) + far(a5),
    )


def conv2d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_tap`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W = s["O_H"], s["O_W"]
    a0 = C*K_H*K_W
    a1 = G*M
    a2 = a0*a1
    a3 = N*O_H*O_W
    a4 = 2*a3
    return (
        3*a0 + 3,
        0,
        0,
        a2,
        a2*a4,
        G*a0*a4,
        0,
        0,
        a2*a3 + a2,
        a0*far(a1*a4) + far(a2),
    )


def conv2d_gradient_kernel_whole(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_whole`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*K_W
    a1 = K_H*a0
    a2 = M*a1
    a3 = N*O_H*O_W
    a4 = C*G*N*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a5 = a1*a3
    a6 = M*a3 + a2 + a5
    a7 = G*a5
    a8 = ((D_W == 1) and (G == 1)) or (C == 1)
    a9 = 1/C
    return (
        4,
        1,
        a2*a3,
        a4 + a6,
        a7,
        a7*(2*few((a0) if a8 else (C)) + 1)*((a9/K_W) if a8 else (a9)),
        0,
        0,
        a7,
        far(a4) + far(a6) + far(a7),
    )


def conv2d_gradient_kernel_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_winograd_2x3`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 16*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*a0
    a9 = (-((-O_W) // 2))
    a10 = N*a9
    a11 = C*a10
    a12 = a11*a8
    a13 = M*a10
    a14 = a13*a8
    a15 = a4*a6
    a16 = a0/a1
    a17 = C*G*N*(2*a16 + 2)*(2*a9 + 2)
    a18 = 1/a2
    a19 = a16*a18
    a20 = a11*a19
    a21 = a13*a19
    a22 = a15 + a4*(a20 + a21)
    a23 = K_H*K_W
    a24 = a23*a7
    a25 = a0*a11*a4
    a26 = 4*a14
    a27 = a15*(a3 - 1)
    a28 = 1/a9
    a29 = 21*a7
    a30 = G*a21
    a31 = 2*a3
    return (
        18*a3 + 9,
        10*a3 + a5 + 4,
        a0*a10*a15 + 128*a12 + 48*a14 + 84*a7,
        a1*a17 + 64*a12 + 40*a14 + a22*a3 + 49*a7,
        a24 + a25 + a26 + a27,
        (1/9)*a23 + a25*((a28) if (C == 1) else (1/C)) + a26*((a28) if (M == 1) else (1/M)),
        0,
        0,
        48*a12 + 28*a14 + a24 + a29 + a5*a6,
        (
            a3*far(a22)
            + a3*far(12*a30)
            + a3*far(24*a30)
            + a3*far(a17*a18)
            + a3*far(a20*a4)
            + a31*far(4*a30)
            + a31*far(32*G*a20)
            + far(a24)
            + far(a27)
            + far(a29)
            + far(28*a7)
        ),
    )


def conv2d_gradient_kernel_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_winograd_4x3`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 36*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*a0
    a9 = (-((-O_W) // 4))
    a10 = N*a9
    a11 = C*a10
    a12 = a11*a8
    a13 = M*a10
    a14 = a13*a8
    a15 = a4*a6
    a16 = a0/a1
    a17 = C*G*N*(4*a16 + 2)*(4*a9 + 2)
    a18 = 1/a2
    a19 = a16*a18
    a20 = a11*a19
    a21 = a13*a19
    a22 = a15 + a4*(a20 + a21)
    a23 = K_H*K_W
    a24 = a23*a7
    a25 = a0*a11*a4
    a26 = 16*a14
    a27 = a15*(a3 - 1)
    a28 = 1/a9
    a29 = 27*a7
    a30 = G*a21
    a31 = 2*a3
    return (
        18*a3 + 9,
        14*a3 + a5 + 4,
        a0*a10*a15 + 432*a12 + 240*a14 + 162*a7,
        a1*a17 + 144*a12 + 116*a14 + a22*a3 + 81*a7,
        a24 + a25 + a26 + a27,
        (1/9)*a23 + a25*((a28) if (C == 1) else (1/C)) + a26*((a28) if (M == 1) else (1/M)),
        0,
        0,
        108*a12 + 76*a14 + a24 + a29 + a5*a6,
        (
            a3*far(a22)
            + a3*far(40*a30)
            + a3*far(60*a30)
            + a3*far(a17*a18)
            + a3*far(a20*a4)
            + a31*far(16*a30)
            + a31*far(72*G*a20)
            + far(a24)
            + far(a27)
            + far(a29)
            + far(54*a7)
        ),
    )


def conv2d_gradient_kernel_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_winograd_4x5`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 18*a3
    a5 = 64*G
    a6 = a3*a5
    a7 = C*M
    a8 = G*a7
    a9 = G*a0
    a10 = (-((-O_W) // 4))
    a11 = N*a10
    a12 = C*a11
    a13 = a12*a9
    a14 = M*a11
    a15 = a14*a9
    a16 = a5*a7
    a17 = a0/a1
    a18 = C*G*N*(4*a10 + 4)*(4*a17 + 4)
    a19 = 1/a2
    a20 = a17*a19
    a21 = a12*a20
    a22 = a14*a20
    a23 = a16 + a5*(a21 + a22)
    a24 = K_H*K_W
    a25 = a24*a8
    a26 = a0*a12*a5
    a27 = 16*a15
    a28 = a16*(a3 - 1)
    a29 = 1/a10
    a30 = 65*a8
    a31 = G*a22
    a32 = 2*a3
    return (
        a4 + 9,
        a4 + a6 + 6,
        a0*a11*a16 + 1024*a13 + 384*a15 + 520*a8,
        a1*a18 + 256*a13 + 160*a15 + a23*a3 + 169*a8,
        a25 + a26 + a27 + a28,
        (1/25)*a24 + a26*((a29) if (C == 1) else (1/C)) + a27*((a29) if (M == 1) else (1/M)),
        0,
        0,
        192*a13 + 112*a15 + a25 + a30 + a6*a7,
        (
            a3*far(a23)
            + a3*far(48*a31)
            + a3*far(96*a31)
            + a3*far(a18*a19)
            + a3*far(a21*a5)
            + a32*far(16*a31)
            + a32*far(128*G*a21)
            + far(a25)
            + far(a28)
            + far(a30)
            + far(104*a8)
        ),
    )


def conv2d_gradient_kernel_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_winograd_2x7`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W, tiles = s["O_H"], s["O_W"], s["tiles"]
    a0 = (-((-O_H) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 18*a3
    a5 = 64*G
    a6 = a3*a5
    a7 = C*M
    a8 = G*a7
    a9 = G*a0
    a10 = (-((-O_W) // 2))
    a11 = N*a10
    a12 = C*a11
    a13 = a12*a9
    a14 = M*a11
    a15 = a14*a9
    a16 = a5*a7
    a17 = a0/a1
    a18 = C*G*N*(2*a10 + 6)*(2*a17 + 6)
    a19 = 1/a2
    a20 = a17*a19
    a21 = a12*a20
    a22 = a14*a20
    a23 = a16 + a5*(a21 + a22)
    a24 = K_H*K_W
    a25 = a24*a8
    a26 = a0*a12*a5
    a27 = 4*a15
    a28 = a16*(a3 - 1)
    a29 = 1/a10
    a30 = 105*a8
    a31 = G*a22
    a32 = 2*a3
    return (
        a4 + 9,
        a4 + a6 + 8,
        a0*a11*a16 + 1024*a13 + 160*a15 + 840*a8,
        a1*a18 + 256*a13 + 104*a15 + a23*a3 + 225*a8,
        a25 + a26 + a27 + a28,
        (1/49)*a24 + a26*((a29) if (C == 1) else (1/C)) + a27*((a29) if (M == 1) else (1/M)),
        0,
        0,
        192*a13 + 84*a15 + a25 + a30 + a6*a7,
        (
            a3*far(a23)
            + a3*far(20*a31)
            + a3*far(80*a31)
            + a3*far(a18*a19)
            + a3*far(a21*a5)
            + a32*far(4*a31)
            + a32*far(128*G*a21)
            + far(a25)
            + far(a28)
            + far(a30)
            + far(120*a8)
        ),
    )


def max_pool2d_forward_banded(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_banded`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W, block = s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_H) // (min(O_H, block))))
    a3 = a1*a2
    a4 = C*W
    a5 = N*O_H
    a6 = a4*a5
    a7 = K_H*a6
    a8 = C*O_W
    a9 = a5*a8
    a10 = K_W*a9
    a11 = (C == 1) or (S_W == 1)
    a12 = few(C)
    a13 = a12*a8
    a14 = 1/a2
    a15 = 1/a1
    a16 = a14*a15
    a17 = ((0) if a11 else (a13*a16*a5))
    a18 = a17*a3
    a19 = (S_H == 1) or (a4 == 1)
    a20 = few(a4)
    a21 = a14*a20
    a22 = ((0) if a19 else (a15*a21*a6))
    a23 = a22*a3
    a24 = 1/C
    a25 = a24/W
    return (
        K_H*a3 + K_W*a3 + 9*a3 + 1,
        0,
        0,
        0,
        a10 + a18 + a23 + a7,
        (
            a10*((a24/O_W) if a11 else (1/(C*(1 - a12) + a13)))
            + a18*a24
            + a23*a25
            + a7*((a0*a2*a25) if a19 else (1/(O_H*a21*a4 + a4*(1 - a20))))
        ),
        0,
        0,
        a6 + a9,
        a3*far(a17) + a3*far(a22) + a3*far(a10*a16) + a3*far(a16*a7),
    )


def max_pool2d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_separable`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W, W = s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = a1*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a3 = C*W
    a4 = N*a3*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)
    a5 = K_H*a0
    a6 = a3*a5
    a7 = K_W*O_W
    a8 = a1*a7
    return (
        8,
        0,
        0,
        a2 + a4,
        a6 + a8,
        0,
        a0*a7 + a5,
        0,
        O_W*a1 + W*a1,
        far(a2) + far(a4) + far(a6) + far(a8),
    )


def max_pool2d_forward_planes(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_planes`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W = s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_H*K_W*N
    a3 = O_H*O_W
    a4 = C*a2*a3
    return (
        5,
        0,
        0,
        a1,
        2*a4,
        a4*((1/O_W) if (C == 1) else (1/C)),
        a2,
        0,
        a0*a3 + a4,
        far(a1) + 2*far(a4),
    )


def max_pool2d_forward_tap(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_tap`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = N*O_H*a0
    a2 = C*W
    a3 = O_H*a2
    a4 = N*a3
    a5 = a1 + a4
    a6 = K_H*a4
    a7 = K_W*a1
    a8 = far(a1)
    a9 = far(a4)
    return (
        K_H + K_W + 4,
        0,
        0,
        a5,
        a6 + a7,
        (
            a6/min(a3, a2*((O_H) if (S_H == 1) else (1)))
            + a7/min(a0, C*((O_W) if (S_W == 1) else (1)))
        ),
        0,
        0,
        a5,
        K_H*a9 + K_W*a8 + a8 + a9,
    )


def max_pool2d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_windowed`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W = s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = O_H*O_W
    a3 = a0*a2
    a4 = K_H*K_W
    a5 = a3*a4
    return (
        4,
        0,
        0,
        a1,
        a5,
        0,
        N*a2*a4,
        0,
        a3,
        far(a1) + far(a5),
    )


def max_pool2d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_argmax`."""
    C, D_H, H, K_H, K_W, N = s["C"], s["D_H"], s["H"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W, W, block = s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = 2*a1
    a3 = (-((-O_H) // (min(O_H, block))))
    a4 = a1*a3
    a5 = 4*a4
    a6 = 2*K_H
    a7 = a6 - 2
    a8 = 2*K_W
    a9 = a8 - 2
    a10 = (C == 1) or (S_W == 1)
    a11 = K_H - 1
    a12 = O_H/a3
    a13 = D_H*a11 + S_H*(a12 - 1) + 1
    a14 = 1/a1
    a15 = few(C)
    a16 = C*O_W
    a17 = a15*a16
    a18 = ((0) if a10 else (N*a13*a14*a17))
    a19 = a2*a3
    a20 = a18*a19
    a21 = (S_H == 1) or (a16 == 1)
    a22 = few(a16)
    a23 = a12*a22
    a24 = N*a16
    a25 = a14*a24
    a26 = ((0) if a21 else (a23*a25))
    a27 = a19*a26
    a28 = O_H*a24
    a29 = K_H*a28
    a30 = 3*K_H - 3
    a31 = a13*a24
    a32 = a3*a31
    a33 = K_W*a32
    a34 = 3*K_W - 3
    a35 = a28*a7
    a36 = a32*a9
    a37 = a35 + a36
    a38 = 1/C
    a39 = a38/O_W
    a40 = ((a0*a3*a39) if a21 else (1/(a16*a23 + a16*(1 - a22))))
    a41 = ((a39) if a10 else (1/(C*(1 - a15) + a17)))
    a42 = a12*a25
    a43 = a14*a31
    return (
        K_H*a5 + K_W*a5 + a2 + a4*a7 + a4*a9 + a4*(a6 + 2) + a4*(a8 + 2) + 8*a4 + 1,
        0,
        0,
        0,
        a20 + a27 + a28*a30 + a29 + a32*a34 + a33 + a37,
        a20*a38 + a27*a39 + a29*a40 + a33*a41 + a35*a40 + a36*a41,
        0,
        0,
        C*H*N*W + a11*a28 + a32*(K_W - 1) + a32 + a37,
        (
            a19*far(a18)
            + a19*far(a26)
            + a4*far(K_H*a42)
            + a4*far(K_W*a43)
            + a4*far(a30*a42)
            + a4*far(a34*a43)
            + a4*far(a42*a7)
            + a4*far(a43*a9)
        ),
    )


def max_pool2d_gradient_x_first(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_first`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W = s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = O_H*O_W*a0
    a3 = 4*a2
    a4 = K_H*a2
    a5 = K_W*a4
    return (
        11,
        0,
        0,
        a1,
        a3 + 2*a5,
        a4*(2*few(K_W) + 1),
        (1/2)*a2,
        a3,
        a5,
        far(a1) + far(a3) + 2*far(a5),
    )


def max_pool2d_gradient_x_handed(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_handed`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = O_H*a0
    a2 = N*a1
    a3 = (C == 1) or (S_W == 1)
    a4 = few(C)
    a5 = a0*a4
    a6 = H*N
    a7 = ((0) if a3 else (a5*a6))
    a8 = 2*a7
    a9 = (S_H == 1) or (a0 == 1)
    a10 = few(a0)
    a11 = ((0) if a9 else (a10*a2))
    a12 = 2*a11
    a13 = a0*a6
    a14 = K_W*a13
    a15 = a13*(3*K_W - 3)
    a16 = K_H*a2
    a17 = a2*(3*K_H - 3)
    a18 = a13*(2*K_W - 2)
    a19 = a2*(2*K_H - 2)
    a20 = a18 + a19
    a21 = 1/C
    a22 = a21/O_W
    a23 = ((a22) if a3 else (1/(C*(1 - a4) + a5)))
    a24 = ((a22/O_H) if a9 else (1/(a0*(1 - a10) + a1*a10)))
    return (
        8*K_H + 8*K_W + 8,
        0,
        0,
        a2,
        a12 + a14 + a15 + a16 + a17 + a20 + a8,
        a12*a22 + a14*a23 + a16*a24 + a18*a23 + a19*a24 + a21*a8,
        0,
        0,
        C*W*a6 + a13*(K_W - 1) + a13 + a2*(K_H - 1) + a2 + a20,
        (
            2*far(a11)
            + far(a14)
            + far(a15)
            + far(a16)
            + far(a17)
            + far(a18)
            + far(a19)
            + far(a2)
            + 2*far(a7)
        ),
    )


def max_pool2d_gradient_x_hits(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_hits`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W = s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_H*K_W*O_H*O_W
    a3 = a0*a2
    a4 = 2*a3
    return (
        12,
        0,
        0,
        a1,
        a4,
        29*N*a2,
        0,
        0,
        (1/2)*a3,
        far(a1) + far(a4),
    )


def max_pool2d_winner(s: Sizes) -> Counts:
    """The counts of `max_pool2d.winner`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W, block = s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = (-((-O_H) // (min(O_H, block))))
    a1 = 1/O_H
    a2 = (-((-N) // (max(1, ((a1*block) // 1)))))
    a3 = a0*a2
    a4 = K_H*a3
    a5 = K_W*a4
    a6 = C*O_W
    a7 = N*O_H
    a8 = a6*a7
    a9 = C*W
    a10 = a7*a9
    a11 = K_H*a10
    a12 = K_W*a8
    a13 = 2*K_H*a12
    a14 = (S_W == 1)
    a15 = a14 or (C == 1)
    a16 = few(C)
    a17 = a16*a6
    a18 = 1/a0
    a19 = 1/a2
    a20 = a18*a19
    a21 = ((0) if a15 else (a17*a20*a7))
    a22 = a21*a3
    a23 = (S_H == 1) or (a9 == 1)
    a24 = few(a9)
    a25 = a18*a24
    a26 = ((0) if a23 else (a10*a19*a25))
    a27 = a26*a3
    a28 = 1/C
    a29 = a28/W
    a30 = 2*a8
    return (
        K_W*a3 + 13*a3 + a4 + 2*a5 + 1,
        0,
        0,
        3*a8,
        a11 + a12 + a13 + a22 + a27 + a8,
        (
            N*a0
            + a11*((a0*a1*a29) if a23 else (1/(O_H*a25*a9 + a9*(1 - a24))))
            + a12*((a28/O_W) if a15 else (1/(C*(1 - a16) + a17)))
            + a13/min(a6, C*((O_W) if a14 else (1)))
            + a22*a28
            + a27*a29
        ),
        0,
        0,
        a10 + a30,
        (
            a3*far(a21)
            + a3*far(a26)
            + a3*far(a11*a20)
            + a3*far(a12*a20)
            + 3*a3*far(a20*a8)
            + a5*far(a20*a30)
            + far(a8)
        ),
    )


def max_pool2d_gradient_x_by_winner(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_by_winner`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = K_H*K_W*a2
    a4 = C*N
    a5 = H*W*a4
    a6 = 4*O_H*O_W*a4
    a7 = K_H*K_W
    return (
        2*a0 + 3*a2 + 4*a3 + 1,
        0,
        0,
        a5,
        a6*a7,
        4*N*O_H*O_W*a7*((1/O_W) if (S_W == 1) else (1)),
        0,
        0,
        a5,
        a3*far(a6/(a0*a1)) + far(a5),
    )


def max_pool2d_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool2d.axis_winners`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W = s["O_W"], s["S_H"], s["S_W"]
    a0 = C*O_W
    a1 = O_H*a0
    a2 = N*a1
    a3 = H*N
    a4 = a0*a3
    a5 = a4*(2*K_W - 2)
    a6 = a2*(2*K_H - 2)
    a7 = (C == 1) or (S_W == 1)
    a8 = few(C)
    a9 = a0*a8
    a10 = ((0) if a7 else (a3*a9))
    a11 = (S_H == 1) or (a0 == 1)
    a12 = few(a0)
    a13 = ((0) if a11 else (a12*a2))
    a14 = 1/C
    a15 = a14/O_W
    return (
        3*K_H + 3*K_W - 1,
        0,
        0,
        a2,
        a10 + a13 + a5 + a6,
        (
            a10*a14
            + a13*a15
            + a5*((a15) if a7 else (1/(C*(1 - a8) + a9)))
            + a6*((a15/O_H) if a11 else (1/(a0*(1 - a12) + a1*a12)))
        ),
        0,
        0,
        a2*(K_H - 1) + a4*(K_W - 1),
        far(a10) + far(a13) + far(a2) + far(a5) + far(a6),
    )


def max_pool2d_gradient_x_by_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_by_axis_winners`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = H*N
    a2 = a0*a1
    a3 = K_W*a2
    a4 = O_H*a0
    a5 = N*a4
    a6 = K_H*a5
    a7 = a2*(3*K_W - 3)
    a8 = a5*(3*K_H - 3)
    a9 = (C == 1) or (S_W == 1)
    a10 = few(C)
    a11 = a0*a10
    a12 = ((0) if a9 else (a1*a11))
    a13 = (S_H == 1) or (a0 == 1)
    a14 = few(a0)
    a15 = a14*a4
    a16 = ((0) if a13 else (N*a15))
    a17 = 1/C
    a18 = a17/O_W
    return (
        5*K_H + 5*K_W + 8,
        0,
        0,
        0,
        a12 + a16 + a3 + a6 + a7 + a8,
        (
            a12*a17
            + a16*a18
            + a3*((a18) if a9 else (1/(C*(1 - a10) + a11)))
            + a6*((a18/O_H) if a13 else (1/(a0*(1 - a14) + a15)))
        ),
        0,
        0,
        C*W*a1 + a2*(2*K_W - 2) + a2 + a5*(2*K_H - 2),
        far(a12) + far(a16) + far(a3) + far(a6) + far(a7) + far(a8),
    )


def avg_pool2d_forward_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_banded`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W, block = s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_H) // (min(O_H, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*a5
    a7 = 2*a6
    a8 = C*W
    a9 = O_H*a8
    a10 = N*a9
    a11 = K_H*a10
    a12 = K_W*a6
    a13 = (C == 1) or (S_W == 1)
    a14 = 1/a2
    a15 = few(C)
    a16 = a15*a4
    a17 = 1/a1
    a18 = N*a17
    a19 = ((0) if a13 else (O_H*a14*a16*a18))
    a20 = a19*a3
    a21 = (S_H == 1) or (a8 == 1)
    a22 = few(a8)
    a23 = a14*a22
    a24 = ((0) if a21 else (a10*a17*a23))
    a25 = a24*a3
    a26 = a14*a5
    a27 = 1/C
    a28 = a27/W
    a29 = a18*a26
    return (
        K_H*a3 + K_W*a3 + 11*a3 + 3,
        0,
        0,
        0,
        a11 + a12 + a20 + a25 + a7,
        (
            a11*((a0*a2*a28) if a21 else (1/(a23*a9 + a8*(1 - a22))))
            + a12*((a27/O_W) if a13 else (1/(C*(1 - a15) + a16)))
            + a20*a27
            + a25*a28
            + a7/min(C, a26)
        ),
        0,
        0,
        a10 + a6,
        a3*far(a19) + a3*far(a24) + a3*far(2*a29) + a3*far(K_W*a29) + a3*far(a11*a14*a17),
    )


def avg_pool2d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_separable`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = a1*(K_W + S_W*(O_W - 1))
    a3 = C*W
    a4 = N*a3*(K_H + S_H*(O_H - 1))
    a5 = O_W*a1
    a6 = 2*a5
    a7 = K_H*a0
    a8 = a3*a7
    a9 = K_W*a5
    a10 = O_W*a0
    return (
        12,
        0,
        0,
        a2 + a4,
        a6 + a8 + a9,
        2*a10,
        K_W*a10 + a7,
        0,
        W*a1 + a5,
        far(a2) + far(a4) + far(a6) + far(a8) + far(a9),
    )


def avg_pool2d_forward_include_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_planes`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_W
    a3 = 2*a2
    a4 = a0*a3
    a5 = K_H*K_W*N
    a6 = C*a5
    a7 = a2*a6
    return (
        9,
        0,
        0,
        a1,
        a3*a6 + a4,
        N*a3 + a7*((1/O_W) if (C == 1) else (1/C)),
        a5,
        0,
        a0*a2 + a7,
        far(a1) + far(a4) + 2*far(a7),
    )


def avg_pool2d_forward_include_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_gemm_ones`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a2
    a4 = K_H*K_W*a3
    a5 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a6 = a0*a1
    a7 = K_H*a6
    a8 = K_W*a7
    return (
        9,
        1,
        0,
        a4 + a5,
        a3 + a8,
        N*a2 + a7,
        0,
        0,
        a6 + a8,
        far(a3) + far(a4) + far(a5) + far(a8),
    )


def avg_pool2d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_tap`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((O_H) if a1 else (a2))
    a4 = C*W
    a5 = (a4 == 1)
    a6 = O_H*a4
    a7 = min(a6, a4*((O_H) if (S_H == 1) else (1)))
    a8 = 2*few((O_H) if a5 else (a7))
    a9 = N*O_H
    a10 = a0*a9
    a11 = N*a6
    a12 = a10 + a11
    a13 = 2*a10
    a14 = a10*(a3 + 1)
    a15 = K_W*a14
    a16 = a11*(a8 + 1)
    a17 = K_H*a16
    a18 = 1/O_H
    return (
        K_H*(a8 + 3) + K_W*(a3 + 3) + 8,
        0,
        0,
        a12,
        a13 + a15 + a17,
        2*O_W*a9 + a15*((a18) if a1 else (1/a2)) + a17*((a18) if a5 else (1/a7)),
        0,
        K_H*((a16) if a5 else (0)) + K_W*((a14) if a1 else (0)),
        a12,
        K_H*far(a16) + K_W*far(a14) + far(a10) + far(a11) + far(a13),
    )


def avg_pool2d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_windowed`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_W
    a3 = 2*a2
    a4 = a0*a3
    a5 = a0*a2
    a6 = K_H*K_W
    a7 = a5*a6
    return (
        8,
        0,
        0,
        a1,
        a4 + a7,
        N*a3,
        N*a2*a6,
        0,
        a5,
        far(a1) + far(a4) + far(a7),
    )


def avg_pool2d_gradient_x_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_include_banded`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W, block = s["O_W"], s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_H) // (min(O_H, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = N*a4
    a6 = O_H*a5
    a7 = K_H*a6
    a8 = O_H/a2
    a9 = K_H + S_H*(a8 - 1)
    a10 = a5*a9
    a11 = a10*a2
    a12 = K_W*a11
    a13 = (S_H == 1) or (a4 == 1)
    a14 = few(a4)
    a15 = a14*a8
    a16 = 1/a1
    a17 = a16*a5
    a18 = ((0) if a13 else (a15*a17))
    a19 = a18*a3
    a20 = (C == 1) or (S_W == 1)
    a21 = few(C)
    a22 = a21*a4
    a23 = ((0) if a20 else (N*a16*a22*a9))
    a24 = a23*a3
    a25 = 1/C
    a26 = a25/O_W
    a27 = a17*a8
    return (
        K_H*a3 + K_W*a3 + 2*a1 + a3*(2*K_H + 2) + a3*(2*K_W + 2) + 9*a3 + 3,
        0,
        0,
        0,
        a12 + a19 + a24 + a6 + a7,
        (
            a12*((a26) if a20 else (1/(C*(1 - a21) + a22)))
            + a19*a26
            + a24*a25
            + a7*((a0*a2*a26) if a13 else (1/(a15*a4 + a4*(1 - a14))))
        ),
        0,
        0,
        C*H*N*W + a11 + a6,
        a3*far(a18) + a3*far(a23) + a3*far(a27) + a3*far(K_H*a27) + a3*far(K_W*a10*a16),
    )


def avg_pool2d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_include_tap`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((H) if a1 else (a2))
    a4 = O_H*a0
    a5 = min(a4, a0*((O_H) if (S_H == 1) else (1)))
    a6 = 2*few((O_H) if a1 else (a5))
    a7 = H*N
    a8 = a0*a7
    a9 = C*W*a7
    a10 = a8 + a9
    a11 = N*a4
    a12 = a8*(a3 + 1)
    a13 = K_W*a12
    a14 = a11*(a6 + 1)
    a15 = K_H*a14
    return (
        K_H*(a6 + 3) + K_W*(a3 + 3) + 7,
        0,
        0,
        a10,
        a11 + a13 + a15,
        a13*((1/H) if a1 else (1/a2)) + a15*((1/O_H) if a1 else (1/a5)),
        0,
        K_H*((a14) if a1 else (0)) + K_W*((a12) if a1 else (0)),
        a10 + a11,
        K_H*far(a14) + K_W*far(a12) + far(a11) + far(a8) + far(a9),
    )


def avg_pool2d_forward_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_banded`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W, block = s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_H) // (min(O_H, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*a5
    a7 = 2*a6
    a8 = C*W
    a9 = O_H*a8
    a10 = N*a9
    a11 = K_H*a10
    a12 = K_W*a6
    a13 = (C == 1) or (S_W == 1)
    a14 = 1/a2
    a15 = few(C)
    a16 = a15*a4
    a17 = 1/a1
    a18 = N*a17
    a19 = ((0) if a13 else (O_H*a14*a16*a18))
    a20 = a19*a3
    a21 = (S_H == 1) or (a8 == 1)
    a22 = few(a8)
    a23 = a14*a22
    a24 = ((0) if a21 else (a10*a17*a23))
    a25 = a24*a3
    a26 = a14*a5
    a27 = 1/C
    a28 = a27/W
    a29 = a18*a26
    return (
        K_H*a3 + K_W*a3 + 11*a3 + 3,
        0,
        0,
        0,
        a11 + a12 + a20 + a25 + a7,
        (
            a11*((a0*a2*a28) if a21 else (1/(a23*a9 + a8*(1 - a22))))
            + a12*((a27/O_W) if a13 else (1/(C*(1 - a15) + a16)))
            + a20*a27
            + a25*a28
            + a7/min(C, a26)
        ),
        0,
        0,
        a10 + a6,
        a3*far(a19) + a3*far(a24) + a3*far(2*a29) + a3*far(K_W*a29) + a3*far(a11*a14*a17),
    )


def avg_pool2d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_separable`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = a1*(K_W + S_W*(O_W - 1))
    a3 = C*W
    a4 = N*a3*(K_H + S_H*(O_H - 1))
    a5 = O_W*a1
    a6 = 2*a5
    a7 = K_H*a0
    a8 = a3*a7
    a9 = K_W*a5
    a10 = O_W*a0
    return (
        12,
        0,
        0,
        a2 + a4,
        a6 + a8 + a9,
        2*a10,
        K_W*a10 + a7,
        0,
        W*a1 + a5,
        far(a2) + far(a4) + far(a6) + far(a8) + far(a9),
    )


def avg_pool2d_forward_exclude_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_planes`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_W
    a3 = 2*a2
    a4 = a0*a3
    a5 = K_H*K_W*N
    a6 = C*a5
    a7 = a2*a6
    return (
        9,
        0,
        0,
        a1,
        a3*a6 + a4,
        N*a3 + a7*((1/O_W) if (C == 1) else (1/C)),
        a5,
        0,
        a0*a2 + a7,
        far(a1) + far(a4) + 2*far(a7),
    )


def avg_pool2d_forward_exclude_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_gemm_ones`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a2
    a4 = K_H*K_W*a3
    a5 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a6 = a0*a1
    a7 = K_H*a6
    a8 = K_W*a7
    return (
        9,
        1,
        0,
        a4 + a5,
        a3 + a8,
        N*a2 + a7,
        0,
        0,
        a6 + a8,
        far(a3) + far(a4) + far(a5) + far(a8),
    )


def avg_pool2d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_tap`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((O_H) if a1 else (a2))
    a4 = C*W
    a5 = (a4 == 1)
    a6 = O_H*a4
    a7 = min(a6, a4*((O_H) if (S_H == 1) else (1)))
    a8 = 2*few((O_H) if a5 else (a7))
    a9 = N*O_H
    a10 = a0*a9
    a11 = N*a6
    a12 = a10 + a11
    a13 = 2*a10
    a14 = a10*(a3 + 1)
    a15 = K_W*a14
    a16 = a11*(a8 + 1)
    a17 = K_H*a16
    a18 = 1/O_H
    return (
        K_H*(a8 + 3) + K_W*(a3 + 3) + 8,
        0,
        0,
        a12,
        a13 + a15 + a17,
        2*O_W*a9 + a15*((a18) if a1 else (1/a2)) + a17*((a18) if a5 else (1/a7)),
        0,
        K_H*((a16) if a5 else (0)) + K_W*((a14) if a1 else (0)),
        a12,
        K_H*far(a16) + K_W*far(a14) + far(a10) + far(a11) + far(a13),
    )


def avg_pool2d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_windowed`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_W
    a3 = 2*a2
    a4 = a0*a3
    a5 = a0*a2
    a6 = K_H*K_W
    a7 = a5*a6
    return (
        8,
        0,
        0,
        a1,
        a4 + a7,
        N*a3,
        N*a2*a6,
        0,
        a5,
        far(a1) + far(a4) + far(a7),
    )


def avg_pool2d_gradient_x_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_exclude_banded`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W, block = s["O_W"], s["S_H"], s["S_W"], s["W"], s["block"]
    a0 = 1/O_H
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_H) // (min(O_H, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = N*a4
    a6 = O_H*a5
    a7 = K_H*a6
    a8 = O_H/a2
    a9 = K_H + S_H*(a8 - 1)
    a10 = a5*a9
    a11 = a10*a2
    a12 = K_W*a11
    a13 = (S_H == 1) or (a4 == 1)
    a14 = few(a4)
    a15 = a14*a8
    a16 = 1/a1
    a17 = a16*a5
    a18 = ((0) if a13 else (a15*a17))
    a19 = a18*a3
    a20 = (C == 1) or (S_W == 1)
    a21 = few(C)
    a22 = a21*a4
    a23 = ((0) if a20 else (N*a16*a22*a9))
    a24 = a23*a3
    a25 = 1/C
    a26 = a25/O_W
    a27 = a17*a8
    return (
        K_H*a3 + K_W*a3 + 2*a1 + a3*(2*K_H + 2) + a3*(2*K_W + 2) + 9*a3 + 3,
        0,
        0,
        0,
        a12 + a19 + a24 + a6 + a7,
        (
            a12*((a26) if a20 else (1/(C*(1 - a21) + a22)))
            + a19*a26
            + a24*a25
            + a7*((a0*a2*a26) if a13 else (1/(a15*a4 + a4*(1 - a14))))
        ),
        0,
        0,
        C*H*N*W + a11 + a6,
        a3*far(a18) + a3*far(a23) + a3*far(a27) + a3*far(K_H*a27) + a3*far(K_W*a10*a16),
    )


def avg_pool2d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_exclude_tap`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((H) if a1 else (a2))
    a4 = O_H*a0
    a5 = min(a4, a0*((O_H) if (S_H == 1) else (1)))
    a6 = 2*few((O_H) if a1 else (a5))
    a7 = H*N
    a8 = a0*a7
    a9 = C*W*a7
    a10 = a8 + a9
    a11 = N*a4
    a12 = a8*(a3 + 1)
    a13 = K_W*a12
    a14 = a11*(a6 + 1)
    a15 = K_H*a14
    return (
        K_H*(a6 + 3) + K_W*(a3 + 3) + 7,
        0,
        0,
        a10,
        a11 + a13 + a15,
        a13*((1/H) if a1 else (1/a2)) + a15*((1/O_H) if a1 else (1/a5)),
        0,
        K_H*((a14) if a1 else (0)) + K_W*((a12) if a1 else (0)),
        a10 + a11,
        K_H*far(a14) + K_W*far(a12) + far(a11) + far(a8) + far(a9),
    )


def conv3d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_im2row`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = K_H*K_T*a3
    a5 = M*a4
    a6 = O_H*O_W
    a7 = G*N
    a8 = O_T*a7
    a9 = a6*a8
    a10 = O_T/a1
    a11 = C*a7*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a10 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a12 = M*a6
    a13 = 1/a0
    a14 = a10*a13
    a15 = N*a14
    a16 = a4*a6
    a17 = G*(a12*a15 + a15*a16 + a5)
    a18 = a4*a9
    a19 = ((D_W == 1) and (G == 1)) or (C == 1)
    a20 = 1/C
    return (
        8*a2 + 1,
        G*a2,
        a5*a9,
        a1*a11 + a17*a2,
        a18,
        a18*(2*few((a3) if a19 else (C)) + 1)*((a20/K_W) if a19 else (a20)),
        0,
        0,
        a12*a8 + a18,
        a2*far(a17) + a2*far(a11*a13) + a2*far(a14*a16*a7),
    )


def conv3d_forward_depthwise(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_depthwise`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = O_T/a1
    a4 = C*G*N*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a3 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a5 = G*O_W
    a6 = K_H*K_T*K_W*a5
    a7 = N*O_H
    a8 = O_T*a7
    a9 = C*a6*a8
    a10 = 1/G
    a11 = 1/a0
    return (
        7*a2 + 2,
        0,
        0,
        a1*a4,
        a6 + (1/2)*a9,
        8*a9*((a10/O_W) if (S_W == 1) else (a10)),
        0,
        0,
        M*a5*a8,
        a2*far(a11*a4) + a2*far((1/2)*C*a11*a3*a6*a7) + far(a6),
    )


def conv3d_forward_fft(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_fft`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, block, step = s["O_W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-O_T*a0) // 1))
    a2 = (-((-O_H*a0) // 1))
    a3 = N*a2
    a4 = a1*a3
    a5 = (-((-N) // (max(1, (block // a1)))))
    a6 = (-((-a1) // (min(a1, block))))
    a7 = a5*a6
    a8 = D_H*(K_H - 1) + step
    a9 = a1/a6
    a10 = D_T*(K_T - 1) + step
    a11 = (-((-O_W*a0) // 1))
    a12 = D_W*(K_W - 1) + step
    a13 = G*N
    a14 = C*a13*(a10 + step*(a9 - 1))*(a12 + step*(a11 - 1))*(a8 + step*(a2 - 1))
    a15 = G*a11
    a16 = a15*a4
    a17 = M*step**3
    a18 = C*a12
    a19 = M*a10*a8
    a20 = a18*a19
    a21 = G*a20
    a22 = a10*a18*a8
    a23 = a16*a22
    a24 = a12*a16*a19
    a25 = 2*a20
    a26 = (C == 1) or (G == 1)
    a27 = 1/C
    a28 = 1/a5
    a29 = a15*a28*a3*a9
    a30 = a22*a29
    return (
        3*a4 + 48*a7 + 11,
        0,
        0,
        a14*a6,
        a16*a17 + a16*a25 + 9*a21 + 19*a23 + 18*a24,
        a16*step**2 + a23*(2*few((a18) if a26 else (C)) + 1)*((a27/a12) if a26 else (a27)),
        0,
        0,
        M*O_H*O_T*O_W*a13 + (1/2)*a21 + 2*a23 + 2*a24,
        (
            a7*far(a30)
            + a7*far(18*a30)
            + a7*far(a14*a28)
            + a7*far(a17*a29)
            + a7*far(a25*a29)
            + a7*far(18*a12*a19*a29)
            + (1/2)*far(18*a21)
        ),
    )


def conv3d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_im2col`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = K_H*K_T*K_W
    a4 = M*a3
    a5 = C*G
    a6 = N*O_H*O_T
    a7 = a5*a6
    a8 = O_T/a1
    a9 = a5*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a8 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a10 = M*O_W
    a11 = N/a0
    a12 = O_H*a11*a8
    a13 = O_W*a12*a3
    a14 = G*(C*a13 + C*a4 + a10*a12)
    a15 = a3*a7
    a16 = O_W*a15
    return (
        8*a2 + 1,
        G*a2,
        O_W*a4*a7,
        N*a1*a9 + a14*a2,
        a16,
        a15,
        0,
        a16*((0) if ((S_W == 1) and (a5 == 1)) else (1)),
        G*a10*a6 + a16,
        a2*far(a14) + a2*far(a11*a9) + a2*far(a13*a5),
    )


def conv3d_forward_images_last(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_images_last`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = G*a0
    a2 = C*K_H*K_T*K_W
    a3 = M*a2
    a4 = O_H*O_W
    a5 = N*a4
    a6 = G*O_T
    a7 = O_T/a0
    a8 = M*a5
    a9 = a2*a5*a7
    a10 = a3 + a7*a8 + a9
    a11 = C*N*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a7 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a12 = a2*a6
    a13 = a12*a5
    return (
        8*a0 + 1,
        a1,
        a3*a5*a6,
        a1*a10 + a1*a11,
        a13,
        a12*a4,
        0,
        0,
        a13 + a6*a8,
        a0*far(G*a10) + a0*far(G*a11) + a0*far(G*a9),
    )


def conv3d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_tap`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W = s["N"], s["O_H"], s["O_T"], s["O_W"]
    a0 = C*K_H*K_T*K_W
    a1 = 2*a0
    a2 = G*N*O_H*O_T*O_W
    a3 = M*a2
    return (
        a1 + 4,
        0,
        0,
        a3,
        a1*a3,
        a1*a2,
        0,
        0,
        a3,
        a0*far(2*a3) + far(a3),
    )


def conv3d_forward_whole(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_whole`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W = s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*K_W
    a1 = K_H*K_T*a0
    a2 = M*a1
    a3 = N*O_H*O_T*O_W
    a4 = C*G*N*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a5 = a1*a3
    a6 = M*a3 + a2 + a5
    a7 = G*a5
    a8 = ((D_W == 1) and (G == 1)) or (C == 1)
    a9 = 1/C
    return (
        4,
        1,
        a2*a3,
        a4 + a6,
        a7,
        a7*(2*few((a0) if a8 else (C)) + 1)*((a9/K_W) if a8 else (a9)),
        0,
        0,
        a7,
        far(a4) + far(a6) + far(a7),
    )


def conv3d_forward_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_winograd_2x3`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 2))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 64*G
    a5 = C*M
    a6 = G*K_H*K_T*K_W*a5
    a7 = G*N
    a8 = (-((-O_H) // 2))
    a9 = (-((-O_W) // 2))
    a10 = a8*a9
    a11 = a0*a10
    a12 = a11*a7
    a13 = C*a12
    a14 = M*a12
    a15 = a11*a4
    a16 = a0/a2
    a17 = C*a7
    a18 = a17*(2*a16 + 2)*(2*a8 + 2)*(2*a9 + 2)
    a19 = 1/a1
    a20 = a10*a16*a19
    a21 = C*N
    a22 = a20*a21
    a23 = M*N*a20*a4 + a4*(a22 + a5)
    a24 = a15*a21
    a25 = 8*a12
    a26 = M*a7
    a27 = a20*a26
    return (
        43*a3 + 7,
        a3*a4 + 28*a3 + 21/2,
        N*a15*a5 + 768*a13 + 224*a14 + (74/9)*a6,
        384*a13 + 168*a14 + a18*a2 + a23*a3 + (259/54)*a6,
        M*a25 + a24,
        a24*((1/a9) if (C == 1) else (1/C)) + a25,
        0,
        0,
        O_H*O_T*O_W*a26 + 256*a13 + 120*a14 + (74/27)*a6,
        (
            a3*far(a23)
            + a3*far(8*a27)
            + a3*far(24*a27)
            + a3*far(48*a27)
            + a3*far(96*a27)
            + 3*a3*far(128*a17*a20)
            + a3*far(a18*a19)
            + a3*far(a22*a4)
            + (1/2)*far((7/3)*a6)
            + (1/2)*far((28/9)*a6)
            + (1/2)*far((112/27)*a6)
        ),
    )


def conv3d_forward_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_winograd_4x3`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 4))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 216*G
    a5 = C*M
    a6 = G*K_H*K_T*K_W*a5
    a7 = G*N
    a8 = (-((-O_H) // 4))
    a9 = (-((-O_W) // 4))
    a10 = a8*a9
    a11 = a0*a10
    a12 = a11*a7
    a13 = C*a12
    a14 = M*a12
    a15 = a11*a4
    a16 = a0/a2
    a17 = C*a7
    a18 = a17*(4*a16 + 2)*(4*a8 + 2)*(4*a9 + 2)
    a19 = 1/a1
    a20 = a10*a16*a19
    a21 = C*N
    a22 = a20*a21
    a23 = M*N*a20*a4 + a4*(a22 + a5)
    a24 = a15*a21
    a25 = 64*a12
    a26 = M*a7
    a27 = a20*a26
    return (
        211*a3 + 7,
        a3*a4 + 64*a3 + 43/2,
        N*a15*a5 + 3888*a13 + 1824*a14 + 21*a6,
        1296*a13 + 760*a14 + a18*a2 + a23*a3 + (21/2)*a6,
        M*a25 + a24,
        a24*((1/a9) if (C == 1) else (1/C)) + a25,
        0,
        0,
        O_H*O_T*O_W*a26 + 864*a13 + 520*a14 + 7*a6,
        (
            a3*far(a23)
            + a3*far(64*a27)
            + a3*far(160*a27)
            + a3*far(240*a27)
            + a3*far(360*a27)
            + 3*a3*far(432*a17*a20)
            + a3*far(a18*a19)
            + a3*far(a22*a4)
            + (1/2)*far(3*a6)
            + (1/2)*far(6*a6)
            + (1/2)*far(12*a6)
        ),
    )


def conv3d_forward_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_winograd_4x5`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 4))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 512*G
    a5 = C*M
    a6 = G*K_H*K_T*K_W*a5
    a7 = G*N
    a8 = (-((-O_H) // 4))
    a9 = (-((-O_W) // 4))
    a10 = a8*a9
    a11 = a0*a10
    a12 = a11*a7
    a13 = C*a12
    a14 = M*a12
    a15 = a11*a4
    a16 = a0/a2
    a17 = C*a7
    a18 = a17*(4*a16 + 4)*(4*a8 + 4)*(4*a9 + 4)
    a19 = 1/a1
    a20 = a10*a16*a19
    a21 = C*N
    a22 = a20*a21
    a23 = M*N*a20*a4 + a4*(a22 + a5)
    a24 = a15*a21
    a25 = 64*a12
    a26 = M*a7
    a27 = a20*a26
    return (
        211*a3 + 7,
        a3*a4 + 94*a3 + 73/2,
        N*a15*a5 + 12288*a13 + 3584*a14 + (516/25)*a6,
        3072*a13 + 1344*a14 + a18*a2 + a23*a3 + (1677/250)*a6,
        M*a25 + a24,
        a24*((1/a9) if (C == 1) else (1/C)) + a25,
        0,
        0,
        O_H*O_T*O_W*a26 + 2048*a13 + 960*a14 + (516/125)*a6,
        (
            a3*far(a23)
            + a3*far(64*a27)
            + a3*far(192*a27)
            + a3*far(384*a27)
            + a3*far(768*a27)
            + 3*a3*far(1024*a17*a20)
            + a3*far(a18*a19)
            + a3*far(a22*a4)
            + (1/2)*far((13/5)*a6)
            + (1/2)*far((104/25)*a6)
            + (1/2)*far((832/125)*a6)
        ),
    )


def conv3d_forward_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_winograd_2x7`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 2))
    a1 = (-((-N) // (max(1, (tiles // a0)))))
    a2 = (-((-a0) // (min(a0, tiles))))
    a3 = a1*a2
    a4 = 512*G
    a5 = C*M
    a6 = G*K_H*K_T*K_W*a5
    a7 = G*N
    a8 = (-((-O_H) // 2))
    a9 = (-((-O_W) // 2))
    a10 = a8*a9
    a11 = a0*a10
    a12 = a11*a7
    a13 = C*a12
    a14 = M*a12
    a15 = a11*a4
    a16 = a0/a2
    a17 = C*a7
    a18 = a17*(2*a16 + 6)*(2*a8 + 6)*(2*a9 + 6)
    a19 = 1/a1
    a20 = a10*a16*a19
    a21 = C*N
    a22 = a20*a21
    a23 = M*N*a20*a4 + a4*(a22 + a5)
    a24 = a15*a21
    a25 = 8*a12
    a26 = M*a7
    a27 = a20*a26
    return (
        43*a3 + 7,
        a3*a4 + 80*a3 + 73/2,
        N*a15*a5 + 12288*a13 + 1344*a14 + (676/49)*a6,
        3072*a13 + 840*a14 + a18*a2 + a23*a3 + (2535/686)*a6,
        M*a25 + a24,
        a24*((1/a9) if (C == 1) else (1/C)) + a25,
        0,
        0,
        O_H*O_T*O_W*a26 + 2048*a13 + 680*a14 + (676/343)*a6,
        (
            a3*far(a23)
            + a3*far(8*a27)
            + a3*far(40*a27)
            + a3*far(160*a27)
            + a3*far(640*a27)
            + 3*a3*far(1024*a17*a20)
            + a3*far(a18*a19)
            + a3*far(a22*a4)
            + (1/2)*far((15/7)*a6)
            + (1/2)*far((120/49)*a6)
            + (1/2)*far((960/343)*a6)
        ),
    )


def conv3d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_im2row`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = C*G
    a4 = (a3 == 1)
    a5 = 2*few((O_W) if a4 else (C))
    a6 = K_H*K_T*K_W
    a7 = a2*a6
    a8 = M*a6
    a9 = N*a3
    a10 = O_H*O_T*O_W
    a11 = a10*a9
    a12 = H*T*W*a9
    a13 = a10/(a0*a1)
    a14 = N*a13
    a15 = G*(C*a14*a6 + C*a8 + M*a14)
    a16 = a9*(a5 + 1)
    a17 = a10*a16*a6
    a18 = a13*a16
    return (
        2*a0 + 8*a2 + a7*(a5 + 3) + 1,
        G*a2,
        a11*a8,
        a12 + a15*a2,
        a17,
        a17*((1/O_W) if a4 else (1/C)),
        0,
        a7*((a18) if a4 else (0)),
        a11*a6 + a12,
        a2*far(a15) + a7*far(a18) + far(a12),
    )


def conv3d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_im2row`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // T)))))
    a2 = (-((-T) // (min(T, block))))
    a3 = a1*a2
    a4 = K_W*M
    a5 = K_H*K_T*a4
    a6 = C*a5
    a7 = G*a6
    a8 = H*W
    a9 = T/a2
    a10 = G*N
    a11 = M*a10*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + a9)*(D_W*(K_W - 1) + W)
    a12 = C*a8
    a13 = 1/a1
    a14 = a13*a9
    a15 = N*a14
    a16 = a5*a8
    a17 = G*(a12*a15 + a15*a16 + a6)
    a18 = N*a0
    a19 = O_H*O_T*O_W*a18
    a20 = G*M
    a21 = a19*a20
    a22 = T*a10
    a23 = a16*a22
    a24 = a23 + a7
    a25 = ((D_W == 1) and (G == 1)) or (M == 1)
    a26 = 1/M
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        N*T*a7*a8,
        a11*a2 + a17*a3,
        a21 + a24,
        a19 + a23*(2*few((a4) if a25 else (M)) + 1)*((a26/K_W) if a25 else (a26)) + a7,
        0,
        a7,
        a12*a22 + a18*a20*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1) + a24,
        a3*far(a17) + a3*far(a11*a13) + a3*far(a10*a14*a16) + far(a21) + far(a7),
    )


def conv3d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_im2col`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // T)))))
    a2 = (-((-T) // (min(T, block))))
    a3 = a1*a2
    a4 = G*M
    a5 = K_H*K_T*K_W
    a6 = C*a5
    a7 = a4*a6
    a8 = H*N*T
    a9 = T/a2
    a10 = a4*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + a9)*(D_W*(K_W - 1) + W)
    a11 = C*W
    a12 = N/a1
    a13 = H*a12*a9
    a14 = W*a13
    a15 = G*(M*a14*a5 + M*a6 + a11*a13)
    a16 = N*a0
    a17 = O_H*O_T*O_W*a16
    a18 = a17*a4
    a19 = a4*a5
    a20 = a19*a8
    a21 = W*a20
    a22 = a21 + a7
    return (
        2*a0 + 8*a3 + 1,
        G*a3,
        W*a7*a8,
        N*a10*a2 + a15*a3,
        a18 + a22,
        a17 + a20 + a7,
        0,
        a21*((0) if (a4 == 1) else (1)) + a7,
        G*a11*a8 + a16*a4*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1) + a22,
        a3*far(a15) + a3*far(a10*a12) + a3*far(a14*a19) + far(a18) + far(a7),
    )


def conv3d_gradient_x_dgrad_depthwise(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_depthwise`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // T)))))
    a2 = (-((-T) // (min(T, block))))
    a3 = a1*a2
    a4 = T/a2
    a5 = G*M
    a6 = N*a5*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + a4)*(D_W*(K_W - 1) + W)
    a7 = G*W
    a8 = K_H*K_T*K_W
    a9 = a7*a8
    a10 = C*a5*a8
    a11 = H*N
    a12 = T*a11
    a13 = M*a12*a9
    a14 = N*a0
    a15 = O_H*O_T*O_W*a14
    a16 = a15*a5
    a17 = 1/G
    a18 = 1/a1
    return (
        2*a0 + 7*a3 + 2,
        0,
        0,
        a2*a6,
        a10 + (1/2)*a13 + a16 + a9,
        a10 + 8*a13*((a17/W) if (S_W == 1) else (a17)) + a15,
        0,
        a10,
        C*a12*a7 + a10 + a14*a5*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1),
        a3*far(a18*a6) + a3*far((1/2)*M*a11*a18*a4*a9) + far(a10) + far(a16) + far(a9),
    )


def conv3d_gradient_x_fft(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_fft`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block, step = s["W"], s["block"], s["step"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = 1/step
    a2 = (-((-T*a1) // 1))
    a3 = (-((-H*a1) // 1))
    a4 = N*a3
    a5 = a2*a4
    a6 = (-((-N) // (max(1, (block // a2)))))
    a7 = (-((-a2) // (min(a2, block))))
    a8 = a6*a7
    a9 = D_H*(K_H - 1) + step
    a10 = a2/a7
    a11 = D_T*(K_T - 1) + step
    a12 = (-((-W*a1) // 1))
    a13 = D_W*(K_W - 1) + step
    a14 = G*N
    a15 = M*a14*(a11 + step*(a10 - 1))*(a13 + step*(a12 - 1))*(a9 + step*(a3 - 1))
    a16 = C*G
    a17 = (1/2)*a16
    a18 = K_H*K_T*K_W*M*a17
    a19 = N*a0
    a20 = O_H*O_T*O_W*a19
    a21 = G*M
    a22 = a20*a21
    a23 = G*a12
    a24 = a23*a5
    a25 = C*step**3
    a26 = M*a13
    a27 = a11*a9
    a28 = a26*a27
    a29 = a16*a28
    a30 = C*a24
    a31 = a13*a27*a30
    a32 = a24*a28
    a33 = 2*a28
    a34 = (G == 1) or (M == 1)
    a35 = 1/M
    a36 = 1/a6
    a37 = a10*a23*a36*a4
    a38 = a28*a37
    a39 = C*a37
    return (
        2*a0 + 3*a5 + 48*a8 + 11,
        0,
        0,
        a15*a7,
        a18 + a22 + a24*a25 + 9*a29 + a30*a33 + 18*a31 + 19*a32,
        (
            a18
            + a20
            + a24*step**2
            + a32*(2*few((a26) if a34 else (M)) + 1)*((a35/a13) if a34 else (a35))
        ),
        0,
        a18,
        (
            C*H*T*W*a14
            + a17*a28
            + a18
            + a19*a21*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1)
            + 2*a31
            + 2*a32
        ),
        (
            a8*far(a38)
            + a8*far(18*a38)
            + a8*far(a15*a36)
            + a8*far(a25*a37)
            + a8*far(a33*a39)
            + a8*far(18*a13*a27*a39)
            + far(a18)
            + far(a22)
            + (1/2)*far(18*a29)
        ),
    )


def conv3d_gradient_x_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_im2col`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = K_H*K_T*K_W
    a4 = a2*a3
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_T
    a9 = O_W*a8
    a10 = C*a7
    a11 = H*T*W*a10
    a12 = 1/a0
    a13 = a12*a9/a1
    a14 = N*a13
    a15 = G*(M*a14 + a14*a5 + a6)
    a16 = a5*a7
    a17 = a16*a9
    return (
        4*a0 + 8*a2 + 3*a4 + 1,
        G*a2,
        a6*a7*a9,
        a11 + a15*a2,
        a11 + a17,
        a0 + 8*a16*a8,
        0,
        a17,
        2*a11 + a17,
        2*a0*far(a11*a12) + a2*far(a15) + a4*far(a10*a13),
    )


def conv3d_gradient_x_images_last(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_images_last`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = K_H*K_T*K_W
    a2 = a0*a1
    a3 = G*a0
    a4 = C*a1
    a5 = M*a4
    a6 = O_H*O_T*O_W
    a7 = N*a6
    a8 = C*G
    a9 = H*N*T*W*a8
    a10 = a7/a0
    a11 = M*a10 + a10*a4 + a5
    a12 = G*a4
    a13 = a12*a7
    return (
        8*a0 + 3*a2 + 1,
        a3,
        G*a5*a7,
        a11*a3 + a9,
        a13,
        8*a12*a6,
        0,
        a13,
        a13 + a9,
        a0*far(G*a11) + a2*far(a10*a8) + far(a9),
    )


def conv3d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_tap`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W = s["W"]
    a0 = K_H*K_T*K_W*M
    a1 = 2*a0
    a2 = G*N
    a3 = C*a2
    a4 = H*T*W*a3
    a5 = O_H*O_T*O_W
    a6 = a3*a5
    return (
        a1 + 4,
        0,
        0,
        a4,
        a1*a6,
        a1*a2*a5,
        0,
        0,
        a4,
        a0*far(2*a6) + far(a4),
    )


def conv3d_gradient_x_dgrad_whole(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_whole`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W = s["W"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = H*N*T*W
    a2 = C*a1
    a3 = K_W*M
    a4 = K_H*K_T*a3
    a5 = G*M
    a6 = N*a5*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + T)*(D_W*(K_W - 1) + W)
    a7 = C*a4
    a8 = a1*a4
    a9 = a2 + a7 + a8
    a10 = N*a0
    a11 = O_H*O_T*O_W*a10
    a12 = a11*a5
    a13 = G*a7
    a14 = G*a8
    a15 = a13 + a14
    a16 = ((D_W == 1) and (G == 1)) or (M == 1)
    a17 = 1/M
    return (
        2*a0 + 4,
        1,
        a2*a4,
        a6 + a9,
        a12 + a15,
        a11 + a13 + a14*(2*few((a3) if a16 else (M)) + 1)*((a17/K_W) if a16 else (a17)),
        0,
        a13,
        a10*a5*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1) + a15,
        far(a12) + far(a13) + far(a14) + far(a6) + far(a9),
    )


def conv3d_gradient_x_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_winograd_2x3`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, S_H = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W, T, W, tiles = s["S_T"], s["S_W"], s["T"], s["W"], s["tiles"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-T) // 2))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 64*G
    a6 = C*M
    a7 = G*K_H*K_T*K_W*a6
    a8 = G*N
    a9 = (-((-H) // 2))
    a10 = (-((-W) // 2))
    a11 = a10*a9
    a12 = a1*a11
    a13 = a12*a8
    a14 = C*a13
    a15 = M*a13
    a16 = a12*a5
    a17 = a1/a3
    a18 = M*a8
    a19 = a18*(2*a10 + 2)*(2*a17 + 2)*(2*a9 + 2)
    a20 = 1/a2
    a21 = a11*a17*a20
    a22 = M*N
    a23 = a21*a22
    a24 = C*N*a21*a5 + a5*(a23 + a6)
    a25 = (1/2)*a7
    a26 = 8*a13
    a27 = a16*a22
    a28 = N*a0
    a29 = O_H*O_T*O_W*a28
    a30 = G*M
    a31 = a29*a30
    a32 = C*a8
    a33 = a21*a32
    return (
        2*a0 + 43*a4 + 7,
        a4*a5 + 28*a4 + 21/2,
        N*a16*a6 + 224*a14 + 768*a15 + (74/9)*a7,
        168*a14 + 384*a15 + a19*a3 + a24*a4 + (259/54)*a7,
        C*a26 + a25 + a27 + a31,
        a25 + a26 + a27*((1/a10) if (M == 1) else (1/M)) + a29,
        0,
        a25,
        (
            H*T*W*a32
            + 120*a14
            + 256*a15
            + a28*a30*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1)
            + (175/54)*a7
        ),
        (
            a4*far(a24)
            + a4*far(8*a33)
            + a4*far(24*a33)
            + a4*far(48*a33)
            + a4*far(96*a33)
            + 3*a4*far(128*a18*a21)
            + a4*far(a19*a20)
            + a4*far(a23*a5)
            + far(a25)
            + far(a31)
            + (1/2)*far((7/3)*a7)
            + (1/2)*far((28/9)*a7)
            + (1/2)*far((112/27)*a7)
        ),
    )


def conv3d_gradient_x_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_winograd_4x3`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, S_H = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W, T, W, tiles = s["S_T"], s["S_W"], s["T"], s["W"], s["tiles"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-T) // 4))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 216*G
    a6 = C*M
    a7 = G*K_H*K_T*K_W*a6
    a8 = G*N
    a9 = (-((-H) // 4))
    a10 = (-((-W) // 4))
    a11 = a10*a9
    a12 = a1*a11
    a13 = a12*a8
    a14 = C*a13
    a15 = M*a13
    a16 = a12*a5
    a17 = a1/a3
    a18 = M*a8
    a19 = a18*(4*a10 + 2)*(4*a17 + 2)*(4*a9 + 2)
    a20 = 1/a2
    a21 = a11*a17*a20
    a22 = M*N
    a23 = a21*a22
    a24 = C*N*a21*a5 + a5*(a23 + a6)
    a25 = (1/2)*a7
    a26 = 64*a13
    a27 = a16*a22
    a28 = N*a0
    a29 = O_H*O_T*O_W*a28
    a30 = G*M
    a31 = a29*a30
    a32 = C*a8
    a33 = a21*a32
    return (
        2*a0 + 211*a4 + 7,
        a4*a5 + 64*a4 + 43/2,
        N*a16*a6 + 1824*a14 + 3888*a15 + 21*a7,
        760*a14 + 1296*a15 + a19*a3 + a24*a4 + (21/2)*a7,
        C*a26 + a25 + a27 + a31,
        a25 + a26 + a27*((1/a10) if (M == 1) else (1/M)) + a29,
        0,
        a25,
        (
            H*T*W*a32
            + 520*a14
            + 864*a15
            + a28*a30*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1)
            + (15/2)*a7
        ),
        (
            a4*far(a24)
            + a4*far(64*a33)
            + a4*far(160*a33)
            + a4*far(240*a33)
            + a4*far(360*a33)
            + 3*a4*far(432*a18*a21)
            + a4*far(a19*a20)
            + a4*far(a23*a5)
            + far(a25)
            + far(a31)
            + (1/2)*far(3*a7)
            + (1/2)*far(6*a7)
            + (1/2)*far(12*a7)
        ),
    )


def conv3d_gradient_x_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_winograd_4x5`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, S_H = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W, T, W, tiles = s["S_T"], s["S_W"], s["T"], s["W"], s["tiles"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-T) // 4))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 512*G
    a6 = C*M
    a7 = G*K_H*K_T*K_W*a6
    a8 = G*N
    a9 = (-((-H) // 4))
    a10 = (-((-W) // 4))
    a11 = a10*a9
    a12 = a1*a11
    a13 = a12*a8
    a14 = C*a13
    a15 = M*a13
    a16 = a12*a5
    a17 = a1/a3
    a18 = M*a8
    a19 = a18*(4*a10 + 4)*(4*a17 + 4)*(4*a9 + 4)
    a20 = 1/a2
    a21 = a11*a17*a20
    a22 = M*N
    a23 = a21*a22
    a24 = C*N*a21*a5 + a5*(a23 + a6)
    a25 = (1/2)*a7
    a26 = 64*a13
    a27 = a16*a22
    a28 = N*a0
    a29 = O_H*O_T*O_W*a28
    a30 = G*M
    a31 = a29*a30
    a32 = C*a8
    a33 = a21*a32
    return (
        2*a0 + 211*a4 + 7,
        a4*a5 + 94*a4 + 73/2,
        N*a16*a6 + 3584*a14 + 12288*a15 + (516/25)*a7,
        1344*a14 + 3072*a15 + a19*a3 + a24*a4 + (1677/250)*a7,
        C*a26 + a25 + a27 + a31,
        a25 + a26 + a27*((1/a10) if (M == 1) else (1/M)) + a29,
        0,
        a25,
        (
            H*T*W*a32
            + 960*a14
            + 2048*a15
            + a28*a30*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1)
            + (1157/250)*a7
        ),
        (
            a4*far(a24)
            + a4*far(64*a33)
            + a4*far(192*a33)
            + a4*far(384*a33)
            + a4*far(768*a33)
            + 3*a4*far(1024*a18*a21)
            + a4*far(a19*a20)
            + a4*far(a23*a5)
            + far(a25)
            + far(a31)
            + (1/2)*far((13/5)*a7)
            + (1/2)*far((104/25)*a7)
            + (1/2)*far((832/125)*a7)
        ),
    )


def conv3d_gradient_x_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_winograd_2x7`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, S_H = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W, T, W, tiles = s["S_T"], s["S_W"], s["T"], s["W"], s["tiles"]
    a0 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a1 = (-((-T) // 2))
    a2 = (-((-N) // (max(1, (tiles // a1)))))
    a3 = (-((-a1) // (min(a1, tiles))))
    a4 = a2*a3
    a5 = 512*G
    a6 = C*M
    a7 = G*K_H*K_T*K_W*a6
    a8 = G*N
    a9 = (-((-H) // 2))
    a10 = (-((-W) // 2))
    a11 = a10*a9
    a12 = a1*a11
    a13 = a12*a8
    a14 = C*a13
    a15 = M*a13
    a16 = a12*a5
    a17 = a1/a3
    a18 = M*a8
    a19 = a18*(2*a10 + 6)*(2*a17 + 6)*(2*a9 + 6)
    a20 = 1/a2
    a21 = a11*a17*a20
    a22 = M*N
    a23 = a21*a22
    a24 = C*N*a21*a5 + a5*(a23 + a6)
    a25 = (1/2)*a7
    a26 = 8*a13
    a27 = a16*a22
    a28 = N*a0
    a29 = O_H*O_T*O_W*a28
    a30 = G*M
    a31 = a29*a30
    a32 = C*a8
    a33 = a21*a32
    return (
        2*a0 + 43*a4 + 7,
        a4*a5 + 80*a4 + 73/2,
        N*a16*a6 + 1344*a14 + 12288*a15 + (676/49)*a7,
        840*a14 + 3072*a15 + a19*a3 + a24*a4 + (2535/686)*a7,
        C*a26 + a25 + a27 + a31,
        a25 + a26 + a27*((1/a10) if (M == 1) else (1/M)) + a29,
        0,
        a25,
        (
            H*T*W*a32
            + 680*a14
            + 2048*a15
            + a28*a30*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1)
            + (1695/686)*a7
        ),
        (
            a4*far(a24)
            + a4*far(8*a33)
            + a4*far(40*a33)
            + a4*far(160*a33)
            + a4*far(640*a33)
            + 3*a4*far(1024*a18*a21)
            + a4*far(a19*a20)
            + a4*far(a23*a5)
            + far(a25)
            + far(a31)
            + (1/2)*far((15/7)*a7)
            + (1/2)*far((120/49)*a7)
            + (1/2)*far((960/343)*a7)
        ),
    )


def conv3d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_im2row`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = (-((-N) // (max(1, (block // O_T)))))
    a2 = a0*a1
    a3 = C*K_W
    a4 = K_H*K_T*a3
    a5 = M*a4
    a6 = G*a5
    a7 = O_H*O_W
    a8 = O_T*a7
    a9 = G*N
    a10 = O_T/a0
    a11 = C*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a10 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a12 = N/a1
    a13 = a10*a12*a7
    a14 = a13*a4
    a15 = G*(M*a13 + a14 + a5)
    a16 = a6*(a2 - 1)
    a17 = a4*a8*a9
    a18 = a17 + a6
    a19 = ((D_W == 1) and (G == 1)) or (C == 1)
    a20 = 1/C
    return (
        8*a2 + 2,
        G*a2,
        N*a6*a8,
        a0*a11*a9 + a15*a2,
        a16 + a18,
        a17*(2*few((a3) if a19 else (C)) + 1)*((a20/K_W) if a19 else (a20)),
        0,
        0,
        a18,
        a2*far(a15) + a2*far(G*a14) + a2*far(G*a11*a12) + far(a16) + far(a6),
    )


def conv3d_gradient_kernel_depthwise(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_depthwise`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, N, O_H, O_T, O_W = s["K_T"], s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"]
    S_H, S_T, S_W, block = s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = (-((-N) // (max(1, (block // O_T)))))
    a2 = a0*a1
    a3 = O_T/a0
    a4 = C*N
    a5 = G*a4*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a3 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a6 = G*K_H*K_T*K_W
    a7 = O_W*a6
    a8 = O_H*O_T*a4*a7
    a9 = a6*(a2 - 1)
    a10 = 1/G
    a11 = 1/a1
    return (
        8*a2,
        0,
        0,
        a0*a5,
        a2*a7 + (1/2)*a8 + a9,
        8*a8*((a10/O_W) if (S_W == 1) else (a10)),
        0,
        0,
        0,
        a2*far(a7) + a2*far(a11*a5) + a2*far((1/2)*O_H*a11*a3*a4*a7) + far(a9),
    )


def conv3d_gradient_kernel_fft(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_fft`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, block, step = s["O_W"], s["block"], s["step"]
    a0 = 1/step
    a1 = (-((-O_T*a0) // 1))
    a2 = (-((-N) // (max(1, (block // a1)))))
    a3 = (-((-a1) // (min(a1, block))))
    a4 = a2*a3
    a5 = N*a3
    a6 = a1/a3
    a7 = step*(a6 - 1) + step
    a8 = (-((-O_H*a0) // 1))
    a9 = step*(a8 - 1) + step
    a10 = (-((-O_W*a0) // 1))
    a11 = step*(a10 - 1) + step
    a12 = G*M
    a13 = a11*a12*a7*a9
    a14 = D_H*(K_H - 1)
    a15 = D_T*(K_T - 1)
    a16 = D_W*(K_W - 1)
    a17 = C*G*(a11 + a16)*(a14 + a9)*(a15 + a7)
    a18 = a16 + step
    a19 = C*a18
    a20 = a14 + step
    a21 = a15 + step
    a22 = a12*a20*a21
    a23 = a19*a22
    a24 = 18*a23
    a25 = a23*(a4 - 1)
    a26 = N*a10*a8
    a27 = a1*a26
    a28 = a18*a22
    a29 = a27*a28
    a30 = G*a19*a20*a21
    a31 = a27*a30
    a32 = a23*a27
    a33 = C*K_H*K_T*K_W*a12
    a34 = a12*step**3
    a35 = a27*a34
    a36 = a33 + a35
    a37 = (G == 1)
    a38 = a37 or (M == 1)
    a39 = 1/M
    a40 = a37 or (C == 1)
    a41 = 1/C
    a42 = 1/a2
    a43 = a26*a42*a6
    a44 = N*a42
    a45 = a30*a43
    return (
        51*a4 + 22,
        0,
        0,
        a13*a5 + a17*a5,
        a24 + a25 + 18*a29 + 19*a31 + 3*a32 + a36,
        (
            a31*(2*few((a19) if a40 else (C)) + 1)*((a41/a18) if a40 else (a41))
            + a35*(2*few((M*step) if a38 else (M)) + 1)*((a0*a39) if a38 else (a39))
            + 1
        ),
        0,
        0,
        a23 + a29 + 2*a31 + a32 + a36,
        (
            a4*far(a45)
            + a4*far(18*a45)
            + a4*far(a13*a44)
            + a4*far(a17*a44)
            + a4*far(3*a23*a43)
            + a4*far(18*a28*a43)
            + a4*far(a34*a43)
            + far(a24)
            + far(a25)
            + far(a33)
        ),
    )


def conv3d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_im2col`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = (-((-N) // (max(1, (block // O_T)))))
    a2 = a0*a1
    a3 = C*G
    a4 = K_H*K_T*K_W
    a5 = M*a4
    a6 = a3*a5
    a7 = O_H*O_W
    a8 = N*a3
    a9 = O_T/a0
    a10 = (
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a11 = N/a1
    a12 = a11*a7*a9
    a13 = a12*a4
    a14 = G*(C*a13 + C*a5 + M*a12)
    a15 = a6*(a2 - 1)
    a16 = O_T*a4*a8
    a17 = a16*a7
    a18 = a17 + a6
    return (
        8*a2 + 2,
        G*a2,
        N*O_T*a6*a7,
        a0*a10*a8 + a14*a2,
        a15 + a18,
        O_H*a16,
        0,
        a17*((0) if ((S_W == 1) and (a3 == 1)) else (1)),
        a18,
        a2*far(a14) + a2*far(a13*a3) + a2*far(a10*a11*a3) + far(a15) + far(a6),
    )


def conv3d_gradient_kernel_images_last(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_images_last`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = G*a0
    a2 = O_H*O_W
    a3 = N*a2
    a4 = C*K_H*K_T*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = O_T/a0
    a8 = a3*a7
    a9 = M*a8 + a4*a8 + a5
    a10 = C*N*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(a7 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a11 = a6*(a0 - 1)
    a12 = G*a4
    a13 = O_T*a12
    a14 = a13*a3 + a6
    return (
        8*a0 + 2,
        a1,
        O_T*a3*a6,
        a1*a10 + a1*a9,
        a11 + a14,
        a13*a2,
        0,
        0,
        a14,
        a0*far(G*a10) + a0*far(G*a9) + a0*far(a12*a8) + far(a11) + far(a6),
    )


def conv3d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_tap`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W = s["N"], s["O_H"], s["O_T"], s["O_W"]
    a0 = C*K_H*K_T*K_W
    a1 = G*M
    a2 = a0*a1
    a3 = N*O_H*O_T*O_W
    a4 = 2*a3
    return (
        3*a0 + 4,
        0,
        0,
        a2,
        a2*a4,
        G*a0*a4,
        0,
        0,
        a2*a3 + a2,
        a0*far(a1*a4) + far(a2),
    )


def conv3d_gradient_kernel_whole(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_whole`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W = s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*K_W
    a1 = K_H*K_T*a0
    a2 = M*a1
    a3 = N*O_H*O_T*O_W
    a4 = C*G*N*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a5 = a1*a3
    a6 = M*a3 + a2 + a5
    a7 = G*a5
    a8 = ((D_W == 1) and (G == 1)) or (C == 1)
    a9 = 1/C
    return (
        4,
        1,
        a2*a3,
        a4 + a6,
        a7,
        a7*(2*few((a0) if a8 else (C)) + 1)*((a9/K_W) if a8 else (a9)),
        0,
        0,
        a7,
        far(a4) + far(a6) + far(a7),
    )


def conv3d_gradient_kernel_winograd_2x3(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_winograd_2x3`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 64*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*N
    a9 = a0*a8
    a10 = (-((-O_H) // 2))
    a11 = (-((-O_W) // 2))
    a12 = a10*a11
    a13 = C*a12
    a14 = a13*a9
    a15 = M*a12
    a16 = a15*a9
    a17 = a4*a6
    a18 = a0/a1
    a19 = C*a8*(2*a10 + 2)*(2*a11 + 2)*(2*a18 + 2)
    a20 = N*a13
    a21 = 1/a2
    a22 = a18*a21
    a23 = a20*a22
    a24 = a15*a22
    a25 = a17 + a4*(N*a24 + a23)
    a26 = K_H*K_T*K_W
    a27 = a26*a7
    a28 = a0*a20*a4
    a29 = 8*a16
    a30 = a17*(a3 - 1)
    a31 = 1/a11
    a32 = a24*a8
    return (
        22*a3 + 11,
        42*a3 + a5 + 13,
        N*a0*a12*a17 + 768*a14 + 224*a16 + 444*a7,
        a1*a19 + 384*a14 + 176*a16 + a25*a3 + 259*a7,
        a27 + a28 + a29 + a30,
        (1/27)*a26 + a28*((a31) if (C == 1) else (1/C)) + a29*((a31) if (M == 1) else (1/M)),
        0,
        0,
        256*a14 + 120*a16 + a27 + a5*a6 + 111*a7,
        (
            a3*far(a25)
            + 2*a3*far(8*a32)
            + a3*far(24*a32)
            + a3*far(48*a32)
            + a3*far(96*a32)
            + a3*far(a19*a21)
            + a3*far(a23*a4)
            + 3*a3*far(128*a13*a22*a8)
            + far(a27)
            + far(a30)
            + far(63*a7)
            + far(84*a7)
            + far(112*a7)
        ),
    )


def conv3d_gradient_kernel_winograd_4x3(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_winograd_4x3`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 216*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*N
    a9 = a0*a8
    a10 = (-((-O_H) // 4))
    a11 = (-((-O_W) // 4))
    a12 = a10*a11
    a13 = C*a12
    a14 = a13*a9
    a15 = M*a12
    a16 = a15*a9
    a17 = a4*a6
    a18 = a0/a1
    a19 = C*a8*(4*a10 + 2)*(4*a11 + 2)*(4*a18 + 2)
    a20 = N*a13
    a21 = 1/a2
    a22 = a18*a21
    a23 = a20*a22
    a24 = a15*a22
    a25 = a17 + a4*(N*a24 + a23)
    a26 = K_H*K_T*K_W
    a27 = a26*a7
    a28 = a0*a20*a4
    a29 = 64*a16
    a30 = a17*(a3 - 1)
    a31 = 1/a11
    a32 = a24*a8
    return (
        22*a3 + 11,
        86*a3 + a5 + 13,
        N*a0*a12*a17 + 3888*a14 + 1824*a16 + 1134*a7,
        a1*a19 + 1296*a14 + 824*a16 + a25*a3 + 567*a7,
        a27 + a28 + a29 + a30,
        (1/27)*a26 + a28*((a31) if (C == 1) else (1/C)) + a29*((a31) if (M == 1) else (1/M)),
        0,
        0,
        864*a14 + 520*a16 + a27 + a5*a6 + 189*a7,
        (
            a3*far(a25)
            + 2*a3*far(64*a32)
            + a3*far(160*a32)
            + a3*far(240*a32)
            + a3*far(360*a32)
            + a3*far(a19*a21)
            + a3*far(a23*a4)
            + 3*a3*far(432*a13*a22*a8)
            + far(a27)
            + far(a30)
            + far(81*a7)
            + far(162*a7)
            + far(324*a7)
        ),
    )


def conv3d_gradient_kernel_winograd_4x5(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_winograd_4x5`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 4))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 512*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*N
    a9 = a0*a8
    a10 = (-((-O_H) // 4))
    a11 = (-((-O_W) // 4))
    a12 = a10*a11
    a13 = C*a12
    a14 = a13*a9
    a15 = M*a12
    a16 = a15*a9
    a17 = a4*a6
    a18 = a0/a1
    a19 = C*a8*(4*a10 + 4)*(4*a11 + 4)*(4*a18 + 4)
    a20 = N*a13
    a21 = 1/a2
    a22 = a18*a21
    a23 = a20*a22
    a24 = a15*a22
    a25 = a17 + a4*(N*a24 + a23)
    a26 = K_H*K_T*K_W
    a27 = a26*a7
    a28 = a0*a20*a4
    a29 = 64*a16
    a30 = a17*(a3 - 1)
    a31 = 1/a11
    a32 = a24*a8
    return (
        22*a3 + 11,
        146*a3 + a5 + 31,
        N*a0*a12*a17 + 12288*a14 + 3584*a16 + 5160*a7,
        a1*a19 + 3072*a14 + 1408*a16 + a25*a3 + 1677*a7,
        a27 + a28 + a29 + a30,
        (1/125)*a26 + a28*((a31) if (C == 1) else (1/C)) + a29*((a31) if (M == 1) else (1/M)),
        0,
        0,
        2048*a14 + 960*a16 + a27 + a5*a6 + 645*a7,
        (
            a3*far(a25)
            + 2*a3*far(64*a32)
            + a3*far(192*a32)
            + a3*far(384*a32)
            + a3*far(768*a32)
            + a3*far(a19*a21)
            + a3*far(a23*a4)
            + 3*a3*far(1024*a13*a22*a8)
            + far(a27)
            + far(a30)
            + far(325*a7)
            + far(520*a7)
            + far(832*a7)
        ),
    )


def conv3d_gradient_kernel_winograd_2x7(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_winograd_2x7`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W, tiles = s["N"], s["O_H"], s["O_T"], s["O_W"], s["tiles"]
    a0 = (-((-O_T) // 2))
    a1 = (-((-a0) // (min(a0, tiles))))
    a2 = (-((-N) // (max(1, (tiles // a0)))))
    a3 = a1*a2
    a4 = 512*G
    a5 = a3*a4
    a6 = C*M
    a7 = G*a6
    a8 = G*N
    a9 = a0*a8
    a10 = (-((-O_H) // 2))
    a11 = (-((-O_W) // 2))
    a12 = a10*a11
    a13 = C*a12
    a14 = a13*a9
    a15 = M*a12
    a16 = a15*a9
    a17 = a4*a6
    a18 = a0/a1
    a19 = C*a8*(2*a10 + 6)*(2*a11 + 6)*(2*a18 + 6)
    a20 = N*a13
    a21 = 1/a2
    a22 = a18*a21
    a23 = a20*a22
    a24 = a15*a22
    a25 = a17 + a4*(N*a24 + a23)
    a26 = K_H*K_T*K_W
    a27 = a26*a7
    a28 = a0*a20*a4
    a29 = 8*a16
    a30 = a17*(a3 - 1)
    a31 = 1/a11
    a32 = a24*a8
    return (
        22*a3 + 11,
        146*a3 + a5 + 57,
        N*a0*a12*a17 + 12288*a14 + 1344*a16 + 9464*a7,
        a1*a19 + 3072*a14 + 848*a16 + a25*a3 + 2535*a7,
        a27 + a28 + a29 + a30,
        (1/343)*a26 + a28*((a31) if (C == 1) else (1/C)) + a29*((a31) if (M == 1) else (1/M)),
        0,
        0,
        2048*a14 + 680*a16 + a27 + a5*a6 + 1183*a7,
        (
            a3*far(a25)
            + 2*a3*far(8*a32)
            + a3*far(40*a32)
            + a3*far(160*a32)
            + a3*far(640*a32)
            + a3*far(a19*a21)
            + a3*far(a23*a4)
            + 3*a3*far(1024*a13*a22*a8)
            + far(a27)
            + far(a30)
            + far(735*a7)
            + far(840*a7)
            + far(960*a7)
        ),
    )


def max_pool3d_forward_banded(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_banded`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W, block = s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_T) // (min(O_T, block))))
    a3 = a1*a2
    a4 = C*W
    a5 = H*a4
    a6 = N*O_T
    a7 = a5*a6
    a8 = K_T*a7
    a9 = O_H*a4
    a10 = a6*a9
    a11 = K_H*a10
    a12 = C*O_W
    a13 = O_H*a6
    a14 = a12*a13
    a15 = K_W*a14
    a16 = (C == 1) or (S_W == 1)
    a17 = few(C)
    a18 = a12*a17
    a19 = 1/a2
    a20 = 1/a1
    a21 = a19*a20
    a22 = ((0) if a16 else (a13*a18*a21))
    a23 = a22*a3
    a24 = (S_H == 1) or (a4 == 1)
    a25 = few(a4)
    a26 = a25*a9
    a27 = ((0) if a24 else (a21*a26*a6))
    a28 = a27*a3
    a29 = (S_T == 1) or (a5 == 1)
    a30 = few(a5)
    a31 = a19*a30
    a32 = ((0) if a29 else (a20*a31*a7))
    a33 = a3*a32
    a34 = 1/C
    a35 = a34/W
    a36 = a35/H
    return (
        K_H*a3 + K_T*a3 + K_W*a3 + 13*a3 + 1,
        0,
        0,
        0,
        a11 + a15 + a23 + a28 + a33 + a8,
        (
            a11*((a35/O_H) if a24 else (1/(a26 + a4*(1 - a25))))
            + a15*((a34/O_W) if a16 else (1/(C*(1 - a17) + a18)))
            + a23*a34
            + a28*a35
            + a33*a36
            + a8*((a0*a2*a36) if a29 else (1/(O_T*a31*a5 + a5*(1 - a30))))
        ),
        0,
        0,
        a10 + a14 + a7,
        (
            a3*far(a22)
            + a3*far(a27)
            + a3*far(a32)
            + a3*far(a11*a21)
            + a3*far(a15*a21)
            + a3*far(a21*a8)
        ),
    )


def max_pool3d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_separable`."""
    C, D_H, D_T, D_W, H, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["H"], s["K_H"]
    K_T, K_W, N, O_H, O_T, O_W = s["K_T"], s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"]
    S_H, S_T, S_W, W = s["S_H"], s["S_T"], s["S_W"], s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*a1*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)
    a3 = N*O_T
    a4 = O_H*a3
    a5 = C*a4
    a6 = a5*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a7 = a0*a3*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)
    a8 = K_T*a3
    a9 = a1*a8
    a10 = K_H*a4
    a11 = a0*a10
    a12 = K_W*O_W
    a13 = a12*a5
    return (
        12,
        0,
        0,
        a2 + a6 + a7,
        a11 + a13 + a9,
        0,
        a10 + a12*a4 + a8,
        0,
        O_W*a5 + a0*a4 + a1*a3,
        far(a11) + far(a13) + far(a2) + far(a6) + far(a7) + far(a9),
    )


def max_pool3d_forward_planes(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_planes`."""
    C, D_H, D_T, D_W, K_H, K_T = s["C"], s["D_H"], s["D_T"], s["D_W"], s["K_H"], s["K_T"]
    K_W, N, O_H, O_T, O_W, S_H = s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W = s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_H*K_T*K_W*N
    a3 = O_H*O_T*O_W
    a4 = C*a2*a3
    return (
        5,
        0,
        0,
        a1,
        2*a4,
        a4*((1/O_W) if (C == 1) else (1/C)),
        a2,
        0,
        a0*a3 + a4,
        far(a1) + 2*far(a4),
    )


def max_pool3d_forward_tap(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = O_T*a1
    a3 = N*a2
    a4 = C*O_W
    a5 = N*O_T
    a6 = O_H*a4*a5
    a7 = O_H*a0
    a8 = a5*a7
    a9 = a3 + a6 + a8
    a10 = K_T*a3
    a11 = K_H*a8
    a12 = K_W*a6
    a13 = far(a3)
    a14 = far(a6)
    a15 = far(a8)
    return (
        K_H + K_T + K_W + 6,
        0,
        0,
        a9,
        a10 + a11 + a12,
        (
            a10/min(a2, a1*((O_T) if (S_T == 1) else (1)))
            + a11/min(a7, a0*((O_H) if (S_H == 1) else (1)))
            + a12/min(a4, C*((O_W) if (S_W == 1) else (1)))
        ),
        0,
        0,
        a9,
        K_H*a15 + K_T*a13 + K_W*a14 + a13 + a14 + a15,
    )


def max_pool3d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_windowed`."""
    C, D_H, D_T, D_W, K_H, K_T = s["C"], s["D_H"], s["D_T"], s["D_W"], s["K_H"], s["K_T"]
    K_W, N, O_H, O_T, O_W, S_H = s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W = s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = O_H*O_T*O_W
    a3 = a0*a2
    a4 = K_H*K_T*K_W
    a5 = a3*a4
    return (
        4,
        0,
        0,
        a1,
        a5,
        0,
        N*a2*a4,
        0,
        a3,
        far(a1) + far(a5),
    )


def max_pool3d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_argmax`."""
    C, D_T, H, K_H, K_T, K_W = s["C"], s["D_T"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    N, O_H, O_T, O_W, S_H, S_T = s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"]
    S_W, T, W, block = s["S_W"], s["T"], s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = 2*a1
    a3 = (-((-O_T) // (min(O_T, block))))
    a4 = a1*a3
    a5 = 4*a4
    a6 = 2*K_H
    a7 = a6 - 2
    a8 = 2*K_T
    a9 = a8 - 2
    a10 = 2*K_W
    a11 = a10 - 2
    a12 = (C == 1) or (S_W == 1)
    a13 = few(C)
    a14 = C*O_W
    a15 = a13*a14
    a16 = H*N
    a17 = K_T - 1
    a18 = O_T/a3
    a19 = D_T*a17 + S_T*(a18 - 1) + 1
    a20 = 1/a1
    a21 = a19*a20
    a22 = ((0) if a12 else (a15*a16*a21))
    a23 = a2*a3
    a24 = a22*a23
    a25 = (S_H == 1) or (a14 == 1)
    a26 = few(a14)
    a27 = O_H*a14
    a28 = a26*a27
    a29 = ((0) if a25 else (N*a21*a28))
    a30 = a23*a29
    a31 = (S_T == 1) or (a27 == 1)
    a32 = few(a27)
    a33 = a18*a32
    a34 = N*a27
    a35 = a20*a34
    a36 = ((0) if a31 else (a33*a35))
    a37 = a23*a36
    a38 = O_T*a34
    a39 = K_T*a38
    a40 = 3*K_T - 3
    a41 = a19*a3
    a42 = a14*a16
    a43 = a41*a42
    a44 = K_W*a43
    a45 = 3*K_W - 3
    a46 = a34*a41
    a47 = K_H*a46
    a48 = 3*K_H - 3
    a49 = a38*a9
    a50 = a11*a43
    a51 = a46*a7
    a52 = a49 + a50 + a51
    a53 = 1/C
    a54 = a53/O_W
    a55 = ((a54) if a12 else (1/(C*(1 - a13) + a15)))
    a56 = a54/O_H
    a57 = ((a0*a3*a56) if a31 else (1/(a27*a33 + a27*(1 - a32))))
    a58 = ((a56) if a25 else (1/(a14*(1 - a26) + a28)))
    a59 = a18*a35
    a60 = a21*a42
    a61 = a21*a34
    return (
        (
            K_H*a5
            + K_T*a5
            + K_W*a5
            + a11*a4
            + a2
            + a4*a7
            + a4*a9
            + a4*(a10 + 2)
            + a4*(a6 + 2)
            + a4*(a8 + 2)
            + 10*a4
            + 1
        ),
        0,
        0,
        0,
        a24 + a30 + a37 + a38*a40 + a39 + a43*a45 + a44 + a46*a48 + a47 + a52,
        a24*a53 + a30*a54 + a37*a56 + a39*a57 + a44*a55 + a47*a58 + a49*a57 + a50*a55 + a51*a58,
        0,
        0,
        C*T*W*a16 + a17*a38 + a43*(K_W - 1) + a43 + a46*(K_H - 1) + a46 + a52,
        (
            a23*far(a22)
            + a23*far(a29)
            + a23*far(a36)
            + a4*far(K_H*a61)
            + a4*far(K_T*a59)
            + a4*far(K_W*a60)
            + a4*far(a11*a60)
            + a4*far(a40*a59)
            + a4*far(a45*a60)
            + a4*far(a48*a61)
            + a4*far(a59*a9)
            + a4*far(a61*a7)
        ),
    )


def max_pool3d_gradient_x_first(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_first`."""
    C, D_H, D_T, D_W, K_H, K_T = s["C"], s["D_H"], s["D_T"], s["D_W"], s["K_H"], s["K_T"]
    K_W, N, O_H, O_T, O_W, S_H = s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W = s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = O_H*O_T*O_W*a0
    a3 = 4*a2
    a4 = K_H*K_T*a2
    a5 = K_W*a4
    return (
        11,
        0,
        0,
        a1,
        a3 + 2*a5,
        a4*(2*few(K_W) + 1),
        (1/2)*a2,
        a3,
        a5,
        far(a1) + far(a3) + 2*far(a5),
    )


def max_pool3d_gradient_x_handed(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_handed`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = O_H*a0
    a2 = O_T*a1
    a3 = N*a2
    a4 = (C == 1) or (S_W == 1)
    a5 = few(C)
    a6 = a0*a5
    a7 = N*T
    a8 = H*a7
    a9 = ((0) if a4 else (a6*a8))
    a10 = 2*a9
    a11 = (S_H == 1) or (a0 == 1)
    a12 = few(a0)
    a13 = a1*a12
    a14 = ((0) if a11 else (a13*a7))
    a15 = 2*a14
    a16 = (S_T == 1) or (a1 == 1)
    a17 = few(a1)
    a18 = ((0) if a16 else (a17*a3))
    a19 = 2*a18
    a20 = a0*a8
    a21 = K_W*a20
    a22 = a20*(3*K_W - 3)
    a23 = a1*a7
    a24 = K_H*a23
    a25 = K_T*a3
    a26 = a3*(3*K_T - 3)
    a27 = a23*(3*K_H - 3)
    a28 = a20*(2*K_W - 2)
    a29 = a3*(2*K_T - 2)
    a30 = a23*(2*K_H - 2)
    a31 = a28 + a29 + a30
    a32 = 1/C
    a33 = a32/O_W
    a34 = a33/O_H
    a35 = ((a33) if a4 else (1/(C*(1 - a5) + a6)))
    a36 = ((a34) if a11 else (1/(a0*(1 - a12) + a13)))
    a37 = ((a34/O_T) if a16 else (1/(a1*(1 - a17) + a17*a2)))
    return (
        8*K_H + 8*K_T + 8*K_W + 11,
        0,
        0,
        a3,
        a10 + a15 + a19 + a21 + a22 + a24 + a25 + a26 + a27 + a31,
        a10*a32 + a15*a33 + a19*a34 + a21*a35 + a24*a36 + a25*a37 + a28*a35 + a29*a37 + a30*a36,
        0,
        0,
        C*W*a8 + a20*(K_W - 1) + a20 + a23*(K_H - 1) + a23 + a3*(K_T - 1) + a3 + a31,
        (
            2*far(a14)
            + 2*far(a18)
            + far(a21)
            + far(a22)
            + far(a24)
            + far(a25)
            + far(a26)
            + far(a27)
            + far(a28)
            + far(a29)
            + far(a3)
            + far(a30)
            + 2*far(a9)
        ),
    )


def max_pool3d_gradient_x_hits(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_hits`."""
    C, D_H, D_T, D_W, K_H, K_T = s["C"], s["D_H"], s["D_T"], s["D_W"], s["K_H"], s["K_T"]
    K_W, N, O_H, O_T, O_W, S_H = s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W = s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(
        D_H*(K_H - 1) + S_H*(O_H - 1) + 1
    )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1)
    a2 = K_H*K_T*K_W*O_H*O_T*O_W
    a3 = a0*a2
    a4 = 2*a3
    return (
        12,
        0,
        0,
        a1,
        a4,
        29*N*a2,
        0,
        0,
        (1/2)*a3,
        far(a1) + far(a4),
    )


def max_pool3d_winner(s: Sizes) -> Counts:
    """The counts of `max_pool3d.winner`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W, block = s["W"], s["block"]
    a0 = (-((-O_T) // (min(O_T, block))))
    a1 = 1/O_T
    a2 = (-((-N) // (max(1, ((a1*block) // 1)))))
    a3 = a0*a2
    a4 = K_H*a3
    a5 = K_T*K_W*a4
    a6 = C*O_W
    a7 = N*O_T
    a8 = O_H*a7
    a9 = a6*a8
    a10 = C*W
    a11 = H*a10
    a12 = a11*a7
    a13 = K_T*a12
    a14 = O_H*a10
    a15 = a14*a7
    a16 = K_H*a15
    a17 = K_W*a9
    a18 = 2*K_H*K_T*a17
    a19 = (S_W == 1)
    a20 = a19 or (C == 1)
    a21 = few(C)
    a22 = a21*a6
    a23 = 1/a0
    a24 = 1/a2
    a25 = a23*a24
    a26 = ((0) if a20 else (a22*a25*a8))
    a27 = a26*a3
    a28 = (S_H == 1) or (a10 == 1)
    a29 = few(a10)
    a30 = a14*a29
    a31 = ((0) if a28 else (a25*a30*a7))
    a32 = a3*a31
    a33 = (S_T == 1) or (a11 == 1)
    a34 = few(a11)
    a35 = a23*a34
    a36 = ((0) if a33 else (a12*a24*a35))
    a37 = a3*a36
    a38 = 1/C
    a39 = a38/W
    a40 = a39/H
    a41 = 2*a9
    return (
        K_T*a3 + K_W*a3 + 17*a3 + a4 + 2*a5 + 1,
        0,
        0,
        3*a9,
        a13 + a16 + a17 + a18 + a27 + a32 + a37 + a9,
        (
            N*a0
            + a13*((a0*a1*a40) if a33 else (1/(O_T*a11*a35 + a11*(1 - a34))))
            + a16*((a39/O_H) if a28 else (1/(a10*(1 - a29) + a30)))
            + a17*((a38/O_W) if a20 else (1/(C*(1 - a21) + a22)))
            + a18/min(a6, C*((O_W) if a19 else (1)))
            + a27*a38
            + a32*a39
            + a37*a40
        ),
        0,
        0,
        a12 + a15 + a41,
        (
            a3*far(a26)
            + a3*far(a31)
            + a3*far(a36)
            + a3*far(a13*a25)
            + a3*far(a16*a25)
            + a3*far(a17*a25)
            + 3*a3*far(a25*a9)
            + a5*far(a25*a41)
            + far(a9)
        ),
    )


def max_pool3d_gradient_x_by_winner(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_by_winner`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_W, T, W = s["O_H"], s["O_T"], s["O_W"], s["S_W"], s["T"], s["W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = 4*a2
    a4 = K_H*K_T*K_W
    a5 = C*N
    a6 = H*T*W*a5
    a7 = 4*O_H*O_T*O_W
    a8 = a5*a7
    return (
        2*a0 + a3*a4 + a3 + 1,
        0,
        0,
        a6,
        a4*a8,
        N*a4*a7*((1/O_W) if (S_W == 1) else (1)),
        0,
        0,
        a6,
        a2*a4*far(a8/(a0*a1)) + far(a6),
    )


def max_pool3d_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool3d.axis_winners`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T = s["T"]
    a0 = C*O_W
    a1 = O_H*a0
    a2 = O_T*a1
    a3 = N*a2
    a4 = N*T
    a5 = H*a4
    a6 = a0*a5
    a7 = a6*(2*K_W - 2)
    a8 = a3*(2*K_T - 2)
    a9 = a1*a4
    a10 = a9*(2*K_H - 2)
    a11 = (C == 1) or (S_W == 1)
    a12 = few(C)
    a13 = a0*a12
    a14 = ((0) if a11 else (a13*a5))
    a15 = (S_H == 1) or (a0 == 1)
    a16 = few(a0)
    a17 = a1*a16
    a18 = ((0) if a15 else (a17*a4))
    a19 = (S_T == 1) or (a1 == 1)
    a20 = few(a1)
    a21 = ((0) if a19 else (a20*a3))
    a22 = 1/C
    a23 = a22/O_W
    a24 = a23/O_H
    return (
        3*K_H + 3*K_T + 3*K_W - 2,
        0,
        0,
        a3,
        a10 + a14 + a18 + a21 + a7 + a8,
        (
            a10*((a24) if a15 else (1/(a0*(1 - a16) + a17)))
            + a14*a22
            + a18*a23
            + a21*a24
            + a7*((a23) if a11 else (1/(C*(1 - a12) + a13)))
            + a8*((a24/O_T) if a19 else (1/(a1*(1 - a20) + a2*a20)))
        ),
        0,
        0,
        a3*(K_T - 1) + a6*(K_W - 1) + a9*(K_H - 1),
        far(a10) + far(a14) + far(a18) + far(a21) + far(a3) + far(a7) + far(a8),
    )


def max_pool3d_gradient_x_by_axis_winners(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_by_axis_winners`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = N*T
    a2 = H*a1
    a3 = a0*a2
    a4 = K_W*a3
    a5 = O_H*a0
    a6 = a1*a5
    a7 = K_H*a6
    a8 = O_T*a5
    a9 = N*a8
    a10 = K_T*a9
    a11 = a3*(3*K_W - 3)
    a12 = a9*(3*K_T - 3)
    a13 = a6*(3*K_H - 3)
    a14 = (C == 1) or (S_W == 1)
    a15 = few(C)
    a16 = a0*a15
    a17 = ((0) if a14 else (a16*a2))
    a18 = (S_H == 1) or (a0 == 1)
    a19 = few(a0)
    a20 = a19*a5
    a21 = ((0) if a18 else (a1*a20))
    a22 = (S_T == 1) or (a5 == 1)
    a23 = few(a5)
    a24 = a23*a8
    a25 = ((0) if a22 else (N*a24))
    a26 = 1/C
    a27 = a26/O_W
    a28 = a27/O_H
    return (
        5*K_H + 5*K_T + 5*K_W + 12,
        0,
        0,
        0,
        a10 + a11 + a12 + a13 + a17 + a21 + a25 + a4 + a7,
        (
            a10*((a28/O_T) if a22 else (1/(a24 + a5*(1 - a23))))
            + a17*a26
            + a21*a27
            + a25*a28
            + a4*((a27) if a14 else (1/(C*(1 - a15) + a16)))
            + a7*((a28) if a18 else (1/(a0*(1 - a19) + a20)))
        ),
        0,
        0,
        C*W*a2 + a3*(2*K_W - 2) + a3 + a6*(2*K_H - 2) + a6 + a9*(2*K_T - 2),
        (
            far(a10)
            + far(a11)
            + far(a12)
            + far(a13)
            + far(a17)
            + far(a21)
            + far(a25)
            + far(a4)
            + far(a7)
        ),
    )


def avg_pool3d_forward_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_banded`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W, block = s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_T) // (min(O_T, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*O_T
    a7 = a5*a6
    a8 = 3*a7
    a9 = C*W
    a10 = H*a9
    a11 = a10*a6
    a12 = K_T*a11
    a13 = O_H*a9
    a14 = a13*a6
    a15 = K_H*a14
    a16 = K_W*a7
    a17 = (C == 1) or (S_W == 1)
    a18 = few(C)
    a19 = a18*a4
    a20 = O_T/a2
    a21 = N/a1
    a22 = a20*a21
    a23 = ((0) if a17 else (O_H*a19*a22))
    a24 = a23*a3
    a25 = (S_H == 1) or (a9 == 1)
    a26 = few(a9)
    a27 = a13*a26
    a28 = ((0) if a25 else (a22*a27))
    a29 = a28*a3
    a30 = (S_T == 1) or (a10 == 1)
    a31 = few(a10)
    a32 = a10*a20
    a33 = a31*a32
    a34 = ((0) if a30 else (a21*a33))
    a35 = a3*a34
    a36 = a20*a5
    a37 = 1/C
    a38 = a37/W
    a39 = a38/H
    a40 = a21*a36
    return (
        K_H*a3 + K_T*a3 + K_W*a3 + 16*a3 + 4,
        0,
        0,
        0,
        a12 + a15 + a16 + a24 + a29 + a35 + a8,
        (
            a12*((a0*a2*a39) if a30 else (1/(a10*(1 - a31) + a33)))
            + a15*((a38/O_H) if a25 else (1/(a27 + a9*(1 - a26))))
            + a16*((a37/O_W) if a17 else (1/(C*(1 - a18) + a19)))
            + a24*a37
            + a29*a38
            + a35*a39
            + a8/min(C, a36)
        ),
        0,
        0,
        a11 + a14 + a7,
        (
            a3*far(a23)
            + a3*far(a28)
            + a3*far(a34)
            + a3*far(3*a40)
            + a3*far(K_W*a40)
            + a3*far(K_H*a13*a22)
            + a3*far(K_T*a21*a32)
        ),
    )


def avg_pool3d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_separable`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*a1*(K_T + S_T*(O_T - 1))
    a3 = N*O_T
    a4 = O_H*a3
    a5 = C*a4
    a6 = a5*(K_W + S_W*(O_W - 1))
    a7 = a0*a3*(K_H + S_H*(O_H - 1))
    a8 = O_W*a5
    a9 = 3*a8
    a10 = K_T*a3
    a11 = a1*a10
    a12 = K_H*a4
    a13 = a0*a12
    a14 = K_W*a8
    a15 = O_W*a4
    return (
        18,
        0,
        0,
        a2 + a6 + a7,
        a11 + a13 + a14 + a9,
        3*a15,
        K_W*a15 + a10 + a12,
        0,
        a0*a4 + a1*a3 + a8,
        far(a11) + far(a13) + far(a14) + far(a2) + far(a6) + far(a7) + far(a9),
    )


def avg_pool3d_forward_include_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_planes`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_T*O_W
    a3 = 3*a2
    a4 = a0*a3
    a5 = K_H*K_T*K_W*N
    a6 = C*a2*a5
    return (
        11,
        0,
        0,
        a1,
        a4 + 2*a6,
        N*a3 + a6*((1/O_W) if (C == 1) else (1/C)),
        a5,
        0,
        a0*a2 + a6,
        far(a1) + far(a4) + 2*far(a6),
    )


def avg_pool3d_forward_include_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_gemm_ones`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_T*O_W
    a2 = a0*a1
    a3 = K_H*K_T*a2
    a4 = K_W*a3
    a5 = 2*a4
    a6 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a7 = 3*a1
    a8 = a0*a7
    return (
        11,
        1,
        0,
        a5 + a6,
        a4 + a8,
        N*a7 + a3,
        0,
        0,
        a2 + a4,
        far(a4) + far(a5) + far(a6) + far(a8),
    )


def avg_pool3d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((O_H) if a1 else (a2))
    a4 = C*W
    a5 = (a4 == 1)
    a6 = O_H*a4
    a7 = min(a6, a4*((O_H) if (S_H == 1) else (1)))
    a8 = 2*few((O_H) if a5 else (a7))
    a9 = H*a4
    a10 = O_T*a9
    a11 = min(a10, a9*((O_T) if (S_T == 1) else (1)))
    a12 = 2*few((H) if a5 else (a11))
    a13 = N*a10
    a14 = N*O_T
    a15 = O_H*a14
    a16 = a0*a15
    a17 = a14*a6
    a18 = a13 + a16 + a17
    a19 = 3*a16
    a20 = a16*(a3 + 1)
    a21 = K_W*a20
    a22 = a17*(a8 + 1)
    a23 = K_H*a22
    a24 = a13*(a12 + 1)
    a25 = K_T*a24
    a26 = 1/O_H
    return (
        K_H*(a8 + 3) + K_T*(a12 + 3) + K_W*(a3 + 3) + 12,
        0,
        0,
        a18,
        a19 + a21 + a23 + a25,
        (
            3*O_W*a15
            + a21*((a26) if a1 else (1/a2))
            + a23*((a26) if a5 else (1/a7))
            + a25*((1/H) if a5 else (1/a11))
        ),
        0,
        K_H*((a22) if a5 else (0)) + K_T*((a24) if a5 else (0)) + K_W*((a20) if a1 else (0)),
        a18,
        K_H*far(a22) + K_T*far(a24) + K_W*far(a20) + far(a13) + far(a16) + far(a17) + far(a19),
    )


def avg_pool3d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_windowed`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_T*O_W
    a3 = 3*a2
    a4 = a0*a3
    a5 = a0*a2
    a6 = K_H*K_T*K_W
    a7 = a5*a6
    return (
        10,
        0,
        0,
        a1,
        a4 + a7,
        N*a3,
        N*a2*a6,
        0,
        a5,
        far(a1) + far(a4) + far(a7),
    )


def avg_pool3d_gradient_x_include_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_include_banded`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W, block = s["T"], s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_T) // (min(O_T, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*a5
    a7 = O_T*a6
    a8 = K_T*a7
    a9 = O_T/a2
    a10 = K_T + S_T*(a9 - 1)
    a11 = a10*a2
    a12 = H*N
    a13 = a12*a4
    a14 = a11*a13
    a15 = K_W*a14
    a16 = a11*a6
    a17 = K_H*a16
    a18 = (S_T == 1) or (a5 == 1)
    a19 = few(a5)
    a20 = a19*a9
    a21 = 1/a1
    a22 = a21*a6
    a23 = ((0) if a18 else (a20*a22))
    a24 = a23*a3
    a25 = (C == 1) or (S_W == 1)
    a26 = few(C)
    a27 = a26*a4
    a28 = a10*a21
    a29 = ((0) if a25 else (a12*a27*a28))
    a30 = a29*a3
    a31 = (S_H == 1) or (a4 == 1)
    a32 = few(a4)
    a33 = a32*a5
    a34 = ((0) if a31 else (N*a28*a33))
    a35 = a3*a34
    a36 = 1/C
    a37 = a36/O_W
    a38 = a37/O_H
    a39 = a22*a9
    return (
        (
            K_H*a3
            + K_T*a3
            + K_W*a3
            + 2*a1
            + a3*(2*K_H + 2)
            + a3*(2*K_T + 2)
            + a3*(2*K_W + 2)
            + 11*a3
            + 4
        ),
        0,
        0,
        0,
        a15 + a17 + a24 + a30 + a35 + a7 + a8,
        (
            a15*((a37) if a25 else (1/(C*(1 - a26) + a27)))
            + a17*((a38) if a31 else (1/(a33 + a4*(1 - a32))))
            + a24*a38
            + a30*a36
            + a35*a37
            + a8*((a0*a2*a38) if a18 else (1/(a20*a5 + a5*(1 - a19))))
        ),
        0,
        0,
        C*T*W*a12 + a14 + a16 + a7,
        (
            a3*far(a23)
            + a3*far(a29)
            + a3*far(a34)
            + a3*far(a39)
            + a3*far(K_T*a39)
            + a3*far(K_H*a28*a6)
            + a3*far(K_W*a13*a28)
        ),
    )


def avg_pool3d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_include_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((H) if a1 else (a2))
    a4 = O_H*a0
    a5 = min(a4, a0*((O_H) if (S_H == 1) else (1)))
    a6 = 2*few((O_H) if a1 else (a5))
    a7 = O_T*a4
    a8 = min(a7, a4*((O_T) if (S_T == 1) else (1)))
    a9 = 2*few((O_H) if a1 else (a8))
    a10 = N*T
    a11 = H*a10
    a12 = a0*a11
    a13 = C*W*a11
    a14 = a10*a4
    a15 = a12 + a13 + a14
    a16 = N*a7
    a17 = a12*(a3 + 1)
    a18 = K_W*a17
    a19 = a14*(a6 + 1)
    a20 = K_H*a19
    a21 = a16*(a9 + 1)
    a22 = K_T*a21
    a23 = 1/O_H
    return (
        K_H*(a6 + 3) + K_T*(a9 + 3) + K_W*(a3 + 3) + 10,
        0,
        0,
        a15,
        a16 + a18 + a20 + a22,
        (
            a18*((1/H) if a1 else (1/a2))
            + a20*((a23) if a1 else (1/a5))
            + a22*((a23) if a1 else (1/a8))
        ),
        0,
        K_H*((a19) if a1 else (0)) + K_T*((a21) if a1 else (0)) + K_W*((a17) if a1 else (0)),
        a15 + a16,
        K_H*far(a19) + K_T*far(a21) + K_W*far(a17) + far(a12) + far(a13) + far(a14) + far(a16),
    )


def avg_pool3d_forward_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_banded`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W, block = s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_T) // (min(O_T, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*O_T
    a7 = a5*a6
    a8 = 3*a7
    a9 = C*W
    a10 = H*a9
    a11 = a10*a6
    a12 = K_T*a11
    a13 = O_H*a9
    a14 = a13*a6
    a15 = K_H*a14
    a16 = K_W*a7
    a17 = (C == 1) or (S_W == 1)
    a18 = few(C)
    a19 = a18*a4
    a20 = O_T/a2
    a21 = N/a1
    a22 = a20*a21
    a23 = ((0) if a17 else (O_H*a19*a22))
    a24 = a23*a3
    a25 = (S_H == 1) or (a9 == 1)
    a26 = few(a9)
    a27 = a13*a26
    a28 = ((0) if a25 else (a22*a27))
    a29 = a28*a3
    a30 = (S_T == 1) or (a10 == 1)
    a31 = few(a10)
    a32 = a10*a20
    a33 = a31*a32
    a34 = ((0) if a30 else (a21*a33))
    a35 = a3*a34
    a36 = a20*a5
    a37 = 1/C
    a38 = a37/W
    a39 = a38/H
    a40 = a21*a36
    return (
        K_H*a3 + K_T*a3 + K_W*a3 + 16*a3 + 4,
        0,
        0,
        0,
        a12 + a15 + a16 + a24 + a29 + a35 + a8,
        (
            a12*((a0*a2*a39) if a30 else (1/(a10*(1 - a31) + a33)))
            + a15*((a38/O_H) if a25 else (1/(a27 + a9*(1 - a26))))
            + a16*((a37/O_W) if a17 else (1/(C*(1 - a18) + a19)))
            + a24*a37
            + a29*a38
            + a35*a39
            + a8/min(C, a36)
        ),
        0,
        0,
        a11 + a14 + a7,
        (
            a3*far(a23)
            + a3*far(a28)
            + a3*far(a34)
            + a3*far(3*a40)
            + a3*far(K_W*a40)
            + a3*far(K_H*a13*a22)
            + a3*far(K_T*a21*a32)
        ),
    )


def avg_pool3d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_separable`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*a1*(K_T + S_T*(O_T - 1))
    a3 = N*O_T
    a4 = O_H*a3
    a5 = C*a4
    a6 = a5*(K_W + S_W*(O_W - 1))
    a7 = a0*a3*(K_H + S_H*(O_H - 1))
    a8 = O_W*a5
    a9 = 3*a8
    a10 = K_T*a3
    a11 = a1*a10
    a12 = K_H*a4
    a13 = a0*a12
    a14 = K_W*a8
    a15 = O_W*a4
    return (
        18,
        0,
        0,
        a2 + a6 + a7,
        a11 + a13 + a14 + a9,
        3*a15,
        K_W*a15 + a10 + a12,
        0,
        a0*a4 + a1*a3 + a8,
        far(a11) + far(a13) + far(a14) + far(a2) + far(a6) + far(a7) + far(a9),
    )


def avg_pool3d_forward_exclude_planes(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_planes`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_T*O_W
    a3 = 3*a2
    a4 = a0*a3
    a5 = K_H*K_T*K_W*N
    a6 = C*a2*a5
    return (
        11,
        0,
        0,
        a1,
        a4 + 2*a6,
        N*a3 + a6*((1/O_W) if (C == 1) else (1/C)),
        a5,
        0,
        a0*a2 + a6,
        far(a1) + far(a4) + 2*far(a6),
    )


def avg_pool3d_forward_exclude_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_gemm_ones`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_T*O_W
    a2 = a0*a1
    a3 = K_H*K_T*a2
    a4 = K_W*a3
    a5 = 2*a4
    a6 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a7 = 3*a1
    a8 = a0*a7
    return (
        11,
        1,
        0,
        a5 + a6,
        a4 + a8,
        N*a7 + a3,
        0,
        0,
        a2 + a4,
        far(a4) + far(a5) + far(a6) + far(a8),
    )


def avg_pool3d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((O_H) if a1 else (a2))
    a4 = C*W
    a5 = (a4 == 1)
    a6 = O_H*a4
    a7 = min(a6, a4*((O_H) if (S_H == 1) else (1)))
    a8 = 2*few((O_H) if a5 else (a7))
    a9 = H*a4
    a10 = O_T*a9
    a11 = min(a10, a9*((O_T) if (S_T == 1) else (1)))
    a12 = 2*few((H) if a5 else (a11))
    a13 = N*a10
    a14 = N*O_T
    a15 = O_H*a14
    a16 = a0*a15
    a17 = a14*a6
    a18 = a13 + a16 + a17
    a19 = 3*a16
    a20 = a16*(a3 + 1)
    a21 = K_W*a20
    a22 = a17*(a8 + 1)
    a23 = K_H*a22
    a24 = a13*(a12 + 1)
    a25 = K_T*a24
    a26 = 1/O_H
    return (
        K_H*(a8 + 3) + K_T*(a12 + 3) + K_W*(a3 + 3) + 12,
        0,
        0,
        a18,
        a19 + a21 + a23 + a25,
        (
            3*O_W*a15
            + a21*((a26) if a1 else (1/a2))
            + a23*((a26) if a5 else (1/a7))
            + a25*((1/H) if a5 else (1/a11))
        ),
        0,
        K_H*((a22) if a5 else (0)) + K_T*((a24) if a5 else (0)) + K_W*((a20) if a1 else (0)),
        a18,
        K_H*far(a22) + K_T*far(a24) + K_W*far(a20) + far(a13) + far(a16) + far(a17) + far(a19),
    )


def avg_pool3d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_windowed`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1))
    a2 = O_H*O_T*O_W
    a3 = 3*a2
    a4 = a0*a3
    a5 = a0*a2
    a6 = K_H*K_T*K_W
    a7 = a5*a6
    return (
        10,
        0,
        0,
        a1,
        a4 + a7,
        N*a3,
        N*a2*a6,
        0,
        a5,
        far(a1) + far(a4) + far(a7),
    )


def avg_pool3d_gradient_x_exclude_banded(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_exclude_banded`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W, block = s["T"], s["W"], s["block"]
    a0 = 1/O_T
    a1 = (-((-N) // (max(1, ((a0*block) // 1)))))
    a2 = (-((-O_T) // (min(O_T, block))))
    a3 = a1*a2
    a4 = C*O_W
    a5 = O_H*a4
    a6 = N*a5
    a7 = O_T*a6
    a8 = K_T*a7
    a9 = O_T/a2
    a10 = K_T + S_T*(a9 - 1)
    a11 = a10*a2
    a12 = H*N
    a13 = a12*a4
    a14 = a11*a13
    a15 = K_W*a14
    a16 = a11*a6
    a17 = K_H*a16
    a18 = (S_T == 1) or (a5 == 1)
    a19 = few(a5)
    a20 = a19*a9
    a21 = 1/a1
    a22 = a21*a6
    a23 = ((0) if a18 else (a20*a22))
    a24 = a23*a3
    a25 = (C == 1) or (S_W == 1)
    a26 = few(C)
    a27 = a26*a4
    a28 = a10*a21
    a29 = ((0) if a25 else (a12*a27*a28))
    a30 = a29*a3
    a31 = (S_H == 1) or (a4 == 1)
    a32 = few(a4)
    a33 = a32*a5
    a34 = ((0) if a31 else (N*a28*a33))
    a35 = a3*a34
    a36 = 1/C
    a37 = a36/O_W
    a38 = a37/O_H
    a39 = a22*a9
    return (
        (
            K_H*a3
            + K_T*a3
            + K_W*a3
            + 2*a1
            + a3*(2*K_H + 2)
            + a3*(2*K_T + 2)
            + a3*(2*K_W + 2)
            + 11*a3
            + 4
        ),
        0,
        0,
        0,
        a15 + a17 + a24 + a30 + a35 + a7 + a8,
        (
            a15*((a37) if a25 else (1/(C*(1 - a26) + a27)))
            + a17*((a38) if a31 else (1/(a33 + a4*(1 - a32))))
            + a24*a38
            + a30*a36
            + a35*a37
            + a8*((a0*a2*a38) if a18 else (1/(a20*a5 + a5*(1 - a19))))
        ),
        0,
        0,
        C*T*W*a12 + a14 + a16 + a7,
        (
            a3*far(a23)
            + a3*far(a29)
            + a3*far(a34)
            + a3*far(a39)
            + a3*far(K_T*a39)
            + a3*far(K_H*a28*a6)
            + a3*far(K_W*a13*a28)
        ),
    )


def avg_pool3d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_exclude_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = (a0 == 1)
    a2 = min(a0, C*((O_W) if (S_W == 1) else (1)))
    a3 = 2*few((H) if a1 else (a2))
    a4 = O_H*a0
    a5 = min(a4, a0*((O_H) if (S_H == 1) else (1)))
    a6 = 2*few((O_H) if a1 else (a5))
    a7 = O_T*a4
    a8 = min(a7, a4*((O_T) if (S_T == 1) else (1)))
    a9 = 2*few((O_H) if a1 else (a8))
    a10 = N*T
    a11 = H*a10
    a12 = a0*a11
    a13 = C*W*a11
    a14 = a10*a4
    a15 = a12 + a13 + a14
    a16 = N*a7
    a17 = a12*(a3 + 1)
    a18 = K_W*a17
    a19 = a14*(a6 + 1)
    a20 = K_H*a19
    a21 = a16*(a9 + 1)
    a22 = K_T*a21
    a23 = 1/O_H
    return (
        K_H*(a6 + 3) + K_T*(a9 + 3) + K_W*(a3 + 3) + 10,
        0,
        0,
        a15,
        a16 + a18 + a20 + a22,
        (
            a18*((1/H) if a1 else (1/a2))
            + a20*((a23) if a1 else (1/a5))
            + a22*((a23) if a1 else (1/a8))
        ),
        0,
        K_H*((a19) if a1 else (0)) + K_T*((a21) if a1 else (0)) + K_W*((a17) if a1 else (0)),
        a15 + a16,
        K_H*far(a19) + K_T*far(a21) + K_W*far(a17) + far(a12) + far(a13) + far(a14) + far(a16),
    )


COUNTS: dict[tuple[str, str], Callable[[Sizes], Counts]] = {
    ("conv1d", "forward_im2row"): conv1d_forward_im2row,
    ("conv1d", "forward_depthwise"): conv1d_forward_depthwise,
    ("conv1d", "forward_fft"): conv1d_forward_fft,
    ("conv1d", "forward_im2col"): conv1d_forward_im2col,
    ("conv1d", "forward_images_last"): conv1d_forward_images_last,
    ("conv1d", "forward_tap"): conv1d_forward_tap,
    ("conv1d", "forward_whole"): conv1d_forward_whole,
    ("conv1d", "forward_winograd_2x3"): conv1d_forward_winograd_2x3,
    ("conv1d", "forward_winograd_4x3"): conv1d_forward_winograd_4x3,
    ("conv1d", "forward_winograd_4x5"): conv1d_forward_winograd_4x5,
    ("conv1d", "forward_winograd_2x7"): conv1d_forward_winograd_2x7,
    ("conv1d", "gradient_x_im2row"): conv1d_gradient_x_im2row,
    ("conv1d", "gradient_x_dgrad_im2row"): conv1d_gradient_x_dgrad_im2row,
    ("conv1d", "gradient_x_dgrad_im2col"): conv1d_gradient_x_dgrad_im2col,
    ("conv1d", "gradient_x_dgrad_depthwise"): conv1d_gradient_x_dgrad_depthwise,
    ("conv1d", "gradient_x_fft"): conv1d_gradient_x_fft,
    ("conv1d", "gradient_x_im2col"): conv1d_gradient_x_im2col,
    ("conv1d", "gradient_x_images_last"): conv1d_gradient_x_images_last,
    ("conv1d", "gradient_x_tap"): conv1d_gradient_x_tap,
    ("conv1d", "gradient_x_dgrad_whole"): conv1d_gradient_x_dgrad_whole,
    ("conv1d", "gradient_x_winograd_2x3"): conv1d_gradient_x_winograd_2x3,
    ("conv1d", "gradient_x_winograd_4x3"): conv1d_gradient_x_winograd_4x3,
    ("conv1d", "gradient_x_winograd_4x5"): conv1d_gradient_x_winograd_4x5,
    ("conv1d", "gradient_x_winograd_2x7"): conv1d_gradient_x_winograd_2x7,
    ("conv1d", "gradient_kernel_im2row"): conv1d_gradient_kernel_im2row,
    ("conv1d", "gradient_kernel_depthwise"): conv1d_gradient_kernel_depthwise,
    ("conv1d", "gradient_kernel_fft"): conv1d_gradient_kernel_fft,
    ("conv1d", "gradient_kernel_im2col"): conv1d_gradient_kernel_im2col,
    ("conv1d", "gradient_kernel_images_last"): conv1d_gradient_kernel_images_last,
    ("conv1d", "gradient_kernel_tap"): conv1d_gradient_kernel_tap,
    ("conv1d", "gradient_kernel_whole"): conv1d_gradient_kernel_whole,
    ("conv1d", "gradient_kernel_winograd_2x3"): conv1d_gradient_kernel_winograd_2x3,
    ("conv1d", "gradient_kernel_winograd_4x3"): conv1d_gradient_kernel_winograd_4x3,
    ("conv1d", "gradient_kernel_winograd_4x5"): conv1d_gradient_kernel_winograd_4x5,
    ("conv1d", "gradient_kernel_winograd_2x7"): conv1d_gradient_kernel_winograd_2x7,
    ("max_pool1d", "forward_banded"): max_pool1d_forward_banded,
    ("max_pool1d", "forward_separable"): max_pool1d_forward_separable,
    ("max_pool1d", "forward_planes"): max_pool1d_forward_planes,
    ("max_pool1d", "forward_tap"): max_pool1d_forward_tap,
    ("max_pool1d", "forward_windowed"): max_pool1d_forward_windowed,
    ("max_pool1d", "gradient_x_argmax"): max_pool1d_gradient_x_argmax,
    ("max_pool1d", "gradient_x_first"): max_pool1d_gradient_x_first,
    ("max_pool1d", "gradient_x_handed"): max_pool1d_gradient_x_handed,
    ("max_pool1d", "gradient_x_hits"): max_pool1d_gradient_x_hits,
    ("max_pool1d", "winner"): max_pool1d_winner,
    ("max_pool1d", "gradient_x_by_winner"): max_pool1d_gradient_x_by_winner,
    ("max_pool1d", "axis_winners"): max_pool1d_axis_winners,
    ("max_pool1d", "gradient_x_by_axis_winners"): max_pool1d_gradient_x_by_axis_winners,
    ("avg_pool1d", "forward_include_banded"): avg_pool1d_forward_include_banded,
    ("avg_pool1d", "forward_include_separable"): avg_pool1d_forward_include_separable,
    ("avg_pool1d", "forward_include_planes"): avg_pool1d_forward_include_planes,
    ("avg_pool1d", "forward_include_gemm_ones"): avg_pool1d_forward_include_gemm_ones,
    ("avg_pool1d", "forward_include_tap"): avg_pool1d_forward_include_tap,
    ("avg_pool1d", "forward_include_windowed"): avg_pool1d_forward_include_windowed,
    ("avg_pool1d", "gradient_x_include_banded"): avg_pool1d_gradient_x_include_banded,
    ("avg_pool1d", "gradient_x_include_tap"): avg_pool1d_gradient_x_include_tap,
    ("avg_pool1d", "forward_exclude_banded"): avg_pool1d_forward_exclude_banded,
    ("avg_pool1d", "forward_exclude_separable"): avg_pool1d_forward_exclude_separable,
    ("avg_pool1d", "forward_exclude_planes"): avg_pool1d_forward_exclude_planes,
    ("avg_pool1d", "forward_exclude_gemm_ones"): avg_pool1d_forward_exclude_gemm_ones,
    ("avg_pool1d", "forward_exclude_tap"): avg_pool1d_forward_exclude_tap,
    ("avg_pool1d", "forward_exclude_windowed"): avg_pool1d_forward_exclude_windowed,
    ("avg_pool1d", "gradient_x_exclude_banded"): avg_pool1d_gradient_x_exclude_banded,
    ("avg_pool1d", "gradient_x_exclude_tap"): avg_pool1d_gradient_x_exclude_tap,
    ("conv2d", "forward_im2row"): conv2d_forward_im2row,
    ("conv2d", "forward_depthwise"): conv2d_forward_depthwise,
    ("conv2d", "forward_fft"): conv2d_forward_fft,
    ("conv2d", "forward_im2col"): conv2d_forward_im2col,
    ("conv2d", "forward_images_last"): conv2d_forward_images_last,
    ("conv2d", "forward_tap"): conv2d_forward_tap,
    ("conv2d", "forward_whole"): conv2d_forward_whole,
    ("conv2d", "forward_winograd_2x3"): conv2d_forward_winograd_2x3,
    ("conv2d", "forward_winograd_4x3"): conv2d_forward_winograd_4x3,
    ("conv2d", "forward_winograd_4x5"): conv2d_forward_winograd_4x5,
    ("conv2d", "forward_winograd_2x7"): conv2d_forward_winograd_2x7,
    ("conv2d", "gradient_x_im2row"): conv2d_gradient_x_im2row,
    ("conv2d", "gradient_x_dgrad_im2row"): conv2d_gradient_x_dgrad_im2row,
    ("conv2d", "gradient_x_dgrad_im2col"): conv2d_gradient_x_dgrad_im2col,
    ("conv2d", "gradient_x_dgrad_depthwise"): conv2d_gradient_x_dgrad_depthwise,
    ("conv2d", "gradient_x_fft"): conv2d_gradient_x_fft,
    ("conv2d", "gradient_x_im2col"): conv2d_gradient_x_im2col,
    ("conv2d", "gradient_x_images_last"): conv2d_gradient_x_images_last,
    ("conv2d", "gradient_x_tap"): conv2d_gradient_x_tap,
    ("conv2d", "gradient_x_dgrad_whole"): conv2d_gradient_x_dgrad_whole,
    ("conv2d", "gradient_x_winograd_2x3"): conv2d_gradient_x_winograd_2x3,
    ("conv2d", "gradient_x_winograd_4x3"): conv2d_gradient_x_winograd_4x3,
    ("conv2d", "gradient_x_winograd_4x5"): conv2d_gradient_x_winograd_4x5,
    ("conv2d", "gradient_x_winograd_2x7"): conv2d_gradient_x_winograd_2x7,
    ("conv2d", "gradient_kernel_im2row"): conv2d_gradient_kernel_im2row,
    ("conv2d", "gradient_kernel_depthwise"): conv2d_gradient_kernel_depthwise,
    ("conv2d", "gradient_kernel_fft"): conv2d_gradient_kernel_fft,
    ("conv2d", "gradient_kernel_im2col"): conv2d_gradient_kernel_im2col,
    ("conv2d", "gradient_kernel_images_last"): conv2d_gradient_kernel_images_last,
    ("conv2d", "gradient_kernel_tap"): conv2d_gradient_kernel_tap,
    ("conv2d", "gradient_kernel_whole"): conv2d_gradient_kernel_whole,
    ("conv2d", "gradient_kernel_winograd_2x3"): conv2d_gradient_kernel_winograd_2x3,
    ("conv2d", "gradient_kernel_winograd_4x3"): conv2d_gradient_kernel_winograd_4x3,
    ("conv2d", "gradient_kernel_winograd_4x5"): conv2d_gradient_kernel_winograd_4x5,
    ("conv2d", "gradient_kernel_winograd_2x7"): conv2d_gradient_kernel_winograd_2x7,
    ("max_pool2d", "forward_banded"): max_pool2d_forward_banded,
    ("max_pool2d", "forward_separable"): max_pool2d_forward_separable,
    ("max_pool2d", "forward_planes"): max_pool2d_forward_planes,
    ("max_pool2d", "forward_tap"): max_pool2d_forward_tap,
    ("max_pool2d", "forward_windowed"): max_pool2d_forward_windowed,
    ("max_pool2d", "gradient_x_argmax"): max_pool2d_gradient_x_argmax,
    ("max_pool2d", "gradient_x_first"): max_pool2d_gradient_x_first,
    ("max_pool2d", "gradient_x_handed"): max_pool2d_gradient_x_handed,
    ("max_pool2d", "gradient_x_hits"): max_pool2d_gradient_x_hits,
    ("max_pool2d", "winner"): max_pool2d_winner,
    ("max_pool2d", "gradient_x_by_winner"): max_pool2d_gradient_x_by_winner,
    ("max_pool2d", "axis_winners"): max_pool2d_axis_winners,
    ("max_pool2d", "gradient_x_by_axis_winners"): max_pool2d_gradient_x_by_axis_winners,
    ("avg_pool2d", "forward_include_banded"): avg_pool2d_forward_include_banded,
    ("avg_pool2d", "forward_include_separable"): avg_pool2d_forward_include_separable,
    ("avg_pool2d", "forward_include_planes"): avg_pool2d_forward_include_planes,
    ("avg_pool2d", "forward_include_gemm_ones"): avg_pool2d_forward_include_gemm_ones,
    ("avg_pool2d", "forward_include_tap"): avg_pool2d_forward_include_tap,
    ("avg_pool2d", "forward_include_windowed"): avg_pool2d_forward_include_windowed,
    ("avg_pool2d", "gradient_x_include_banded"): avg_pool2d_gradient_x_include_banded,
    ("avg_pool2d", "gradient_x_include_tap"): avg_pool2d_gradient_x_include_tap,
    ("avg_pool2d", "forward_exclude_banded"): avg_pool2d_forward_exclude_banded,
    ("avg_pool2d", "forward_exclude_separable"): avg_pool2d_forward_exclude_separable,
    ("avg_pool2d", "forward_exclude_planes"): avg_pool2d_forward_exclude_planes,
    ("avg_pool2d", "forward_exclude_gemm_ones"): avg_pool2d_forward_exclude_gemm_ones,
    ("avg_pool2d", "forward_exclude_tap"): avg_pool2d_forward_exclude_tap,
    ("avg_pool2d", "forward_exclude_windowed"): avg_pool2d_forward_exclude_windowed,
    ("avg_pool2d", "gradient_x_exclude_banded"): avg_pool2d_gradient_x_exclude_banded,
    ("avg_pool2d", "gradient_x_exclude_tap"): avg_pool2d_gradient_x_exclude_tap,
    ("conv3d", "forward_im2row"): conv3d_forward_im2row,
    ("conv3d", "forward_depthwise"): conv3d_forward_depthwise,
    ("conv3d", "forward_fft"): conv3d_forward_fft,
    ("conv3d", "forward_im2col"): conv3d_forward_im2col,
    ("conv3d", "forward_images_last"): conv3d_forward_images_last,
    ("conv3d", "forward_tap"): conv3d_forward_tap,
    ("conv3d", "forward_whole"): conv3d_forward_whole,
    ("conv3d", "forward_winograd_2x3"): conv3d_forward_winograd_2x3,
    ("conv3d", "forward_winograd_4x3"): conv3d_forward_winograd_4x3,
    ("conv3d", "forward_winograd_4x5"): conv3d_forward_winograd_4x5,
    ("conv3d", "forward_winograd_2x7"): conv3d_forward_winograd_2x7,
    ("conv3d", "gradient_x_im2row"): conv3d_gradient_x_im2row,
    ("conv3d", "gradient_x_dgrad_im2row"): conv3d_gradient_x_dgrad_im2row,
    ("conv3d", "gradient_x_dgrad_im2col"): conv3d_gradient_x_dgrad_im2col,
    ("conv3d", "gradient_x_dgrad_depthwise"): conv3d_gradient_x_dgrad_depthwise,
    ("conv3d", "gradient_x_fft"): conv3d_gradient_x_fft,
    ("conv3d", "gradient_x_im2col"): conv3d_gradient_x_im2col,
    ("conv3d", "gradient_x_images_last"): conv3d_gradient_x_images_last,
    ("conv3d", "gradient_x_tap"): conv3d_gradient_x_tap,
    ("conv3d", "gradient_x_dgrad_whole"): conv3d_gradient_x_dgrad_whole,
    ("conv3d", "gradient_x_winograd_2x3"): conv3d_gradient_x_winograd_2x3,
    ("conv3d", "gradient_x_winograd_4x3"): conv3d_gradient_x_winograd_4x3,
    ("conv3d", "gradient_x_winograd_4x5"): conv3d_gradient_x_winograd_4x5,
    ("conv3d", "gradient_x_winograd_2x7"): conv3d_gradient_x_winograd_2x7,
    ("conv3d", "gradient_kernel_im2row"): conv3d_gradient_kernel_im2row,
    ("conv3d", "gradient_kernel_depthwise"): conv3d_gradient_kernel_depthwise,
    ("conv3d", "gradient_kernel_fft"): conv3d_gradient_kernel_fft,
    ("conv3d", "gradient_kernel_im2col"): conv3d_gradient_kernel_im2col,
    ("conv3d", "gradient_kernel_images_last"): conv3d_gradient_kernel_images_last,
    ("conv3d", "gradient_kernel_tap"): conv3d_gradient_kernel_tap,
    ("conv3d", "gradient_kernel_whole"): conv3d_gradient_kernel_whole,
    ("conv3d", "gradient_kernel_winograd_2x3"): conv3d_gradient_kernel_winograd_2x3,
    ("conv3d", "gradient_kernel_winograd_4x3"): conv3d_gradient_kernel_winograd_4x3,
    ("conv3d", "gradient_kernel_winograd_4x5"): conv3d_gradient_kernel_winograd_4x5,
    ("conv3d", "gradient_kernel_winograd_2x7"): conv3d_gradient_kernel_winograd_2x7,
    ("max_pool3d", "forward_banded"): max_pool3d_forward_banded,
    ("max_pool3d", "forward_separable"): max_pool3d_forward_separable,
    ("max_pool3d", "forward_planes"): max_pool3d_forward_planes,
    ("max_pool3d", "forward_tap"): max_pool3d_forward_tap,
    ("max_pool3d", "forward_windowed"): max_pool3d_forward_windowed,
    ("max_pool3d", "gradient_x_argmax"): max_pool3d_gradient_x_argmax,
    ("max_pool3d", "gradient_x_first"): max_pool3d_gradient_x_first,
    ("max_pool3d", "gradient_x_handed"): max_pool3d_gradient_x_handed,
    ("max_pool3d", "gradient_x_hits"): max_pool3d_gradient_x_hits,
    ("max_pool3d", "winner"): max_pool3d_winner,
    ("max_pool3d", "gradient_x_by_winner"): max_pool3d_gradient_x_by_winner,
    ("max_pool3d", "axis_winners"): max_pool3d_axis_winners,
    ("max_pool3d", "gradient_x_by_axis_winners"): max_pool3d_gradient_x_by_axis_winners,
    ("avg_pool3d", "forward_include_banded"): avg_pool3d_forward_include_banded,
    ("avg_pool3d", "forward_include_separable"): avg_pool3d_forward_include_separable,
    ("avg_pool3d", "forward_include_planes"): avg_pool3d_forward_include_planes,
    ("avg_pool3d", "forward_include_gemm_ones"): avg_pool3d_forward_include_gemm_ones,
    ("avg_pool3d", "forward_include_tap"): avg_pool3d_forward_include_tap,
    ("avg_pool3d", "forward_include_windowed"): avg_pool3d_forward_include_windowed,
    ("avg_pool3d", "gradient_x_include_banded"): avg_pool3d_gradient_x_include_banded,
    ("avg_pool3d", "gradient_x_include_tap"): avg_pool3d_gradient_x_include_tap,
    ("avg_pool3d", "forward_exclude_banded"): avg_pool3d_forward_exclude_banded,
    ("avg_pool3d", "forward_exclude_separable"): avg_pool3d_forward_exclude_separable,
    ("avg_pool3d", "forward_exclude_planes"): avg_pool3d_forward_exclude_planes,
    ("avg_pool3d", "forward_exclude_gemm_ones"): avg_pool3d_forward_exclude_gemm_ones,
    ("avg_pool3d", "forward_exclude_tap"): avg_pool3d_forward_exclude_tap,
    ("avg_pool3d", "forward_exclude_windowed"): avg_pool3d_forward_exclude_windowed,
    ("avg_pool3d", "gradient_x_exclude_banded"): avg_pool3d_gradient_x_exclude_banded,
    ("avg_pool3d", "gradient_x_exclude_tap"): avg_pool3d_gradient_x_exclude_tap,
}
