"""A scene's shader is edited while it draws."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from children import output_of
from expected import noise
from sources import COUNTER, colour, image, number, shader

import zcgpu

KEPT = {"TARGET": "kept", "PERSISTENT": True}


def level(**rest: Any) -> dict[str, Any]:
    return {"NAME": "level", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, **rest}


def byte(scene: zcgpu.Scene, **rest: Any) -> list[int]:
    """A one-pixel frame's four components."""
    pixel: list[int] = np.asarray(scene.render(1, 1, **rest))[0, 0].tolist()
    return pixel


def test_an_edited_file_is_drawn_after_a_reload(
    each_dialect: zcgpu.Context, tmp_path: Path
) -> None:
    file = tmp_path / "a.fs"
    file.write_text(colour("vec4(0.0, 0.2, 0.4, 1.0)"))
    scene = each_dialect.scene(file)
    assert byte(scene) == [0, 51, 102, 255]
    file.write_text(colour("vec4(0.6, 0.2, 0.4, 1.0)"))
    assert byte(scene) == [0, 51, 102, 255]
    scene.reload()
    assert byte(scene) == [153, 51, 102, 255]


def test_a_vertex_shader_beside_is_read_again(context: zcgpu.Context, tmp_path: Path) -> None:
    file, beside = tmp_path / "a.fs", tmp_path / "a.vs"
    file.write_text(shader("gl_FragColor = vec4(shade);", before="varying float shade;"))
    beside.write_text("varying float shade; void main() { isf_vertShaderInit(); shade = 0.2; }")
    scene = context.scene(file)
    assert byte(scene) == [51] * 4
    beside.write_text("varying float shade; void main() { isf_vertShaderInit(); shade = 0.4; }")
    scene.reload()
    assert byte(scene) == [102] * 4
    scene.reload(vertex="varying float shade;\nvoid main() { isf_vertShaderInit(); shade = 0.6; }")
    assert byte(scene) == [153] * 4
    scene.reload()  # what it is made from now
    assert byte(scene) == [153] * 4


def test_files_are_found_whatever_the_programs_folder_is_now(
    context: zcgpu.Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a.fs").write_text(colour("vec4(0.2)"))
    monkeypatch.chdir(tmp_path)
    scene = context.scene("a.fs")
    (tmp_path / "a.fs").write_text(colour("vec4(0.4)"))
    monkeypatch.chdir(tmp_path / "elsewhere")
    scene.reload()
    assert byte(scene) == [102] * 4


def test_text_is_replaced_by_text_or_a_file(context: zcgpu.Context, tmp_path: Path) -> None:
    scene = context.scene(colour("vec4(0.2)"))
    with pytest.raises(zcgpu.InvalidArgumentError, match="made from text"):
        scene.reload()
    scene.reload(colour("vec4(0.4)"))
    assert byte(scene) == [102] * 4
    file = tmp_path / "a.fs"
    file.write_text(colour("vec4(0.6)"))
    scene.reload(file)
    assert byte(scene) == [153] * 4
    file.write_text(colour("vec4(0.8)"))
    scene.reload()
    assert byte(scene) == [204] * 4
    assert scene.info.name == "a"


BAD: dict[str, tuple[str, type[zcgpu.Error]]] = {
    "header": ('/*{ "INPUTS": 3 }*/\nvoid main() {}', zcgpu.HeaderError),
    "no header": ("void main() {}\n", zcgpu.HeaderError),
    "body": (colour("vec4(nothing)"), zcgpu.ShaderError),
    "main": ("/*{}*/\nvoid mian() {}\n", zcgpu.ShaderError),
    "file": ("/no/such/file.fs", zcgpu.FileError),
}


@pytest.mark.parametrize("which", BAD)
def test_a_bad_edit_raises_and_changes_nothing(each_dialect: zcgpu.Context, which: str) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(level, FRAMEINDEX == 2 ? 1.0 : 0.0, 0.0, go);",
        inputs=[level(), {"NAME": "go", "TYPE": "event"}],
        passes=[{**KEPT, "FLOAT": True}],
    )
    scene = each_dialect.scene(source)
    scene.inputs["level"] = 0.25
    scene.render(1, 1, time=1.0)
    scene.render(1, 1, time=2.0)
    scene.inputs["go"] = True
    text, kind = BAD[which]
    with pytest.raises(kind):
        scene.reload(text)
    assert scene.inputs.items() == [("level", 0.25), ("go", True)]
    assert np.asarray(scene.render(1, 1, time=3.0))[0, 0].tolist() == [0.75, 1.0, 0.0, 1.0]
    scene.reload(source)
    assert np.asarray(scene.render(1, 1, time=4.0))[0, 0].tolist() == [1.0, 1.0, 0.0, 1.0]


