"""``zcgpu info`` and ``zcgpu doctor``: what this machine offers."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    info = commands.add_parser("info", help="the driver that is used, and what it can do")
    info.set_defaults(run=run_info)
    doctor = commands.add_parser("doctor", help="every display tried, and why some do not work")
    doctor.set_defaults(run=run_doctor)
    for command in (info, doctor):
        command.add_argument("--json", action="store_true", help="a JSON object")


def run_info(options: argparse.Namespace) -> int:
    """Show what a context is here. 1 where none can be made."""
    from ..machine import info

    report = info()
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        _print_info(report)
    return 0 if report["context"] else 1


def run_doctor(options: argparse.Namespace) -> int:
    """Show every display. 1 where none works."""
    from ..machine import doctor

    report = doctor()
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        _print_doctor(report)
    return 0 if any(display["works"] for display in report["displays"]) else 1


def _print_info(report: dict[str, Any]) -> None:
    _row("zcgpu", report["zcgpu"])
    _row("Python", report["python"])
    context = report["context"]
    if context is None:
        _row("context", "none: " + report["error"])
    else:
        _row("GL", f"{context['version']} ({context['gl_version']})")
        _row("GLSL", context["glsl_version"])
        _row("renderer", context["renderer"] + (" (software)" if context["software"] else ""))
        _row("vendor", context["vendor"])
        _row("EGL", f"{context['egl_version']}, {context['egl_vendor']}, {context['display']}")
        _row("limits", f"{context['max_size']} pixels a side, {context['max_images']} images")
        for name, feature in context["features"].items():
            _feature(name, feature)
    _feature("video", report["video"])


def _print_doctor(report: dict[str, Any]) -> None:
    _row("EGL library", report["egl_library"])
    if report["error"]:
        _row("problem", report["error"])
    for display in report["displays"]:
        if display["works"]:
            context = display["context"]
            used = "  <- used" if display["used"] else ""
            _row(display["display"], f"{context['version']} on {context['renderer']}{used}")
        else:
            _row(display["display"], "no: " + display["why"])


def _feature(name: str, feature: dict[str, Any]) -> None:
    _row(name, "yes" if feature["available"] else "no: " + feature["why"])


def _row(name: str, value: str) -> None:
    print(f"{name:29} {value}")
