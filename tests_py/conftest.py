"""What every test has: contexts, and a look at what is left behind."""

import gc
from collections.abc import Iterator

import pytest
from ladder import LADDER

import zcgpu


@pytest.fixture(autouse=True)
def nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    before = zcgpu.census()
    yield
    request.node.funcargs.clear()  # pytest itself would hold the test's contexts a while longer
    if zcgpu.census() != before:
        gc.collect()  # only a cycle may be left
    assert zcgpu.census() == before


@pytest.fixture
def context() -> Iterator[zcgpu.Context]:
    with zcgpu.Context() as context:
        yield context


@pytest.fixture
def other_context() -> Iterator[zcgpu.Context]:
    with zcgpu.Context() as context:
        yield context


@pytest.fixture(params=["gl", "es"])
def each_dialect(request: pytest.FixtureRequest) -> Iterator[zcgpu.Context]:
    with zcgpu.Context(**LADDER[request.param]) as context:
        yield context


@pytest.fixture(params=LADDER)
def each_rung(request: pytest.FixtureRequest) -> Iterator[zcgpu.Context]:
    with zcgpu.Context(**LADDER[request.param]) as context:
        yield context
