"""The page of findings is made from what is kept, and from all of it."""

from __future__ import annotations

from convproof.conformance.findings.finding import findings
from convproof.document.html import html
from convproof.document.markdown import markdown
from convproof.report.findings import findings_page, line_of_index


def test_the_page_has_every_finding_with_its_lines():
    page = markdown(findings_page(findings()))
    for one in findings():
        assert f"### {one.id}\n" in page
        assert one.script.strip() in page
    assert f"{len(findings())} findings: " in page
    assert f'id="{findings()[0].id}"' in html(findings_page(findings()))


def test_it_says_no_more_than_is_kept():
    page = markdown(findings_page(findings()[:1]))
    assert "1 findings: 1 wrong result. " in page
    assert findings()[1].id not in page
    assert f": {len(findings())} in " in str(line_of_index(findings())[1])
