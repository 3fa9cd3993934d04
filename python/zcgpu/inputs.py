"""The values of a scene's inputs."""

from __future__ import annotations

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from os import PathLike
    from typing import Any


class Inputs(_native.Inputs):
    """A mapping from the names of a scene's inputs to their values. Made by ``scene.inputs``.

    Setting a value checks its type and range. None is the default.
    """

    __slots__ = ()

    def randomize(
        self,
        seed: int | str,
        *,
        only: Collection[str] | None = None,
        except_: Collection[str] = (),
    ) -> dict[str, Any]:
        """Set the inputs to values drawn from a seed, within what the header declares.

        A number is between MIN and MAX, or 0 and 1 where the header has no range; so is each
        component of a point2D or color. A long is one of VALUES, else from MIN to MAX, and stays
        as it is without either. Events become false, unless `only` names them. Images and sounds
        stay as they are. Each value depends on the seed and the input's own name and declaration
        alone, on any machine: it is made from the SHA-256 of both.

        Args:
            seed: a number or a text.
            only: the names of the inputs to set; otherwise all.
            except_: the names of inputs to leave as they are.

        Returns:
            What was set: values by name.

        Raises:
            UnknownInputError: a name that no input has. Nothing is set then.
            InvalidArgumentError: `only` names an input that takes no number.
        """
        from .presets import random_values

        values = random_values(self, seed, only, except_)
        self.update(values)
        return values

    def preset(self) -> dict[str, Any]:
        """The values as plain numbers, lists and booleans, to be kept as JSON.

        Returns:
            ``{"zcgpu": 1, "shader": name, "inputs": {name: value}}``. Events, images and sounds
            are left out: the first last one frame, the others are no numbers.
        """
        from .presets import preset_of

        return preset_of(self)

    def apply(
        self, preset: Mapping[str, Any] | str | PathLike[str], *, strict: bool = True
    ) -> dict[str, Any]:
        """Set what a preset says, all of it or nothing; other inputs stay as they are.

        Args:
            preset: what `preset` gave, that as JSON text, or the path of a JSON file.
            strict: refuse what does not fit this shader; otherwise that is left out, and the rest
                set one by one.

        Returns:
            What was set: values by name.

        Raises:
            FileError: there is no such file.
            InvalidArgumentError: it is no preset; with the file and the place.
            UnknownInputError, WrongTypeError, OutOfRangeError: an input that is not there, or a
                value that does not fit it, with the file.
        """
        from .presets import apply

        return apply(self, preset, strict)
