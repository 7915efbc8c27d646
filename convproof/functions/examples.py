"""What differs from rank to rank in the docstrings: the words, and the examples' answers."""

from __future__ import annotations

EXAMPLES: tuple[dict[str, object], ...] = (
    {
        "dimensions": "One-dimensional",
        "source": "(10.8) on one axis",
        "space": "W",
        "taps": "K_W",
        "out": "W_out",
        "size": 4,
        "shape": 4,
        "ones": 2,
    },
    {
        "dimensions": "Two-dimensional",
        "source": "(10.8), with bias and activation",
        "space": "H, W",
        "taps": "K_H, K_W",
        "out": "H_out, W_out",
        "size": 6,
        "shape": (2, 3),
        "ones": (2, 2),
    },
    {
        "dimensions": "Three-dimensional",
        "source": "(10.8) on three axes",
        "space": "D, H, W",
        "taps": "K_D, K_H, K_W",
        "out": "D_out, H_out, W_out",
        "size": 8,
        "shape": (2, 2, 2),
        "ones": (2, 2, 2),
    },
)

ANSWERS: tuple[dict[str, object], ...] = (
    {
        "answer": [1, 3, 5],
        "answer_x": [1, 2, 2, 1],
        "answer_kernel": [3, 6],
        "answer_bias": 3,
        "answer_transpose": (8,),
        "answer_transpose_x": [2] * 4,
        "answer_max": [1, 2, 3],
        "answer_max_x": [0, 1, 2, 3],
        "answer_avg": [0.5, 1.5, 2.5],
        "answer_avg_x": [0.25, 1.0, 2.0, 1.25],
    },
    {
        "answer": [8, 12],
        "answer_x": [1, 2, 1, 1, 2, 1],
        "answer_kernel": [1, 3, 7, 9],
        "answer_bias": 2,
        "answer_transpose": (4, 6),
        "answer_transpose_x": [4] * 6,
        "answer_max": [4, 5],
        "answer_max_x": [0, 0, 0, 0, 4, 5],
        "answer_avg": [2.0, 3.0],
        "answer_avg_x": [0.5, 1.25, 0.75] * 2,
    },
    {
        "answer": [28],
        "answer_x": [1] * 8,
        "answer_kernel": [0, 1, 2, 3, 4, 5, 6, 7],
        "answer_bias": 1,
        "answer_transpose": (4, 4, 4),
        "answer_transpose_x": [8] * 8,
        "answer_max": [7],
        "answer_max_x": [0] * 7 + [7],
        "answer_avg": [3.5],
        "answer_avg_x": [0.4375] * 8,
    },
)
