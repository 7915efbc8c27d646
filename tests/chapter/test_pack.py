"""The pack judges itself without convproof, and says what was tampered with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from convproof.chapter import prove
from convproof.chapter.pack import pack
from convproof.files import write_tree
from convproof.prove.coq import kernel

pytest.importorskip("z3")
pytest.importorskip("cvc5")


def judge(folder: Path) -> list[str]:
    done = subprocess.run(
        ["sh", str(folder / "check.sh")], capture_output=True, text=True, timeout=300, check=False
    )
    return [line for line in done.stdout.splitlines() if line.startswith("FAIL")]


@pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)
def test_a_pack_is_judged_without_convproof(tmp_path) -> None:
    files = pack(prove("locality"))
    order = files["proofs/ORDER"].split()
    assert order.index("Settle") < order.index("Obligations_translation")
    assert sum(name.endswith(".unsat.smt2") for name in files) >= 3
    write_tree(tmp_path, files)
    assert judge(tmp_path) == []
    stated = tmp_path / "proofs" / "Audit_Obligations_translation.v"
    stated.write_text(stated.read_text().replace(" <= ", " < ", 1))
    assert any("Audit_Obligations_translation" in line for line in judge(tmp_path))
