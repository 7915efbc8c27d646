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
  fresh: numbers of new arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Sizes: TypeAlias = Mapping[str, int]
Counts: TypeAlias = tuple[float, ...]

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
)


def conv1d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*O_W
    a7 = N*a6
    a8 = O_W/a1
    a9 = M*N
    a10 = a8/a0
    a11 = a4*a7
    a12 = 1/C
    return (
        a0 + 7*a2 + 1,
        a3,
        a5*a7,
        C*G*N*a1*(D_W*(K_W - 1) + S_W*(a8 - 1) + 1) + a3*(N*a10*a4 + a10*a9 + a5),
        a11,
        a11*((a12/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a12)),
        0,
        0,
        a11 + a6*a9,
    )


def conv1d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*O_W
    a7 = N*a6
    a8 = O_W/a1
    a9 = G*N*a1
    a10 = M*N
    a11 = a8/a0
    a12 = a4*a7
    return (
        a0 + 7*a2 + 1,
        a3,
        a5*a7,
        C*a9*(D_W*(K_W - 1) + S_W*(a8 - 1) + 1) + a3*(N*a11*a4 + a10*a11 + a5),
        a12,
        a4*a9,
        0,
        a12,
        a10*a6 + a12,
    )


def conv1d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.forward_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    a0 = 2*C*K_W
    a1 = G*N*O_W
    a2 = M*a1
    return (
        a0 + 2,
        0,
        0,
        a2,
        a0*a2,
        a0*a1,
        0,
        0,
        a2,
    )


def conv1d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_im2row`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*N*O_W
    a7 = C*G
    a8 = N*W*a7
    a9 = O_W/a1
    a10 = N*a9/a0
    a11 = a4*a6
    return (
        K_W*a2 + a0 + 6*a2 + 1,
        a3,
        a5*a6,
        a3*(M*a10 + a10*a4 + a5) + a8,
        a11,
        a11/min(C, a7*((a9) if (S_W == 1) else (1))),
        0,
        0,
        a11 + a8,
    )


def conv1d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // W)))))
    a2 = (-((-W) // (min(W, block))))
    a3 = a1*a2
    a4 = G*a3
    a5 = K_W*M
    a6 = C*a5
    a7 = G*W
    a8 = N*a7
    a9 = W/a2
    a10 = G*M
    a11 = C*N
    a12 = a9/a1
    a13 = a5*a8
    a14 = N*a0
    a15 = O_W*a14
    a16 = 1/M
    return (
        2*a0 + a1 + 7*a3 + 1,
        a4,
        a6*a8,
        N*a10*a2*(D_W*(K_W - 1) + a9) + a4*(N*a12*a5 + a11*a12 + a6),
        a10*a15 + a13,
        a13*((a16/K_W) if ((D_W == 1) and (G == 1)) or (M == 1) else (a16)) + a15,
        0,
        0,
        a10*a14*(S_W*(O_W - 1) + 1) + a11*a7 + a13,
    )


def conv1d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_dgrad_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, W, block = s["O_W"], s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // W)))))
    a2 = (-((-W) // (min(W, block))))
    a3 = a1*a2
    a4 = G*a3
    a5 = K_W*M
    a6 = C*a5
    a7 = G*W
    a8 = N*a7
    a9 = W/a2
    a10 = G*M
    a11 = N*a2
    a12 = C*N
    a13 = a9/a1
    a14 = a5*a8
    a15 = N*a0
    a16 = O_W*a15
    return (
        2*a0 + a1 + 7*a3 + 1,
        a4,
        a6*a8,
        a10*a11*(D_W*(K_W - 1) + a9) + a4*(N*a13*a5 + a12*a13 + a6),
        a10*a16 + a14,
        G*a11*a5 + a16,
        0,
        a14,
        a10*a15*(S_W*(O_W - 1) + 1) + a12*a7 + a14,
    )


def conv1d_gradient_x_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_im2col`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*N*O_W
    a7 = C*G
    a8 = N*W*a7
    a9 = O_W/a1
    a10 = N*a9/a0
    a11 = a4*a6
    return (
        K_W*a2 + a0 + 6*a2 + 1,
        a3,
        a5*a6,
        a3*(M*a10 + a10*a4 + a5) + a8,
        a11,
        a11/min(C, a7*((a9) if (S_W == 1) else (1))),
        0,
        0,
        a11 + a8,
    )


def conv1d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_x_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    W = s["W"]
    a0 = 2*K_W*M
    a1 = G*N
    a2 = C*a1
    a3 = W*a2
    a4 = O_W*a0
    return (
        a0 + 2,
        0,
        0,
        a3,
        a2*a4,
        a1*a4,
        0,
        0,
        a3,
    )


def conv1d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_im2row`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = O_W/a1
    a8 = G*N
    a9 = N*a7/a0
    a10 = O_W*a4*a8
    a11 = 1/C
    return (
        a0 + 8*a2 + 1,
        a3,
        N*O_W*a6,
        C*a1*a8*(D_W*(K_W - 1) + S_W*(a7 - 1) + 1) + a3*(M*a9 + a4*a9 + a5) + a6,
        a10 + a3*a5,
        a10*((a11/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a11)),
        0,
        0,
        a10 + a6,
    )


def conv1d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_im2col`."""
    C, D_W, G, K_W, M, N = s["C"], s["D_W"], s["G"], s["K_W"], s["M"], s["N"]
    O_W, S_W, block = s["O_W"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_W)))))
    a1 = (-((-O_W) // (min(O_W, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = O_W/a1
    a8 = G*N
    a9 = a1*a8
    a10 = N*a7/a0
    a11 = O_W*a4*a8
    return (
        a0 + 8*a2 + 1,
        a3,
        N*O_W*a6,
        C*a9*(D_W*(K_W - 1) + S_W*(a7 - 1) + 1) + a3*(M*a10 + a10*a4 + a5) + a6,
        a11 + a3*a5,
        a4*a9,
        0,
        a11,
        a11 + a6,
    )


def conv1d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv1d.gradient_kernel_tap`."""
    C, G, K_W, M, N, O_W = s["C"], s["G"], s["K_W"], s["M"], s["N"], s["O_W"]
    a0 = C*K_W
    a1 = G*a0
    a2 = M*a1
    a3 = N*O_W
    a4 = 2*a3
    return (
        3*a0 + 2,
        0,
        0,
        a2,
        a2*a4,
        a1*a4,
        0,
        0,
        a2*a3 + a2,
    )


