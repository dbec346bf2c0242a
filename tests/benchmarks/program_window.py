"""The program over a data directory: says when its window is painted, when with its data, and closes in order."""

from __future__ import annotations

import sys
from pathlib import Path

from kontali_desktop.runtime.quick_start import quicken


def main(directory: Path) -> int:
    quicken()  # first of all, as `kontali_desktop.__main__` does
    from kontali_desktop.bootstrap.application import make_application
    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.bootstrap.window import Program
    from tests.benchmarks.painted import when_painted

    program = Program(make_application(), Core(directory, language="nb"))

    def end() -> None:
        print("shown", flush=True)
        program.lifetime.quit()

    async def wait_for_data() -> None:
        program.screens.overview.changed.connect(lambda: when_painted(program.window, end))

    when_painted(program.window, lambda: print("painted", flush=True))
    program.run(wait_for_data)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
