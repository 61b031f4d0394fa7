"""Executors: jobs done in this process, or by worker processes that may die or hang without harm to the others."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from danju.errors import EnvironmentFault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

_START_SECONDS = 60.0  # for a worker to begin: a new interpreter on a busy machine
_END_SECONDS = 2.0  # for an idle worker to end by itself


class WorkerDiedError(BrokenExecutor):
    """The worker ended in the middle of a job."""


class WorkerHungError(TimeoutError):
    """The worker did not answer within the time limit, of which this is told, and was killed."""


class InlineExecutor(Executor):
    """Does each job at once, in this process."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """A future that is done already."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class WorkerPool(Executor):
    """Worker processes, each led by a thread of its own: when one dies or hangs, only its own call fails.

    The thread then starts another worker, so the pool itself never breaks. `multiprocessing.Process` rather than
    `ProcessPoolExecutor`, which fails all its calls when one worker dies, without telling which call it was.

    Args:
        workers: How many processes.
        time_limit: Seconds for one call, or None for any time.
    """

    def __init__(self, workers: int, time_limit: float | None = None) -> None:
        self._threads = ThreadPoolExecutor(workers, "danju-worker", _leave_interrupts_to_main)
        self._own = threading.local()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._time_limit = time_limit
        self._is_stopped = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """A future of the call, which a worker makes; see `Executor.submit`."""
        return self._threads.submit(self._hand_over, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: once all calls are done, or at once when the waiting calls are cancelled."""
        if cancel_futures:
            with self._lock:
                self._is_stopped = True
                running = set(self._all)
            for worker in running:
                worker.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for worker in self._all:
                worker.end()
            self._all.clear()

    def _hand_over(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = self._start()
        try:
            done, result = worker.call((fn, args, kwargs), self._time_limit)
        except (WorkerDiedError, WorkerHungError):
            self._own.worker = None
            with self._lock:
                self._all.discard(worker)
            raise
        if not done:
            raise result
        answer: T = result
        return answer

    def _start(self) -> _Worker:
        with self._lock:
            if self._is_stopped:
                raise WorkerDiedError
            worker = _Worker()
            self._all.add(worker)
        worker.wait_until_ready()
        return worker


class _Worker:
    """A process that makes the calls sent to it."""

    def __init__(self) -> None:
        from multiprocessing import get_context  # late: with one process none of it is needed

        self._lock = threading.Lock()
        context = get_context("spawn")  # fork copies locks that other threads hold
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()  # or its end would stay open when the worker dies

    def wait_until_ready(self) -> None:
        """Raises EnvironmentFault, E307, when the worker does not get going."""
        try:
            if self._pipe.poll(_START_SECONDS):
                self._pipe.recv()
                return
        except (EOFError, OSError):
            pass
        self.kill()
        raise EnvironmentFault("E307", {"status": self._process.exitcode})

    def call(self, call: object, time_limit: float | None) -> tuple[bool, Any]:
        """Whether the call returned, and what it returned or raised."""
        try:
            self._pipe.send(call)
            if self._pipe.poll(time_limit):
                answer: tuple[bool, Any] = self._pipe.recv()
                return answer
        except (EOFError, OSError) as err:
            self.kill()
            raise WorkerDiedError from err
        self.kill()
        raise WorkerHungError(time_limit)

    def end(self) -> None:
        """Let an idle worker go."""
        self._pipe.close()
        self._process.join(_END_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the worker whatever it does."""
        with self._lock:
            self._process.kill()
            self._process.join()


def _leave_interrupts_to_main() -> None:
    """Ctrl-C concerns neither this thread nor the processes it starts, from their first moment on."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _work(pipe: Connection) -> None:
    """Make calls until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(None)
        while True:
            pipe.send(_answer(pipe))


def _answer(pipe: Connection) -> tuple[bool, Any]:
    message = pipe.recv_bytes()
    try:
        fn, args, kwargs = pickle.loads(message)  # noqa: S301  # from our own parent process
        return True, fn(*args, **kwargs)
    except Exception as err:  # noqa: BLE001  # goes back to where the call came from
        return False, err


def _end_with_parent() -> None:
    """No worker outlives a parent that was killed."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