def max_pool1d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_separable`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = K_W*O_W
    return (
        4,
        0,
        0,
        a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a0*a1,
        0,
        N*a1,
        0,
        O_W*a0,
    )


def max_pool1d_forward_tap(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*O_W
    a1 = N*a0
    a2 = K_W*a1
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
    )


def max_pool1d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool1d.forward_windowed`."""
    C, D_W, K_W, N, O_W, S_W = s["C"], s["D_W"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = C*N
    a1 = K_W*O_W
    return (
        4,
        0,
        0,
        a0*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a0*a1,
        0,
        N*a1,
        0,
        O_W*a0,
    )


def max_pool1d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool1d.gradient_x_argmax`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = 8*K_W
    a1 = C*N
    a2 = O_W*a1
    a3 = W*a1 + 2*a2
    a4 = 4*K_W*N
    return (
        a0 + 5,
        0,
        0,
        a3,
        a0*a2,
        O_W*a4*((1/O_W) if (S_W == 1) else (1)) + a4,
        0,
        0,
        a3,
    )


def avg_pool1d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_separable`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    return (
        6,
        0,
        0,
        C*N*(K_W + S_W*(O_W - 1)),
        K_W*a1 + a1,
        a0,
        K_W*a0,
        0,
        a1,
    )


def avg_pool1d_forward_include_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_gemm_ones`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    a3 = a1 + a2
    return (
        7,
        1,
        0,
        C*N*(K_W + S_W*(O_W - 1)) + 2*a2,
        a3,
        a0 + a1,
        0,
        0,
        a3,
    )


def avg_pool1d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    return (
        K_W + 4,
        0,
        0,
        a1,
        a1 + a2,
        a0 + a2/min(C*O_W, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a1,
    )


def avg_pool1d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_include_windowed`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    return (
        6,
        0,
        0,
        C*N*(K_W + S_W*(O_W - 1)),
        K_W*a1 + a1,
        a0,
        K_W*a0,
        0,
        a1,
    )


def avg_pool1d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_include_tap`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*N*W
    a1 = C*O_W
    a2 = N*a1
    a3 = K_W*a2
    return (
        K_W + 4,
        0,
        0,
        a0,
        a2 + a3,
        a3/min(a1, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a0 + a2,
    )


def avg_pool1d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_separable`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    return (
        6,
        0,
        0,
        C*N*(K_W + S_W*(O_W - 1)),
        K_W*a1 + a1,
        a0,
        K_W*a0,
        0,
        a1,
    )


def avg_pool1d_forward_exclude_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_gemm_ones`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    a3 = a1 + a2
    return (
        7,
        1,
        0,
        C*N*(K_W + S_W*(O_W - 1)) + 2*a2,
        a3,
        a0 + a1,
        0,
        0,
        a3,
    )


def avg_pool1d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_tap`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    a2 = K_W*a1
    return (
        K_W + 4,
        0,
        0,
        a1,
        a1 + a2,
        a0 + a2/min(C*O_W, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a1,
    )


def avg_pool1d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.forward_exclude_windowed`."""
    C, K_W, N, O_W, S_W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"]
    a0 = N*O_W
    a1 = C*a0
    return (
        6,
        0,
        0,
        C*N*(K_W + S_W*(O_W - 1)),
        K_W*a1 + a1,
        a0,
        K_W*a0,
        0,
        a1,
    )


def avg_pool1d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool1d.gradient_x_exclude_tap`."""
    C, K_W, N, O_W, S_W, W = s["C"], s["K_W"], s["N"], s["O_W"], s["S_W"], s["W"]
    a0 = C*N*W
    a1 = C*O_W
    a2 = N*a1
    a3 = K_W*a2
    return (
        K_W + 4,
        0,
        0,
        a0,
        a2 + a3,
        a3/min(a1, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a0 + a2,
    )


def conv2d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_im2row`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_W
    a5 = M*a4
    a6 = G*N
    a7 = O_H*a6
    a8 = O_W*a7
    a9 = O_H/a1
    a10 = M*O_W
    a11 = N*a9/a0
    a12 = a4*a8
    a13 = 1/C
    return (
        a0 + 7*a2 + 1,
        a3,
        a5*a8,
        C*a1*a6*(D_H*(K_H - 1) + S_H*(a9 - 1) + 1)*(
            D_W*(K_W - 1) + S_W*(O_W - 1) + 1
        ) + a3*(O_W*a11*a4 + a10*a11 + a5),
        a12,
        a12*((a13/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a13)),
        0,
        0,
        a10*a7 + a12,
    )


def conv2d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_im2col`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_W
    a5 = M*a4
    a6 = G*N
    a7 = O_H*a6
    a8 = O_H/a1
    a9 = M*O_W
    a10 = N*a8/a0
    a11 = a4*a7
    a12 = O_W*a11
    return (
        a0 + 7*a2 + 1,
        a3,
        O_W*a5*a7,
        C*a1*a6*(D_H*(K_H - 1) + S_H*(a8 - 1) + 1)*(
            D_W*(K_W - 1) + S_W*(O_W - 1) + 1
        ) + a3*(O_W*a10*a4 + a10*a9 + a5),
        a12,
        a11,
        0,
        a12,
        a12 + a7*a9,
    )


def conv2d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.forward_tap`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W = s["O_H"], s["O_W"]
    a0 = 2*C*K_H*K_W
    a1 = G*N*O_H*O_W
    a2 = M*a1
    return (
        a0 + 3,
        0,
        0,
        a2,
        a0*a2,
        a0*a1,
        0,
        0,
        a2,
    )


