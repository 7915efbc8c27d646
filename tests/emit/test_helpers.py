"""Text of the runtime for modules that import nothing: whatever it names is there too."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from convproof.emit import helpers
from convproof.lower import reductions, runtime


def capitals(text: str) -> set[str]:
    """The constants that a text names."""
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return {name for name in names if name.isupper()}


@pytest.mark.parametrize("name", [name for name in helpers.texts() if not name.isupper()])
def test_what_a_function_needs_comes_with_it(name: str) -> None:
    text = "\n".join(helpers.needed(f"{name}()"))
    assert capitals(text) <= set(helpers.texts())
    for constant in capitals(text):
        module = reductions if hasattr(reductions, constant) else runtime
        assert f"\n{constant}" in f"\n{text}", (constant, module)


def test_many_numbers_are_copied_by_the_text_alone() -> None:
    scope = {"np": np, "Array": np.ndarray, "Any": object, "lru_cache": lambda **_: lambda f: f}
    exec("from __future__ import annotations\n" + "\n".join(helpers.needed("near()")), scope)
    view = np.arange(60000.0).reshape(100, 200, 3)[:, ::2]
    assert np.array_equal(scope["near"](view), view)
