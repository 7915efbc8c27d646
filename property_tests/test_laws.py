"""Every law for every op of the target named by `--target` (convproof itself by default)."""


def test_law(target, check):
    check(target)