def conv2d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_im2row`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W, block = s["N"], s["O_H"], s["O_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = K_H*K_W
    a4 = G*a2
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_W
    a9 = a7*a8
    a10 = C*H*W*a7
    a11 = N*a8/(a0*a1)
    a12 = a5*a9
    return (
        a0 + a2*a3 + 7*a2 + 1,
        a4,
        a6*a9,
        a10 + a4*(M*a11 + a11*a5 + a6),
        a12,
        a3*a9,
        0,
        0,
        a10 + a12,
    )


def conv2d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_im2row`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // H)))))
    a2 = (-((-H) // (min(H, block))))
    a3 = a1*a2
    a4 = G*a3
    a5 = K_H*K_W*M
    a6 = C*a5
    a7 = G*N
    a8 = H*a7
    a9 = W*a8
    a10 = H/a2
    a11 = C*W
    a12 = N*a10/a1
    a13 = a5*a9
    a14 = N*a0
    a15 = O_H*O_W*a14
    a16 = G*M
    a17 = 1/M
    return (
        2*a0 + a1 + 7*a3 + 1,
        a4,
        a6*a9,
        M*a2*a7*(D_H*(K_H - 1) + a10)*(D_W*(K_W - 1) + W) + a4*(W*a12*a5 + a11*a12 + a6),
        a13 + a15*a16,
        a13*((a17/K_W) if ((D_W == 1) and (G == 1)) or (M == 1) else (a17)) + a15,
        0,
        0,
        a11*a8 + a13 + a14*a16*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1),
    )


def conv2d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_dgrad_im2col`."""
    C, D_H, D_W, G, H, K_H = s["C"], s["D_H"], s["D_W"], s["G"], s["H"], s["K_H"]
    K_W, M, N, O_H, O_W, S_H = s["K_W"], s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"]
    S_W, W, block = s["S_W"], s["W"], s["block"]
    a0 = ((0) if (S_H*S_W == 1) else (1))
    a1 = (-((-N) // (max(1, (block // H)))))
    a2 = (-((-H) // (min(H, block))))
    a3 = a1*a2
    a4 = G*a3
    a5 = K_H*K_W*M
    a6 = C*a5
    a7 = G*N
    a8 = H*a7
    a9 = H/a2
    a10 = C*W
    a11 = N*a9/a1
    a12 = a5*a8
    a13 = W*a12
    a14 = N*a0
    a15 = O_H*O_W*a14
    a16 = G*M
    return (
        2*a0 + a1 + 7*a3 + 1,
        a4,
        W*a6*a8,
        M*a2*a7*(D_H*(K_H - 1) + a9)*(D_W*(K_W - 1) + W) + a4*(W*a11*a5 + a10*a11 + a6),
        a13 + a15*a16,
        a12 + a15,
        0,
        a13,
        a10*a8 + a13 + a14*a16*(S_H*(O_H - 1) + 1)*(S_W*(O_W - 1) + 1),
    )


def conv2d_gradient_x_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_im2col`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W, block = s["N"], s["O_H"], s["O_W"], s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = K_H*K_W
    a4 = G*a2
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_W
    a9 = a7*a8
    a10 = C*H*W*a7
    a11 = N*a8/(a0*a1)
    a12 = a5*a9
    return (
        a0 + a2*a3 + 7*a2 + 1,
        a4,
        a6*a9,
        a10 + a4*(M*a11 + a11*a5 + a6),
        a12,
        a3*a9,
        0,
        0,
        a10 + a12,
    )


def conv2d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_x_tap`."""
    C, G, H, K_H, K_W, M = s["C"], s["G"], s["H"], s["K_H"], s["K_W"], s["M"]
    N, O_H, O_W, W = s["N"], s["O_H"], s["O_W"], s["W"]
    a0 = 2*K_H*K_W*M
    a1 = G*N
    a2 = C*a1
    a3 = H*W*a2
    a4 = O_H*O_W*a0
    return (
        a0 + 3,
        0,
        0,
        a3,
        a2*a4,
        a1*a4,
        0,
        0,
        a3,
    )


def conv2d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_im2row`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = N*O_W
    a8 = O_H*a7
    a9 = O_H/a1
    a10 = a7*a9/a0
    a11 = G*a4*a8
    a12 = 1/C
    return (
        a0 + 8*a2 + 1,
        a3,
        a6*a8,
        C*G*N*a1*(D_H*(K_H - 1) + S_H*(a9 - 1) + 1)*(
            D_W*(K_W - 1) + S_W*(O_W - 1) + 1
        ) + a3*(M*a10 + a10*a4 + a5) + a6,
        a11 + a3*a5,
        a11*((a12/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a12)),
        0,
        0,
        a11 + a6,
    )


def conv2d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_im2col`."""
    C, D_H, D_W, G, K_H, K_W = s["C"], s["D_H"], s["D_W"], s["G"], s["K_H"], s["K_W"]
    M, N, O_H, O_W, S_H, S_W = s["M"], s["N"], s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    block = s["block"]
    a0 = (-((-N) // (max(1, (block // O_H)))))
    a1 = (-((-O_H) // (min(O_H, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = N*O_W
    a8 = O_H/a1
    a9 = G*N
    a10 = a7*a8/a0
    a11 = O_H*a4
    a12 = G*a11*a7
    return (
        a0 + 8*a2 + 1,
        a3,
        O_H*a6*a7,
        C*a1*a9*(D_H*(K_H - 1) + S_H*(a8 - 1) + 1)*(
            D_W*(K_W - 1) + S_W*(O_W - 1) + 1
        ) + a3*(M*a10 + a10*a4 + a5) + a6,
        a12 + a3*a5,
        a11*a9,
        0,
        a12,
        a12 + a6,
    )


def conv2d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv2d.gradient_kernel_tap`."""
    C, G, K_H, K_W, M, N = s["C"], s["G"], s["K_H"], s["K_W"], s["M"], s["N"]
    O_H, O_W = s["O_H"], s["O_W"]
    a0 = C*K_H*K_W
    a1 = G*a0
    a2 = M*a1
    a3 = N*O_H*O_W
    a4 = 2*a3
    return (
        3*a0 + 3,
        0,
        0,
        a2,
        a2*a4,
        a1*a4,
        0,
        0,
        a2*a3 + a2,
    )


def max_pool2d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_separable`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W, W = s["O_H"], s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = C*W
    a3 = K_H*a0
    a4 = K_W*O_W
    return (
        8,
        0,
        0,
        N*a2*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1) + a1*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a1*a4 + a2*a3,
        0,
        a0*a4 + a3,
        0,
        O_W*a1 + W*a1,
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
    return (
        K_H + K_W + 4,
        0,
        0,
        a5,
        a6 + a7,
        a6/min(
            a3, a2*((O_H) if (S_H == 1) else (1)),
        ) + a7/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a5,
    )


def max_pool2d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool2d.forward_windowed`."""
    C, D_H, D_W, K_H, K_W, N = s["C"], s["D_H"], s["D_W"], s["K_H"], s["K_W"], s["N"]
    O_H, O_W, S_H, S_W = s["O_H"], s["O_W"], s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = a0*a1
    a3 = K_H*K_W
    return (
        4,
        0,
        0,
        a0*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a2*a3,
        0,
        N*a1*a3,
        0,
        a2,
    )


def max_pool2d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool2d.gradient_x_argmax`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = 8*K_H
    a1 = 8*K_W
    a2 = C*N
    a3 = H*a2
    a4 = O_W*a3
    a5 = O_H*O_W*a2
    a6 = W*a3 + 3*a4 + 2*a5
    a7 = 4*N
    a8 = K_H*a7
    a9 = H*K_W*a7
    return (
        a0 + a1 + 10,
        0,
        0,
        a6,
        a0*a5 + a1*a4,
        O_H*a8*((1/O_H) if (S_H == 1) else (1)) + O_W*a9*((1/O_W) if (S_W == 1) else (1)) + a8 + a9,
        0,
        0,
        a6,
    )


def avg_pool2d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_separable`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = C*W
    a3 = O_W*a1
    a4 = K_H*a0
    a5 = O_W*a0
    return (
        12,
        0,
        0,
        N*a2*(K_H + S_H*(O_H - 1)) + a1*(K_W + S_W*(O_W - 1)),
        K_W*a3 + a2*a4 + 2*a3,
        2*a5,
        K_W*a5 + a4,
        0,
        W*a1 + a3,
    )


def avg_pool2d_forward_include_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_gemm_ones`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a2
    a4 = a0*a1
    a5 = K_H*a4
    a6 = K_W*a5
    return (
        9,
        1,
        0,
        K_H*K_W*a3 + a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1)),
        a3 + a6,
        N*a2 + a5,
        0,
        0,
        a4 + a6,
    )


def avg_pool2d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_tap`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = N*O_H
    a2 = a0*a1
    a3 = C*W
    a4 = O_H*a3
    a5 = N*a4
    a6 = a2 + a5
    a7 = K_H*a5
    a8 = K_W*a2
    return (
        K_H + K_W + 8,
        0,
        0,
        a6,
        2*a2 + a7 + a8,
        2*O_W*a1 + a7/min(
            a4, a3*((O_H) if (S_H == 1) else (1)),
        ) + a8/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a6,
    )


def avg_pool2d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_include_windowed`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a1
    a4 = K_H*K_W
    return (
        8,
        0,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1)),
        a0*a2 + a3*a4,
        N*a2,
        N*a1*a4,
        0,
        a3,
    )


def avg_pool2d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_include_tap`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = H*N
    a2 = a0*a1
    a3 = C*W*a1 + a2
    a4 = O_H*a0
    a5 = N*a4
    a6 = K_W*a2
    a7 = K_H*a5
    return (
        K_H + K_W + 7,
        0,
        0,
        a3,
        a5 + a6 + a7,
        a6/min(a0, C*((O_W) if (S_W == 1) else (1))) + a7/min(
            a4, a0*((O_H) if (S_H == 1) else (1)),
        ),
        0,
        0,
        a3 + a5,
    )


def avg_pool2d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_separable`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = N*O_H
    a1 = C*a0
    a2 = C*W
    a3 = O_W*a1
    a4 = K_H*a0
    a5 = O_W*a0
    return (
        12,
        0,
        0,
        N*a2*(K_H + S_H*(O_H - 1)) + a1*(K_W + S_W*(O_W - 1)),
        K_W*a3 + a2*a4 + 2*a3,
        2*a5,
        K_W*a5 + a4,
        0,
        W*a1 + a3,
    )


def avg_pool2d_forward_exclude_gemm_ones(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_gemm_ones`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a2
    a4 = a0*a1
    a5 = K_H*a4
    a6 = K_W*a5
    return (
        9,
        1,
        0,
        K_H*K_W*a3 + a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1)),
        a3 + a6,
        N*a2 + a5,
        0,
        0,
        a4 + a6,
    )


