"""A saved network comes back to the bit, and a file that is anything else is refused."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.networks.store import FORMAT, MARK, pack, unpack

LAYERS: list[Any] = [
    cp.Conv((3, 2), 4, stride=(2, 1), padding="same", groups=2, padding_mode="circular", bias=False,
            activation="tanh"),
    cp.MaxPool(2, stride=1, padding=((1, 0), (0, 1)), ceil_mode=True),
    cp.ConvTranspose(2, 3, stride=2, output_padding=(1, 0)),
    "relu",
    cp.AvgPool(2, count_include_pad=False),
    cp.Flatten(),
    cp.Dense(3, activation="sigmoid"),
]  # fmt: skip


def net() -> cp.Sequential:
    return cp.Sequential(LAYERS).init(7, (6, 5, 2))


def test_it_comes_back_to_the_bit(tmp_path: Path) -> None:
    path = tmp_path / "net"  # exactly this name: nothing is added to it
    first = net()
    first.save(path)
    again = cp.Sequential.load(str(path))
    assert again.layers == first.layers
    assert again.input_shape == first.input_shape
    assert list(again.parameters) == list(first.parameters)
    for name, array in again.parameters.items():
        assert array.dtype == first.parameters[name].dtype
        assert array.tobytes() == first.parameters[name].tobytes()
    assert pack(first) == pack(again) == path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["net"]


def test_numpy_reads_it_without_pickle(tmp_path: Path) -> None:
    net().save(tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz", allow_pickle=False) as archive:
        np.testing.assert_array_equal(archive["0.kernel"], net().parameters["0.kernel"])


def test_every_damaged_byte_is_refused() -> None:
    data = pack(net())
    for place in [*range(0, len(data), 7), *range(len(data) - 90, len(data))]:
        for bit in (1, 128):
            bad = bytearray(data)
            bad[place] ^= bit
            with pytest.raises(cp.SpecError, match="save"):
                unpack(cp.Sequential, "net", bytes(bad))


def test_every_cut_is_refused() -> None:
    data = pack(net())
    for end in [*range(0, len(data), 13), *range(len(data) - 90, len(data))]:
        with pytest.raises(cp.SpecError, match="cut short"):
            unpack(cp.Sequential, "net", data[:end])
    with pytest.raises(cp.SpecError, match="save"):
        unpack(cp.Sequential, "net", data + b"\n")


def foreign() -> dict[str, bytes]:
    stream = io.BytesIO()
    np.savez(stream, a=np.ones(3))
    alone = io.BytesIO()
    np.save(alone, np.ones(3))
    return {
        "an npz": stream.getvalue(),
        "an npy": alone.getvalue(),
        "a pickle": pickle.dumps({"a": 1}),
        "text": b"hello",
        "nothing": b"",
    }


@pytest.mark.parametrize("name", foreign())
def test_a_foreign_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(foreign()[name])
    with pytest.raises(cp.SpecError, match=r"Sequential\.save wrote"):
        cp.Sequential.load(path)


def signed(**arrays: Any) -> bytes:
    """A file whose checksum is right, whatever is in it."""
    import hashlib

    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, **arrays)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = MARK + b"0" * 64
    body = stream.getvalue()[:-64]
    return body + hashlib.sha256(body).hexdigest().encode()


DENSE = (
    f'{{"format": "{FORMAT}", "input_shape": [2], "layers": [{{"layer": "Dense", "units": 1}}]}}'
)
KERNEL = {"0.kernel": np.ones((2, 1)), "0.bias": np.ones(1)}


def test_a_signed_file_may_be_wrong_all_the_same() -> None:
    assert unpack(cp.Sequential, "good", signed(layers=np.array(DENSE), **KERNEL)).forward(
        [1.0, 1.0]
    ) == [3.0]
    wrong: list[dict[str, Any]] = [
        {"layers": np.array(DENSE)},
        {"layers": np.array(DENSE), **KERNEL, "more": np.ones(1)},
        {"layers": np.array(DENSE), **KERNEL, "0.kernel": np.ones((3, 1))},
        {"layers": np.array(DENSE), **KERNEL, "0.kernel": np.array([[{}], [{}]])},
        {"layers": np.array(DENSE.replace("Dense", "Object")), **KERNEL},
        {"layers": np.array(DENSE.replace("units", "mass")), **KERNEL},
        {"layers": np.array(DENSE.replace("network 1", "network 2")), **KERNEL},
        {"layers": np.array(DENSE.replace("[2]", "null")), **KERNEL},
        {"layers": np.array("[]"), **KERNEL},
        {"layers": np.array(3.0), **KERNEL},
        {**KERNEL},
    ]
    for arrays in wrong:
        with pytest.raises(cp.SpecError, match=r"holds no network|format"):
            unpack(cp.Sequential, "bad", signed(**arrays))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        cp.Sequential.load(tmp_path / "none")
    with pytest.raises(OSError, match="none"):
        net().save(tmp_path / "none" / "net")
