"""The rules of ownership where frames are drawn from the memory that they were decoded into."""

import pytest
from va import zcsw
from video.backends import Backend
from video.ownership import RULES, keep
from vm.cards import node_of

STRIDE = 17
"""Each 17th order of the 120: those where each goes first are among them."""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_ownership_is_kept(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zcsw.environment(drm=str(node_of("vgem"))).items():
        monkeypatch.setenv(name, value)
    decoding = {"backend": "vaapi", "device": str(node_of("vgem", "renderD"))}
    keep(rule, Backend("zero_copy", decoding, stride=STRIDE))
