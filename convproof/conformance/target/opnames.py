"""Which op a function computes, from its name."""

from __future__ import annotations

import re


def op_of_name(name: str) -> str | None:
    """The op a function of this name computes, or None where the name does not tell.

    >>> op_of_name("conv_forward_naive"), op_of_name("MaxPool1dGrad"), op_of_name("im2col")
    ('conv2d', 'max_pool1d_backward', None)
    """
    text = _words(name)
    turned = _TRANSPOSED.search(text)
    if _OTHER.search(text):
        return None
    if turned:
        base = "conv_transpose"
    elif "conv" in text or re.search(r"correl|corr_?[123]d|cross_?corr|filter_?2d", text):
        base = "conv"
    elif "pool" in text and re.search(r"max", text):
        base = "max_pool"
    elif "pool" in text and re.search(r"avg|average|mean", text):
        base = "avg_pool"
    else:
        return None
    rank = re.search(r"(?<!\d)([123])_?d(?![a-z])", text)
    backward = re.search(r"backward|bwd|backprop|grad|vjp|(^|_)back(_|$)", text)
    if backward and _ONE_GRADIENT.search(text):
        return None
    return f"{base}{rank[1] if rank else 2}d{'_backward' if backward else ''}"


_TRANSPOSED = re.compile(r"conv.*transpos|transpos.*conv|trans_?conv|deconv|up_?conv")
_OTHER = re.compile(
    r"adaptive|global|unpool|lp_?pool|fractional|_tbc|indices|"
    r"depth_?wise|separable|relu|single_step|(out|output)_?(size|shape|dims?|hw)"
)
_ONE_GRADIENT = re.compile(
    r"(input|weight|kernel|bias|filter|data|_[xwb])(_(grad\w*|bwd|backward))?$"
)


def _words(name: str) -> str:
    """Lower case, with underscores between the words; and no gradient in a Winograd's name."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("winograd", "fast")


def not_an_op(name: str) -> str | None:
    """What a function of this name computes instead of one of the ops, in words; else None.

    >>> not_an_op("depthwise_conv2d"), not_an_op("conv2d")
    ('another operation (depthwise_conv2d)', None)
    """
    text = _words(name)
    if not re.search("conv|pool", text):
        return None
    if _OTHER.search(text):
        return f"another operation ({name})"
    if re.search("grad|backward|bwd|backprop", text) and _ONE_GRADIENT.search(text):
        return f"one gradient alone ({name})"
    return None


_PLAIN = re.compile(
    r"conv|convolve|convolution(al)?|x?corr|(cross)?correlat(e|ion)|cross|max|maximum|avg|average|"
    r"mean|pool|pooling|[123]d|d|nd|[123]|forward|fwd|backward|bwd|backprop|back|grad|gradient|vjp|"
    r"my|the|our|own|np|numpy|py|torch|jax|f|fn|func|function|op|layer|naive|simple|basic|plain|"
    r"fast|faster|slow|direct|loop|loops|im2col|fft|strided|strides|vectori[sz]ed|einsum|tensordot|"
    r"ref|reference|impl|transposed?|deconv(olution)?|reshape|custom|full|batch|batched|opt|optimi[sz]ed|gemm|winograd|valid|same|padded"
)


def distance(name: str) -> int:
    """How many of a name's words say something else than which op it is, and by what method.

    >>> distance("max_pool_forward_naive"), distance("conv2d_multi_in")
    (0, 2)
    """
    words = re.findall(r"[a-z]+(?=\d+d)|\d+d|[a-z]+\d+[a-z]+(?!\d)|[a-z]+|\d+", _words(name))
    return sum(1 for word in words if not _PLAIN.fullmatch(word) and not _glued(word))


def _glued(word: str) -> bool:
    """Whether it is words of that kind written as one: maxpool, avgpooling, conv2dbackward."""
    return bool(re.fullmatch(rf"(?:{_PLAIN.pattern}){{1,4}}", word)) and len(word) > 3
