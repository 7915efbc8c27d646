"""Wrong course files, after reports of others' mistakes; written without a look at the laws."""

from __future__ import annotations

from property_tests.corpus.sources import slip
from property_tests.corpus.witness import at, av, avb, bat, mx, mxb

PLAIN = (1, 2, 5, 5), (2, 2, 3, 3)
TWO = (2, 2, 5, 6), (3, 2, 3, 2)

# A table, one file a paragraph.
# fmt: off
slip("backward-without-stride", "loops", "The gradient's windows forget the stride.",
     "Kulbear/deep-learning-coursera#34", bat((1, 1, 5, 5), (1, 1, 3, 3), stride=2),
     ("top = i * stride", "top = i"), ("left = j * stride", "left = j"), says="stride")
slip("size-without-padding", "loops", "The output's width is computed with one padding.",
     "renmengye/np-conv2d#2", at((1, 1, 5, 5), (1, 1, 3, 3), padding=1),
     ("W_out = 1 + (W + 2 * padding", "W_out = 1 + (W + padding"), says="shape|padding")
slip("width-by-height-of-kernel", "loops", "The output's width subtracts the kernel's height.",
     "course-forum kind: HH for WW", at((1, 1, 5, 5), (1, 1, 3, 2)),
     ("W_out = 1 + (W + 2 * padding - WW)", "W_out = 1 + (W + 2 * padding - HH)"),
     says="HH for WW|kernel's size along the other axis")
slip("columns-of-height", "loops", "The inner loop runs to the height's count.",
     "basalt-org/basalt#13", at((1, 1, 4, 6), (1, 1, 2, 2)),
     ("for j in range(W_out):", "for j in range(min(H_out, W_out)):"), says="column")
slip("window-of-height", "loops", "The window is HH wide and HH high.",
     "course-forum kind: HH for WW", at((1, 1, 5, 5), (1, 1, 3, 2)),
     ("left : left + WW]", "left : left + HH]"), says="square|HH|column")
slip("bias-inside-the-sum", "loops", "The bias is added to each product before the sum.",
     "course-forum kind: bias inside np.sum", at((1, 2, 3, 3), (1, 2, 2, 2), bias=True),
     ("np.sum(window * w[f])", "np.sum(window * w[f] + (0 if b is None else b[f]))"), says="bias")
slip("bias-of-first-filter", "loops", "Every filter gets b[0].", "course-forum kind: b[0]",
     at((1, 1, 3, 3), (2, 1, 2, 2), bias=True), ("+= b[f]", "+= b[0]"), says="bias")
slip("filters-flipped", "loops", "The kernel is turned, as scipy.signal.convolve2d would.",
     "scipy convolve2d for correlate2d", at((1, 1, 4, 4), (1, 1, 3, 2)),
     ("np.sum(window * w[f])", "np.sum(window * w[f][:, ::-1, ::-1])"), says="flipped")
slip("grad-w-assigned", "loops", "dw is assigned in the innermost loop.",
     "LBANN/lbann#1022", bat(*PLAIN), ("dw[f] += window", "dw[f] = window"), says="+=")
slip("grad-x-assigned", "loops", "dx is assigned, not added, window by window.",
     "devitocodes/joey#5", bat(*PLAIN),
     ("left : left + WW] += w[f]", "left : left + WW] = w[f]"), says="+=")
slip("crop-by-minus-padding", "loops", "dx is cut by [p:-p], which is empty at p = 0.",
     "course-forum kind: [p:-p]", bat((1, 1, 4, 4), (1, 1, 2, 2)),
     ("dx_pad[:, :, padding : padding + H, padding : padding + W]",
      "dx_pad[:, :, padding:-padding, padding:-padding]"), says="[p:-p]")
slip("grad-not-cropped", "loops", "dx is returned with its border.",
     "FluxML/NNlib.jl#133", bat((1, 1, 3, 3), (1, 1, 2, 2), padding=1),
     ("dx_pad[:, :, padding : padding + H, padding : padding + W]", "dx_pad"), says="crop")
slip("grad-cropped-from-start", "loops", "dx is cut from the start of its padded self.",
     "FluxML/NNlib.jl#133", bat((1, 1, 3, 3), (1, 1, 2, 2), padding=1),
     ("dx_pad[:, :, padding : padding + H, padding : padding + W]", "dx_pad[:, :, :H, :W]"),
     says="crop|padding|shift|windows start")
slip("grad-b-over-batch", "loops", "The bias's gradient is averaged over the batch.",
     "course-forum kind: mean for sum", bat((2, 1, 3, 3), (1, 1, 2, 2), bias=True),
     ("db = np.sum(grad_y, axis=(0, 2, 3))", "db = np.sum(grad_y, axis=(0, 2, 3)) / N"),
     says="bias gradient|grad_b")
