"""A headless Chromium, asked over its DevTools protocol through a pair of pipes."""

import base64
import fcntl
import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from PIL import Image

COMMAND = (
    "chromium",
    "--headless=new",
    "--no-sandbox",  # which it cannot have as root; it sees our own pages alone
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-gpu",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    "--window-size=1200,900",
)
FIRST_FREE = 10
"""Chromium reads file 3 and writes file 4: ours lie above, so that none is in the way."""


class Chromium:
    """A browser with one tab. ``events`` are all that it told of its own accord."""

    def __init__(self, process: subprocess.Popen[bytes], orders: int, answers: int) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []
        self._orders = orders
        self._answers = os.fdopen(answers, "rb")
        self._count = 0
        self._rest = b""
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    @classmethod
    @contextmanager
    def started(cls, profile: Path) -> Iterator[Self]:
        """A browser for the length of a block."""
        theirs_in, orders = os.pipe()
        answers, theirs_out = os.pipe()
        moved = [fcntl.fcntl(fd, fcntl.F_DUPFD, FIRST_FREE) for fd in (theirs_in, theirs_out)]

        def arrange() -> None:
            os.dup2(moved[0], 3)
            os.dup2(moved[1], 4)

        process = subprocess.Popen(
            [*COMMAND, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(profile)},
            pass_fds=(3, 4),
            preexec_fn=arrange,
        )
        for fd in (theirs_in, theirs_out, *moved):
            os.close(fd)
        try:
            yield cls(process, orders, answers)
        finally:
            os.close(orders)  # the browser goes with its pipe
            process.wait()

    def call(self, method: str, **parameters: Any) -> Any:
        """Ask for something, and wait for the answer."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._orders, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._count:
            self.events.append(answer)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def wait_for(self, event: str) -> None:
        """Wait until the browser has told of an event, from now on."""
        while True:
            answer = self._next()
            self.events.append(answer)
            if answer.get("method") == event:
                return

    def open(self, page: Path) -> None:
        """Load a page, and forget the events before."""
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        if not self.told("Page.loadEventFired"):
            self.wait_for("Page.loadEventFired")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, when it is known."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def told(self, method: str) -> list[dict[str, Any]]:
        """The events of a kind, since the page was opened."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def point_at(self, selector: str) -> None:
        """Put the mouse on the middle of an element."""
        box = self._box(selector)
        self.call(
            "Input.dispatchMouseEvent",
            type="mouseMoved",
            x=box["x"] + box["width"] / 2,
            y=box["y"] + box["height"] / 2,
        )

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        text = {"text": key} if len(key) == 1 else {}
        codes = {"Enter": 13, "Tab": 9, "Escape": 27}
        code = {"windowsVirtualKeyCode": codes[key]} if key in codes else {}
        if key == "Enter":
            text = {"text": "\r"}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text, **code)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, **code)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def picture(self, selector: str) -> Image.Image:
        """What an element looks like."""
        clip = {**self._box(selector), "scale": 1}
        clip["y"] += self.evaluate("window.scrollY")
        shot = self.call("Page.captureScreenshot", format="png", clip=clip)
        return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")

    def _box(self, selector: str) -> dict[str, float]:
        box: dict[str, float] = self.evaluate(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)});"
            "it.scrollIntoView({block: 'center'}); const b = it.getBoundingClientRect();"
            "return {x: b.x, y: b.y, width: b.width, height: b.height}; })()"
        )
        return box

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._answers.read1(1 << 20)
            assert more, f"Chromium ended with {self.process.wait()}"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