def avg_pool2d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_tap`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W, W = s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = N*O_H
    a2 = a0*a1
    a3 = C*W
    a4 = O_H*a3
    a5 = N*a4
    a6 = a2 + a5
    a7 = K_H*a5
    a8 = K_W*a2
    return (
        K_H + K_W + 8,
        0,
        0,
        a6,
        2*a2 + a7 + a8,
        2*O_W*a1 + a7/min(
            a4, a3*((O_H) if (S_H == 1) else (1)),
        ) + a8/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a6,
    )


def avg_pool2d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.forward_exclude_windowed`."""
    C, K_H, K_W, N, O_H, O_W = s["C"], s["K_H"], s["K_W"], s["N"], s["O_H"], s["O_W"]
    S_H, S_W = s["S_H"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_W
    a2 = 2*a1
    a3 = a0*a1
    a4 = K_H*K_W
    return (
        8,
        0,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_W + S_W*(O_W - 1)),
        a0*a2 + a3*a4,
        N*a2,
        N*a1*a4,
        0,
        a3,
    )


def avg_pool2d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool2d.gradient_x_exclude_tap`."""
    C, H, K_H, K_W, N, O_H = s["C"], s["H"], s["K_H"], s["K_W"], s["N"], s["O_H"]
    O_W, S_H, S_W, W = s["O_W"], s["S_H"], s["S_W"], s["W"]
    a0 = C*O_W
    a1 = H*N
    a2 = a0*a1
    a3 = C*W*a1 + a2
    a4 = O_H*a0
    a5 = N*a4
    a6 = K_W*a2
    a7 = K_H*a5
    return (
        K_H + K_W + 7,
        0,
        0,
        a3,
        a5 + a6 + a7,
        a6/min(a0, C*((O_W) if (S_W == 1) else (1))) + a7/min(
            a4, a0*((O_H) if (S_H == 1) else (1)),
        ),
        0,
        0,
        a3 + a5,
    )


