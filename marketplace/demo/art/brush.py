"""The few strokes every drawing is made of, as SVG text."""

from __future__ import annotations

from math import cos, radians, sin


def path(way: str, fill: str, opacity: float = 1) -> str:
    """A filled shape."""
    return f'<path d="{way}" fill="{fill}"{_faint(opacity)}/>'


def line(way: str, colour: str, width: float, opacity: float = 1) -> str:
    """A stroke with round ends."""
    return (
        f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linecap="round" stroke-linejoin="round"{_faint(opacity)}/>'
    )


def oval(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1) -> str:
    """A filled ellipse."""
    return (
        f'<ellipse cx="{x:.4g}" cy="{y:.4g}" rx="{rx:.4g}" ry="{ry:.4g}"'
        f' fill="{fill}"{_faint(opacity)}/>'
    )


def disc(x: float, y: float, radius: float, fill: str, opacity: float = 1) -> str:
    """A filled circle."""
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:.4g}" fill="{fill}"{_faint(opacity)}/>'


def box(x: float, y: float, wide: float, high: float, fill: str, round_by: float = 0) -> str:
    """A filled rectangle, its corners rounded by so much."""
    corner = f' rx="{round_by:g}"' if round_by else ""
    return (
        f'<rect x="{x:.4g}" y="{y:.4g}" width="{wide:.4g}" height="{high:.4g}"'
        f'{corner} fill="{fill}"/>'
    )


def turned(drawing: str, degrees: float, x: float, y: float) -> str:
    """The drawing turned clockwise around a point."""
    return f'<g transform="rotate({degrees:g} {x:g} {y:g})">{drawing}</g>'


def moved(drawing: str, x: float, y: float, scale: float = 1, wide: float | None = None) -> str:
    """The drawing, made around 0 0, put at a point in another size."""
    factor = f"{scale:g}" if wide is None else f"{wide:g} {scale:g}"
    return f'<g transform="translate({x:g} {y:g}) scale({factor})">{drawing}</g>'


def inside(way: str, drawing: str, name: str = "cut") -> str:
    """Only the part of the drawing that lies inside the shape."""
    return (
        f'<clipPath id="{name}"><path d="{way}"/></clipPath><g clip-path="url(#{name}'
        f')">{drawing}</g>'
    )


def on_circle(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    """The point at an angle on a circle; 0 = right, 90 = down."""
    angle = radians(degrees)
    return x + radius * cos(angle), y + radius * sin(angle)


def _faint(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:g}"'
