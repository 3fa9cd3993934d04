"""The notebooks that people begin with run, and show pictures."""

import base64
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from PIL import Image

NOTEBOOKS = Path(__file__).parent.parent / "examples" / "notebooks"
SAID = {
    "first-steps": (
        "takes a number from 0.5 to 8.0; 99.0 is outside",
        "did you mean 'scale'?",
        "<source>:3:23: error: ",
    ),
    "video": (
        "90 frames, 30.0 a second, h264 yuv420p",
        "frame 45 is shown at 1.500 s for 0.033 s",
        "the video is 3.0 s long; there is no frame at 99.0 s",
        "(12, 90, 160, 3)",
        "64 frames are fine, 26 are not",
        "damaged.mp4: ",
    ),
}
SHOWN = {"first-steps": 7, "video": 4}


@pytest.fixture(scope="module", params=sorted(SAID))
def name(request: pytest.FixtureRequest) -> str:
    """A notebook's."""
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def executed(name: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook after a run, from its own folder, with this Python."""
    kernels = tmp_path_factory.mktemp("jupyter")
    kernel = kernels / "kernels" / "python3"
    kernel.mkdir(parents=True)
    command = f'["{sys.executable}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    kernel.joinpath("kernel.json").write_text(
        f'{{"argv": {command}, "display_name": "this Python", "language": "python"}}'
    )
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(kernels))
        resources = {"metadata": {"path": str(NOTEBOOKS)}}
        client = nbclient.NotebookClient(notebook, timeout=300, resources=resources)
        return client.execute()


def outputs(notebook: Any) -> Iterator[Any]:
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def test_every_cell_runs_without_a_complaint(executed: Any) -> None:
    for output in outputs(executed):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.text


def test_the_outputs_hold_pictures(name: str, executed: Any) -> None:
    encoded = [
        it.data["image/png"] for it in outputs(executed) if "image/png" in it.get("data", ())
    ]
    pictures = [Image.open(io.BytesIO(base64.b64decode(text))) for text in encoded]
    assert len(pictures) >= SHOWN[name]
    for picture in pictures:
        assert picture.format == "PNG"
        assert picture.size[0] == 640
        darkest, lightest = picture.convert("L").getextrema()
        assert (darkest, lightest) != (0, 0)
        assert darkest != lightest


def test_the_messages_are_those_of_the_library(name: str, executed: Any) -> None:
    text = "".join(it.text for it in outputs(executed) if it.output_type == "stream")
    for words in SAID[name]:
        assert words in text


def test_the_notebook_is_kept_without_outputs(name: str) -> None:
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert list(outputs(notebook)) == []
    assert all(it.execution_count is None for it in notebook.cells if it.cell_type == "code")
