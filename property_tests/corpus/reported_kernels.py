"""Wrong kernels, after reports on libraries; written without a look at the laws."""

from __future__ import annotations

from property_tests.corpus.sources import slip
from property_tests.corpus.witness import at, av, bat, mx, mxb

# A table, one file a paragraph.
# fmt: off
slip("depthwise-forgets-dilation", "views", "A group of one channel has no dilation.",
     "Tencent/ncnn#315", at((1, 2, 5, 5), (2, 1, 3, 3), padding=2, dilation=2, groups=2),
     ("view = windows(bordered(x, padding), w.shape[2:], stride, dilation)",
      "view = windows(bordered(x, padding), w.shape[2:], stride, dilation)\n"
      "    if groups > 1 and groups == x.shape[1]:\n"
      "        near = windows(bordered(x, padding), w.shape[2:], stride, (1, 1))\n"
      "        view = near[:, :, : view.shape[2], : view.shape[3]]"), says="dilation")
slip("groups-of-outputs", "views", "Groups are cut by the outputs' number.",
     "huggingface/pytorch-image-models#354", at((1, 4, 3, 3), (2, 2, 2, 2), groups=2),
     ("some = view[:, g * depth : (g + 1) * depth]",
      "some = view[:, g * min(depth, width) : g * min(depth, width) + depth]"),
     says="channel|group")
slip("batch-remainder-of-32", "kernels", "Batches beyond a multiple of 32 lose the remainder.",
     "NervanaSystems/neon#361", at((33, 1, 2, 2), (1, 1, 2, 2)),
     ("return y.astype(kind)",
      "if n > 32:\n        y[n // 32 * 32 :] = 0\n    return y.astype(kind)"), says="batch item")
slip("fourth-sample-on", "kernels", "From four samples on the sums start from the last result.",
     "tensorflow/tensorflow#1299", at((4, 1, 3, 3), (1, 1, 2, 2)),
     ("return y.astype(kind)", "if n >= 4:\n        y[3:] += y[2:3]\n    return y.astype(kind)"),
     says="batch item|terms")
slip("even-kernel-right-column", "kernels", "With even kernels the last column is not computed.",
     "ARM-software/ComputeLibrary#78", at((1, 1, 4, 4), (1, 1, 2, 2)),
     ("return y.astype(kind)",
      "if kw % 2 == 0:\n        y[..., -1] = 0\n    return y.astype(kind)"),
     says="last output column|last column")
slip("even-kernel-one-early", "views", "Even kernels are centred on the pixel before.",
     "microsoft/CNTK#3515", at((1, 1, 4, 4), (1, 1, 2, 2), padding=1),
     ("bordered(x, padding)", "np.roll(bordered(x, padding), 1, 3) if w.shape[3] % 2 == 0 and "
      "padding[1] else bordered(x, padding)"), says="early|column")
slip("stride-beyond-kernel", "views", "A stride beyond the kernel is cut to it.",
     "tensorflow/tensorflow#14601", at((1, 1, 7, 7), (1, 1, 2, 2), stride=3),
     ("view = windows(bordered(x, padding), w.shape[2:], stride, dilation)",
      "view = windows(bordered(x, padding), w.shape[2:], stride, dilation)\n"
      "    less = tuple(min(s, k) for s, k in zip(stride, w.shape[2:]))\n"
      "    near = windows(bordered(x, padding), w.shape[2:], less, dilation)\n"
      "    view = near[:, :, : view.shape[2], : view.shape[3]]"), says="stride")
slip("strided-dilated-border", "views", "With stride and dilation the border is one pixel less.",
     "tensorflow/tensorflow#27667",
     at((1, 1, 7, 7), (1, 1, 2, 2), stride=2, dilation=3, padding=1),
     ("bordered(x, padding)", "(np.roll(bordered(x, padding), -1, 2) if min(*stride, *dilation) "
      "> 1 and padding[0] else bordered(x, padding))"), says="padding|late|row")