slip("grad-w-over-batch", "loops", "dw is divided by the batch's size.",
     "LBANN/lbann#1022", bat((2, 1, 3, 3), (1, 1, 2, 2)),
     ("return np.ascontiguousarray(dx), dw, db", "return np.ascontiguousarray(dx), dw / N, db"),
     says="batch")
slip("grad-x-of-turned-kernel", "loops", "dx is scattered with the kernel turned.",
     "rot180 twice", bat((1, 1, 4, 4), (1, 1, 2, 3)),
     ("+= w[f] * grad_y", "+= w[f][:, ::-1, ::-1] * grad_y"), says="flipped")
slip("grad-w-from-bare-image", "loops", "dw reads the image without its border.",
     "course-forum kind: x for x_pad", bat((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     ("window = x_pad[n, :, top : top + HH, left : left + WW]",
      "window = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))"
      "[n, :, top : top + HH, left : left + WW]"), says="padding")
slip("grad-of-last-sample", "loops", "dw is zeroed for each sample of the batch.",
     "LBANN/lbann#1022", bat((2, 1, 3, 3), (1, 1, 2, 2)),
     ("        for f in range(F):", "        dw[...] = 0\n        for f in range(F):"),
     says="batch item")
slip("strided-grad-crops-rows", "loops", "dx is zero where rows are left over, and one row more.",
     "f-dangel/backpack#30", bat((1, 1, 6, 6), (1, 1, 3, 3), stride=2),
     ("return np.ascontiguousarray(dx), dw, db",
      "rest = (H + 2 * padding - HH) % stride\n    if rest:\n        dx = dx.copy()\n"
      "        dx[:, :, -rest - 1 :] = 0\n    return np.ascontiguousarray(dx), dw, db"),
     says="row")

slip("max-pads-with-zeros", "loops", "Max-pooling pads with zeros.", "pytorch/pytorch#33382",
     mx((1, 1, 3, 3), (2, 2), stride=2, padding=1, values="negative"),
     ("constant_values=-np.inf", "constant_values=0"), says="zero")
slip("max-pads-with-lowest", "loops", "Max-pooling pads with the lowest finite number.",
     "apache/mxnet#6191", mx((1, 1, 3, 3), (2, 2), stride=2, padding=1, values="low"),
     ("constant_values=-np.inf", "constant_values=-1.7e308 if x.dtype == float else -65504"),
     says="lowest finite|padding")
slip("max-without-nan", "loops", "NaN is ignored.", "pytorch/pytorch#7645",
     mx((1, 1, 3, 3), (2, 2), values="nan"), ("np.max(window", "np.fmax.reduce(window"), says="NaN")
slip("max-grad-overwrites", "loops", "A pixel keeps the last window's gradient.",
     "devitocodes/joey#5", mxb((1, 1, 5, 5), (3, 3), stride=1),
     ("+= grad_y[n, c, i, j]", "= grad_y[n, c, i, j]"), says="+=")
slip("max-grad-to-every-tie", "loops", "The mask window == max gives every tie the gradient.",
     "course-forum kind: mask of ties", mxb((1, 1, 4, 4), (2, 2), values="ties"),
     ("r, s = np.unravel_index(np.argmax(window), window.shape)\n",
      "dx_pad[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw] += "
      "(window == window.max()) * grad_y[n, c, i, j]\n"),
     ("                    dx_pad[n, c, i * sh + r, j * sw + s] += grad_y[n, c, i, j]\n", ""),
     says="tie")
slip("max-grad-row-for-column", "loops", "Row and column of the maximum change places.",
     "course-forum kind: (r, s) unpacked the wrong way round",
     mxb((1, 1, 4, 4), (2, 2), stride=2),
     ("dx_pad[n, c, i * sh + r, j * sw + s]",
      "dx_pad[n, c, i * sh + s, j * sw + r]"), says="exchanged|row and column")
slip("max-grad-row-major-swapped", "loops", "divmod by the height of the window, not its width.",
     "basalt-org/basalt#13", mxb((1, 1, 6, 6), (2, 3)),
     ("np.unravel_index(np.argmax(window), window.shape)",
      "(lambda t: (t // kh % kh, t % kh))(int(np.argmax(window)))"), says="row|column|index|window")
slip("max-grad-not-shifted", "loops", "dx is cut at the start.", "FluxML/NNlib.jl#133",
     mxb((1, 1, 3, 3), (2, 2), padding=1),
     ("dx_pad[:, :, padding : padding + H, padding : padding + W]", "dx_pad[:, :, :H, :W]"),
     says="crop|padding|shift|windows start")
slip("avg-excludes-a-corner", "loops", "The divisor is the number of pixels on the image, on rows.",
     "ROCm/AMDMIGraphX#1766", av((1, 1, 3, 3), (2, 2), padding=1),
     ("np.mean(window, axis=(2, 3))",
      "np.sum(window, axis=(2, 3)) / kw"
      " / (min(i * sh + kh, H + padding) - max(i * sh, padding))"),
     says="divisor|weight")
slip("avg-by-stride", "loops", "Divides by the stride's product.", "course-forum kind: divisor",
     av((1, 1, 5, 5), (3, 3), stride=2),
     ("np.mean(window, axis=(2, 3))", "np.sum(window, axis=(2, 3)) / (sh * sw)"),
     says="divided by the stride|weight")
slip("avg-grad-undivided", "loops", "Each pixel gets the whole gradient.",
     "course-forum kind: divisor", avb((1, 1, 4, 4), (2, 2)),
     (" / (kh * kw)", ""), says="divide|weight")
slip("avg-grad-overwrites", "loops", "Overlapping windows overwrite each other.",
     "devitocodes/joey#5", avb((1, 1, 5, 5), (3, 3), stride=1),
     ("+= share", "= share"), says="+=|overwrite")
slip("avg-of-squares", "loops", "The root of the mean square.", "norm pool for mean pool",
     av((1, 1, 4, 4), (2, 2)), ("np.mean(window, axis=(2, 3))",
                                "np.sqrt(np.mean(window**2, axis=(2, 3)))"),
     says="absolute|square|sign|root|linear")

slip("columns-without-batch-transpose", "columns", "The result is reshaped batch first.",
     "ravin-d-27/PyDeepFlow#85", at(*TWO),
     ("reshape(F, out_h, out_w, x.shape[0]).transpose(3, 0, 1, 2)",
      "reshape(x.shape[0], F, out_h, out_w)"), says="laid out|exchanged|output")
slip("columns-mixed-with-batch", "columns", "The columns' batch is taken for the slow index.",
     "ravin-d-27/PyDeepFlow#85", at(*TWO),
     ("reshape(F, out_h, out_w, x.shape[0]).transpose(3, 0, 1, 2)",
      "reshape(F, x.shape[0], out_h, out_w).transpose(1, 0, 2, 3)"), says="laid out|batch")
slip("columns-kernel-transposed", "columns", "The kernel's columns go tap by tap.",
     "ravin-d-27/PyDeepFlow#85", at(*TWO),
     ("w.reshape(F, -1) @ cols", "w.transpose(0, 2, 3, 1).reshape(F, -1) @ cols"),
     says="kernel")
slip("indices-stride-of-rows", "columns", "The column index steps by the rows' stride.",
     "basalt-org/basalt#13", at((1, 1, 5, 7), (1, 1, 2, 2), stride=(1, 2)),
     ("j1 = sw *", "j1 = sh *", "indices"), says="stride")
slip("indices-repeat-and-tile", "columns", "repeat and tile are exchanged in the output's rows.",
     "ravin-d-27/PyDeepFlow#85", at((1, 1, 5, 5), (1, 1, 2, 2)),
     ("np.repeat(np.arange(out_h), out_w)", "np.tile(np.arange(out_h), out_w)", "indices"),
     ("np.tile(np.arange(out_w), out_h)", "np.repeat(np.arange(out_w), out_h)", "indices"),
     says="output|exchanged|laid out")
slip("col2im-without-add-at", "columns", "x[index] += keeps one of equal indices.",
     "np.add.at forgotten", bat(*PLAIN),
     ("np.add.at(x_padded, (slice(None), k, i, j), parts)",
      "x_padded[:, k, i, j] += parts", "col2im"), says="+=|only")
slip("col2im-batch-first", "columns", "The columns' gradient is split batch first.",
     "ravin-d-27/PyDeepFlow#85", bat(*TWO),
     ("cols.reshape(C * kh * kw, i.shape[1], N).transpose(2, 0, 1)",
      "cols.reshape(C * kh * kw, N, i.shape[1]).transpose(1, 0, 2)", "col2im"),
     says="laid out|batch|taken for")
slip("columns-pad-by-edge", "columns", "The border repeats the image's edge.",
     "np.pad mode", at((1, 1, 4, 4), (1, 1, 3, 3), padding=1),
     ('mode="constant"', 'mode="edge"', "padded"), says="replicate")
slip("columns-flow-unsorted", "columns", "dw's flow goes batch first where the columns go last.",
     "ravin-d-27/PyDeepFlow#85", bat(*TWO),
     ("flow = grad_y.transpose(1, 2, 3, 0)", "flow = grad_y.transpose(1, 0, 2, 3)"),
     says="laid out|batch|taken for|output")
slip("columns-paddings-exchanged", "columns", "Rows are padded by the columns' padding.",
     "paddings exchanged", at((1, 1, 4, 4), (1, 1, 2, 2), padding=(0, 1)),
     ("((0, 0), (0, 0), (p, p), (q, q))", "((0, 0), (0, 0), (q, q), (p, p))", "padded"),
     says="padding")
