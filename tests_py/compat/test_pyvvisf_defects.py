"""What pyvvisf 0.2.1 did wrong, done right. Each test's name is what now holds."""

import threading
from pathlib import Path

import pytest
from children import output_of, python
from compat.pixels import assert_shows, drawn, of, scene_of
from expected import assert_shows as assert_frame_shows
from expected import noise, positions, rgba
from PIL import Image
from sources import COUNTER, FILTER, GRADIENT, colour, number, shader

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf
from zcgpu.compat.pyvvisf import context

START = """
import sys, os, threading
import zcgpu, zcgpu.compat.pyvvisf as pyvvisf
def scene_of(body):
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_doc(pyvvisf.CreateISFDocRefWith("/*{}*/\\nvoid main() { " + body + " }"))
    return scene
"""


def test_drawing_keeps_no_reference() -> None:
    scene = scene_of(GRADIENT)
    for _ in range(20):
        scene.create_and_render_a_buffer(pyvvisf.Size(4, 4)).to_pil_image()
    pyvvisf.GLBufferPool().create_buffer(pyvvisf.Size(4, 4))
    assert context.references() == 0


def test_a_kept_scene_draws_after_reinitialising_and_its_feedback_starts_anew() -> None:
    scene = scene_of(COUNTER)
    for _ in range(3):
        for n in range(1, 4):
            assert of(scene.create_and_render_a_buffer(pyvvisf.Size(4, 4)))[0, 0, 0] == n
        assert pyvvisf.reinitialize_glfw_context()


def test_a_kept_scene_draws_after_a_cleanup_with_its_values() -> None:
    text = colour("vec4(level, 0.0, 0.0, 1.0)", inputs=[number("level")])
    scene = scene_of(text, level=pyvvisf.ISFFloatVal(0.2))
    for _ in range(3):
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
        assert (of(buffer) == (51, 0, 0, 255)).all()
        pyvvisf.cleanup_glfw_context()
        assert not pyvvisf.validate_gl_context()


def test_a_buffer_kept_across_reinitialising_says_so_and_shows_no_other_picture() -> None:
    old = drawn(colour("vec4(1.0, 0.0, 0.0, 1.0)"), 8, 8)
    pyvvisf.reinitialize_glfw_context()
    kept = [drawn(colour("vec4(0.0, 1.0, 0.0, 1.0)"), 8, 8) for _ in range(4)]
    with pytest.raises(pyvvisf.ShaderRenderingError, match=r"generation 1 .* is in generation 2"):
        old.to_pil_image()
    with pytest.raises(pyvvisf.ShaderRenderingError, match="generation 1"):
        drawn(FILTER, 8, 8, inputImage=pyvvisf.ISFImageVal(old))
    assert all((of(buffer) == (0, 255, 0, 255)).all() for buffer in kept)


def test_a_buffer_kept_across_a_cleanup_says_what_to_do() -> None:
    old = drawn(GRADIENT, 8, 8)
    pyvvisf.cleanup_glfw_context()
    for use in (old.to_pil_image, lambda: drawn(FILTER, 8, 8, inputImage=pyvvisf.ISFImageVal(old))):
        with pytest.raises(pyvvisf.ShaderRenderingError, match="buffers of before have to be made"):
            use()


def test_a_filter_shows_its_picture() -> None:
    picture = noise(6, 10)
    scene = scene_of(FILTER)
    scene.set_filter_input_buffer(pyvvisf.GLBuffer.from_pil_image(Image.fromarray(picture)))
    assert (of(scene.create_and_render_a_buffer(pyvvisf.Size(10, 6))) == picture).all()


def test_a_filter_shows_the_frame_of_another_scene() -> None:
    x, y = positions(20, 10)
    scene = scene_of(FILTER)
    scene.set_buffer_for_input_image_key(drawn(GRADIENT, 20, 10), "inputImage")
    assert_shows(scene.create_and_render_a_buffer(pyvvisf.Size(20, 10)), rgba(x, y, 0.25, 1.0))


def test_pictures_are_upright() -> None:
    x, y = positions(8, 4)
    assert_shows(drawn(GRADIENT, 8, 4), rgba(x, y, 0.25, 1.0))
    picture = noise(4, 8)
    assert (of(pyvvisf.GLBuffer.from_pil_image(Image.fromarray(picture))) == picture).all()


def test_a_value_of_the_wrong_type_is_told_and_changes_nothing() -> None:
    text = colour("vec4(level, 0.0, 0.0, 1.0)", inputs=[number("level")])
    scene = scene_of(text, level=pyvvisf.ISFFloatVal(0.2))
    for value in (pyvvisf.ISFColorVal(1, 1, 1, 1), pyvvisf.ISFLongVal(1), 0.5, None):
        with pytest.raises(pyvvisf.ShaderRenderingError, match=r"'level'.*Float"):
            scene.set_value_for_input_named(value, "level")  # type: ignore[arg-type]
    assert (of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))) == (51, 0, 0, 255)).all()