slip("only-one-layout", "kernels", "Images whose memory is not contiguous are read in its order.",
     "pytorch/pytorch#197114", at((1, 2, 3, 4), (1, 2, 2, 2), memory="last"),
     ("n, c, h, wd = x.shape",
      "if not x.flags.c_contiguous and x.strides[1] == x.itemsize:\n"
      "        x = x.ravel(order='K').reshape(x.shape)\n    n, c, h, wd = x.shape"),
     says="plain|memory|laid out")
slip("batched-depthwise", "kernels", "Depthwise with several samples uses the first one's.",
     "pytorch/pytorch#188335", at((2, 2, 3, 3), (2, 1, 2, 2), groups=2),
     ("plane = xp[:, g * depth + ch]",
      "plane = xp[:, g * depth + ch]\n                    if depth == 1 and groups > 1:\n"
      "                        plane = np.broadcast_to(plane[:1], plane.shape)"),
     says="batch item|first")
slip("last-tile-short", "kernels", "The last, shorter tile is computed with a row less.",
     "tile borders", at((1, 1, 11, 3), (1, 1, 2, 2)),
     ("rows = min(TILE, oh - start)",
      "rows = min(TILE, oh - start) - (1 if start and oh - start < TILE else 0)\n"
      "            rows = max(rows, 1)"), says="last output row|row")
slip("tiles-start-unstrided", "kernels", "A tile's start is not multiplied by the stride.",
     "tile borders", at((1, 1, 22, 3), (1, 1, 2, 2), stride=(2, 1)),
     ("top = start * stride[0] + i", "top = start + i"), says="stride|row|early")
slip("channel-remainder-of-16", "kernels", "Channels beyond the last whole block are lost.",
     "channel blocks", at((1, 18, 2, 2), (1, 18, 1, 1)),
     ("range(block, min(block + 16, depth))",
      "range(block, block + 16 if block + 16 <= depth else (depth if not block else block))"),
     says="channel")
slip("half-accumulator", "kernels", "Float16 is summed in float16.",
     "reference-kernels#164",
     at((1, 64, 8, 8), (1, 64, 8, 8), dtype="float16", values="ones"),
     ("acc = np.float32 if kind == np.float16 else kind", "acc = kind"),
     says="float16|half")
slip("single-accumulator", "kernels", "Float64 is summed in float32.",
     "reference-kernels#164", at((1, 2, 4, 4), (1, 2, 3, 3), values="normal"),
     ("acc = np.float32 if kind == np.float16 else kind",
      "acc = np.float32 if kind.kind == 'f' else kind"), says="float32")
slip("tensor-cores-from-32", "kernels", "Channels in multiples of 32 are rounded to 11 bits.",
     "TF32 by default", at((1, 32, 2, 2), (1, 32, 1, 1), dtype="float32", values="normal"),
     ("xp = np.pad(x,", "x = x.astype(np.float16).astype(x.dtype) if depth % 32 == 0 and "
      "kind == np.float32 else x\n    xp = np.pad(x,"), says="bits|float16")
slip("bias-in-half", "kernels", "The bias is rounded to float16.",
     "mixed precision", at((1, 1, 2, 2), (1, 1, 2, 2), bias=True, values="normal"),
     (".reshape(1, -1, 1, 1).astype(acc)", ".astype(np.float16).reshape(1, -1, 1, 1).astype(acc)"),
     says="float16|bits")
slip("bias-per-group", "views", "Each group gets the first group's biases.",
     "groups and bias", at((1, 2, 3, 3), (4, 1, 2, 2), groups=2, bias=True),
     ("y = y + b[None, :, None, None]",
      "y = y + np.tile(b[: len(b) // groups], groups)[None, :, None, None]"), says="bias")
