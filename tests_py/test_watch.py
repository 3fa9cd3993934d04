"""Scenes that follow their files."""

import logging
import os
import threading
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sources import colour, number

import zcgpu


def grey(value: int) -> str:
    """A shader of one gray. All are of one length."""
    return colour(f"vec4({value:3d}.0 / 255.0)")


def drawn(scene: zcgpu.Scene) -> int:
    return int(np.asarray(scene.render(1, 1))[0, 0, 0])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.fs"
    file.write_text(grey(51))
    return file


def test_an_edit_is_drawn_by_the_next_frame(each_dialect: zcgpu.Context, file: Path) -> None:
    scene = each_dialect.scene(file, watch=True)
    assert drawn(scene) == 51
    for value in (102, 153):  # of the same length, and within a tick of a file's clock
        file.write_text(grey(value))
        assert drawn(scene) == value
    other = file.with_name("b")
    other.write_text(grey(204))
    os.replace(other, file)
    target = np.zeros((1, 1, 4), np.uint8)
    assert scene.render_into(target)[0, 0, 0] == 204
    with each_dialect.batch():
        file.write_text(grey(7))
        assert drawn(scene) == 7
    assert scene.problem is None


def test_writes_that_no_time_tells_apart_are_seen(context: zcgpu.Context, file: Path) -> None:
    scene = context.scene(file, watch=True)
    assert drawn(scene) == 51
    time = file.stat().st_mtime_ns
    file.write_text(grey(102))
    os.utime(file, ns=(time, time))
    assert drawn(scene) == 102


def test_an_old_file_is_not_read_again(
    context: zcgpu.Context, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(file, (1, 1))
    scene = context.scene(file, watch=True)
    drawn(scene)
    monkeypatch.setattr("zcgpu._source.read", lambda *_: pytest.fail("it was read"))
    assert drawn(scene) == 51


def test_a_bad_edit_is_told_of_once_and_the_old_text_drawn(
    context: zcgpu.Context,
    file: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = context.scene(file, watch=True)
    tries, take = [], zcgpu.Scene._take

    def counted(*given: Any) -> None:
        tries.append(given)
        take(*given)

    monkeypatch.setattr(zcgpu.Scene, "_take", counted)
    for bad in (colour("vec4(nothing)"), "", grey(9)[:40]):
        file.write_text(bad)
        with caplog.at_level(logging.ERROR, "zcgpu"), pytest.warns(RuntimeWarning, match="a.fs"):
            assert drawn(scene) == 51
        assert isinstance(scene.problem, zcgpu.errors.SourceError)
        (record,) = caplog.records
        assert record.levelname == "ERROR"
        caplog.clear()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert drawn(scene) == 51
        assert not caplog.records
    assert len(tries) == 3  # nothing is compiled twice
    file.write_text(grey(51))  # what is drawn already
    assert drawn(scene) == 51
    assert scene.problem is None
    file.write_text(grey(102))
    assert drawn(scene) == 102


def test_a_file_that_is_gone_is_drawn_on(context: zcgpu.Context, file: Path) -> None:
    file.with_suffix(".vs").write_text("void main() { isf_vertShaderInit(); }")  # young
    scene = context.scene(file, watch=True)
    file.unlink()
    with pytest.warns(RuntimeWarning, match="cannot read a shader"):
        assert drawn(scene) == 51
    assert isinstance(scene.problem, zcgpu.FileError)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn(scene) == 51
    file.write_text(grey(102))
    assert drawn(scene) == 102
    now: zcgpu.Error | None = scene.problem
    assert now is None


def test_a_vertex_shader_and_imports_are_looked_at(context: zcgpu.Context, tmp_path: Path) -> None:
    from PIL import Image

    file, picture = tmp_path / "a.fs", tmp_path / "p.png"
    Image.new("RGBA", (1, 1), (51, 0, 0, 255)).save(picture)
    file.write_text(
        '/*{"IMPORTED": {"p": {"PATH": "p.png"}}}*/\n'
        "void main() { gl_FragColor = IMG_NORM_PIXEL(p, vec2(0.5)) * isf_FragNormCoord.x * 2.0; }"
    )
    scene = context.scene(file, watch=True)
    assert drawn(scene) == 51
    Image.new("RGBA", (1, 1), (102, 0, 0, 255)).save(picture)
    assert drawn(scene) == 102
    file.with_suffix(".vs").write_text(
        "void main() { isf_vertShaderInit(); isf_FragNormCoord = vec2(1.0); }"
    )
    assert drawn(scene) == 204


def test_inputs_are_kept_and_a_reload_by_hand_counts(context: zcgpu.Context, file: Path) -> None:
    file.write_text(colour("vec4(v / 255.0)", inputs=[number("v")]))
    scene = context.scene(file, watch=True)
    scene.inputs["v"] = 51.0
    file.write_text(colour("vec4(v * 2.0 / 255.0)", inputs=[number("w"), number("v")]))
    assert drawn(scene) == 102
    scene.reload(grey(9))  # a text has no files to look at
    assert drawn(scene) == 9
    scene.close()
    with pytest.raises(zcgpu.ClosedError):
        scene.render(1, 1)
    with pytest.raises(zcgpu.InvalidArgumentError, match="watches files"):
        context.scene(grey(1), watch=True)


def test_what_could_not_be_drawn_for_another_reason_is_tried_again(
    each_dialect: zcgpu.Context, file: Path
) -> None:
    scene = each_dialect.scene(file, watch=True)
    os.utime(file, (1000, 1000))  # long ago: nothing but its signature tells of a change
    assert drawn(scene) == 51
    file.write_text(grey(102))
    os.utime(file, (2000, 2000))

    def full(*_: object) -> None:
        raise zcgpu.PoolExhausted("full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zcgpu.Scene, "_take", full)
        with pytest.raises(zcgpu.PoolExhausted):
            drawn(scene)
    assert drawn(scene) == 102
    assert scene.problem is None


def test_imports_that_no_longer_fit_are_a_problem_of_the_file(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    file = tmp_path / "a.fs"
    file.write_text(
        '/*{"IMPORTED": {"a": {"PATH": "a"}}}*/ void main() { gl_FragColor = vec4(0.2); }'
    )
    scene = context.scene(file, watch=True, imports={"a": np.zeros((1, 1, 4), np.uint8)})
    assert drawn(scene) == 51
    file.write_text(grey(102))
    with pytest.warns(RuntimeWarning, match="imports no picture 'a'"):
        assert drawn(scene) == 51
    assert drawn(scene) == 51
    assert isinstance(scene.problem, zcgpu.InvalidArgumentError)


def test_while_one_thread_reloads_the_others_draw_what_there_was(
    context: zcgpu.Context, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = context.scene(file, watch=True)
    assert drawn(scene) == 51
    file.write_text(grey(102))
    take = zcgpu.Scene._take
    seen: list[int] = []

    def slow(*given: Any) -> None:
        if not seen:
            seen.append(0)
            other = threading.Thread(target=lambda: seen.append(drawn(scene)))
            other.start()
            other.join()
        take(*given)

    monkeypatch.setattr(zcgpu.Scene, "_take", slow)
    assert drawn(scene) == 102
    assert seen == [0, 51]
