# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guest's HTTP server: specialise once, then every request to the function."""
import http
import http.server
import importlib
import json
import os
import signal
import socket
import socketserver
import sys
import threading
import time
import uuid

from . import answer as answers
from .context import Context
from .event import MAX_BODY_BYTES, BadRequest, make_event
from .invocation import Invocation, Watchdog, run_async
from .loader import load_handler, stack_of, user_location
from .log import capture_logging, capture_output, log, set_request

DEFAULT_TIMEOUT_SECONDS = 10
# A process that nobody ever speaks to has lost its keeper; one of a pool is asked for its health, then waits.
SILENCE_LIMIT_SECONDS = 60
THREAD_STACK_BYTES = 512 * 1024  # the usual 8 MiB count against the memory limit as soon as they are mapped
FAREWELL_SECONDS = 0.5  # for the last answers after an uncaught error


class Guest:
    """The process's state. run() is the main thread's; everything else happens in the connections' threads."""

    def __init__(self):
        self.status = 'generic'
        self.spec = {}
        self.handler = None
        self.load_ms = 0.0
        self.listening_unix_ms = 0.0
        self.in_flight = set()
        self.changed = threading.Condition()
        self._leave = threading.Event()
        self._is_known = False  # the platform has spoken to it
        self.watchdog = Watchdog(self)

    def _preload(self):
        """The modules of a pool, before anybody waits for them."""
        names = os.environ.pop('NEST_PRELOAD', '').split()
        if names:
            sys.path.insert(0, os.environ.get('NEST_AT_CODE', '/code') + '/site-packages')
        for name in names:
            try:
                importlib.import_module(name)
            except Exception as error:  # whatever a module does while it is loaded
                log('critical', f'The module {name} could not be loaded ahead: {error}')
                os._exit(1)

    def run(self):
        capture_output()
        threading.stack_size(THREAD_STACK_BYTES)
        threading.excepthook = self._thread_failed
        signal.signal(signal.SIGTERM, lambda *_: self._leave.set())
        self._preload()
        server = Server(int(os.environ.get('NEST_LISTEN_FD', '3')), self)
        self.listening_unix_ms = time.time() * 1000
        threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 3600}, daemon=True).start()
        if not self._leave.wait(SILENCE_LIMIT_SECONDS):
            if not self._is_known:
                os._exit(1)
            self._leave.wait()
        self.status = 'draining'
        server.socket.close()
        server.drain()
        os._exit(0)

    def leave(self):
        """No new connections; the process ends when its last answer is sent."""
        self._leave.set()

    def stuck(self):
        """A thread is lost in a handler: the platform is to start another process instead of this one."""
        self.status = 'draining'
        with self.changed:
            others = [each for each in self.in_flight if not each.is_over]
        log('critical', f'The process ends; {len(others)} other requests in flight are finished first.')
        threading.Thread(target=self._leave_stuck, daemon=True).start()

    def _leave_stuck(self):
        with self.changed:
            self.changed.wait_for(lambda: all(each.is_lost for each in self.in_flight), timeout=60)
        os._exit(1)

    def end_with(self, error):
        """Uncaught: what is in flight is answered with a problem, then the process ends."""
        self.status = 'failed'
        with self.changed:
            waiting = list(self.in_flight)
        reply = answers.problem(500, 'uncaught', 'The function ended with an uncaught error', str(error) or
                                type(error).__name__)
        for invocation in waiting:
            invocation.answer_instead(reply)
        time.sleep(FAREWELL_SECONDS if waiting else 0)
        os._exit(1)

    def _thread_failed(self, arguments):
        if arguments.exc_type is not SystemExit:
            log('error', f'A thread ended with an error: {arguments.exc_value!r}',
                {'stack': stack_of(arguments.exc_value)})

    # What the platform asks

    def health(self):
        self._is_known = True
        return {'status': self.status, 'python': f'{sys.version_info.major}.{sys.version_info.minor}',
                'processStartUnixMs': _process_start_unix_ms(), 'listeningUnixMs': self.listening_unix_ms,
                'loadMs': self.load_ms}

    def specialise(self, data):
        with self.changed:
            if self.status != 'generic':
                return answers.problem(409, 'already-specialised', 'Already specialised',
                                       f'The process is {self.status}.')
            self.status = 'loading'
        code_dir = '/code'
        try:
            self.spec = json.loads(data)
            code_dir = self.spec.get('codeDir') or code_dir
            os.environ.update(self.spec.get('environment') or {})
            os.chdir(code_dir)
            began = time.perf_counter()
            handler = load_handler(code_dir, self.spec['entry'], self.spec.get('handler'))
            capture_logging()
            self.load_ms = (time.perf_counter() - began) * 1000
            self.handler = handler
            self.status = 'ready'
            return _json_answer(self.health())
        except BaseException as error:  # SystemExit at the module's top, too: the reason must be told
            self.status = 'failed'
            stack = stack_of(error)
            log('error', f'The function could not be loaded: {error}', {'stack': stack})
            return answers.problem(500, 'load-error', 'The function could not be loaded',
                                   f'{type(error).__name__}: {error}', stack=stack, **user_location(error, code_dir))

    # What clients ask

    def invoke(self, request, data):
        """In the connection's thread. True when the connection can be used again."""
        request_id = request.header('nest-request-id') or request.header('x-request-id') or str(uuid.uuid4())
        seconds = self.spec.get('timeoutSeconds') or DEFAULT_TIMEOUT_SECONDS
        invocation = Invocation(request, seconds, request_id)
        with self.changed:
            self.in_flight.add(invocation)
        self.watchdog.watch(invocation)
        set_request(request_id)
        try:
            reply = self._reply(request, data, invocation)
            invocation.send(reply)
        except OSError:
            request.close_connection = True  # the client has left
        finally:
            set_request(None)
            self.watchdog.forget(invocation)
            with self.changed:
                self.in_flight.discard(invocation)
                self.changed.notify_all()

    def _reply(self, request, data, invocation):
        try:
            headers = request.headers_lower()
            event = make_event(request.command, request.path, headers, invocation.request_id, data)
            context = Context(self.spec, invocation.request_id, time.time() + invocation.seconds, headers)
            with invocation.interruptible():
                value = self.handler(event, context)
                if hasattr(value, '__await__'):
                    value = run_async(value, invocation)
            return answers.make_answer(value)
        except BadRequest as error:
            return answers.problem(error.status, error.problem, 'The request could not be read', str(error))
        except SystemExit as error:
            log('critical', f'The handler ended the process: sys.exit({error.code!r})')
            self.end_with(error)
        except BaseException as error:
            if not invocation.is_over:
                log('error', f'The handler raised {type(error).__name__}: {error}', {'stack': stack_of(error)})
            return answers.problem(500, 'handler-error', 'The handler threw an error',
                                   f'{type(error).__name__}: {error}')


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, descriptor, guest):
        socketserver.BaseServer.__init__(self, ('', 0), Connection)
        self.socket = socket.socket(fileno=descriptor)
        self.guest = guest
        self.connections = {}
        self.lock = threading.Condition()

    def get_request(self):
        connection, _ = self.socket.accept()
        with self.lock:
            self.connections[connection] = False
        return connection, ('function', 0)

    def note(self, connection, is_busy):
        with self.lock:
            if connection in self.connections:
                self.connections[connection] = is_busy

    def shutdown_request(self, request):
        with self.lock:
            self.connections.pop(request, None)
            self.lock.notify_all()
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        pass  # a connection that broke; what a handler raised is told where it was called

    def drain(self):
        """Returns when the last answer is sent. What a connection has received already is still served."""
        with self.lock:
            for connection, is_busy in self.connections.items():
                if not is_busy:
                    try:
                        connection.shutdown(socket.SHUT_RD)
                    except OSError:
                        pass
            self.lock.wait_for(lambda: not self.connections)


