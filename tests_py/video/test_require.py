"""zero_copy= and frame.dmabuf() where no memory can be imported or handed out."""

from typing import Any

import pytest
from children import output_of
from va import zcsw
from video import media

import zcgpu


@pytest.fixture
def opened(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Opens a video by the driver on the X display, whose surfaces are no DMA-BUFs."""
    for variable, value in zcsw.environment().items():
        monkeypatch.setenv(variable, value)

    def opened(**options: Any) -> zcgpu.Video:
        options = {"backend": "vaapi", "device": server, **options}
        return zcgpu.open_video(media.file("vp9.webm"), **options)

    return opened


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"zero_copy": "require"}, zcgpu.InvalidArgumentError, "wants the context that frames"),
        ({"zero_copy": "yes"}, zcgpu.InvalidArgumentError, "one of 'auto', 'require', 'off', not"),
        ({"zero_copy": True}, zcgpu.InvalidArgumentError, "not True"),
        (
            {"zero_copy": "require", "backend": "software"},
            zcgpu.InvalidArgumentError,
            'backend="software" is the CPU',
        ),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for_is_refused(
    options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        zcgpu.open_video(media.file("vp9.webm"), **options)


def test_required_without_a_device_to_decode_is_an_error_with_the_reason(
    context: zcgpu.Context,
) -> None:
    with pytest.raises(zcgpu.DmabufError, match=r"software decoding: .*(render node|import)"):
        zcgpu.open_video(media.file("vp9.webm"), context=context, zero_copy="require")


def test_required_where_the_context_imports_nothing_names_what_is_missing(
    opened: Any, context: zcgpu.Context
) -> None:
    with pytest.raises(zcgpu.DmabufError, match=r"no capability: .*EGL_EXT_image_dma_buf_import"):
        opened(context=context, zero_copy="require")


def test_off_is_told(opened: Any, context: zcgpu.Context) -> None:
    with opened(context=context, zero_copy="off") as video:
        video[0].rgb().close()
        video[0].texture(0).close()
        stats = video.stats()
        assert (stats["zero_copy"]["mode"], stats["zero_copy"]["reason"]) == ("off", "forced")
        assert stats["plane_textures"]["uploaded"] == 1
        assert 'since forced: zero_copy="off"' in video.explain()


def test_planes_are_uploaded_where_nothing_can_be_imported_and_it_is_told(
    opened: Any, context: zcgpu.Context
) -> None:
    with opened(context=context) as video:
        video[0].texture(1).close()
        told = video.stats()["plane_textures"]
        assert (told["drawn"], told["uploaded"]) == (0, 1)
        assert "EGL_EXT_image_dma_buf_import" in told["reason"]


def test_a_frame_of_the_cpus_hands_out_no_memory_and_says_so() -> None:
    with (
        zcgpu.open_video(media.file("h264.mp4")) as video,
        pytest.raises(zcgpu.DmabufError, match="decoded on the CPU"),
    ):
        video[0].dmabuf()


def test_memory_that_is_no_dmabuf_is_not_handed_out(opened: Any) -> None:
    with opened() as video, pytest.raises(zcgpu.DmabufError, match="is no DMA-BUF"):
        video[0].dmabuf()


def test_a_frame_that_was_moved_to_memory_hands_out_nothing(opened: Any) -> None:
    with opened(lease_budget=1) as video:
        frame = video[0]
        video[1].close()
        with pytest.raises(zcgpu.DmabufError, match="to make room for others"):
            frame.dmabuf()
        frame.close()
        with pytest.raises(zcgpu.ClosedError):
            frame.dmabuf()


def test_a_child_of_a_fork_hands_out_nothing() -> None:
    program = f"""
import os, zcgpu
video = zcgpu.open_video({str(media.file("h264.mp4"))!r})
frame = video[0]
child = os.fork()
if not child:
    try:
        frame.dmabuf()
    except zcgpu.ForkError:
        os._exit(0)
    os._exit(1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
video.close()
"""
    assert output_of(program) == "0\n"
