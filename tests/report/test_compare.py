"""The comparison says what the files of measurements say, no more."""

from __future__ import annotations

from convproof.document.markdown import markdown
from convproof.document.model import Document
from convproof.report.compare import (
    compare_page,
    detection_table,
    separation_table,
    speed_table,
)
from convproof.study.measurements import COMMANDS, is_there


def text(table):
    return markdown(Document("t", (table,)))


def test_tables():
    timings = [
        {"workload": "a", "wrong": [], "seconds": {"convproof": 1.0, "windows": 4.0, "torch": 0.5}},
        {"workload": "b", "wrong": [],
         "seconds": {"convproof": 1.0, "windows": 2.0, "torch contiguous": 2.0}},
        # nobody's time counts where the result is wrong: a rival's, then ours
        {"workload": "c", "wrong": ["torch"], "seconds": {"convproof": 9.0, "torch": 1.0}},
        {"workload": "d", "wrong": ["convproof"], "seconds": {"convproof": 0.1, "windows": 9.0}},
    ]  # fmt: skip
    shown = text(speed_table({"timings": timings}))
    assert "| plain sliding windows | 0.38 | 0.25 to 0.50 | 0 of 2 |" in shown
    assert "| PyTorch | 1.25 | 0.50 to 2.00 | 1 of 2 |" in shown
    row = {"checker": "c", "killed": 3, "wrong": 4, "expressible": 4, "kill_rate": 0.75,
           "false_alarms": 1, "right_runs": 9, "right_lines": 2, "lines": 3,
           "median_seconds_to_detection": None}  # fmt: skip
    few = {**row, "checker": "d", "expressible": 3, "right_lines": 0, "lines": 0}
    shown = text(detection_table({"rows": [row, few]}))
    assert "| c | 3 of 4 (75.0 %) | all | 1 of 9 | 2 of 3 | - |" in shown
    assert "| d | 3 of 4 (75.0 %) | 3 of 3 | 1 of 9 | - | - |" in shown
    data = {"rows": [{"learner": "l", "symmetry": "nothing"}],
            "slopes": [{"learner": "l", "slope": 2.0, "low": 1.9, "high": 2.1}]}  # fmt: skip
    assert "| l | nothing | d^2.00 (1.90 to 2.10) |" in text(separation_table(data))


def test_the_page_has_a_part_for_each_measurement_that_there_is():
    page = markdown(compare_page())
    for name in set(COMMANDS) - {"optimisers", "libraries"}:
        assert (f"--json convproof/study/measured/{name}.json" in page) is is_there(name)
    assert "fc-square-sgd | orthogonal | d^1." in page
