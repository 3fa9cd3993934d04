"""The forms in which Shadertoy's shaders come as JSON, as the one that zcgpu.h describes."""

from __future__ import annotations

import os
from typing import Any

from ._source import read as read_file
from .errors import HeaderError

LETTERS = "ABCD"

_KEYS = ("image", "buffer_a", "buffer_b", "buffer_c", "buffer_d", "common", "channels")
_FILES = (".glsl", ".frag", ".fs", ".txt")
_WORDS = ("name", "description", "credit", "tags")

#: What an input that shows a kind of channel is called, and its type.
_KINDS = {
    "texture": ("picture", "image"),
    "image": ("picture", "image"),
    "video": ("video", "image"),
    "webcam": ("video", "image"),
    "keyboard": ("keyboard", "image"),
    "music": ("sound", "image"),
    "musicstream": ("sound", "image"),
    "mic": ("sound", "image"),
    "cubemap": ("sky", "cube"),
}

_NOTES = {
    "keyboard": "{} is an image input, black until it is set: Shadertoy's keyboard is a picture of "
    "256 x 3 pixels, a column a key",
    "sound": "{} is an image input, black until it is set: Shadertoy's sound is a picture of "
    "512 x 2 pixels, spectrum below and waveform above",
}


class ShadertoyDocument:
    """A shader as it is read: passes, and what their channels show."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._passes: dict[str, dict[str, Any]] = {}
        self._inputs: dict[Any, dict[str, Any]] = {}
        self._rest: dict[str, Any] = {}
        self._notes: list[str] = []

    @classmethod
    def of_code(cls, code: str) -> ShadertoyDocument:
        """One text alone."""
        document = cls(None)
        document._passes[""] = {"CODE": code}
        return document

    @classmethod
    def of_json(cls, value: Any, path: str | None) -> ShadertoyDocument:
        """Any of the forms.

        Raises:
            HeaderError: it is none.
        """
        document = cls(path)
        if isinstance(value, list):
            if len(value) != 1:
                raise document.refusal(f"a list of {len(value)} shaders; convert one at a time")
            value = value[0]
        value = document._object(value, "a shader")
        if "Error" in value:
            raise document.refusal(f"Shadertoy says: {value['Error']!s:.200}")
        if "Shader" in value:
            value = document._object(value["Shader"], "Shader")
        if "renderpass" in value:
            document._take_api(value)
        elif "image" in value:
            document._take_own(value)
        else:
            raise document.refusal("neither Shadertoy's JSON (renderpass) nor ours (image)")
        return document

    def block(self) -> dict[str, Any]:
        """What zcg_source_convert_shadertoy takes."""
        order = [letter for letter in (*LETTERS, "") if letter in self._passes]
        places = {letter: place for place, letter in enumerate(order)}
        passes = []
        for letter in order:
            one = dict(self._passes[letter])
            if letter:
                one["LETTER"] = letter
            channels = []
            for channel in one.get("CHANNELS", ()):
                if "BUFFER" in channel:
                    buffer = channel["BUFFER"]
                    if buffer not in places:
                        raise self.refusal(f"a channel shows buffer {buffer}, which is not there")
                    channel = {"CHANNEL": channel["CHANNEL"], "PASS": places[buffer]}
                channels.append(channel)
            one["CHANNELS"] = channels
            passes.append(one)
        inputs = list(self._inputs.values())
        return {**self._rest, "NOTES": self._notes, "INPUTS": inputs, "PASSES": passes}

    def refusal(self, message: str) -> HeaderError:
        """The exception."""
        return HeaderError(f"{self._path or '<source>'}: error: {message}")

    def _take_own(self, value: dict[str, Any]) -> None:
        for key in value:
            if key not in _KEYS and key not in _WORDS:
                raise self.refusal(f"{key!r:.60} is none of {', '.join(_KEYS + _WORDS)}")
        self._describe(value.get("name"), value.get("credit"), value.get("description"), value)
        shown = self._object(value.get("channels") or {}, "channels")
        for key in shown:
            if key not in _KEYS[:5] or key not in value:
                raise self.refusal(f"channels: there is no pass {key!r:.60}")
        for key in _KEYS[:5]:
            if key in value:
                letter = key[-1].upper() if key != "image" else ""
                self._passes[letter] = {
                    "CODE": self._code(value[key], key),
                    "CHANNELS": self._own_channels(shown.get(key) or {}),
                }
        if value.get("common"):
            self._rest["COMMON"] = self._code(value["common"], "common")

    def _own_channels(self, shown: Any) -> list[dict[str, Any]]:
        if isinstance(shown, list):
            shown = dict(enumerate(shown))
        found = []
        for number, what in self._object(shown, "the channels of a pass").items():
            if what is None:
                continue
            if isinstance(what, str):
                kind = "buffer" if what in _KEYS[1:5] else "keyboard" if what == "keyboard" else ""
                what = {"type": kind or "texture", "name": what}
            what = self._object(what, "a channel")
            name = what.get("name")
            if name is not None and not isinstance(name, str):
                raise self.refusal("the name of a channel is a string")
            kind = what.get("type", "texture")
            if kind == "buffer":
                if name not in _KEYS[1:5]:
                    raise self.refusal(f"{name!r:.60} is no buffer: buffer_a to buffer_d are")
                found.append({"CHANNEL": self._number(number), "BUFFER": name[-1].upper()})
            else:
                found.append(self._input(number, kind, name, (kind, name), what))
        return found

    def _code(self, value: Any, what: str) -> str:
        """GLSL, or the path of a file with it, beside the JSON."""
        if not isinstance(value, str):
            raise self.refusal(f"{what} is GLSL, or a path of a file with it")
        if "\n" in value or not value.endswith(_FILES):
            return value
        folder = os.path.realpath(os.path.dirname(self._path or ""))
        path = os.path.realpath(os.path.join(folder, value))
        if os.path.commonpath([folder, path]) != folder:
            raise self.refusal(f"{what}: {value!r:.200} lies outside the folder of the JSON")
        return read_file(path, None)[0].decode("utf-8", "replace")

    def _take_api(self, value: dict[str, Any]) -> None:
        info = self._object(value.get("info") or {}, "info")
        author = info.get("username")
        credit = f"{info.get('name') or 'a shader'} by {author}" if author else None
        if credit and isinstance(info.get("id"), str) and info["id"].isalnum():
            credit += f", https://www.shadertoy.com/view/{info['id']}"
        self._describe(info.get("name"), credit, info.get("description"), info)
        passes = [self._object(one, "a pass") for one in self._list(value["renderpass"])]
        letters: dict[str, str] = {}
        for one in passes:
            if one.get("type") == "buffer":
                letter = self._letter(one, set(letters.values()))
                for output in self._list(one.get("outputs") or []):
                    letters[str(self._object(output, "an output").get("id"))] = letter
                one["letter"] = letter
        for one in passes:
            self._take_pass(one, letters)
        if "" not in self._passes:
            raise self.refusal("there is no pass of type image")

    def _letter(self, one: dict[str, Any], taken: set[str]) -> str:
        """Of Buffer C, C."""
        letter = str(one.get("name") or "").strip()[-1:].upper()
        free = [free for free in LETTERS if free not in taken]
        if not free:
            raise self.refusal("more than four buffers")
        return letter if letter in free else free[0]

    def _take_pass(self, one: dict[str, Any], letters: dict[str, str]) -> None:
        kind = one.get("type")
        code = one.get("code")
        if not isinstance(code, str):
            raise self.refusal(f"the pass {one.get('name')!r:.60} has no code")
        if kind in ("image", "buffer"):
            letter = one["letter"] if kind == "buffer" else ""
            channels = [
                self._api_channel(self._object(shown, "an input"), letters)
                for shown in self._list(one.get("inputs") or [])
            ]
            self._passes[letter] = {"CODE": code, "CHANNELS": [c for c in channels if c]}
        elif kind == "common":
            self._rest["COMMON"] = code
        elif kind == "sound":
            self._note("the sound that the shader makes is left out")
        elif kind == "cubemap":
            self._note("the cube that a pass draws is left out: ISF draws into no cubes")
        else:
            raise self.refusal(f"there is no kind of pass {kind!r:.60}")

    def _api_channel(self, shown: dict[str, Any], letters: dict[str, str]) -> dict[str, Any] | None:
        kind = shown.get("ctype") or shown.get("type")
        file = str(shown.get("src") or shown.get("filepath") or "")
        number = shown.get("channel")
        if kind is None:
            return None
        if kind != "buffer":
            key = file or shown.get("id")
            label = os.path.basename(file)
            sampler = shown.get("sampler")
            sampler = sampler if isinstance(sampler, dict) else {}
            return self._input(number, kind, None, (kind, str(key)), {"label": label, **sampler})
        letter = letters.get(str(shown.get("id")))
        if letter is None:
            raise self.refusal(f"a channel shows the buffer {shown.get('id')!r:.60}, not there")
        return {"CHANNEL": self._number(number), "BUFFER": letter}

    def _input(
        self, number: Any, kind: Any, name: str | None, key: Any, options: dict[str, Any]
    ) -> dict[str, Any]:
        """A channel that shows what is not drawn."""
        if not isinstance(kind, str) or kind not in _KINDS:
            fits = ", ".join(_KINDS)
            raise self.refusal(f"ISF has no like of a channel of type {kind!r:.60}; it has {fits}")
        general, type_ = _KINDS[kind]
        if key not in self._inputs:
            taken = {one["NAME"] for one in self._inputs.values()}
            name = name or next(
                f"{general}{number or ''}"
                for number in (0, *range(2, 99))
                if f"{general}{number or ''}" not in taken
            )
            self._inputs[key] = {"NAME": name, "TYPE": type_, "LABEL": options.get("label")}
            if general in _NOTES:
                self._note(_NOTES[general].format(name))
        if options.get("wrap") == "repeat" and type_ == "image":
            shown = self._inputs[key]["NAME"]
            self._note(f"{shown} repeats beyond its edges at Shadertoy; here its edge goes on")
        place = list(self._inputs).index(key)
        return {"CHANNEL": self._number(number), "INPUT": place}

    def _describe(self, name: Any, credit: Any, text: Any, rest: dict[str, Any]) -> None:
        words = [word for word in (name, text) if isinstance(word, str) and word]
        self._rest["DESCRIPTION"] = "\n".join(words) or None
        self._rest["CREDIT"] = credit if isinstance(credit, str) else None
        tags = rest.get("tags")
        self._rest["KEYWORDS"] = (
            [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
        )

    def _number(self, number: Any) -> int:
        text = str(number)
        if text not in ("0", "1", "2", "3"):
            raise self.refusal(f"a channel is 0 to 3, not {text:.60}")
        return int(text)

    def _note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)

    def _object(self, value: Any, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refusal(f"{what} is an object, not {type(value).__name__}")
        return value

    def _list(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.refusal(f"expected an array, found {type(value).__name__}")
        return value
