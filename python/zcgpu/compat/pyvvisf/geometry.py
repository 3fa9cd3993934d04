"""Points, sizes and rectangles, in doubles; y grows upwards."""

from __future__ import annotations


class Point:
    """A place: x to the right, y upwards."""

    __slots__ = ("x", "y")

    def __init__(self, x: float = 0.0, y: float = 0.0) -> None:
        self.x = float(x)
        self.y = float(y)

    def is_zero(self) -> bool:
        """Whether both are 0."""
        return self.x == 0.0 and self.y == 0.0

    def __str__(self) -> str:
        return f"Point({self.x:f}, {self.y:f})"

    __repr__ = __str__


class Size:
    """A width and a height, in pixels."""

    __slots__ = ("height", "width")

    def __init__(self, width: float = 0.0, height: float = 0.0) -> None:
        self.width = float(width)
        self.height = float(height)

    def is_zero(self) -> bool:
        """Whether both are 0."""
        return self.width == 0.0 and self.height == 0.0

    def __str__(self) -> str:
        return f"Size({self.width:f}, {self.height:f})"

    __repr__ = __str__


class Rect:
    """A corner and a size; a negative width or height reaches the other way."""

    __slots__ = ("origin", "size")

    def __init__(
        self, x: float = 0.0, y: float = 0.0, width: float = 0.0, height: float = 0.0
    ) -> None:
        self.origin = Point(x, y)
        self.size = Size(width, height)

    def min_x(self) -> float:
        """The left edge."""
        return self.origin.x + min(self.size.width, 0.0)

    def max_x(self) -> float:
        """The right edge."""
        return self.origin.x + max(self.size.width, 0.0)

    def min_y(self) -> float:
        """The lower edge."""
        return self.origin.y + min(self.size.height, 0.0)

    def max_y(self) -> float:
        """The upper edge."""
        return self.origin.y + max(self.size.height, 0.0)

    def mid_x(self) -> float:
        """Half way between left and right."""
        return self.origin.x + self.size.width / 2.0

    def mid_y(self) -> float:
        """Half way between top and bottom."""
        return self.origin.y + self.size.height / 2.0

    def top_left(self) -> Point:
        """The upper left corner."""
        return Point(self.min_x(), self.max_y())

    def top_right(self) -> Point:
        """The upper right corner."""
        return Point(self.max_x(), self.max_y())

    def bot_left(self) -> Point:
        """The lower left corner."""
        return Point(self.min_x(), self.min_y())

    def bot_right(self) -> Point:
        """The lower right corner."""
        return Point(self.max_x(), self.min_y())

    def center(self) -> Point:
        """The middle."""
        return Point(self.mid_x(), self.mid_y())

    def is_zero(self) -> bool:
        """Whether origin and size are 0."""
        return self.origin.is_zero() and self.size.is_zero()

    def __str__(self) -> str:
        return (
            f"Rect({self.origin.x:f}, {self.origin.y:f}, {self.size.width:f}x{self.size.height:f})"
        )

    __repr__ = __str__


def needed_size(size: object) -> tuple[int, int]:
    """Width and height in whole pixels of what can be drawn.

    Raises:
        WrongTypeError: no `Size`.
        SizeError: less than a pixel, not a number, or more than 16384 on a side.
    """
    from ...errors import SizeError, WrongTypeError

    if not isinstance(size, Size):
        raise WrongTypeError(f"a size is a Size(width, height), not {type(size).__name__}")
    got = f"Got: {size.width:g}x{size.height:g}"
    if not (size.width >= 1 and size.height >= 1):
        raise SizeError(f"Invalid size: width and height must be positive for rendering. {got}")
    if size.width > 16384 or size.height > 16384:
        raise SizeError(f"Size too large: maximum dimension is 16384. {got}")
    return int(size.width), int(size.height)
