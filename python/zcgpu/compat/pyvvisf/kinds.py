"""The kinds of values and of files, by pyvvisf's names."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """An enumeration whose members turn into integers when asked, as pybind11's do."""

    def __int__(self) -> int:
        return int(self.value)

    __index__ = __int__


class ISFValType(Kind):
    """What an input takes."""

    None_ = 0
    Event = 1
    Bool = 2
    Long = 3
    Float = 4
    Point2D = 5
    Color = 6
    Cube = 7
    Image = 8
    Audio = 9
    AudioFFT = 10

    def __str__(self) -> str:
        return isf_val_type_to_string(self)


class ISFFileType(Kind):
    """What a shader is for."""

    None_ = 0
    Source = 1
    Filter = 2
    Transition = 4
    All = 7

    def __str__(self) -> str:
        return isf_file_type_to_string(self)


_IMAGES = {ISFValType.Cube, ISFValType.Image, ISFValType.Audio, ISFValType.AudioFFT}

ISFValType_None = ISFValType.None_
ISFValType_Event = ISFValType.Event
ISFValType_Bool = ISFValType.Bool
ISFValType_Long = ISFValType.Long
ISFValType_Float = ISFValType.Float
ISFValType_Point2D = ISFValType.Point2D
ISFValType_Color = ISFValType.Color
ISFValType_Cube = ISFValType.Cube
ISFValType_Image = ISFValType.Image
ISFValType_Audio = ISFValType.Audio
ISFValType_AudioFFT = ISFValType.AudioFFT

ISFFileType_None = ISFFileType.None_
ISFFileType_Source = ISFFileType.Source
ISFFileType_Filter = ISFFileType.Filter
ISFFileType_Transition = ISFFileType.Transition
ISFFileType_All = ISFFileType.All


def isf_val_type_to_string(type: ISFValType) -> str:
    """The kind of value in a word: ``Bool``, say; ``Null`` for none."""
    return "Null" if type is ISFValType.None_ else ISFValType(type).name


def isf_val_type_uses_image(type: ISFValType) -> bool:
    """Whether values of the kind are images."""
    return ISFValType(type) in _IMAGES


def isf_file_type_to_string(type: ISFFileType) -> str:
    """The kind of file in a word: ``Filter``, say; ``Unknown`` for none."""
    return "Unknown" if type is ISFFileType.None_ else ISFFileType(type).name