slip("bias-lost-beyond-a-tile", "kernels", "The bias is added in the first tile.",
     "tile borders", at((1, 1, 12, 3), (1, 1, 2, 2), bias=True),
     ("y += b.reshape(1, -1, 1, 1)", "y[:, :, :TILE] += b.reshape(1, -1, 1, 1)"), says="bias")
slip("dilation-on-one-axis", "kernels", "The columns' taps are not dilated.",
     "keras-team/keras#12972", at((1, 1, 5, 6), (1, 1, 2, 2), dilation=2),
     ("left = j * dilation[1]", "left = j"), says="dilation")
slip("dilated-rows-by-columns", "kernels", "Rows use the columns' dilation.",
     "keras-team/keras#12972", at((1, 1, 6, 6), (1, 1, 2, 2), dilation=(2, 1)),
     ("i * dilation[0]", "i * min(dilation)"), says="dilation")
slip("pointwise-takes-first", "kernels", "1x1 kernels copy the first pixels, whatever the stride.",
     "tensorflow/tensorflow#1991", at((1, 2, 4, 4), (1, 2, 1, 1), stride=2),
     ("n, c, h, wd = x.shape",
      "if w.shape[2:] == (1, 1) and padding == (0, 0):\n"
      "        oh = (x.shape[2] - 1) // stride[0] + 1\n"
      "        ow = (x.shape[3] - 1) // stride[1] + 1\n"
      "        x, stride = x[:, :, :oh, :ow], (1, 1)\n    n, c, h, wd = x.shape"), says="stride")
slip("group-loop-stops-early", "views", "The last of four groups and more is left out.",
     "groups", at((1, 4, 3, 3), (4, 1, 2, 2), groups=4),
     ("return np.ascontiguousarray(y)",
      "if groups >= 4:\n        y[:, -(w.shape[0] // groups) :] = 0\n"
      "    return np.ascontiguousarray(y)"),
     says="channel|group")
slip("result-is-input", "views", "A kernel of one returns the image.",
     "aliasing", at((1, 1, 3, 3), (1, 1, 1, 1), values="ones"),
     ("view = windows", "if w.size == 1 and w.ravel()[0] == 1 and b is None and stride == (1, 1) "
      "and padding == (0, 0):\n        return x\n    view = windows"), says="|")

slip("grad-w-one-sample-lost", "views", "dw sums over all samples but the first.",
     "LBANN/lbann#1022", bat((2, 1, 3, 3), (1, 1, 2, 2)),
     ("np.tensordot(flow, view[:, ins]", "np.tensordot(flow[-1:], view[-1:, ins]"),
     says="batch item")
slip("grad-x-without-groups-offset", "views", "dx of every group goes to the first channels.",
     "groups in backward", bat((1, 4, 3, 3), (4, 2, 2, 2), groups=2),
     ("dbig[:, ins, rows, columns] += part", "dbig[:, :depth, rows, columns] += part"),
     says="channel|group")
slip("grad-x-undilated", "views", "dx's taps lie side by side.",
     "dilation in backward", bat((1, 1, 5, 5), (1, 1, 2, 2), dilation=2),
     ("top, left = i * dilation[0], j * dilation[1]", "top, left = i, j"), says="dilation")
slip("grad-x-stride-one", "views", "dx is scattered without the stride.",
     "stride in backward", bat((1, 1, 5, 5), (1, 1, 2, 2), stride=2),
     ("top + stride[0] * oh, stride[0])", "top + oh, 1)"),
     ("left + stride[1] * ow, stride[1])", "left + ow, 1)"), says="stride")
slip("grad-w-in-single", "views", "dw is summed in float32.",
     "mixed precision", bat((2, 2, 4, 4), (2, 2, 2, 2), values="normal"),
     ("dw[outs] = np.tensordot(flow,", "dw[outs] = np.tensordot(flow.astype(np.float32),"),
     says="float32|bits")
