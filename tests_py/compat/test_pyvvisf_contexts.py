"""The shared context, and what holds it: references, managers, renderers."""

import warnings
from pathlib import Path
from unittest import mock

import host_gl
import pytest
from compat.pixels import of, scene_of
from compat.run_upstream import main as run_upstream
from sources import COUNTER, GRADIENT, colour, number

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf
from zcgpu.compat.pyvvisf import context

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
LEVEL = colour("vec4(level, 0.0, 0.0, 1.0)", inputs=[number("level", MIN=0, MAX=1)])
NONE_THERE = mock.patch.object(
    context, "Context", mock.Mock(_make=mock.Mock(side_effect=zcgpu.DisplayError("no display")))
)


def test_information_is_had_at_any_time() -> None:
    without = pyvvisf.get_gl_info()
    assert (without["glfw_initialized"], without["context_valid"]) == (False, False)
    assert (without["window_ptr"], without["opengl_version"]) == (0, None)
    assert pyvvisf.initialize_glfw_context() is True
    assert pyvvisf.initialize_glfw_context() is True
    with_one = pyvvisf.get_gl_info()
    assert (with_one["glfw_initialized"], with_one["context_valid"]) == (True, True)
    assert with_one["window_ptr"] != 0
    for key in ("opengl_version", "opengl_vendor", "opengl_renderer"):
        assert with_one[key]
    pyvvisf.cleanup_glfw_context()
    assert pyvvisf.get_gl_info() == without


def test_references_balance_and_are_never_fewer_than_none() -> None:
    assert pyvvisf.initialize_glfw_context()
    for _ in range(2):
        assert pyvvisf.acquire_context_ref() is None  # type: ignore[func-returns-value]
    assert context.references() == 2
    pyvvisf.cleanup_glfw_context()
    for _ in range(2):
        assert pyvvisf.release_context_ref() is None  # type: ignore[func-returns-value]
    with pytest.warns(RuntimeWarning, match=r"without an acquire_context_ref"):
        pyvvisf.release_context_ref()
    assert context.references() == 0
    pyvvisf.acquire_context_ref()
    assert context.references() == 1
    pyvvisf.release_context_ref()


def test_a_cleanup_waits_for_no_reference() -> None:
    pyvvisf.acquire_context_ref()
    scene = scene_of(RED)
    scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
    pyvvisf.cleanup_glfw_context()
    assert not pyvvisf.validate_gl_context()
    pyvvisf.release_context_ref()


def test_a_cleanup_may_come_before_and_twice() -> None:
    for _ in range(2):
        pyvvisf.cleanup_glfw_context()
        pyvvisf.force_cleanup_vvisf_state()
        pyvvisf.reset_global_buffer_pool()
    pyvvisf.cleanup_scene_state(None)
    assert not pyvvisf.validate_gl_context()


def test_reinitialising_makes_a_context_where_there_is_none() -> None:
    assert pyvvisf.reinitialize_glfw_context() is True
    assert pyvvisf.validate_gl_context()


def test_what_needs_a_context_makes_it_again_after_a_cleanup() -> None:
    pyvvisf.reset_gl_context_state()
    assert pyvvisf.validate_gl_context()
    pyvvisf.cleanup_glfw_context()
    assert pyvvisf.ensure_gl_context_current() is True
    pyvvisf.check_gl_errors("an operation")
    with pytest.raises(TypeError, match="operation's name"):
        pyvvisf.check_gl_errors(None)  # type: ignore[arg-type]


def test_errors_are_checked_and_a_lost_context_is_one() -> None:
    scene = scene_of(RED)
    scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
    pyvvisf.check_gl_errors("drawing")
    scene.context().simulate_loss()
    with pytest.raises(RuntimeError, match=r"OpenGL error: .*lost"):
        pyvvisf.check_gl_errors("drawing")


def test_a_pending_error_of_gl_is_told_once_and_names_the_operation() -> None:
    scene = scene_of(RED)
    with scene.context().batch():
        scene.context().make_current()
        host_gl.call("glEnable", 0xDEAD)
        with pytest.raises(RuntimeError, match="my call failed: GL reported GL_INVALID_ENUM"):
            pyvvisf.check_gl_errors("my call")
        pyvvisf.check_gl_errors("my call")