def conv3d_forward_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_im2row`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_T*K_W
    a5 = M*a4
    a6 = O_H*O_W
    a7 = G*N
    a8 = O_T*a7
    a9 = a6*a8
    a10 = O_T/a1
    a11 = M*a6
    a12 = N*a10/a0
    a13 = a4*a9
    a14 = 1/C
    return (
        a0 + 7*a2 + 1,
        a3,
        a5*a9,
        C*a1*a7*(
            D_H*(K_H - 1) + S_H*(O_H - 1) + 1
        )*(D_T*(
            K_T - 1
        ) + S_T*(a10 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1) + a3*(a11*a12 + a12*a4*a6 + a5),
        a13,
        a13*((a14/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a14)),
        0,
        0,
        a11*a8 + a13,
    )


def conv3d_forward_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_im2col`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_T*K_W
    a5 = M*a4
    a6 = O_H*O_W
    a7 = G*N
    a8 = O_T*a7
    a9 = O_T/a1
    a10 = M*a6
    a11 = N*a9/a0
    a12 = a4*a8
    a13 = a12*a6
    return (
        a0 + 7*a2 + 1,
        a3,
        a5*a6*a8,
        C*a1*a7*(
            D_H*(K_H - 1) + S_H*(O_H - 1) + 1
        )*(D_T*(
            K_T - 1
        ) + S_T*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1) + a3*(a10*a11 + a11*a4*a6 + a5),
        a13,
        O_H*a12,
        0,
        a13,
        a10*a8 + a13,
    )


def conv3d_forward_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.forward_tap`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W = s["N"], s["O_H"], s["O_T"], s["O_W"]
    a0 = 2*C*K_H*K_T*K_W
    a1 = G*N*O_H*O_T*O_W
    a2 = M*a1
    return (
        a0 + 4,
        0,
        0,
        a2,
        a0*a2,
        a0*a1,
        0,
        0,
        a2,
    )


def conv3d_gradient_x_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_im2row`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = K_H*K_T*K_W
    a4 = G*a2
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_T*O_W
    a9 = a7*a8
    a10 = C*H*T*W*a7
    a11 = N*a8/(a0*a1)
    a12 = a5*a9
    return (
        a0 + a2*a3 + 8*a2 + 1,
        a4,
        a6*a9,
        a10 + a4*(M*a11 + a11*a5 + a6),
        a12,
        a3*a9,
        0,
        0,
        a10 + a12,
    )


