"""Hosts for the tests of renderers."""

from collections.abc import Iterator

import hosts
import pytest
from video.canvases import KINDS


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """A host of each kind, its context current."""
    with hosts.context(*KINDS[request.param]):
        yield request.param


@pytest.fixture
def gl() -> Iterator[None]:
    with hosts.context(*KINDS["gl"]):
        yield
