"""House rule 9: functions and files stay small."""

from __future__ import annotations

from statistics import median, quantiles

from tests.shape.house import FIRST_MIGRATION, REPO, Source, functions, sources, told

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 50
CODE = ("marketplace", "tests", "bench", "migrations", "wsgi.py")


def long_files(found: list[Source]) -> list[str]:
    """Files of more than 300 lines; the generated first migration may be longer."""
    return [f"{source.path}: {source.lines} lines" for source in found
            if source.lines > MOST_FILE_LINES and source.path != FIRST_MIGRATION]


def long_functions(found: list[Source]) -> list[str]:
    """Functions of more than 50 lines, from `def` to the last line."""
    return [f"{source.path}:{one.lineno} {one.name}: {one.end_lineno - one.lineno + 1} lines"
            for source in found if source.path != FIRST_MIGRATION
            for one in functions(source.tree)
            if (one.end_lineno or 0) - one.lineno + 1 > MOST_FUNCTION_LINES]


def function_lengths(found: list[Source]) -> list[int]:
    """The length of every function."""
    return [(one.end_lineno or 0) - one.lineno + 1 for source in found
            for one in functions(source.tree)]


def test_no_file_is_longer_than_300_lines() -> None:
    """House rule 9, files: code, scripts, templates, styles; then a file becomes a folder."""
    scripts = [Source(f"bin/{path.name}", path.read_text("utf-8"))
               for path in sorted((REPO / "bin").iterdir())]
    found = sources(*CODE) + scripts + sources("templates", ending="")
    found += sources("static/css", ending=".css") + sources("static/js", ending=".js")
    assert not long_files(found), told(long_files(found))


def test_no_function_is_longer_than_50_lines() -> None:
    """House rule 9, functions."""
    assert not long_functions(sources(*CODE)), told(long_functions(sources(*CODE)))


def test_most_functions_are_short() -> None:
    """House rule 9: median at most 8 lines, nine of ten at most 25."""
    lengths = function_lengths(sources("marketplace"))
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 25


def test_sizes_check_can_fail() -> None:
    """A planted file of 301 lines and a function of 51 lines are found, one less is not."""
    long = Source("marketplace/x/rules.py", "\n" * 301)
    assert long_files([long]) == ["marketplace/x/rules.py: 301 lines"]
    assert not long_files([Source("marketplace/x/rules.py", "\n" * 300)])
    for body, found in ((50, 1), (49, 0)):
        planted = Source("marketplace/x/rules.py", "def much():\n" + "    pass\n" * body)
        assert len(long_functions([planted])) == found
    assert function_lengths([Source("a.py", "def much():\n    pass\n")]) == [2]
