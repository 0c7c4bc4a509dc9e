# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A function that meddles with what it is told: other processes, files by their attributes, sockets without a
connection. {pids, file, folder, datagram, abstract} -> {what: "allowed" or the error's name}. And, by its query, one
that leaves processes behind, writes its temporary folder, or goes."""
import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

libc = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE = 0x4206
SHMAT, SEMGET, MSGGET, INOTIFY_ADD_WATCH = 30, 64, 68, 254  # x86-64


def attempt(work):
    try:
        work()
        return "allowed"
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))


def call(*arguments):
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "")


def datagram(address):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", address)


def pair(address):
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.sendto(b"x", address)


def stream(address):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(address)


def meddle(told):
    tried = {}
    for pid in told["pids"]:
        tried[f"signal {pid}"] = attempt(lambda: os.kill(pid, 0))
        tried[f"stop {pid}"] = attempt(lambda: os.kill(pid, signal.SIGCONT))
        tried[f"limit {pid}"] = attempt(lambda: resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0)))
        tried[f"niceness {pid}"] = attempt(lambda: os.setpriority(os.PRIO_PROCESS, pid, 19))
        tried[f"processor {pid}"] = attempt(lambda: os.sched_setaffinity(pid, {0}))
        tried[f"trace {pid}"] = attempt(lambda: call(101, PTRACE_SEIZE, pid, 0, 0))
        for name in ("environ", "mem", "maps", "cwd", "root", "fd/0"):
            path = f"/proc/{pid}/{name}"
            look = os.listdir if name in ("cwd", "root") else os.readlink if name == "fd/0" else lambda p: open(p, "rb").read(1)
            tried[f"look {path}"] = attempt(lambda: look(path))
    path = told["file"]
    tried["mode"] = attempt(lambda: os.chmod(path, 0o666))
    tried["owner"] = attempt(lambda: os.chown(path, -1, os.getgid()))
    tried["time"] = attempt(lambda: os.utime(path, (1, 1)))
    tried["attribute"] = attempt(lambda: os.setxattr(path, "user.nest", b"x"))
    tried["length"] = attempt(lambda: os.truncate(path, 0))
    tried["rename"] = attempt(lambda: os.rename(path, path + ".gone"))
    tried["unlink"] = attempt(lambda: os.unlink(path))
    tried["link"] = attempt(lambda: os.link(path, tempfile.gettempdir() + "/link"))
    tried["make"] = attempt(lambda: os.mkdir(told["folder"] + "/made"))
    tried["watch"] = attempt(lambda: call(INOTIFY_ADD_WATCH, libc.inotify_init1(0), told["folder"].encode(), 0x100))
    tried["datagram"] = attempt(lambda: datagram(told["datagram"]))
    tried["datagram of a pair"] = attempt(lambda: pair(told["datagram"]))
    tried["abstract"] = attempt(lambda: stream("\0" + told["abstract"]))
    tried["segment"] = attempt(lambda: call(SHMAT, told["segment"], 0, 0))
    tried["semaphore"] = attempt(lambda: call(SEMGET, 0, 1, 0o600))
    tried["queue"] = attempt(lambda: call(MSGGET, 0, 0o600))
    return tried


def leave(mark):
    """A process that is nobody's child, in a session of its own; and one of its own, as deep as it can be."""
    sleeper = "import time; time.sleep(600)"
    first = ("import os, sys\nif os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\n"
             "os.execv(sys.executable, [sys.executable, '-I', '-c', 'import time; time.sleep(600)', sys.argv[1]])")
    subprocess.run([sys.executable, "-I", "-c", first, mark], check=True)
    subprocess.Popen([sys.executable, "-I", "-c", sleeper, mark], start_new_session=True)
    return "left"


def hide(_):
    """A file in a folder that nobody may look into, and one that is deep."""
    top = tempfile.mkdtemp()
    with open(top + "/file", "w") as file:
        file.write("x")
    folder = os.open(top, os.O_RDONLY)
    os.fchmod(folder, 0)
    os.chdir(tempfile.gettempdir())
    for _ in range(500):
        os.mkdir("deep")
        os.chdir("deep")
    return tempfile.gettempdir()


def fill(_):
    for number in range(20):
        with open(f"{tempfile.gettempdir()}/{number}", "wb") as file:
            file.write(bytes(20_000_000))
        time.sleep(0.3)
    return "it wrote 400 MB"


def handler(event, context):
    query = event["query"]
    if "leave" in query:
        return leave(query["leave"])
    if "hide" in query:
        return hide(query)
    if "fill" in query:
        return fill(query)
    if "exit" in query:
        os._exit(3)
    return meddle(event["body"]) if event["body"] else "here"
