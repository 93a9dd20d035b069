"""Work away from the window's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from facilitator.errors import Fault

if TYPE_CHECKING:
    from concurrent.futures import Future


class Worker(QObject):
    """One thread that does jobs in the order they were given and brings results back to the window's thread.

    ``fault`` carries what a person can mend and the job's ``request``; ``bug`` carries everything else.
    """

    fault = Signal(object, object)
    bug = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  the first paint must not wait

        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="group")
        self._waiting = 0
        self._retired = False
        # Queued, for a job that ends before it has been handed over would bring its result too soon.
        self._finished.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether every job has been done and its result brought back."""
        return self._waiting == 0

    def submit(self, job: Callable[[], Any], then: Callable[[Any], None], request: object = None) -> None:
        """Do ``job`` on the worker's thread, then call ``then`` with its result on the window's thread."""
        self._waiting += 1
        future = self._pool.submit(job)
        future.add_done_callback(lambda done: self._finished.emit(done, then, request))

    def stop(self) -> None:
        """Finish the jobs that were given and end the thread."""
        self._pool.shutdown(wait=True)

    def retire(self) -> None:
        """Let the jobs that were given end by themselves: nobody waits for them or hears of their results.

        For a page that is left while the system's keyring still asks, or a slow disk still writes.
        """
        self._retired = True
        self.setParent(None)
        self._pool.shutdown(wait=False)
        if self.idle:
            self.deleteLater()

    def _settle(self, done: "Future[Any]", then: Callable[[Any], None], request: object) -> None:
        self._waiting -= 1
        if self._retired:
            if self.idle:
                self.deleteLater()
            return
        error = done.exception()
        if error is None:
            then(done.result())
        elif isinstance(error, Fault):
            self.fault.emit(error, request)
        else:
            self.bug.emit(error)
