"""Everything a checkout needs, in one command each; asks for nothing but Python 3.11 to 3.13.

run    opens the program with the demo bank and a demo client ready; what follows is passed on to `demo`
test   every check and test; --fast without the journeys, or what follows is passed on to pytest alone
bench  the figures the program promises, both sides of each ratio
setup  only makes the environment and installs the system libraries
lock   resolves the dependencies anew into packaging/requirements.lock
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import checks
import environment
import private_session
import system_libraries


def main(arguments: list[str]) -> int:
    verbs = {"run": run, "test": test, "bench": bench, "setup": setup, "lock": lock}
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped too
    try:
        return verbs[arguments[0]](arguments[1:])
    except (
        environment.EnvironmentUnusable,
        system_libraries.SystemLibrariesMissing,
        private_session.SessionFailed,
    ) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    has_screen = sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    # All that is known to be missing at once, so that there is one line to type.
    system_libraries.ensure(
        system_libraries.WINDOW, [] if has_screen else system_libraries.KEYCHAIN, environment.asked_of_system()
    )
    environment.ensure()
    command = [str(environment.program("python")), "-m", "kontali_desktop", "demo", *arguments]
    if has_screen and _has_keychain():
        return subprocess.run(command, check=False).returncode
    system_libraries.ensure(system_libraries.KEYCHAIN)
    variables = dict(os.environ) if has_screen else os.environ | checks.unsandboxed_as_root()
    if not private_session.is_possible():  # the program says what it misses, and stores no token
        return subprocess.run(command, env=variables, check=False).returncode
    print("No keychain service to use here: a private one is started for the demo.", flush=True)
    with private_session.private_session(environment.ROOT / ".dev" / "keychain") as session:
        return subprocess.run(command, env=variables | session, check=False).returncode


def test(arguments: list[str]) -> int:
    setup([])
    return checks.run_all(arguments)


def bench(arguments: list[str]) -> int:
    setup([])
    command = [str(environment.program("python")), "-m", "tests.benchmarks", *arguments]
    with private_session.private_session() as session:
        variables = checks.headless_environment() | session
        return subprocess.run(command, cwd=environment.ROOT, env=variables, check=False).returncode


def setup(_: list[str]) -> int:
    libraries = system_libraries
    libraries.ensure(libraries.WINDOW, libraries.KEYCHAIN, environment.asked_of_system())
    environment.ensure()
    return 0


def lock(_: list[str]) -> int:
    environment.ensure()
    environment.write_lock()
    return 0


def _has_keychain() -> bool:
    """Whether a person's keychain can be used, asked in the way that the program will ask."""
    question = "import keyring; raise SystemExit(keyring.get_keyring().priority <= 0)"
    return subprocess.run([environment.program("python"), "-c", question], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
