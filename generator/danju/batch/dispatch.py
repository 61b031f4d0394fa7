"""Dispatch: jobs → chunks → an executor → outcomes, whatever becomes of the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

from danju.batch.jobs import DoJob, Job, Outcome, do_chunk, unexpected
from danju.errors import DanjuError, EnvironmentFault

WINDOW_PER_WORKER = 4  # chunks in flight for each worker: enough to keep it busy, few enough to keep memory flat
CHUNK_SECONDS = 0.05  # of work: a round trip to a worker takes less than a hundredth of that
LARGEST_CHUNK = 256
RETRIES = 3  # of a record whose worker died
_PATIENCE = 0.5  # seconds between looks: on Windows a wait without end cannot be interrupted

_Answer = tuple[tuple[Outcome, ...], float]


@dataclass(slots=True, eq=False)
class Task:
    """A job under way.

    Attributes:
        job: What is to be done.
        outcome: What became of it; None until then.
    """

    job: Job
    outcome: Outcome | None = None


class Dispatcher:
    """Hands jobs to an executor through `submit` and `wait` only.

    Jobs travel in chunks of about `chunk_seconds` of work. When a chunk comes back broken, because its worker died or
    hung, its jobs are tried again one at a time with nothing else in flight: so the one that did it is found. An
    executor that is broken as a whole is replaced by a new one.

    Args:
        open_executor: Gives an executor; it is shut down here.
        workers: How many jobs it does at a time.
        do: How a job is done.
        chunk_seconds: 0 for one job at a time.
    """

    def __init__(
        self, open_executor: Callable[[], Executor], workers: int, do: DoJob, chunk_seconds: float = CHUNK_SECONDS
    ) -> None:
        self._open = open_executor
        self._executor = open_executor()
        self._most_pending = workers * WINDOW_PER_WORKER
        self._do = do
        self._chunk_seconds = chunk_seconds
        self._chunk: list[Task] = []
        self._size = 1
        self._job_seconds: float | None = None
        self._pending: dict[Future[_Answer], Sequence[Task]] = {}
        self._suspects: list[Task] = []

    def add(self, job: Job) -> Task:
        """Take a job; waits while enough others are in flight."""
        task = Task(job)
        self._chunk.append(task)
        if len(self._chunk) >= self._size:
            self._flush()
        return task

    def wait_for(self, task: Task) -> None:
        """Return once the task has its outcome."""
        if task in self._chunk:
            self._flush()
        while task.outcome is None:
            self._collect()

    def close(self, at_once: bool = False) -> None:
        """Shut the executor down; at once: without waiting for what is in flight."""
        self._executor.shutdown(wait=True, cancel_futures=at_once)
        if at_once:
            for future, tasks in self._pending.items():
                if future.done() and not future.cancelled() and future.exception() is None:
                    self._accept(future, tasks)

    def _flush(self) -> None:
        chunk, self._chunk = self._chunk, []
        self._take([future for future in self._pending if future.done()])
        while len(self._pending) >= self._most_pending or self._suspects:
            self._collect()
        self._pending[self._submit(chunk)] = chunk

    def _submit(self, tasks: Sequence[Task]) -> Future[_Answer]:
        jobs = tuple(task.job for task in tasks)
        try:
            return self._executor.submit(do_chunk, self._do, jobs)
        except BrokenExecutor:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = self._open()
            return self._executor.submit(do_chunk, self._do, jobs)

    def _collect(self) -> None:
        """Take in what is done, waiting for something to be; then look at the suspects once nothing else is afoot."""
        if self._pending:
            done, _ = wait(self._pending, _PATIENCE, FIRST_COMPLETED)
            self._take(done)
        if self._suspects and not self._pending:
            suspects, self._suspects = self._suspects, []
            for task in suspects:
                task.outcome = self._try_alone(task)

    def _take(self, done: Iterable[Future[_Answer]]) -> None:
        for future in done:
            self._accept(future, self._pending.pop(future))

    def _accept(self, future: Future[_Answer], tasks: Sequence[Task]) -> None:
        try:
            outcomes, seconds = future.result()
        except EnvironmentFault:
            raise
        except TimeoutError as err:
            if len(tasks) > 1:
                self._suspects.extend(tasks)
            else:
                tasks[0].outcome = _lost(tasks[0].job, err)
        except Exception:  # noqa: BLE001  # the executor's: jobs never raise
            self._suspects.extend(tasks)
        else:
            for task, outcome in zip(tasks, outcomes, strict=True):
                task.outcome = outcome
            self._learn(len(tasks), seconds)

    def _learn(self, count: int, seconds: float) -> None:
        """Suit the size of chunks to what jobs take; slow at first, while workers still compile forms."""
        each = seconds / count
        self._job_seconds = each if self._job_seconds is None else 0.7 * self._job_seconds + 0.3 * each
        wanted = int(self._chunk_seconds / max(self._job_seconds, 1e-6))
        self._size = max(1, min(wanted, 2 * self._size, LARGEST_CHUNK))

    def _try_alone(self, task: Task) -> Outcome:
        """The outcome of a job that may have broken its worker."""
        outcome = Outcome()
        for _ in range(RETRIES):
            try:
                future = self._submit((task,))
                while not wait((future,), _PATIENCE).done:
                    pass
                return future.result()[0][0]
            except EnvironmentFault:
                raise
            except BrokenExecutor as err:
                outcome = _lost(task.job, err)
            except Exception as err:  # noqa: BLE001  # a hang, or a job that cannot be handed over: no use in trying again
                return _lost(task.job, err)
        return outcome


def _lost(job: Job, err: Exception) -> Outcome:
    """The outcome of a job that no worker brought back."""
    if isinstance(err, BrokenExecutor):
        return Outcome(errors=(DanjuError("E305", {"stem": job.stem, "retries": RETRIES}, job.location),))
    if isinstance(err, TimeoutError):
        return Outcome(errors=(DanjuError("E306", {"stem": job.stem, "seconds": _number(err)}, job.location),))
    return Outcome(errors=(unexpected(job, err),))


def _number(err: TimeoutError) -> str:
    return f"{err.args[0]:g}" if err.args and isinstance(err.args[0], int | float) else "?"
