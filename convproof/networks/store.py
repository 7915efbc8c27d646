"""A network as one file: NumPy's npz (no pickle), and behind it a checksum of every byte.

The arrays are "layers", the layers as JSON, and the parameters by their names.  The checksum is
the zip archive's comment, so that `numpy.load` reads the file as it reads any other.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import json
import zipfile
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from convproof import __version__, files
from convproof.errors import ConvproofError, SpecError
from convproof.functions.arrays import Array
from convproof.networks import layers, shapes
from convproof.networks.network import Network

FORMAT = "convproof network 1"
MARK = b"convproof sha256 "
TAIL = len(MARK) + 64

AnyNetwork = TypeVar("AnyNetwork", bound=Network)


def pack(net: Network) -> bytes:
    """The bytes of the file.

    Raises:
        SpecError: if the network has no parameters yet.
    """
    shape = net.expect_parameters()
    plain = {
        "format": FORMAT,
        "convproof": __version__,
        "input_shape": shape,
        "layers": [describe(layer) for layer in net.layers],
    }
    arrays: dict[str, Any] = {"layers": np.array(json.dumps(plain)), **net.parameters}
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = MARK + b"0" * 64  # room for the checksum of what is before it
    body = stream.getvalue()[:-64]
    return body + hashlib.sha256(body).hexdigest().encode()


def describe(layer: layers.Layer) -> dict[str, Any]:
    """A layer as plain data: its kind, and its constructor's arguments."""
    names = inspect.signature(type(layer)).parameters
    return {"layer": type(layer).__name__, **{name: getattr(layer, name) for name in names}}


def build(plain: dict[str, Any]) -> layers.Layer:
    """The layer that `describe` described."""
    known = {kind.__name__: kind for kind in layers.KINDS}
    given = {name: value for name, value in plain.items() if name != "layer"}
    layer: layers.Layer = known[plain["layer"]](**given)
    return layer


def write(path: str | Path, data: bytes) -> None:
    """Write the file whole or not at all."""
    files.write(Path(path), data)


def read(path: str | Path) -> bytes:
    """The bytes of the file."""
    return Path(path).read_bytes()


def unpack(kind: type[AnyNetwork], path: str | Path, data: bytes) -> AnyNetwork:
    """The network in the bytes of a file.

    Raises:
        SpecError: if they are not, to the last bit, what `pack` made.
    """
    if data[-TAIL:-64] != MARK:
        why = "it ends otherwise: it is cut short, or another program's"
        raise refused(path, why)
    if hashlib.sha256(data[:-64]).hexdigest().encode() != data[-64:]:
        raise refused(path, "its checksum is another: it is damaged")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays: dict[str, Array] = {name: archive[name] for name in archive.files}
        plain = json.loads(str(arrays.pop("layers")[()]))
        if plain["format"] != FORMAT:
            raise refused(path, f"its format is {plain['format']!r}, this version reads {FORMAT!r}")
        net = kind([build(layer) for layer in plain["layers"]])
        shape = shapes.read_shape(tuple(plain["input_shape"]))
        return net.restored(shape, arrays)
    except (ConvproofError, KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile) as error:
        # Its checksum is right, so somebody made it so: what it says makes no network.
        raise refused(path, f"it holds no network: {error}") from None


def refused(path: str | Path, why: str) -> SpecError:
    """The error for a file that is not one of ours."""
    return SpecError.of("path", str(path), "a file that Sequential.save wrote", why)
