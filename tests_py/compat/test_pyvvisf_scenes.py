"""Scenes: passes, events, times, targets, contexts."""

import threading

import numpy as np
import pytest
from compat.pixels import assert_shows, drawn, of, scene_of
from expected import positions, rgba
from sources import COUNTER, FILTER, GRADIENT, colour, image, shader

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf

PASSES = shader(
    """
    if (PASSINDEX == 0) { gl_FragColor = vec4(isf_FragNormCoord, 0.25, 1.0); }
    else if (PASSINDEX == 1) { gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(1.0 / 255.0); }
    else { gl_FragColor = vec4(0.0, 0.0, 1.0, 1.0); }
    """,
    inputs=[image("inputImage")],
    passes=[
        {"TARGET": "small", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 4"},
        {"TARGET": "kept", "PERSISTENT": True},
        {},
    ],
)


def test_what_each_pass_drew_is_told() -> None:
    scene = scene_of(PASSES)
    shown = drawn(GRADIENT, 3, 3)
    scene.set_filter_input_buffer(shown)
    told: dict[int, pyvvisf.GLBuffer] = {7: shown}
    for n in range(1, 4):
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(16, 16), 0.0, told)
        assert set(told) == {-1, 0, 1, 2, 100}
        assert told[-1] is told[2] is buffer
        assert told[100] is shown
        x, y = positions(8, 4)
        assert_shows(told[0], rgba(x, y, 0.25, 1.0))
        assert (of(told[1]) == n).all()
        assert (of(buffer) == (0, 0, 255, 255)).all()


def test_a_document_gives_copies_of_what_passes_drew() -> None:
    scene = scene_of(PASSES)
    doc = scene.doc()
    assert doc is not None
    assert doc.get_buffer_for_key("kept") is None
    scene.create_and_render_a_buffer(pyvvisf.Size(16, 16))
    first = doc.get_persistent_buffer_for_key("kept")
    scene.create_and_render_a_buffer(pyvvisf.Size(16, 16))
    small, second = doc.get_temp_buffer_for_key("small"), doc.get_buffer_for_key("kept")
    assert first is not None
    assert second is not None
    assert small is not None
    assert ((of(first) == 1).all(), (of(second) == 2).all()) == (True, True)
    assert (small.size.width, small.size.height) == (8, 4)
    assert doc.get_temp_buffer_for_key("kept") is None
    assert doc.get_persistent_buffer_for_key("small") is None
    assert doc.get_buffer_for_key("lack") is None
    assert pyvvisf.ISFPassTarget("small", doc).target_size().width == 8
    pyvvisf.cleanup_glfw_context()
    assert doc.get_buffer_for_key("kept") is None


def test_an_image_inputs_buffer_is_given_back() -> None:
    scene = scene_of(FILTER)
    doc = scene.doc()
    assert doc is not None
    shown = drawn(GRADIENT, 2, 2)
    scene.set_buffer_for_input_named(shown, "inputImage")
    assert doc.get_buffer_for_key("inputImage") is shown
    scene.set_filter_input_buffer(None)
    assert doc.get_buffer_for_key("inputImage") is None
    assert not of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))).any()


def test_an_event_is_true_for_one_frame() -> None:
    text = colour("vec4(go ? 1.0 : 0.0)", inputs=[{"NAME": "go", "TYPE": "event"}])
    scene = scene_of(text)
    for _ in range(2):
        scene.set_value_for_input_named(pyvvisf.ISFEventVal(True), "go")
        shown = [of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))).max() for _ in range(3)]
        assert shown == [255, 0, 0]


def test_an_event_that_comes_while_a_frame_is_drawn_is_for_the_next() -> None:
    inputs = [{"NAME": "go", "TYPE": "event"}, image("picture")]
    scene = scene_of(colour("vec4(go ? 1.0 : 0.0)", inputs=inputs))
    shown = drawn(GRADIENT, 2, 2)

    class Slow(pyvvisf.GLBuffer):
        def _input(self, name: str) -> object:
            scene.set_value_for_input_named(pyvvisf.ISFEventVal(True), "go")
            return shown.frame

    scene.set_buffer_for_input_named(Slow(), "picture")
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))).max() == 0
    scene.set_buffer_for_input_named(shown, "picture")
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))).max() == 255
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))).max() == 0


