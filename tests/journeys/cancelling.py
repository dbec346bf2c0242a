"""A program of its own: in a real window the sign-in is cancelled at each of its steps; prints what was left.

Its own process, for the web engine does not outlive a second loop.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kontali_desktop.bootstrap import demo
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.journey.robot import Robot
from kontali_desktop.bootstrap.screen import take_virtual_screen
from kontali_desktop.bootstrap.window import Program
from kontali_desktop.services.demo import DemoReady

STEPS = ("bank's page", "identity", "code", "consent", "by the bank", "accounts", "browser")


async def cancel_at(step: str, robot: Robot, program: Program, ready: DemoReady) -> None:
    program.window.show_screen("overview")
    await robot.press("demo_button")
    if step == "browser":
        await robot.web_view()
        await robot.press("use_browser_button")
        await robot.until("waiting for the browser", lambda: robot.find("connect_sheet"))
        await robot.press("cancel_button")
        return
    fields = (("#national-id", ready.bank.person), ("#code", ready.bank.code), ("#password", ready.bank.password))
    for number, (selector, value) in enumerate(fields):
        await robot.see_on_page(selector)
        if STEPS.index(step) == number:
            await robot.press("cancel_button")
            return
        await robot.type_on_page(selector, value)
        await robot.press_on_page("#next")
    await robot.see_on_page("input[name=account]")
    if step == "consent":
        await robot.press("cancel_button")
    elif step == "by the bank":
        await robot.press_on_page("#cancel")
    else:
        await robot.press_on_page("#next")
        await robot.until("accounts to choose", lambda: robot.find("keep_button"))
        await robot.press("cancel_button")


def main(directory: Path) -> int:
    take_virtual_screen()
    core = Core(directory)
    program = Program(make_application(), core)
    robot = Robot(lambda: program.window, None)
    left: dict[str, object] = {}

    async def then() -> None:
        ready = await demo.prepare_demo(core).run()
        program.screens.refresh()
        for step in STEPS:
            await cancel_at(step, robot, program, ready)
            await robot.until("the end of connecting", lambda: program.screens.connect_bank.is_at_rest)
            left[step] = {
                "connections": len(core.overview.load_connections()),
                "accounts": len(core.accounts.load()),
                "transactions": len(core.queue.load(None, None).items),
            }
        program.lifetime.quit()

    program.run(demo.guarded(program, then))
    print(json.dumps(left))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