def test_a_value_for_an_input_that_there_is_not_is_told() -> None:
    scene = scene_of(colour("vec4(level)", inputs=[number("level")]))
    with pytest.raises(pyvvisf.ShaderRenderingError, match=r"no input 'levle'.*are level"):
        scene.set_value_for_input_named(pyvvisf.ISFFloatVal(1.0), "levle")
    with pytest.raises(pyvvisf.ShaderRenderingError, match="no input 'inputImage'"):
        scene.set_filter_input_buffer(None)
    with pytest.raises(pyvvisf.ShaderRenderingError, match="has no inputs"):
        scene_of(colour("vec4(1.0)")).set_value_for_input_named(pyvvisf.ISFFloatVal(1.0), "a")


def test_what_each_frame_sets_by_itself_is_a_warning_not_silence() -> None:
    scene = scene_of(colour("vec4(TIME / 8.0, RENDERSIZE.x / 255.0, 0.0, 1.0)"))
    for name in ("TIME", "RENDERSIZE.x"):
        with pytest.warns(RuntimeWarning, match=f"^{name} is no input"):
            scene.set_value_for_input_named(pyvvisf.ISFFloatVal(3.0), name)
    buffer = scene.create_and_render_a_buffer(pyvvisf.Size(51, 1), render_time=8 / 5)
    assert (of(buffer) == (51, 51, 0, 255)).all()


def test_a_number_outside_of_what_the_header_declares_is_told() -> None:
    level = number("level", MIN=0, MAX=1)
    scene = scene_of(colour("vec4(level)", inputs=[level]), level=pyvvisf.ISFFloatVal(2.0))
    with pytest.raises(pyvvisf.ShaderRenderingError, match=r"'level' .* 2\.0 is outside"):
        scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))
    scene.set_value_for_input_named(pyvvisf.ISFFloatVal(1.0), "level")
    scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))
    with pytest.raises(pyvvisf.ShaderRenderingError, match=r"'level' .* -1\.0 is outside"):
        scene.set_value_for_input_named(pyvvisf.ISFFloatVal(-1.0), "level")
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)))[0, 0, 0] == 255


def test_a_compilers_complaint_is_in_the_exception_with_its_line() -> None:
    scene = scene_of("/*{}*/\nvoid main() {\n  gl_FragColor = vec4(lack);\n}")
    with pytest.raises(pyvvisf.ShaderCompilationError, match=r"<source>:3:\d+: .*lack") as caught:
        scene.create_and_render_a_buffer(pyvvisf.Size(4, 4))
    assert str(caught.value).startswith("Shader compilation failed: ")
    assert caught.value.get_shader_type() == "fragment"
    assert "lack" in caught.value.get_details()
    assert isinstance(caught.value.__cause__, zcgpu.ShaderError)


def test_nothing_is_chattered() -> None:
    program = (
        START
        + """
scene = scene_of("gl_FragColor = vec4(1.0);")
for _ in range(3):
    scene.create_and_render_a_buffer(pyvvisf.Size(8, 8)).to_pil_image()
    pyvvisf.reinitialize_glfw_context()
pool = pyvvisf.GLBufferPool()
pool.create_buffer(pyvvisf.Size(8, 8))
pool.force_cleanup()
try:
    scene_of("nonsense").create_and_render_a_buffer(pyvvisf.Size(8, 8))
except pyvvisf.ShaderCompilationError:
    print("refused")
"""
    )
    assert output_of(program) == "refused\n"


def test_an_import_makes_no_context_and_opens_no_driver() -> None:
    program = (
        START
        + """
pyvvisf.CreateISFDocRefWith("/*{}*/\\nvoid main() {}")
pyvvisf.get_gl_info(), pyvvisf.validate_gl_context(), pyvvisf.check_gl_errors("x")
with open("/proc/self/maps") as maps:
    print(zcgpu.census()["contexts"], "EGL" in maps.read(), pyvvisf.get_gl_info()["window_ptr"])
"""
    )
    assert output_of(program) == "0 False 0\n"


def test_zcgpu_itself_knows_nothing_of_the_layer() -> None:
    program = """
        import sys, zcgpu
        with zcgpu.Context() as context:
            context.scene("/*{}*/ void main() { gl_FragColor = vec4(1.0); }").render(2, 2).to_pil()
        zcgpu.describe("/*{}*/"), zcgpu.render
        print([name for name in sys.modules if name.startswith("zcgpu.compat")])
    """
    assert output_of(program) == "[]\n"