def test_arguments_of_the_wrong_type_are_told_before_anything_is_drawn() -> None:
    scene = scene_of(COUNTER)
    size = pyvvisf.Size(1, 1)
    for use in (
        lambda: scene.create_and_render_a_buffer(size, 0.0, []),  # type: ignore[arg-type]
        lambda: scene.create_and_render_a_buffer(size, 0.0, {}, 7),  # type: ignore[arg-type]
        lambda: scene.set_value_for_input_named("level", pyvvisf.ISFFloatVal(1)),  # type: ignore[arg-type]
        lambda: scene.set_size((1, 1)),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError, match="not "):
            use()
    with pytest.raises(pyvvisf.ShaderRenderingError, match="time is a number"):
        scene.create_and_render_a_buffer(size, "0")  # type: ignore[arg-type]
    assert of(scene.create_and_render_a_buffer(size))[0, 0, 0] == 1


def test_a_frame_is_drawn_into_a_buffer_that_there_is() -> None:
    scene = scene_of(colour("vec4(isf_FragNormCoord, TIME / 8.0, 1.0)"))
    buffer = pyvvisf.GLBufferPool().create_buffer(pyvvisf.Size(6, 4))
    name = buffer.name
    told: dict[int, pyvvisf.GLBuffer] = {}
    scene.render_with_target_and_size_and_time_and_pass_dict(buffer, pyvvisf.Size(6, 4), 4.0, told)
    x, y = positions(6, 4)
    assert_shows(buffer, rgba(x, y, 0.5, 1.0))
    assert told[-1] is buffer
    assert buffer.name != name
    scene.render_with_target_and_size_and_time(buffer, pyvvisf.Size(3, 2), 2.0)
    x, y = positions(3, 2)
    assert_shows(buffer, rgba(x, y, 0.25, 1.0))
    for render in (scene.render, scene.render_with_target):
        render(buffer)
        assert of(buffer).shape == (2, 3, 4)
    scene.render_with_target_and_size(buffer, pyvvisf.Size(5, 5))
    assert of(buffer).shape == (5, 5, 4)
    with pytest.raises(ValueError, match="Invalid size"):
        scene.render(pyvvisf.CreateGLBufferRef())
    with pytest.raises(TypeError, match="a target is a GLBuffer"):
        scene.render(None)  # type: ignore[arg-type]


def test_a_scene_without_a_document_says_what_to_do() -> None:
    scene = pyvvisf.CreateISFSceneRef()
    assert scene.doc() is None
    for use in (
        lambda: scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)),
        lambda: scene.set_value_for_input_named(pyvvisf.ISFFloatVal(1), "TIME"),
        lambda: scene.get_value_for_input_named("level"),
        lambda: scene.set_fragment_shader_string("void main() {}"),
    ):
        with pytest.raises(pyvvisf.ShaderRenderingError, match=r"no document .*use_doc"):
            use()
    with pytest.raises(TypeError, match="takes an ISFDoc"):
        scene.use_doc(GRADIENT)  # type: ignore[arg-type]


def test_other_shaders_stand_in_for_the_documents() -> None:
    scene = scene_of(colour("vec4(1.0, 0.0, 0.0, 1.0)"))
    size = pyvvisf.Size(4, 1)
    assert (of(scene.create_and_render_a_buffer(size)) == (255, 0, 0, 255)).all()
    scene.set_fragment_shader_string("void main() { gl_FragColor = vec4(0.0, 1.0, 0.0, 1.0); }")
    assert (of(scene.create_and_render_a_buffer(size)) == (0, 255, 0, 255)).all()
    scene.set_vertex_shader_string("void main() { isf_vertShaderInit(); gl_Position.x *= 0.5; }")
    shown = of(scene.create_and_render_a_buffer(size))[0, :, 1]
    assert shown.tolist() == [0, 255, 255, 0]
    scene.use_doc(pyvvisf.CreateISFDocRefWith(GRADIENT))
    x, y = positions(4, 1)
    assert_shows(scene.create_and_render_a_buffer(size), rgba(x, y, 0.25, 1.0))
    with pytest.raises(TypeError, match="is a str"):
        scene.set_vertex_shader_string(None)  # type: ignore[arg-type]


