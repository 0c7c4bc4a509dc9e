# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request on its way through the handler, and the watch over its time."""
import contextlib
import ctypes
import heapq
import itertools
import threading
import time

from . import answer as answers
from .answer import chunk_bytes
from .log import log, set_request

GRACE_SECONDS = 3  # after the time limit, until a handler that cannot be interrupted costs the process


class TimeLimitExceeded(BaseException):
    """Raised in a handler at its time limit; no `except Exception` of the user stops it."""


class Invocation:
    """Answered exactly once: by the handler's thread, or by the watchdog when the time is over."""

    def __init__(self, request, seconds, request_id):
        self.request = request
        self.seconds = seconds
        self.request_id = request_id
        self.deadline = time.monotonic() + seconds
        self.is_over = False  # somebody answers, or has
        self.is_in_handler = False
        self._thread = threading.get_ident()
        self._lock = threading.Lock()

    @property
    def is_lost(self):
        """Answered by the watchdog, and its handler still runs."""
        return self.is_over and self.is_in_handler

    def _take(self):
        with self._lock:
            was_over, self.is_over = self.is_over, True
            return not was_over

    @contextlib.contextmanager
    def interruptible(self):
        self.is_in_handler = True
        try:
            yield
        finally:
            with self._lock:
                self.is_in_handler = False

    def send(self, reply):
        """In the handler's thread."""
        if not self._take():
            self.request.close_connection = True
            return
        if reply.stream is None:
            self.request.send(reply)
        else:
            self._send_stream(reply)

    def _send_stream(self, reply):
        request = self.request
        request.wfile.write(request.head(reply, [('transfer-encoding', 'chunked')]))
        if request.command == 'HEAD':
            return
        try:
            for chunk in _chunks(reply.stream, self):
                data = chunk_bytes(chunk)
                if data:
                    request.wfile.write(b'%x\r\n%b\r\n' % (len(data), data))
            request.wfile.write(b'0\r\n\r\n')
        except OSError:
            raise  # the client has left
        except BaseException as error:
            # The client must see that the body is cut.
            request.close_connection = True
            log('error', f'The stream broke off: {type(error).__name__}: {error}')

    def answer_instead(self, reply):
        """From another thread, when the handler has not answered yet."""
        if self._take():
            self.request.close_connection = True
            with contextlib.suppress(OSError):
                self.request.send(reply)

    def interrupt(self):
        """Raises TimeLimitExceeded in the handler, at its next step in Python."""
        with self._lock:
            if self.is_in_handler:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread),
                                                           ctypes.py_object(TimeLimitExceeded))


class Watchdog:
    """One thread, started with the first request."""

    def __init__(self, guest):
        self._guest = guest
        self._queue = []  # (when, number, invocation)
        self._numbers = itertools.count()
        self._live = set()
        self._changed = threading.Condition()
        self._thread = None

    def watch(self, invocation):
        with self._changed:
            self._live.add(invocation)
            heapq.heappush(self._queue, (invocation.deadline, next(self._numbers), invocation))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._queue[0][2] is invocation:
                self._changed.notify()

    def forget(self, invocation):
        with self._changed:
            self._live.discard(invocation)

    def _run(self):
        while True:
            with self._changed:
                while self._queue and self._queue[0][2] not in self._live:
                    heapq.heappop(self._queue)
                now = time.monotonic()
                if not self._queue or self._queue[0][0] > now:
                    self._changed.wait(self._queue[0][0] - now if self._queue else None)
                    continue
                invocation = heapq.heappop(self._queue)[2]
            self._time_over(invocation)

    def _time_over(self, invocation):
        if time.monotonic() >= invocation.deadline + GRACE_SECONDS:
            if invocation.is_in_handler:
                log('critical', 'A handler went on after its time limit and could not be interrupted: '
                    'this instance is replaced.', None, invocation.request_id)
                self._guest.stuck()
            return
        if invocation.is_over:
            return  # its answer is on the way
        detail = (f"No answer within {invocation.seconds:g} s. Answer sooner or raise the function's timeout.")
        log('error', detail, None, invocation.request_id)
        invocation.answer_instead(answers.problem(504, 'timeout', 'The function did not answer in time', detail))
        invocation.interrupt()
        with self._changed:
            heapq.heappush(self._queue,
                           (invocation.deadline + GRACE_SECONDS, next(self._numbers), invocation))


_loop = None
_loop_lock = threading.Lock()


def _event_loop():
    """One loop for all `async def` handlers, in a thread of its own, made when the first one comes."""
    global _loop
    with _loop_lock:
        if _loop is None:
            import asyncio
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, daemon=True).start()
        return _loop


def run_async(awaitable, invocation, is_limited=True):
    """Waits for it in the connection's thread; at the time limit, if there is one, the task is cancelled."""
    import asyncio

    async def run():
        set_request(invocation.request_id)
        return await awaitable

    future = asyncio.run_coroutine_threadsafe(run(), _event_loop())
    try:
        left = max(0.0, invocation.deadline - time.monotonic()) + GRACE_SECONDS / 2
        return future.result(left if is_limited else None)
    except BaseException:
        future.cancel()
        raise


def _chunks(stream, invocation):
    if hasattr(stream, '__next__'):
        yield from stream
        return
    while True:
        try:
            yield run_async(stream.__anext__(), invocation, is_limited=False)
        except StopAsyncIteration:
            return
