"""The demo's directory: apart from the person's own, whose files it never touches."""

from __future__ import annotations

from pathlib import Path

from kontali_desktop.bootstrap.demo import demo_directory, put_away


def test_a_directory_with_books_in_it_is_left_alone(tmp_path: Path) -> None:
    books = tmp_path / "kontali.sqlite"
    books.write_bytes(b"books")
    directory = demo_directory(tmp_path)
    assert directory == tmp_path / "demo"
    put_away(directory)
    put_away(tmp_path)
    assert books.read_bytes() == b"books"


def test_a_demo_s_own_directory_is_used_again_and_put_away(tmp_path: Path) -> None:
    directory = demo_directory(tmp_path / "new")
    assert directory == tmp_path / "new"
    (directory / "kontali.sqlite").write_bytes(b"demo")
    (directory / "logs").mkdir()
    assert demo_directory(directory) == directory
    put_away(directory)
    assert demo_directory(directory) == directory
    assert [path.name for path in directory.iterdir()] == ["demo.txt"]
