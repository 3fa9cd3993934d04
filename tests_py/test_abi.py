"""The C ABI under hostile arguments: `make fuzz` does more of the same."""

import os
from pathlib import Path

import pytest
from abi import header
from children import output_of

from zcbuild import exports

SEED = 20_261_121
WITHOUT_DRM = {
    "zcg_context_export_fence",
    "zcg_dmabuf_get_layout",
    "zcg_frame_export",
    "zcg_frame_import",
    "zcg_video_frame_export",
}
"""What a driver without graphics cards refuses, whatever it is handed."""


def test_the_driver_knows_every_function_that_is_exported() -> None:
    assert [function.name for function in header.load().functions] == exports.declared_functions()


@pytest.mark.parametrize("threads", [1, 5])
def test_anything_may_be_handed_to_any_function(threads: int) -> None:
    here = str(Path(__file__).parent)
    path = os.pathsep.join([here, f"{here}/../build_backend", os.environ.get("PYTHONPATH", "")])
    arguments = ("--seed", str(SEED), "--calls", "60000", "--threads", str(threads))
    program = "import sys; from abi.run import main; sys.exit(main())"
    lines = output_of(program, *arguments, environment={"PYTHONPATH": path}).splitlines()
    assert lines.pop() == "left 0"
    told = {name: counts for name, *counts in map(str.split, lines[1:])}
    assert set(told) == set(exports.declared_functions())
    refused = {name for name, counts in told.items() if not any(it[:2] == "0:" for it in counts)}
    # What opens drivers or compiles is called a few times only.
    assert {
        name
        for name in refused - WITHOUT_DRM
        if sum(int(it.split(":")[1]) for it in told[name]) > 50
    } == set()