class Connection(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def __getattr__(self, name):
        if name.startswith('do_'):  # any method is the function's
            return self._serve
        raise AttributeError(name)

    def log_message(self, *arguments):
        pass

    def header(self, name):
        return self.headers.get(name)

    def headers_lower(self):
        found = {}
        for name, value in self.headers.items():
            name = name.lower()
            found[name] = f'{found[name]}, {value}' if name in found else value
        return found

    def _serve(self):
        guest = self.server.guest
        self.server.note(self.connection, True)
        try:
            data = self._read_body()
        except BadRequest as error:
            self.close_connection = True
            self.send(answers.problem(error.status, error.problem, 'The request could not be read', str(error)))
            return
        if self.path.startswith('/_nest/'):
            self.send(self._for_guest(guest, data))
        elif guest.handler is None:
            self.send(answers.problem(503, 'not-ready', 'The function is not loaded',
                                      f'The process is {guest.status}.'))
        else:
            guest.invoke(self, data)
        self.server.note(self.connection, False)
        if guest.status == 'draining':
            self.close_connection = True

    def _for_guest(self, guest, data):
        if self.command == 'GET' and self.path == '/_nest/health':
            return _json_answer(guest.health())
        if self.command == 'POST' and self.path == '/_nest/specialise':
            return guest.specialise(data)
        return answers.problem(404, 'no-such-route', 'No such route', f'{self.command} {self.path}')

    def _read_body(self):
        if 'chunked' in (self.header('transfer-encoding') or '').lower():
            return self._read_chunks()
        text = self.header('content-length') or '0'
        if not text.isdigit():
            raise BadRequest(400, 'bad-body', 'The content-length is no number.')
        if int(text) > MAX_BODY_BYTES:
            raise BadRequest(413, 'body-too-large', f'The body is over {MAX_BODY_BYTES} bytes.')
        return self.rfile.read(int(text))

    def _read_chunks(self):
        data = bytearray()
        while True:
            try:
                size = int(self.rfile.readline(1024).split(b';')[0], 16)
            except ValueError:
                raise BadRequest(400, 'bad-body', 'A chunk of the body has no size.') from None
            if size == 0:
                while self.rfile.readline(64 * 1024).strip():
                    pass  # trailers
                return bytes(data)
            if size < 0 or len(data) + size > MAX_BODY_BYTES:
                raise BadRequest(413, 'body-too-large', f'The body is over {MAX_BODY_BYTES} bytes.')
            data += self.rfile.read(size)
            self.rfile.readline(16)

    def head(self, reply, extra):
        if self.server.guest.status == 'draining':
            self.close_connection = True
        try:
            phrase = http.HTTPStatus(reply.status).phrase
        except ValueError:
            phrase = ''
        headers = reply.headers + extra + ([('connection', 'close')] if self.close_connection else [])
        lines = [f'HTTP/1.1 {reply.status} {phrase}', *(f'{name}: {value}' for name, value in headers), '', '']
        return '\r\n'.join(lines).encode('latin-1', 'replace')

    def send(self, reply):
        """A whole answer, in one write."""
        has_body = reply.status not in (204, 304)
        extra = [('content-length', str(len(reply.data)))] if has_body else []
        self.wfile.write(self.head(reply, extra) + (reply.data if has_body and self.command != 'HEAD' else b''))


def _json_answer(value):
    return answers.Answer(200, [('content-type', 'application/json')], json.dumps(value).encode('utf-8'))


def _process_start_unix_ms():
    """When this process was started, in whole clock ticks of the kernel (10 ms)."""
    with open('/proc/self/stat', encoding='ascii', errors='replace') as file:
        ticks = int(file.read().rpartition(')')[2].split()[19])
    return (time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + ticks / os.sysconf('SC_CLK_TCK')) * 1000
