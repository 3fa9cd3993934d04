"""How often each scenario runs, and the one to be seen by hand."""

import pytest

from crash import laboratory


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("crash laboratory")
    group.addoption(
        "--repeat",
        type=int,
        default=laboratory.REPEAT,
        help=f"how often each scenario runs ({laboratory.REPEAT})",
    )
    group.addoption(
        "--unguarded",
        metavar="NAME",
        help="run nothing but this scenario, without its guards, and show how it ends",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    name = config.getoption("--unguarded", default=None)
    return None if name is None else laboratory.show(name)
