# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A function that tries to get out of its box, in Python: the attempts of escapeprobe.mjs that a language can
make differently, and those that Node cannot make itself. Each answers "allowed" or why it was refused; the
test says which may be allowed."""
import ctypes
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
attempts = {}


def attempt(name):
    def add(work):
        attempts[name] = work
        return work
    return add


def refuse(why):
    raise RuntimeError(why)


def call(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


for path in ('/etc/passwd', '/etc/shadow', '/etc/ssl/private', '/root', '/home', '/var', '/sys', '/run', '/boot'):
    attempt(f'look at {path}')(lambda path=path: os.stat(path))
for path in ('/usr/bin/x', '/code/x', '/nest/x', '/x', '/dev/shm/x', '/proc/x'):
    attempt(f'write {path}')(lambda path=path: open(path, 'w').close())
attempt('write /tmp/x')(lambda: open('/tmp/x', 'w').close())
attempt('change /nest/main.py')(lambda: os.chmod('/nest/main.py', 0o777))
attempt('change the code')(lambda: os.rename('/code/probe.py', '/code/other.py'))
attempt('make a device')(lambda: os.mknod('/tmp/disk', 0o060600, os.makedev(8, 0)))
attempt('make a set-user-id program that counts')(lambda: (
    subprocess.run(['/usr/bin/cp', '/usr/bin/id', '/tmp/id'], check=True), os.chmod('/tmp/id', 0o4755),
    'nosuid' in open('/proc/self/mountinfo').read() and refuse('the folder ignores it')))

for name, family, kind in (('IPv4', socket.AF_INET, socket.SOCK_STREAM), ('IPv6', socket.AF_INET6, socket.SOCK_STREAM),
                           ('UDP', socket.AF_INET, socket.SOCK_DGRAM), ('raw', socket.AF_INET, socket.SOCK_RAW),
                           ('packet', socket.AF_PACKET, socket.SOCK_RAW), ('netlink', 16, socket.SOCK_RAW),
                           ('vsock', 40, socket.SOCK_STREAM), ('alg', 38, socket.SOCK_SEQPACKET)):
    attempt(f'socket: {name}')(lambda family=family, kind=kind: socket.socket(family, kind).close())
attempt('resolve a name')(lambda: socket.getaddrinfo('example.org', 80))


@attempt('abstract Unix socket of the host')
def _():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect('\0nest-escape-probe')


@attempt('descriptors that were left open')
def _():
    known = {'0', '1', '2', '3'}
    left = []
    for number in set(os.listdir('/proc/self/fd')) - known:
        try:
            target = os.readlink(f'/proc/self/fd/{number}')
        except OSError:
            continue
        if not target.startswith(('socket:', 'anon_inode:', 'pipe:', '/proc/')):
            left.append(target)
    return left if left else refuse('none')


@attempt('see other processes')
def _():
    pids = [name for name in os.listdir('/proc') if name.isdigit()]
    names = set()
    for pid in pids:
        try:
            names.add(open(f'/proc/{pid}/comm').read().strip())
        except OSError:
            pass
    return names - {'bwrap', 'python3', 'prlimit'} or refuse(f'only {sorted(names)}')


attempt('environment of process 1')(lambda: len(open('/proc/1/environ').read()) or refuse('empty'))
attempt('command line of process 1 with host paths')(
    lambda: '/tmp/nest' in open('/proc/1/cmdline').read() or refuse('none'))
attempt('root of process 1')(lambda: 'shadow' in os.listdir('/proc/1/root/etc') or refuse('it is the box'))
attempt('signal process 1')(lambda: (os.kill(1, signal.SIGKILL), open('/proc/1/comm').read(), refuse('it lives')))
attempt('signal the group of everything')(lambda: os.kill(12345, 0))
attempt('trace process 1')(lambda: call(libc.ptrace(16, 1, 0, 0)))
attempt('trace itself')(lambda: call(libc.ptrace(0, 0, 0, 0)))
attempt('become root')(lambda: os.setuid(0))
attempt('change the group')(lambda: os.setgroups([0]))
attempt('raise a limit')(lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)))
attempt('raise the limit of processes')(lambda: resource.setrlimit(resource.RLIMIT_NPROC, (100_000, 100_000)))
attempt('raise the priority')(lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
attempt('lock memory without end')(lambda: call(libc.mlockall(3)))
attempt('real-time scheduling')(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
attempt('shared memory between boxes')(lambda: multiprocessing.shared_memory_probe())
attempt('System V shared memory')(lambda: call(libc.shmget(1234, 4096, 0o1600)))
attempt('memory without an owner')(lambda: os.close(os.memfd_create('x')))
attempt('new user namespace')(lambda: os.unshare(os.CLONE_NEWUSER))
attempt('new mount namespace')(lambda: os.unshare(os.CLONE_NEWNS))
attempt('enter a namespace')(lambda: os.setns(os.open('/proc/1/ns/mnt', os.O_RDONLY), 0))
attempt('mount')(lambda: call(libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0)))
attempt('chroot')(lambda: os.chroot('/tmp'))
attempt('kernel keys')(lambda: call(libc.syscall(250, 0, -3, 1)))
attempt('bpf')(lambda: call(libc.syscall(321, 0, 0, 0)))
attempt('io_uring')(lambda: call(libc.syscall(425, 1, 0)))
attempt('userfaultfd')(lambda: call(libc.syscall(323, 0)))
attempt('open by handle')(lambda: call(libc.syscall(304, 0, 0, 0)))
attempt('load a module')(lambda: call(libc.syscall(313, 0, 0, 0)))
attempt('set the clock')(lambda: call(libc.syscall(227, 0, b'\0' * 16)))
attempt('set the host name')(lambda: socket.sethostname('x'))
for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/proc/self/uid_map', '/proc/1/mem'):
    # Opened, not written: where the box has a hole, the test must not change the machine.
    attempt(f'open {path} for writing')(lambda path=path: os.close(os.open(path, os.O_RDWR)))


def shared_memory_probe():
    from multiprocessing import shared_memory
    shared_memory.SharedMemory(create=True, size=4096).close()


multiprocessing.shared_memory_probe = shared_memory_probe


def handler(event, context):
    results = {}
    for name, work in attempts.items():
        try:
            work()
            results[name] = 'allowed'
        except Exception as error:  # noqa: BLE001: whatever it is, it is the answer
            results[name] = str(error) or type(error).__name__
        for file in os.listdir('/tmp'):
            os.unlink(f'/tmp/{file}')
    return {'results': results, 'python': 'works\n', 'version': sys.version}
