"""The lines of findings end well on an implementation that is right there: ONNX Runtime."""

from __future__ import annotations

import sys
import types

import pytest

from convproof.conformance.findings.finding import findings

ort = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")
ITS_OWN = {"opencv-max-pool-minus-infinity"}  # ONNX Runtime has the same finding
RUN = [one for one in findings() if one.library in ("onnx", "opencv") and one.ends != "SIGALRM"]


class Runtime:
    """A model of either library's interface, run by ONNX Runtime."""

    def __init__(self, model):
        if not hasattr(model, "tobytes"):  # a model, not its bytes
            model.opset_import[0].version, model.ir_version = 19, 9
        text = model.tobytes() if hasattr(model, "tobytes") else model.SerializeToString()
        options = ort.SessionOptions()
        options.log_severity_level = 4
        self.session = ort.InferenceSession(text, options, providers=["CPUExecutionProvider"])

    def run(self, names, given):
        return self.session.run(names, given)

    def setInput(self, x):  # noqa: N802 (OpenCV's name)
        self.x = x

    def forward(self):
        try:
            return self.run(None, {"x": self.x})[0]
        except Exception:  # it refuses, in words
            return None


@pytest.mark.parametrize("one", RUN, ids=lambda one: one.id)
def test_the_lines_end_well_where_it_does_not_happen(one, monkeypatch):
    import onnx.reference

    monkeypatch.setattr(onnx.reference, "ReferenceEvaluator", Runtime)
    opencv = types.ModuleType("cv2")
    opencv.dnn = types.SimpleNamespace(readNetFromONNX=Runtime)
    monkeypatch.setitem(sys.modules, "cv2", opencv)
    if one.id in ITS_OWN:
        with pytest.raises(AssertionError):
            exec(one.script, {})
    else:
        exec(one.script, {})