def test_state_that_a_script_changed_is_reset() -> None:
    scissor = 0x0C11
    scene = scene_of(RED)
    with scene.context().batch():
        scene.context().make_current()
        host_gl.call("glEnable", scissor)
        assert host_gl.call("glIsEnabled", scissor) & 0xFF == 1
        pyvvisf.reset_gl_context_state()
        assert host_gl.call("glIsEnabled", scissor) & 0xFF == 0
    assert (of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2)))[..., 0] == 255).all()


def test_no_display_is_false_with_the_reason_as_a_warning_and_an_exception() -> None:
    with NONE_THERE:
        for start in (pyvvisf.initialize_glfw_context, pyvvisf.reinitialize_glfw_context):
            with pytest.warns(RuntimeWarning, match="no display"):
                assert start() is False
        assert pyvvisf.is_vvisf_available() is False
        with pytest.raises(RuntimeError, match="Failed to initialize GLFW context: no display"):
            pyvvisf.CreateISFSceneRef()
        with pytest.raises(RuntimeError, match="no display"):
            pyvvisf.GLContextManager().__enter__()
    assert pyvvisf.initialize_glfw_context() is True


def test_a_manager_has_a_context_within_its_block() -> None:
    with pyvvisf.GLContextManager() as manager:
        assert manager.is_valid()
        assert context.references() == 1
        scene = manager.create_scene(RED)
        assert manager.get_managed_scenes() == [scene]
        assert (of(scene.create_and_render_a_buffer(pyvvisf.Size(2, 2)))[..., 0] == 255).all()
        manager.check_errors("drawing")
        manager.reset_state()
        assert manager.get_info()["context_valid"]
        assert manager.create_scene().doc() is None
    assert not pyvvisf.validate_gl_context()
    with pytest.raises(RuntimeError, match="Context not acquired"):
        manager.create_scene(RED)
    with pytest.raises(RuntimeError, match="Context not acquired"):
        manager.reinitialize()


def test_a_managers_scenes_draw_on_after_reinitialising_with_their_values() -> None:
    with pyvvisf.GLContextManager() as manager:
        scene = manager.create_scene(LEVEL)
        scene.set_value_for_input_named(pyvvisf.ISFFloatVal(0.2), "level")
        for n in range(1, 4):
            (again,) = manager.reinitialize()
            assert manager.get_context_generation() == n
            for kept in (scene, again):
                shown = of(kept.create_and_render_a_buffer(pyvvisf.Size(1, 1)))
                assert shown.tolist() == [[[51, 0, 0, 255]]]
    assert context.references() == 0


def test_managers_nest() -> None:
    with pyvvisf.GLContextManager() as outer:
        scene = outer.create_scene(COUNTER)
        scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))
        for again in (True, False):
            with pyvvisf.GLContextManager(auto_initialize=again) as inner:
                assert inner.is_valid()
        assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)))[0, 0, 0] == 2
    assert not pyvvisf.validate_gl_context()


def test_a_manager_leaves_what_it_is_told_to_leave() -> None:
    with pytest.raises(RuntimeError, match="auto_initialize is off"):
        pyvvisf.GLContextManager(auto_initialize=False).__enter__()
    with pyvvisf.GLContextManager(auto_initialize=False, validate_on_enter=False) as manager:
        assert not manager.is_valid()
    with pyvvisf.GLContextManager(auto_cleanup=False):
        pass
    assert pyvvisf.validate_gl_context()
    assert context.references() == 0


def test_an_exception_in_a_block_passes_and_all_is_cleaned_up() -> None:
    def fail() -> None:
        with pyvvisf.GLContextManager() as manager:
            manager.create_scene(RED)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (context.references(), pyvvisf.validate_gl_context()) == (0, False)


def test_a_renderer_draws_what_its_inputs_say() -> None:
    start = {"level": pyvvisf.ISFFloatVal(0.2)}
    with pyvvisf.ISFRenderer(LEVEL, initial_inputs=start) as renderer:
        assert renderer.is_valid()
        assert renderer.render_to_pil_image(2, 1).getpixel((1, 0)) == (51, 0, 0, 255)
        renderer.set_inputs({"level": pyvvisf.ISFFloatVal(0.4)})
        buffer = renderer.render_to_buffer(3, 2)
        assert (buffer.size.width, buffer.size.height) == (3, 2)
        assert (of(buffer) == (102, 0, 0, 255)).all()
        assert list(renderer.get_current_inputs()) == ["level"]
        info = renderer.get_shader_info()
        assert info is not None
        assert info["inputs"] == ["level"]
        renderer.check_errors("drawing")
    assert (renderer.is_valid(), renderer.get_shader_info()) == (False, None)
    assert (context.references(), pyvvisf.validate_gl_context()) == (0, False)


