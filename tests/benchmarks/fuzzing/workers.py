"""Damaged files tried in processes of their own, which the kernel ends where one takes too long."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from tests.benchmarks.fuzzing.inputs import Inputs
from tests.benchmarks.fuzzing.trial import Outcome, Trial, tried

MOST_SECONDS = 2.0
_MOST_WAIT = 120.0  # of a wall clock, for one that waits and computes nothing
_MOST_MEMORY = 2 << 30
Numbered = tuple[int, str, Trial]


@dataclass(slots=True)
class _Worker:
    numbers: range
    process: SpawnProcess
    results: Connection
    done: int = 0
    heard: float = 0.0
    is_ended: bool = False


def try_all(count: int, workers: int, seed: str, folder: Path) -> Iterator[Numbered]:
    """Each input's number, format and trial, in no order."""
    running = {place: _started(range(place, count, workers), seed, folder, place) for place in range(workers)}
    while running:
        wait([worker.results for worker in running.values()], timeout=1.0)
        for place, worker in list(running.items()):
            yield from _received(worker)
            if worker.done == len(worker.numbers):
                worker.process.join()
                del running[place]
            elif worker.is_ended:
                left = worker.numbers[worker.done :]
                yield _ended(left[0], seed, worker.process.exitcode or 0)
                if len(left) > 1:
                    running[place] = _started(left[1:], seed, folder, place)
                else:
                    del running[place]
            elif time.monotonic() - worker.heard > _MOST_WAIT:
                worker.process.kill()


def _started(numbers: range, seed: str, folder: Path, place: int) -> _Worker:
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(numbers, seed, folder / f"input-{place}", sending), daemon=True)
    process.start()
    sending.close()
    return _Worker(numbers, process, receiving, heard=time.monotonic())


def _received(worker: _Worker) -> list[Numbered]:
    found: list[Numbered] = []
    try:
        while worker.results.poll():
            found.append(worker.results.recv())
    except EOFError:  # the process is gone, by itself or by the kernel
        worker.process.join()
        worker.is_ended = True
    if found:
        worker.done += len(found)
        worker.heard = time.monotonic()
    return found


def _ended(number: int, seed: str, code: int) -> Numbered:
    """The input that its process did not survive: the first that no result came of."""
    is_hung = code in (-signal.SIGPROF, -signal.SIGKILL)
    outcome = Outcome.HUNG if is_hung else Outcome.CRASHED
    return number, Inputs(seed).make(number).format, Trial(outcome, MOST_SECONDS, f"the process ended with {code}")


def _work(numbers: range, seed: str, path: Path, results: Connection) -> None:
    """SIGPROF, which nobody handles here, ends the process after so many seconds of the processor in one file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    inputs = Inputs(seed)
    for number in numbers:
        made = inputs.make(number)
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        trial = tried(path, made.data)
        signal.setitimer(signal.ITIMER_PROF, 0)
        results.send((number, made.format, trial))
