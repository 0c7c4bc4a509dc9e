# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Another user of the machine, who was told where everything lies: prints one line for each thing it could do.
# Standard input: {"paths": […], "sockets": […], "pids": […], "ports": […]}.
import ctypes
import http.client
import json
import os
import signal
import socket
import sys

wanted = json.load(sys.stdin)
libc = ctypes.CDLL(None, use_errno=True)
tried = 0


def attempt(what, work):
    global tried
    tried += 1
    try:
        work()
    except OSError:
        return
    print('could', what)


def read(path):
    os.listdir(path) if os.path.isdir(path) else open(path, 'rb').close()


def write(path):
    if os.path.isdir(path):
        os.mkdir(path + '/intruder')
    else:
        open(path, 'ab').close()


def connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(5)
        client.connect(path)


def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


class Piece(ctypes.Structure):
    _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]


def peek(pid):
    buffer = ctypes.create_string_buffer(8)
    own, other = Piece(ctypes.addressof(buffer), 8), Piece(0x400000, 8)
    call('process_vm_readv', pid, ctypes.byref(own), 1, ctypes.byref(other), 1, 0)


def borrow(pid):
    """The process's standard output (pidfd_getfd)."""
    handle = os.pidfd_open(pid)
    try:
        call('syscall', 438, handle, 1, 0)
    finally:
        os.close(handle)


for path in wanted['paths']:
    attempt(f'read {path}', lambda: read(path))
    attempt(f'write {path}', lambda: write(path))
for path in wanted['sockets']:
    attempt(f'connect to {path}', lambda: connect(path))
for pid in wanted['pids']:
    for name in ('environ', 'mem', 'maps', 'fd', 'cwd', 'root', 'stack', 'auxv'):
        attempt(f'read /proc/{pid}/{name}', lambda: read(f'/proc/{pid}/{name}'))
    attempt(f'follow /proc/{pid}/exe', lambda: os.readlink(f'/proc/{pid}/exe'))
    attempt(f'signal {pid}', lambda: os.kill(pid, signal.SIGURG))
    attempt(f'trace {pid}', lambda: call('ptrace', 16, pid, 0, 0))
    attempt(f'peek into {pid}', lambda: peek(pid))
    attempt(f'borrow from {pid}', lambda: borrow(pid))
for port in wanted['ports']:
    for token in ('', 'nest_0000000000000000000000000000000000000000'):
        client = http.client.HTTPConnection('127.0.0.1', port, timeout=5)
        client.request('GET', '/v1/functions', headers={'Authorization': 'Bearer ' + token} if token else {})
        tried += 1
        if client.getresponse().status != 401:
            print('could', f'ask port {port}')
print('tried', tried)