def test_inputs_keep_what_they_were_set_to_where_it_fits(context: zcgpu.Context) -> None:
    picture = context.frame(noise(1, 1))
    vector = {"NAME": "at", "TYPE": "point2D", "MIN": [0, 0], "MAX": [4, 4]}
    mode = {"NAME": "mode", "TYPE": "long", "VALUES": [1, 2, 4], "DEFAULT": 1}
    before = [level(), number("speed"), vector, mode, number("gone"), image("inputImage")]
    scene = context.scene(colour("vec4(1.0)", inputs=before))
    scene.inputs.update(
        {"level": 0.75, "speed": 3.0, "at": (3, 2), "mode": 4, "inputImage": picture}
    )
    after = [
        image("inputImage"),
        {**mode, "VALUES": [1, 2], "DEFAULT": 2},
        {**vector, "MAX": [8, 8]},
        number("speed", TYPE="bool", DEFAULT=True),
        number("new", DEFAULT=7.0),
        level(MAX=0.8),
    ]
    scene.reload(colour("IMG_THIS_PIXEL(inputImage)", inputs=after))
    assert list(scene.inputs) == ["inputImage", "mode", "at", "speed", "new", "level"]
    assert scene.inputs.values()[1:] == [2, (3.0, 2.0), True, 7.0, 0.75]
    np.testing.assert_array_equal(scene.render(1, 1), picture)
    scene.reload(colour("vec4(1.0)", inputs=[level(MAX=0.5, DEFAULT=0.125)]))
    assert scene.inputs.items() == [("level", 0.125)]
    picture.close()


def test_inputs_that_nobody_set_follow_their_defaults(context: zcgpu.Context) -> None:
    first = colour("vec4(level)", inputs=[level(DEFAULT=0.25), number("other", DEFAULT=1.0)])
    second = colour("vec4(level)", inputs=[level(DEFAULT=0.5), number("other", DEFAULT=2.0)])
    scene = context.scene(first)
    scene.inputs["other"] = 1.0  # as it is, but somebody said so
    scene.reload(second)
    assert scene.inputs.items() == [("level", 0.5), ("other", 1.0)]
    scene.inputs["other"] = None
    scene.reload(first)
    assert scene.inputs.items() == [("level", 0.25), ("other", 1.0)]


def test_an_event_that_is_still_to_come_comes(context: zcgpu.Context) -> None:
    go = {"NAME": "go", "TYPE": "event"}
    scene = context.scene(colour("vec4(go ? 1.0 : 0.0)", inputs=[go]))
    scene.inputs["go"] = True
    scene.reload(colour("vec4(go ? 0.6 : 0.2)", inputs=[level(), go]))
    assert [byte(scene)[0] for _ in range(2)] == [153, 51]


def test_time_and_frame_index_go_on(each_dialect: zcgpu.Context) -> None:
    source = "vec4(TIME, TIMEDELTA, float(FRAMEINDEX), {})"
    scene = each_dialect.scene(colour(source.format("1.0"), passes=[{"FLOAT": True}]))
    scene.render(1, 1, time=1.0)
    scene.reload(colour(source.format("2.0"), passes=[{"FLOAT": True}]))
    assert np.asarray(scene.render(1, 1, time=1.25))[0, 0].tolist() == [1.25, 0.25, 1.0, 2.0]