def test_floats_keep_the_lines_of_messages() -> None:
    text = '/*{\n "INPUTS": [],\n "DESCRIPTION": "x"\n}*/\nvoid main() {\n gl_FragColor = lack;\n}'
    for is_float in (False, True):
        scene = scene_of(text)
        scene.set_always_render_to_float(is_float)
        with pytest.raises(pyvvisf.ShaderCompilationError, match="<source>:6:17: "):
            scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))


def test_sizes_and_times_are_noted() -> None:
    scene = scene_of(GRADIENT)
    assert scene.render_size().is_zero()
    scene.set_ortho_size(pyvvisf.Size(3, 2))
    assert (scene.size().width, scene.ortho_size().height) == (3, 2)
    scene.create_and_render_a_buffer(pyvvisf.Size(8, 4))
    assert (scene.render_size().width, scene.size().height) == (8, 4)
    info = pyvvisf.get_gl_info()
    assert (info["viewport_width"], info["viewport_height"]) == (8, 4)
    assert scene.get_timestamp() >= 0


def test_what_cannot_be_had_is_refused_with_a_reason() -> None:
    scene = scene_of(GRADIENT)
    with pytest.raises(pyvvisf.VVISFError, match="calls nobody back"):
        scene.set_render_callback(print)
    with pytest.raises(pyvvisf.VVISFError, match="copies textures by itself"):
        scene.set_private_copier(object())  # type: ignore[arg-type]
    with pytest.warns(RuntimeWarning, match="always raised"):
        scene.set_throw_exceptions(False)
    assert scene.throw_exceptions()
    scene.set_render_callback(None)
    scene.set_private_copier(None)
    scene.set_persistent_to_iosurface(True)
    assert scene.persistent_to_iosurface()


def test_a_scene_may_live_in_a_context_of_ones_own(context: zcgpu.Context) -> None:
    scene = pyvvisf.CreateISFSceneRefUsing(context)
    scene.use_doc(pyvvisf.CreateISFDocRefWith(GRADIENT))
    buffer = scene.create_and_render_a_buffer(pyvvisf.Size(4, 4))
    assert buffer.frame is not None
    assert buffer.frame.context is scene.context() is context
    assert not pyvvisf.validate_gl_context()
    with pytest.raises(pyvvisf.ShaderRenderingError, match="another context"):
        drawn(FILTER, 4, 4, inputImage=pyvvisf.ISFImageVal(buffer))
    with pytest.raises(TypeError, match=r"zcgpu\.Context"):
        pyvvisf.CreateISFSceneRefUsing(None)  # type: ignore[arg-type]


def test_a_lost_context_is_recovered_by_the_next_frame() -> None:
    scene = scene_of(COUNTER)
    for n in (1, 2):
        assert of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2)))[0, 0, 0] == n
    scene.context().simulate_loss()
    assert not pyvvisf.validate_gl_context()
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2)))[0, 0, 0] == 1
    assert pyvvisf.validate_gl_context()


def test_many_threads_draw_one_scene_and_no_frame_is_lost() -> None:
    scene = scene_of(COUNTER)
    barrier = threading.Barrier(5)
    shown: list[int] = []

    def draw() -> None:
        barrier.wait()
        for _ in range(10):
            shown.append(of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2)))[0, 0, 0])

    threads = [threading.Thread(target=draw) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(shown) == list(range(1, 51))


def test_giving_a_scene_up_is_no_end() -> None:
    scene = scene_of(COUNTER)
    assert np.array_equal(of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))), [[[1] * 4]])
    scene.prepare_to_be_deleted()
    pyvvisf.cleanup_scene_state(scene)
    assert np.array_equal(of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))), [[[1] * 4]])
    assert str(scene) == "ISFScene()"
