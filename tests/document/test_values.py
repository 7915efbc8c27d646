"""Values in Markdown: one line, six digits, nothing read as markup."""

from __future__ import annotations

import pytest

from convproof.document.values import code, escaped, text


def test_text_is_one_line_and_hides_rounding():
    assert text(0.1 + 0.2) == text(0.3) == "0.3"
    assert text({"a": [1.0, None, True], "b": "two\nlines"}) == "{a: [1, None, True], b: two lines}"


@pytest.mark.parametrize("raw", ["a|b", "*x*", "K_h", "[1](2)", "<b>", "`c`", "$x$", "#", "a\\b"])
def test_markup_is_escaped(raw):
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark").render(escaped(raw))
    assert shown.strip() == "<p>" + raw.replace("<", "&lt;").replace(">", "&gt;") + "</p>"


@pytest.mark.parametrize("raw", ["x", "a`b", "`a`", "``", "*x*"])
def test_code_is_shown_as_it_is(raw):
    from markdown_it import MarkdownIt

    assert MarkdownIt("commonmark").render(code(raw)).strip() == f"<p><code>{raw}</code></p>"
