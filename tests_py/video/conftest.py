"""Hosts for the tests of renderers, and an X display for VA drivers."""

from collections.abc import Iterator

import hosts
import pytest
from benchmarks.xvfb import display
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


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with display() as name:
        assert name, "there is no Xvfb: scripts/setup installs it"
        yield name
