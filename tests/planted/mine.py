import numpy as np
from scipy.signal import convolve2d


def conv2d(x, w, b=None):
    """x (N, C, H, W), w (M, C, KH, KW) -> y (N, M, H - KH + 1, W - KW + 1)."""
    y = np.zeros((len(x), len(w), x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1))
    for n, m, c in np.ndindex(len(x), len(w), x.shape[1]):
        y[n, m] += convolve2d(x[n, c], w[m, c], mode="valid")
    return y if b is None else y + b.reshape(-1, 1, 1)