def test_a_program_may_end_without_a_cleanup() -> None:
    program = (
        START
        + """
scene = scene_of("gl_FragColor = vec4(1.0);")
buffer = scene.create_and_render_a_buffer(pyvvisf.Size(8, 8))
manager = pyvvisf.GLContextManager().__enter__()
renderer = pyvvisf.ISFRenderer("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }").__enter__()
"""
    )
    assert output_of(program) == ""


def test_a_forked_child_draws_on_in_a_context_of_its_own() -> None:
    program = (
        START
        + """
scene = scene_of("gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0);")
buffer = scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
def show():
    image = scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)).to_pil_image()
    return image.getpixel((0, 0))
print(show(), flush=True)
if os.fork() == 0:
    code = 1
    try:
        assert not pyvvisf.validate_gl_context()
        assert show() == (255, 0, 0, 255)
        try:
            buffer.to_pil_image()
        except pyvvisf.ShaderRenderingError as error:
            code = 7 if "fork" in str(error) else 2
    finally:
        os._exit(code)
print(os.waitstatus_to_exitcode(os.wait()[1]), show())
"""
    )
    assert output_of(program) == "(255, 0, 0, 255)\n7 (255, 0, 0, 255)\n"


@pytest.mark.parametrize("lock", ["_shared.lock", "scene._program._lock"])
def test_a_fork_while_another_thread_holds_a_lock_leaves_none_behind(lock: str) -> None:
    program = (
        START
        + f"""
from zcgpu.compat.pyvvisf.context import _shared
scene = scene_of("gl_FragColor = vec4(1.0);")
held, done = threading.Event(), threading.Event()
def hold():
    with {lock}:
        held.set()
        done.wait()
thread = threading.Thread(target=hold)
thread.start()
held.wait()
child = os.fork()
if child == 0:
    image = scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)).to_pil_image()
    os._exit(7 if image.getpixel((0, 0)) == (255, 255, 255, 255) else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
done.set()
thread.join()
"""
    )
    assert output_of(program) == "7\n"


def test_drawing_while_another_thread_reinitialises_is_right_or_an_exception() -> None:
    done = threading.Event()
    wrong: list[object] = []

    def draw(red: int) -> None:
        scene = scene_of(colour(f"vec4({red}.0 / 255.0, 0.0, 0.0, 1.0)"))
        count = 0
        while not (done.is_set() and count):
            try:
                buffer = scene.create_and_render_a_buffer(pyvvisf.Size(4, 4))
                if not (of(buffer) == (red, 0, 0, 255)).all():
                    wrong.append(red)
                count += 1
            except pyvvisf.ShaderRenderingError:
                continue
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=draw, args=(10 * n,)) for n in range(1, 5)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        assert pyvvisf.reinitialize_glfw_context()
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_pass_of_an_absurd_size_is_an_exception() -> None:
    text = shader(
        "gl_FragColor = IMG_THIS_PIXEL(big);", passes=[{"TARGET": "big", "WIDTH": "1e9"}, {}]
    )
    scene = scene_of(text)
    with pytest.raises(ValueError, match="big"):
        scene.create_and_render_a_buffer(pyvvisf.Size(4, 4))


def test_inputs_of_a_type_are_those_of_that_type() -> None:
    inputs = [number("a"), {"NAME": "b", "TYPE": "bool"}, {"NAME": "c", "TYPE": "color"}]
    doc = pyvvisf.CreateISFDocRefWith(colour("vec4(a)", inputs=inputs))
    for type, names in (
        (pyvvisf.ISFValType_Float, ["a"]),
        (pyvvisf.ISFValType_Bool, ["b"]),
        (pyvvisf.ISFValType_Event, []),
        (pyvvisf.ISFValType_None, []),
    ):
        assert [attr.name() for attr in doc.inputs_of_type(type)] == names


def test_a_buffers_picture_is_a_frame_of_zcgpu() -> None:
    x, y = positions(8, 4)
    frame = drawn(GRADIENT, 8, 4).frame
    assert frame is not None
    assert_frame_shows(frame, rgba(x, y, 0.25, 1.0))
    assert pyvvisf.CreateGLBufferRef().frame is None


@pytest.mark.parametrize("seed", ["1", "2"])
def test_threads_that_do_anything_in_any_order_get_right_pixels_or_an_exception(seed: str) -> None:
    program = (Path(__file__).parent / "disorder.py").read_text("utf-8")
    done = python(program, seed)
    assert (done.returncode, done.stdout) == (0, "right\n"), done.stderr
