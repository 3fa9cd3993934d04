"""What zcgpu says of the machine it runs on."""

import json
from pathlib import Path

import zcgpu

CONTEXT_FIELDS = {
    "dialect": str,
    "version": str,
    "renderer": str,
    "vendor": str,
    "gl_version": str,
    "glsl_version": str,
    "egl_version": str,
    "egl_vendor": str,
    "display": str,
    "borrowed": bool,
    "software": bool,
    "max_size": int,
    "max_images": int,
    "features": dict,
    "imports": list,
}


def test_a_context_describes_itself(each_rung: zcgpu.Context) -> None:
    info = each_rung.info
    node = info.pop("render_node")
    assert {key: type(value) for key, value in info.items()} == CONTEXT_FIELDS
    assert node is None or Path(node).is_char_device()
    assert info["max_size"] >= 2048
    assert info["max_images"] >= 16
    assert info["version"] in repr(each_rung)
    for feature in info["features"].values():
        assert feature["available"] is True or feature["why"]


def test_info_is_the_default_contexts(context: zcgpu.Context) -> None:
    info = zcgpu.info()
    assert set(info) == {"zcgpu", "python", "context", "error", "video"}
    assert info["zcgpu"] == zcgpu.__version__
    assert info["context"] == context.info
    assert info["error"] is None
    assert info["video"]["why"]


def test_doctor_tells_every_display_in_the_order_tried(context: zcgpu.Context) -> None:
    report = zcgpu.doctor()
    assert json.loads(json.dumps(report)) == report
    assert report["error"] is None
    names = [display["display"] for display in report["displays"]]
    assert names[-2:] == ["surfaceless platform", "default display"]
    assert all(name.startswith("EGL device") for name in names[:-2])
    software = ["(software)" in name for name in names[:-2]]
    assert software == sorted(software)
    working = [display for display in report["displays"] if display["works"]]
    assert [display["used"] for display in working] == [True] + [False] * (len(working) - 1)
    assert {**working[0]["context"], "imports": []} == context.info, "it imported nothing yet"
    for display in report["displays"]:
        assert display["works"] or display["why"]


def test_the_census_counts_what_lives() -> None:
    empty = zcgpu.census()
    alive = {"contexts", "scenes", "frames", "mappings", "pools"}
    kinds = alive | {
        "texts",
        "references",
        "leases",
        "audios",
        "renderers",
        "decoders",
        "pipelines",
    }
    kinds |= {"videos", "video_frames", "planes", "dmabufs", "pipelines"}
    assert set(empty) == kinds
    context = zcgpu.Context()
    scene = context.scene("/*{}*/\nvoid main() { gl_FragColor = vec4(1.0); }")
    frame = scene.render(2, 2)
    view = memoryview(frame)
    pool = context.pool()
    counted = {key: zcgpu.census()[key] - empty[key] for key in empty}
    assert counted == dict.fromkeys(kinds, 0) | dict.fromkeys(alive, 1)
    pool.close()
    context.close()
    del frame
    view.release()
    del scene, context, pool
    assert zcgpu.census() == empty


def test_the_header_is_where_get_include_says() -> None:
    assert (Path(zcgpu.get_include()) / "zcgpu.h").is_file()