def test_the_first_frame_of_a_renderer_is_the_first() -> None:
    with pyvvisf.ISFRenderer(COUNTER) as renderer:
        assert of(renderer.render_to_buffer(1, 1))[0, 0, 0] == 1


def test_renderers_do_not_end_each_others_context() -> None:
    with pyvvisf.ISFRenderer(COUNTER) as one:
        kept = one.render_to_buffer(1, 1)
        with pyvvisf.ISFRenderer(RED) as other:
            assert (of(other.render_to_buffer(1, 1))[..., 0] == 255).all()
        assert of(one.render_to_buffer(1, 1))[0, 0, 0] == 2
        assert of(kept)[0, 0, 0] == 1


def test_a_renderer_outside_of_its_block_says_so() -> None:
    renderer = pyvvisf.ISFRenderer(RED)
    renderer.check_errors()
    for use in (
        lambda: renderer.render_to_buffer(1, 1),
        lambda: renderer.render_to_pil_image(1, 1),
        lambda: renderer.set_input("a", pyvvisf.ISFFloatVal(1)),
        lambda: renderer.set_inputs({}),
    ):
        with pytest.raises(pyvvisf.ShaderRenderingError, match="No shader loaded"):
            use()
    renderer.close()
    renderer.close()


def test_a_renderers_errors_say_what_was_wanted_and_leave_nothing() -> None:
    for text, error in (
        ("void main() {}", pyvvisf.ISFParseError),
        (colour("lack"), pyvvisf.ShaderCompilationError),
    ):
        with pytest.raises(error), pyvvisf.ISFRenderer(text):
            pass
        assert (context.references(), pyvvisf.validate_gl_context()) == (0, False)
    with pytest.raises(pyvvisf.ShaderRenderingError, match="Failed to set input 'level'"):
        pyvvisf.ISFRenderer(LEVEL, initial_inputs={"level": pyvvisf.ISFFloatVal(2.0)}).__enter__()
    assert (context.references(), pyvvisf.validate_gl_context()) == (0, False)
    with pyvvisf.ISFRenderer(GRADIENT) as renderer:
        with pytest.raises(pyvvisf.ShaderRenderingError, match="Failed to render to buffer"):
            renderer.render_to_buffer(0, 1)
        with pytest.raises(pyvvisf.ShaderRenderingError, match="Failed to render to PIL image"):
            renderer.render_to_pil_image(20000, 1)


UPSTREAM = """
import pytest

def test_import():
    try:
        import {module}
    except ImportError as e:
        pytest.skip(f"not available: {{e}}")

def test_crash():
    pytest.skip("Disabled due to segmentation fault")
    import pyvvisf
    assert pyvvisf.Size(2, 3).width == {width}
"""
EXAMPLE = "import pyvvisf; assert __name__ == '__main__' and pyvvisf.ISFLongVal({value}), 'zero'"


@pytest.mark.parametrize(
    ("module", "width", "value", "status", "told"),
    [
        (
            "pyvvisf",
            2,
            1,
            0,
            ["passed  examples.one", "2 skips removed: 2 passed, 0 assert bugs; 1 examples ran; 0"],
        ),
        (
            "no_such_module",
            7,
            "'x'",
            1,
            [
                "failure examples.one",
                "failure test_x.test_crash  AssertionError: assert 2.0 == 7",
                "failure test_x.test_import  Failed: not available",
                "2 skips removed: 0 passed, 0 assert bugs; 1 examples ran; 3",
            ],
        ),
    ],
)
def test_the_runner_of_pyvvisfs_tests_leaves_no_skip_and_tells_failures(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    module: str,
    width: int,
    value: object,
    status: int,
    told: list[str],
) -> None:
    for folder, name, text in (
        ("tests", "test_x.py", UPSTREAM.format(module=module, width=width)),
        ("examples", "one.py", EXAMPLE.format(value=value)),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    assert run_upstream([str(tmp_path)]) == status
    out = capsys.readouterr().out
    assert [line for line in told if line not in out] == []


def test_the_import_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pyvvisf.__version__ == "0.2.1"