def test_a_persistent_buffer_keeps_its_picture(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(COUNTER)
    for _ in range(3):
        scene.render(4, 2)
    scene.reload(COUNTER.replace("1.0 / 255.0", "10.0 / 255.0"))
    assert (np.asarray(scene.render(4, 2)) == 13).all()
    # In floats from now on, in a buffer among others, and half as large.
    scene.reload(
        shader(
            "gl_FragColor = PASSINDEX == 0 ? vec4(1.0) : PASSINDEX == 1"
            " ? IMG_THIS_PIXEL(kept) + vec4(0.5) : IMG_THIS_PIXEL(kept);",
            passes=[
                {"TARGET": "first", "PERSISTENT": True},
                {**KEPT, "FLOAT": True, "WIDTH": "$WIDTH / 2"},
                {"FLOAT": True},
            ],
        )
    )
    np.testing.assert_allclose(scene.render(4, 2), 13 / 255 + 0.5, atol=1e-6)
    kept = scene.target("kept")
    assert kept is not None
    assert (kept.size, kept.dtype) == ((2, 2), "float32")
    # And in bytes again, where 2 is 1.
    scene.reload(shader("gl_FragColor = IMG_THIS_PIXEL(kept);", passes=[KEPT]))
    assert (np.asarray(scene.render(4, 2)) == round(13 + 127.5)).all()


def test_what_was_no_persistent_buffer_starts_transparent_black(context: zcgpu.Context) -> None:
    body = "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(0.2);"
    scene = context.scene(shader(body, passes=[{"TARGET": "kept"}]))
    assert byte(scene) == [51] * 4
    scene.reload(shader(body, passes=[KEPT]))
    assert [byte(scene)[0] for _ in range(2)] == [51, 102]
    scene.reload(shader(body, passes=[{"TARGET": "kept"}]))
    assert [byte(scene)[0] for _ in range(2)] == [51, 51]


def test_a_reload_in_the_next_generation_starts_its_buffers_anew(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    assert [byte(scene)[0] for _ in range(2)] == [1, 2]
    context.reinitialize()
    scene.reload(COUNTER.replace("1.0 /", "5.0 /"))
    assert [byte(scene)[0] for _ in range(2)] == [5, 10]


def test_a_reload_of_what_is_closed_or_lost_is_refused(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    context.simulate_loss()
    with pytest.raises(zcgpu.ContextLostError):
        scene.reload(COUNTER)
    context.reinitialize()
    scene.close()
    with pytest.raises(zcgpu.ClosedError):
        scene.reload(COUNTER)
    other = context.scene(COUNTER)
    context.close()
    with pytest.raises(zcgpu.ClosedError):
        other.reload(COUNTER)


def test_a_scene_is_reloaded_inside_a_batch(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    with context.batch():
        assert byte(scene)[0] == 1
        scene.reload(COUNTER.replace("1.0 /", "5.0 /"))
        assert byte(scene)[0] == 6


def test_a_loop_over_inputs_goes_over_those_it_began_with(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(1.0)", inputs=[number("a"), number("b"), number("c")]))
    seen = []
    for name in scene.inputs:
        seen.append(name)
        scene.reload(colour("vec4(1.0)", inputs=[number("b"), number(f"x{len(seen)}")]))
    assert seen == ["a", "b", "c"]
    assert (list(scene.inputs), len(scene.inputs)) == (["b", "x3"], 2)
    assert "a" not in scene.inputs
    with pytest.raises(zcgpu.UnknownInputError, match="the inputs are b, x3"):
        scene.inputs["a"]


class Reloading:
    """A value whose conversion reloads the scene it is for: the index is of an older edition."""

    def __init__(self, value: float, act: Callable[[], None]) -> None:
        self.value, self.act = value, act

    def __float__(self) -> float:
        self.act()
        return self.value


SWAPPED = ("vec4(a, b, 0.0, 1.0)", [number("a"), number("b")])


def swapped() -> tuple[str, str]:
    """The same shader with its inputs one way round, and the other."""
    body, inputs = SWAPPED
    return colour(body, inputs=inputs), colour(body, inputs=inputs[::-1])


@pytest.mark.parametrize("way", ["set", "update", "render", "render_into"])
def test_a_value_goes_to_the_input_that_was_named(context: zcgpu.Context, way: str) -> None:
    one, other = swapped()
    scene = context.scene(one)
    value = Reloading(0.6, lambda: scene.reload(other))
    if way == "set":
        scene.inputs["a"] = value
    elif way == "update":
        scene.inputs.update({"a": value})
    if way == "render":
        frame = np.asarray(scene.render(1, 1, inputs={"a": value}))
    elif way == "render_into":
        frame = scene.render_into(np.zeros((1, 1, 4), np.uint8), inputs={"a": value})
    else:
        assert scene.inputs.items() == [("b", 0.0), ("a", 0.6)]
        frame = np.asarray(scene.render(1, 1))
    assert frame[0, 0].tolist() == [153, 0, 0, 255]


def test_threads_draw_and_set_while_the_scene_is_reloaded() -> None:
    """Each frame is one of the two texts', with the value that its own thread gave it."""
    assert (
        output_of(
            """
            import sys, threading
            import numpy as np
            sys.path.insert(0, sys.argv[1])
            import zcgpu
            from sources import colour, number

            many = [number(f"n{i}") for i in range(20)]
            texts = [
                colour("vec4(level / 255.0, 0.2, kept / 255.0, 1.0)",
                       inputs=[number("level"), number("kept")]),
                colour("vec4(level / 255.0, 0.4, kept / 255.0, 1.0)",
                       inputs=[*many, number("kept"), number("level")]),
            ]
            reloads, drawn, problems = 200, [0, 0], []
            context = zcgpu.Context()
            scene = context.scene(texts[0])
            scene.inputs["kept"] = 7.0
            done = threading.Event()

            def guarded(work):
                def run():
                    try:
                        work()
                    except BaseException as error:
                        problems.append(repr(error))
                        done.set()
                return threading.Thread(target=run)

            def reload():
                for n in range(1, reloads + 1):
                    scene.reload(texts[n % 2])
                done.set()

            def draw(into):
                target = np.zeros((2, 3, 4), np.uint8)
                n = 0
                while not done.is_set():
                    n += 1
                    value = n % 251
                    if into:
                        pixels = scene.render_into(target, inputs={"level": value})
                    else:
                        pixels = np.asarray(scene.render(3, 2, inputs={"level": value}))
                    red, green, blue, alpha = pixels[0, 0].tolist()
                    assert (pixels == pixels[0, 0]).all()
                    assert (red, blue, alpha) == (value, 7, 255), (pixels[0, 0], value)
                    drawn[{51: 0, 102: 1}[green]] += 1

            def set_and_look():
                n = 0
                while not done.is_set():
                    n += 1
                    scene.inputs["level"] = float(n % 100)
                    assert scene.inputs["level"] == n % 100
                    scene.inputs.update({"level": 3.0})
                    items = dict(scene.inputs.items())
                    assert len(items) in (2, 22), items
                    assert items["kept"] == 7.0, items
                    assert all(items[name] == 0.0 for name in items if name[0] == "n"), items
                    for name in scene.inputs:
                        assert name[0] in "kln"

            threads = [guarded(work) for work in (
                reload, lambda: draw(False), lambda: draw(True), set_and_look)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            assert not problems, problems
            assert min(drawn) > 0, drawn
            scene.close(); context.close()
            print(zcgpu.census()["scenes"], zcgpu.census()["texts"])
            """,
            str(Path(__file__).parent),
        )
        == "0 0\n"
    )


def test_threads_may_reload_one_scene_at_once(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    gate = threading.Barrier(4)

    def work(step: int) -> None:
        gate.wait()
        for _ in range(10):
            scene.reload(COUNTER.replace("1.0 /", f"{step}.0 /"))

    threads = [threading.Thread(target=work, args=(step,)) for step in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = byte(scene)[0], byte(scene)[0]
    assert first in (1, 2, 3, 4)
    assert second == 2 * first


def test_a_hundred_reloads_leave_nothing_behind(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    byte(scene)
    before = context.pool().statistics
    for n in range(100):
        scene.reload(COUNTER + f"// {n}\n")
        byte(scene)
    after = context.pool().statistics
    assert byte(scene)[0] == 102
    assert after.live_bytes == before.live_bytes


IMPORTING = (
    '/*{"IMPORTED": {"a": {"PATH": "a.png"}}}*/\nvoid main() { gl_FragColor = IMG_THIS_PIXEL(a); }'
)


def test_a_reload_brings_other_imports(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    def plain(value: int) -> Any:
        return np.full((1, 1, 4), value, np.uint8)

    file = tmp_path / "a.fs"
    file.write_text(IMPORTING)
    scene = each_dialect.scene(file, imports={"a": plain(51)})
    assert byte(scene) == [51] * 4
    scene.reload(imports={"a": plain(102)})
    assert byte(scene) == [102] * 4
    vertex = "void main() { isf_vertShaderInit(); }"
    scene.reload(vertex=vertex, imports={"a": plain(153)})
    assert byte(scene) == [153] * 4
    scene.reload()  # what was said last
    assert byte(scene) == [153] * 4
    with pytest.raises(zcgpu.InvalidArgumentError, match="imports no picture 'b'"):
        scene.reload(imports={"b": plain(7)})
    assert byte(scene) == [153] * 4


def test_what_fits_is_asked_of_the_text_that_there_is(context: zcgpu.Context) -> None:
    def text(**kinds: str) -> str:
        return colour("vec4(0.2)", inputs=[{"NAME": n, "TYPE": k} for n, k in kinds.items()])

    scene = context.scene(text(sky="cube", other="image"))
    six = [np.zeros((1, 1, 4), np.uint8)] * 6
    scene.reload(text(other="image", sky="cube"))
    scene.inputs["sky"] = six  # which was the first input, where a picture is now
    scene.reload(text(other="image"))
    with pytest.raises(zcgpu.UnknownInputError, match="no input 'sky'"):
        scene.inputs["sky"] = six