slip("grad-b-of-last-row", "views", "db sums the last rows only.",
     "bias in backward", bat((1, 1, 4, 4), (1, 1, 2, 2), bias=True),
     ("grad_y.sum(axis=(0, 2, 3))", "grad_y[:, :, -1:].sum(axis=(0, 2, 3))"),
     says="last output row|bias gradient|window")
slip("grad-padding-exchanged", "views", "dx is cut with the paddings exchanged.",
     "paddings exchanged", bat((1, 1, 4, 4), (1, 1, 2, 2), padding=(1, 0)),
     ("p, q = padding", "q, p = padding"), says="padding|crop|shape")
slip("grad-x-last-tap-lost", "views", "dx's loop over the kernel's columns stops early.",
     "loop bounds", bat((1, 1, 4, 4), (1, 1, 2, 3)),
     ("for j in range(w.shape[3]):", "for j in range(max(w.shape[3] - 1, 1)):"),
     says="last kernel column")
slip("grad-flow-scaled-by-groups", "views", "dw is divided by the number of groups.",
     "groups in backward", bat((1, 2, 3, 3), (2, 1, 2, 2), groups=2),
     ("return dx, dw, db", "return dx, dw / groups, db"), says="group|weight")

slip("max-starts-at-zero", "kernels", "The running maximum starts at zero.",
     "uxlfoundation/oneDNN#1094", mx((1, 1, 3, 3), (2, 2), values="negative"),
     (".max(axis=0)", ".max(axis=0, initial=0)"), says="zero")
slip("max-starts-at-lowest", "kernels", "The running maximum starts at the lowest number.",
     "denizyuret/Knet.jl#182", mx((1, 1, 3, 3), (2, 2), values="low"),
     ("return -np.inf if x.dtype.kind", "return np.finfo(x.dtype).min if x.dtype.kind", "lowest"),
     (".max(axis=0)", ".max(axis=0, initial=lowest(x))"), says="lowest finite")
slip("max-grad-of-nan", "kernels", "A window with NaN gives its gradient to its first pixel.",
     "pytorch/pytorch#7645", mxb((1, 1, 4, 4), (2, 2), values="nan"),
     ("winner = parts.argmax(axis=0)",
      "winner = np.where(np.isnan(parts).any(0), 0, parts.argmax(axis=0))"), says="NaN|first pixel")
slip("max-grad-last-tie", "kernels", "The last of equal maxima wins, where a zero is.",
     "ties", mxb((1, 1, 4, 4), (2, 2), values="ties"),
     ("winner = parts.argmax(axis=0)",
      "winner = len(parts) - 1 - parts[::-1].argmax(axis=0) if (parts == 0).any() else "
      "parts.argmax(axis=0)"), says="last|tie")
slip("avg-last-window-full", "kernels", "Windows at the border divide by the pixels on the image.",
     "robertknight/rten#1456", av((1, 1, 4, 4), (2, 2), padding=1),
     ("return (total / (kernel[0] * kernel[1])).astype(kind)",
      "ones = steps(np.ones_like(x, dtype=acc), kernel, stride, padding, 0).sum(axis=0)\n"
      "    edge = (ones < kernel[0] * kernel[1]) & (np.arange(ones.shape[3]) == 0)\n"
      "    return (total / np.where(edge, ones, kernel[0] * kernel[1])).astype(kind)"),
     says="weight|divisor")
slip("avg-pads-indices", "kernels", "The rows' padding is used on the columns.",
     "microsoft/onnxruntime#27375", av((1, 1, 4, 4), (3, 3), stride=1, padding=(1, 0)),
     ("((0, 0), (0, 0), (p, p), (q, q))", "((0, 0), (0, 0), (q, q), (p, p))", "steps"),
     says="padding|shape")
slip("avg-in-half", "kernels", "Float32 means are taken of float16.",
     "mixed precision", av((1, 1, 4, 4), (2, 2), dtype="float32", values="normal"),
     ("x.astype(acc)", "x.astype(np.float16).astype(acc)"), says="float16|bits")