def conv3d_gradient_x_dgrad_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_im2row`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // T)))))
    a1 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a2 = (-((-T) // (min(T, block))))
    a3 = a0*a2
    a4 = G*a3
    a5 = K_H*K_T*K_W*M
    a6 = C*a5
    a7 = H*W
    a8 = G*N
    a9 = T*a8
    a10 = a7*a9
    a11 = T/a2
    a12 = C*a7
    a13 = N*a11/a0
    a14 = a10*a5
    a15 = N*a1
    a16 = O_H*O_T*O_W*a15
    a17 = G*M
    a18 = 1/M
    return (
        a0 + 2*a1 + 7*a3 + 1,
        a4,
        a10*a6,
        M*a2*a8*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + a11)*(D_W*(K_W - 1) + W) + a4*(
            a12*a13 + a13*a5*a7 + a6
        ),
        a14 + a16*a17,
        a14*((a18/K_W) if ((D_W == 1) and (G == 1)) or (M == 1) else (a18)) + a16,
        0,
        0,
        a12*a9 + a14 + a15*a17*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1),
    )


def conv3d_gradient_x_dgrad_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_dgrad_im2col`."""
    C, D_H, D_T, D_W, G, H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["H"]
    K_H, K_T, K_W, M, N, O_H = s["K_H"], s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W, T = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["T"]
    W, block = s["W"], s["block"]
    a0 = (-((-N) // (max(1, (block // T)))))
    a1 = ((0) if (S_H*S_T*S_W == 1) else (1))
    a2 = (-((-T) // (min(T, block))))
    a3 = a0*a2
    a4 = G*a3
    a5 = K_H*K_T*K_W*M
    a6 = C*a5
    a7 = H*W
    a8 = G*N
    a9 = T*a8
    a10 = T/a2
    a11 = C*a7
    a12 = N*a10/a0
    a13 = a5*a9
    a14 = a13*a7
    a15 = N*a1
    a16 = O_H*O_T*O_W*a15
    a17 = G*M
    return (
        a0 + 2*a1 + 7*a3 + 1,
        a4,
        a6*a7*a9,
        M*a2*a8*(D_H*(K_H - 1) + H)*(D_T*(K_T - 1) + a10)*(D_W*(K_W - 1) + W) + a4*(
            a11*a12 + a12*a5*a7 + a6
        ),
        a14 + a16*a17,
        H*a13 + a16,
        0,
        a14,
        a11*a9 + a14 + a15*a17*(S_H*(O_H - 1) + 1)*(S_T*(O_T - 1) + 1)*(S_W*(O_W - 1) + 1),
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
    a4 = G*a2
    a5 = C*a3
    a6 = M*a5
    a7 = G*N
    a8 = O_H*O_T*O_W
    a9 = a7*a8
    a10 = C*H*T*W*a7
    a11 = N*a8/(a0*a1)
    a12 = a5*a9
    return (
        a0 + a2*a3 + 8*a2 + 1,
        a4,
        a6*a9,
        a10 + a4*(M*a11 + a11*a5 + a6),
        a12,
        a3*a9,
        0,
        0,
        a10 + a12,
    )


def conv3d_gradient_x_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_x_tap`."""
    C, G, H, K_H, K_T, K_W = s["C"], s["G"], s["H"], s["K_H"], s["K_T"], s["K_W"]
    M, N, O_H, O_T, O_W, T = s["M"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["T"]
    W = s["W"]
    a0 = 2*K_H*K_T*K_W*M
    a1 = G*N
    a2 = C*a1
    a3 = H*T*W*a2
    a4 = O_H*O_T*O_W*a0
    return (
        a0 + 4,
        0,
        0,
        a3,
        a2*a4,
        a1*a4,
        0,
        0,
        a3,
    )


def conv3d_gradient_kernel_im2row(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_im2row`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_T*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = N*O_H*O_W
    a8 = O_T*a7
    a9 = O_T/a1
    a10 = a7*a9/a0
    a11 = G*a4*a8
    a12 = 1/C
    return (
        a0 + 8*a2 + 1,
        a3,
        a6*a8,
        C*G*N*a1*(
            D_H*(K_H - 1) + S_H*(O_H - 1) + 1
        )*(D_T*(
            K_T - 1
        ) + S_T*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1) + a3*(M*a10 + a10*a4 + a5) + a6,
        a11 + a3*a5,
        a11*((a12/K_W) if ((D_W == 1) and (G == 1)) or (C == 1) else (a12)),
        0,
        0,
        a11 + a6,
    )


def conv3d_gradient_kernel_im2col(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_im2col`."""
    C, D_H, D_T, D_W, G, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["G"], s["K_H"]
    K_T, K_W, M, N, O_H, O_T = s["K_T"], s["K_W"], s["M"], s["N"], s["O_H"], s["O_T"]
    O_W, S_H, S_T, S_W, block = s["O_W"], s["S_H"], s["S_T"], s["S_W"], s["block"]
    a0 = (-((-N) // (max(1, (block // O_T)))))
    a1 = (-((-O_T) // (min(O_T, block))))
    a2 = a0*a1
    a3 = G*a2
    a4 = C*K_H*K_T*K_W
    a5 = M*a4
    a6 = G*a5
    a7 = N*O_H
    a8 = O_W*a7
    a9 = O_T/a1
    a10 = a8*a9/a0
    a11 = G*O_T*a4
    a12 = a11*a8
    return (
        a0 + 8*a2 + 1,
        a3,
        O_T*a6*a8,
        C*G*N*a1*(
            D_H*(K_H - 1) + S_H*(O_H - 1) + 1
        )*(D_T*(
            K_T - 1
        ) + S_T*(a9 - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1) + a3*(M*a10 + a10*a4 + a5) + a6,
        a12 + a3*a5,
        a11*a7,
        0,
        a12,
        a12 + a6,
    )


def conv3d_gradient_kernel_tap(s: Sizes) -> Counts:
    """The counts of `conv3d.gradient_kernel_tap`."""
    C, G, K_H, K_T, K_W, M = s["C"], s["G"], s["K_H"], s["K_T"], s["K_W"], s["M"]
    N, O_H, O_T, O_W = s["N"], s["O_H"], s["O_T"], s["O_W"]
    a0 = C*K_H*K_T*K_W
    a1 = G*a0
    a2 = M*a1
    a3 = N*O_H*O_T*O_W
    a4 = 2*a3
    return (
        3*a0 + 4,
        0,
        0,
        a2,
        a2*a4,
        a1*a4,
        0,
        0,
        a2*a3 + a2,
    )


def max_pool3d_forward_separable(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_separable`."""
    C, D_H, D_T, D_W, H, K_H = s["C"], s["D_H"], s["D_T"], s["D_W"], s["H"], s["K_H"]
    K_T, K_W, N, O_H, O_T, O_W = s["K_T"], s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"]
    S_H, S_T, S_W, W = s["S_H"], s["S_T"], s["S_W"], s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*O_T
    a3 = O_H*a2
    a4 = C*a3
    a5 = K_T*a2
    a6 = K_H*a3
    a7 = K_W*O_W
    return (
        12,
        0,
        0,
        N*a1*(
            D_T*(K_T - 1) + S_T*(O_T - 1) + 1
        ) + a0*a2*(D_H*(K_H - 1) + S_H*(O_H - 1) + 1) + a4*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a0*a6 + a1*a5 + a4*a7,
        0,
        a3*a7 + a5 + a6,
        0,
        O_W*a4 + a0*a3 + a1*a2,
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
    return (
        K_H + K_T + K_W + 6,
        0,
        0,
        a9,
        a10 + a11 + a12,
        a10/min(
            a2, a1*((O_T) if (S_T == 1) else (1)),
        ) + a11/min(a7, a0*(
            (O_H) if (S_H == 1) else (1)
        )) + a12/min(a4, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a9,
    )


def max_pool3d_forward_windowed(s: Sizes) -> Counts:
    """The counts of `max_pool3d.forward_windowed`."""
    C, D_H, D_T, D_W, K_H, K_T = s["C"], s["D_H"], s["D_T"], s["D_W"], s["K_H"], s["K_T"]
    K_W, N, O_H, O_T, O_W, S_H = s["K_W"], s["N"], s["O_H"], s["O_T"], s["O_W"], s["S_H"]
    S_T, S_W = s["S_T"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_T*O_W
    a2 = a0*a1
    a3 = K_H*K_T*K_W
    return (
        4,
        0,
        0,
        a0*(
            D_H*(K_H - 1) + S_H*(O_H - 1) + 1
        )*(D_T*(K_T - 1) + S_T*(O_T - 1) + 1)*(D_W*(K_W - 1) + S_W*(O_W - 1) + 1),
        a2*a3,
        0,
        N*a1*a3,
        0,
        a2,
    )


def max_pool3d_gradient_x_argmax(s: Sizes) -> Counts:
    """The counts of `max_pool3d.gradient_x_argmax`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = 8*K_H
    a1 = 8*K_T
    a2 = 8*K_W
    a3 = C*N
    a4 = T*a3
    a5 = H*a4
    a6 = O_W*a5
    a7 = O_H*O_W
    a8 = O_T*a3*a7
    a9 = a4*a7
    a10 = W*a5 + 3*a6 + 2*a8 + 3*a9
    a11 = 4*N
    a12 = K_T*a11
    a13 = T*a11
    a14 = K_H*a13
    a15 = H*K_W*a13
    return (
        a0 + a1 + a2 + 15,
        0,
        0,
        a10,
        a0*a9 + a1*a8 + a2*a6,
        O_H*a14*(
            (1/O_H) if (S_H == 1) else (1)
        ) + O_T*a12*((1/O_T) if (
            S_T == 1
        ) else (1)) + O_W*a15*((1/O_W) if (S_W == 1) else (1)) + a12 + a14 + a15,
        0,
        0,
        a10,
    )


def avg_pool3d_forward_include_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_separable`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*O_T
    a3 = O_H*a2
    a4 = C*a3
    a5 = O_W*a4
    a6 = K_T*a2
    a7 = K_H*a3
    a8 = O_W*a3
    return (
        18,
        0,
        0,
        N*a1*(K_T + S_T*(O_T - 1)) + a0*a2*(K_H + S_H*(O_H - 1)) + a4*(K_W + S_W*(O_W - 1)),
        K_W*a5 + a0*a7 + a1*a6 + 3*a5,
        3*a8,
        K_W*a8 + a6 + a7,
        0,
        a0*a3 + a1*a2 + a5,
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
    a5 = 3*a1
    return (
        11,
        1,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1)) + 2*a4,
        a0*a5 + a4,
        N*a5 + a3,
        0,
        0,
        a2 + a4,
    )


def avg_pool3d_forward_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = O_T*a1
    a3 = N*a2
    a4 = C*O_W
    a5 = N*O_T
    a6 = O_H*a5
    a7 = a4*a6
    a8 = O_H*a0
    a9 = a5*a8
    a10 = a3 + a7 + a9
    a11 = K_T*a3
    a12 = K_H*a9
    a13 = K_W*a7
    return (
        K_H + K_T + K_W + 12,
        0,
        0,
        a10,
        a11 + a12 + a13 + 3*a7,
        3*O_W*a6 + a11/min(
            a2, a1*((O_T) if (S_T == 1) else (1)),
        ) + a12/min(a8, a0*(
            (O_H) if (S_H == 1) else (1)
        )) + a13/min(a4, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a10,
    )


def avg_pool3d_forward_include_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_include_windowed`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_T*O_W
    a2 = 3*a1
    a3 = a0*a1
    a4 = K_H*K_T*K_W
    return (
        10,
        0,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1)),
        a0*a2 + a3*a4,
        N*a2,
        N*a1*a4,
        0,
        a3,
    )


def avg_pool3d_gradient_x_include_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_include_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = N*T
    a2 = H*a1
    a3 = a0*a2
    a4 = O_H*a0
    a5 = a1*a4
    a6 = C*W*a2 + a3 + a5
    a7 = O_T*a4
    a8 = N*a7
    a9 = K_W*a3
    a10 = K_H*a5
    a11 = K_T*a8
    return (
        K_H + K_T + K_W + 10,
        0,
        0,
        a6,
        a10 + a11 + a8 + a9,
        a10/min(
            a4, a0*((O_H) if (S_H == 1) else (1)),
        ) + a11/min(a7, a4*(
            (O_T) if (S_T == 1) else (1)
        )) + a9/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a6 + a8,
    )


def avg_pool3d_forward_exclude_separable(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_separable`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = N*O_T
    a3 = O_H*a2
    a4 = C*a3
    a5 = O_W*a4
    a6 = K_T*a2
    a7 = K_H*a3
    a8 = O_W*a3
    return (
        18,
        0,
        0,
        N*a1*(K_T + S_T*(O_T - 1)) + a0*a2*(K_H + S_H*(O_H - 1)) + a4*(K_W + S_W*(O_W - 1)),
        K_W*a5 + a0*a7 + a1*a6 + 3*a5,
        3*a8,
        K_W*a8 + a6 + a7,
        0,
        a0*a3 + a1*a2 + a5,
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
    a5 = 3*a1
    return (
        11,
        1,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1)) + 2*a4,
        a0*a5 + a4,
        N*a5 + a3,
        0,
        0,
        a2 + a4,
    )


def avg_pool3d_forward_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    W = s["W"]
    a0 = C*W
    a1 = H*a0
    a2 = O_T*a1
    a3 = N*a2
    a4 = C*O_W
    a5 = N*O_T
    a6 = O_H*a5
    a7 = a4*a6
    a8 = O_H*a0
    a9 = a5*a8
    a10 = a3 + a7 + a9
    a11 = K_T*a3
    a12 = K_H*a9
    a13 = K_W*a7
    return (
        K_H + K_T + K_W + 12,
        0,
        0,
        a10,
        a11 + a12 + a13 + 3*a7,
        3*O_W*a6 + a11/min(
            a2, a1*((O_T) if (S_T == 1) else (1)),
        ) + a12/min(a8, a0*(
            (O_H) if (S_H == 1) else (1)
        )) + a13/min(a4, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a10,
    )


def avg_pool3d_forward_exclude_windowed(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.forward_exclude_windowed`."""
    C, K_H, K_T, K_W, N, O_H = s["C"], s["K_H"], s["K_T"], s["K_W"], s["N"], s["O_H"]
    O_T, O_W, S_H, S_T, S_W = s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    a0 = C*N
    a1 = O_H*O_T*O_W
    a2 = 3*a1
    a3 = a0*a1
    a4 = K_H*K_T*K_W
    return (
        10,
        0,
        0,
        a0*(K_H + S_H*(O_H - 1))*(K_T + S_T*(O_T - 1))*(K_W + S_W*(O_W - 1)),
        a0*a2 + a3*a4,
        N*a2,
        N*a1*a4,
        0,
        a3,
    )


def avg_pool3d_gradient_x_exclude_tap(s: Sizes) -> Counts:
    """The counts of `avg_pool3d.gradient_x_exclude_tap`."""
    C, H, K_H, K_T, K_W, N = s["C"], s["H"], s["K_H"], s["K_T"], s["K_W"], s["N"]
    O_H, O_T, O_W, S_H, S_T, S_W = s["O_H"], s["O_T"], s["O_W"], s["S_H"], s["S_T"], s["S_W"]
    T, W = s["T"], s["W"]
    a0 = C*O_W
    a1 = N*T
    a2 = H*a1
    a3 = a0*a2
    a4 = O_H*a0
    a5 = a1*a4
    a6 = C*W*a2 + a3 + a5
    a7 = O_T*a4
    a8 = N*a7
    a9 = K_W*a3
    a10 = K_H*a5
    a11 = K_T*a8
    return (
        K_H + K_T + K_W + 10,
        0,
        0,
        a6,
        a10 + a11 + a8 + a9,
        a10/min(
            a4, a0*((O_H) if (S_H == 1) else (1)),
        ) + a11/min(a7, a4*(
            (O_T) if (S_T == 1) else (1)
        )) + a9/min(a0, C*((O_W) if (S_W == 1) else (1))),
        0,
        0,
        a6 + a8,
    )


COUNTS: dict[tuple[str, str], Callable[[Sizes], Counts]] = {
    ("conv1d", "forward_im2row"): conv1d_forward_im2row,
    ("conv1d", "forward_im2col"): conv1d_forward_im2col,
    ("conv1d", "forward_tap"): conv1d_forward_tap,
    ("conv1d", "gradient_x_im2row"): conv1d_gradient_x_im2row,
    ("conv1d", "gradient_x_dgrad_im2row"): conv1d_gradient_x_dgrad_im2row,
    ("conv1d", "gradient_x_dgrad_im2col"): conv1d_gradient_x_dgrad_im2col,
    ("conv1d", "gradient_x_im2col"): conv1d_gradient_x_im2col,
    ("conv1d", "gradient_x_tap"): conv1d_gradient_x_tap,
    ("conv1d", "gradient_kernel_im2row"): conv1d_gradient_kernel_im2row,
    ("conv1d", "gradient_kernel_im2col"): conv1d_gradient_kernel_im2col,
    ("conv1d", "gradient_kernel_tap"): conv1d_gradient_kernel_tap,
    ("max_pool1d", "forward_separable"): max_pool1d_forward_separable,
    ("max_pool1d", "forward_tap"): max_pool1d_forward_tap,
    ("max_pool1d", "forward_windowed"): max_pool1d_forward_windowed,
    ("max_pool1d", "gradient_x_argmax"): max_pool1d_gradient_x_argmax,
    ("avg_pool1d", "forward_include_separable"): avg_pool1d_forward_include_separable,
    ("avg_pool1d", "forward_include_gemm_ones"): avg_pool1d_forward_include_gemm_ones,
    ("avg_pool1d", "forward_include_tap"): avg_pool1d_forward_include_tap,
    ("avg_pool1d", "forward_include_windowed"): avg_pool1d_forward_include_windowed,
    ("avg_pool1d", "gradient_x_include_tap"): avg_pool1d_gradient_x_include_tap,
    ("avg_pool1d", "forward_exclude_separable"): avg_pool1d_forward_exclude_separable,
    ("avg_pool1d", "forward_exclude_gemm_ones"): avg_pool1d_forward_exclude_gemm_ones,
    ("avg_pool1d", "forward_exclude_tap"): avg_pool1d_forward_exclude_tap,
    ("avg_pool1d", "forward_exclude_windowed"): avg_pool1d_forward_exclude_windowed,
    ("avg_pool1d", "gradient_x_exclude_tap"): avg_pool1d_gradient_x_exclude_tap,
    ("conv2d", "forward_im2row"): conv2d_forward_im2row,
    ("conv2d", "forward_im2col"): conv2d_forward_im2col,
    ("conv2d", "forward_tap"): conv2d_forward_tap,
    ("conv2d", "gradient_x_im2row"): conv2d_gradient_x_im2row,
    ("conv2d", "gradient_x_dgrad_im2row"): conv2d_gradient_x_dgrad_im2row,
    ("conv2d", "gradient_x_dgrad_im2col"): conv2d_gradient_x_dgrad_im2col,
    ("conv2d", "gradient_x_im2col"): conv2d_gradient_x_im2col,
    ("conv2d", "gradient_x_tap"): conv2d_gradient_x_tap,
    ("conv2d", "gradient_kernel_im2row"): conv2d_gradient_kernel_im2row,
    ("conv2d", "gradient_kernel_im2col"): conv2d_gradient_kernel_im2col,
    ("conv2d", "gradient_kernel_tap"): conv2d_gradient_kernel_tap,
    ("max_pool2d", "forward_separable"): max_pool2d_forward_separable,
    ("max_pool2d", "forward_tap"): max_pool2d_forward_tap,
    ("max_pool2d", "forward_windowed"): max_pool2d_forward_windowed,
    ("max_pool2d", "gradient_x_argmax"): max_pool2d_gradient_x_argmax,
    ("avg_pool2d", "forward_include_separable"): avg_pool2d_forward_include_separable,
    ("avg_pool2d", "forward_include_gemm_ones"): avg_pool2d_forward_include_gemm_ones,
    ("avg_pool2d", "forward_include_tap"): avg_pool2d_forward_include_tap,
    ("avg_pool2d", "forward_include_windowed"): avg_pool2d_forward_include_windowed,
    ("avg_pool2d", "gradient_x_include_tap"): avg_pool2d_gradient_x_include_tap,
    ("avg_pool2d", "forward_exclude_separable"): avg_pool2d_forward_exclude_separable,
    ("avg_pool2d", "forward_exclude_gemm_ones"): avg_pool2d_forward_exclude_gemm_ones,
    ("avg_pool2d", "forward_exclude_tap"): avg_pool2d_forward_exclude_tap,
    ("avg_pool2d", "forward_exclude_windowed"): avg_pool2d_forward_exclude_windowed,
    ("avg_pool2d", "gradient_x_exclude_tap"): avg_pool2d_gradient_x_exclude_tap,
    ("conv3d", "forward_im2row"): conv3d_forward_im2row,
    ("conv3d", "forward_im2col"): conv3d_forward_im2col,
    ("conv3d", "forward_tap"): conv3d_forward_tap,
    ("conv3d", "gradient_x_im2row"): conv3d_gradient_x_im2row,
    ("conv3d", "gradient_x_dgrad_im2row"): conv3d_gradient_x_dgrad_im2row,
    ("conv3d", "gradient_x_dgrad_im2col"): conv3d_gradient_x_dgrad_im2col,
    ("conv3d", "gradient_x_im2col"): conv3d_gradient_x_im2col,
    ("conv3d", "gradient_x_tap"): conv3d_gradient_x_tap,
    ("conv3d", "gradient_kernel_im2row"): conv3d_gradient_kernel_im2row,
    ("conv3d", "gradient_kernel_im2col"): conv3d_gradient_kernel_im2col,
    ("conv3d", "gradient_kernel_tap"): conv3d_gradient_kernel_tap,
    ("max_pool3d", "forward_separable"): max_pool3d_forward_separable,
    ("max_pool3d", "forward_tap"): max_pool3d_forward_tap,
    ("max_pool3d", "forward_windowed"): max_pool3d_forward_windowed,
    ("max_pool3d", "gradient_x_argmax"): max_pool3d_gradient_x_argmax,
    ("avg_pool3d", "forward_include_separable"): avg_pool3d_forward_include_separable,
    ("avg_pool3d", "forward_include_gemm_ones"): avg_pool3d_forward_include_gemm_ones,
    ("avg_pool3d", "forward_include_tap"): avg_pool3d_forward_include_tap,
    ("avg_pool3d", "forward_include_windowed"): avg_pool3d_forward_include_windowed,
    ("avg_pool3d", "gradient_x_include_tap"): avg_pool3d_gradient_x_include_tap,
    ("avg_pool3d", "forward_exclude_separable"): avg_pool3d_forward_exclude_separable,
    ("avg_pool3d", "forward_exclude_gemm_ones"): avg_pool3d_forward_exclude_gemm_ones,
    ("avg_pool3d", "forward_exclude_tap"): avg_pool3d_forward_exclude_tap,
    ("avg_pool3d", "forward_exclude_windowed"): avg_pool3d_forward_exclude_windowed,
    ("avg_pool3d", "gradient_x_exclude_tap"): avg_pool3d_gradient_x_exclude_tap,
}
