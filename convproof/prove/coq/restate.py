"""Write down what the library's theorems say: `python -m convproof.prove.coq.restate [FILE]...`.

The statements of `statements/` are kept apart from the proofs and each theorem is held against its
own.  After a theorem was changed on purpose, this writes them anew, as Coq prints them; the change
is then seen, and read, in the difference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from convproof.errors import ConvproofError
from convproof.prove.coq import kernel, tool
from convproof.prove.coq.library import bare, needs, shipped, theorems

FOLDER = Path(__file__).with_name("statements")
_DEFINED = re.compile(r"^(?:Definition|Fixpoint) (\w+)", re.MULTILINE)
_INDUCTIVE = re.compile(r"^(?:Inductive|Record) (\w+)(.*?)\.$", re.MULTILINE | re.DOTALL)
HEAD = """\
(* What the theorems of {name}.v say in full, and what each word in them means, apart from the
   proofs; `convproof prove` holds the theorems against it. *)
"""


def constructors(text: str) -> Iterator[str]:
    """What an inductive type or a record is made by."""
    for name, body in _INDUCTIVE.findall(bare(text)):
        if "{" in body:
            yield f"Build_{name}"
        else:
            yield from re.findall(r"^\| (\w+)", body, re.MULTILINE)
            yield f"{name}_ind"


def statements(name: str, text: str) -> str:
    """The file of statements for one file of the library; "" if it states nothing.

    Raises:
        ConvproofError: if the file does not check.
    """
    asked = [(word, "Print") for word in _DEFINED.findall(bare(text))]
    asked += [(word, "Check") for word in (*constructors(text), *theorems(text))]
    checked = kernel.compile_text(name, text, theorems(text))
    if checked.error:
        raise ConvproofError(f"{name}: {checked.error}")
    if not asked:
        return ""
    lines = [kernel.HEAD, f"Require Convproof.{name}.", "Set Printing Width 98."]
    for word, how in asked:
        lines.append(f'Goal True. idtac "@@" "{how}" "{word}". Abort.')
        lines.append(f"{how} {'@' if how == 'Check' else ''}Convproof.{name}.{word}.")
    folder = kernel.directory()
    (folder / "Shown.v").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = tool.coqc(folder, "Shown", kernel.TIMEOUT_SECONDS)
    if said.code != 0:
        raise ConvproofError(f"{name}: {said.trouble}")
    parts = re.split(r"^@@ (Print|Check) (\w+)$", said.out, flags=re.MULTILINE)
    blocks = [HEAD.format(name=name).rstrip()]
    for how, word, shown in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        full = f"@Convproof.{name}.{word}"
        if how == "Print":
            body = re.split(r"\n     : ", shown.strip().partition("=")[2])[0].strip()
            blocks.append(f"Definition mean_{word} : {full} =\n({body})\n  := eq_refl.")
        else:
            kind = "pin" if word in theorems(text) else "made"
            said_type = re.sub(r"^\S+\s*:\s*", "", shown.strip(), count=1)
            blocks.append(f"Definition {kind}_{word} :\n{said_type}\n  := {full}.")
    return "\n\n".join(blocks) + "\n"


def main(names: list[str]) -> int:
    """Write the statements of the files named, or of all; those of no library file go."""
    FOLDER.mkdir(exist_ok=True)
    for name in names or shipped():
        for need in needs(shipped()[name]) if names else ():
            kernel.check(need)
        if told := statements(name, shipped()[name]):
            (FOLDER / f"{name}.v").write_text(told, encoding="utf-8")
    for file in FOLDER.glob("*.v"):
        if file.stem not in shipped():
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
