"""Interfaces of torch: functions of tensors, modules, autograd functions."""

TORCH = """
import torch


def corr2d(X, K):
    h, w = K.shape
    kind = torch.result_type(X, K)
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=kind)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
"""
MODULE = """
import torch


class MyConv2d(torch.nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.empty(out_channels, in_channels, *kernel_size))
        self.bias = torch.nn.Parameter(torch.zeros(out_channels))
        self.stride, self.padding = stride, padding

    def forward(self, x):
        return torch.nn.functional.conv2d(x, self.weight, self.bias, self.stride, self.padding)
"""
AUTOGRAD = """
import torch


class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w):
        ctx.save_for_backward(x, w)
        return torch.nn.functional.conv2d(x, w)

    @staticmethod
    def backward(ctx, dy):
        x, w = ctx.saved_tensors
        dx = torch.nn.grad.conv2d_input(x.shape, w, dy)
        return dx, torch.nn.grad.conv2d_weight(x, w.shape, dy)


def conv2d(x, w):
    return Own.apply(x, w)
"""
ALONE = AUTOGRAD.split("\n\ndef conv2d")[0].replace("class Own(", "class Conv2dFunction(") + "\n"
