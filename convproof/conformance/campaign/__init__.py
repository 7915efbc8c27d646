"""Long checks in many parts: parallel, kept as they go, resumed, on one machine or a cluster."""
