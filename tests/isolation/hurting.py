# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A function that does harm: as its query says, and no more than the query says."""
import mmap
import os
import time

MEGABYTE = 1024 * 1024
kept = []


def fork_bomb(_):
    """Each child goes on forking; all of them end by themselves after some seconds."""
    until = time.monotonic() + 2
    refused = 0
    while time.monotonic() < until:
        try:
            if os.fork() == 0:
                while time.monotonic() < until:
                    try:
                        os.fork()
                    except OSError:
                        time.sleep(0.01)
                os._exit(0)
        except OSError:
            refused += 1
            time.sleep(0.01)
    return {"refused": refused}


def many_processes(_):
    """More than a box may have, which wait."""
    for _ in range(600):
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    time.sleep(4)
    return "it took 600 processes"


def private_memory(_):
    while len(kept) < 64:
        kept.append(bytearray(8 * MEGABYTE))
    return "it took 512 MB"


def shared_memory(_):
    """Mappings that the limit on private memory does not count."""
    for _ in range(50):
        part = mmap.mmap(-1, 8 * MEGABYTE)
        for page in range(0, len(part), 4096):
            part[page] = 1
        kept.append(part)
        time.sleep(0.04)
    return "it took 400 MB"


def many_small(_):
    """Processes that are each below the limit."""
    for _ in range(10):
        if os.fork() == 0:
            held = bytearray(40 * MEGABYTE)
            for page in range(0, len(held), 4096):
                held[page] = 1
            time.sleep(8)
            os._exit(0)
        time.sleep(0.1)
    time.sleep(4)
    return "it took 400 MB"


def no_owner_memory(_):
    """Memory that belongs to no process: files without a name."""
    names = []
    for name, make in (("memfd", lambda: os.memfd_create("x")),):
        try:
            make()
            names.append(name)
        except OSError as error:
            names.append(f"{name}: {error.errno}")
    return names


def fill_disk(_):
    written = 0
    try:
        for number in range(5):
            with open(f"/tmp/{number}", "wb") as file:
                for _ in range(30):
                    file.write(bytes(MEGABYTE))
                    file.flush()
                    written += 1
    except OSError as error:
        return {"written": written, "errno": error.errno}
    finally:
        for name in os.listdir("/tmp"):
            os.unlink(f"/tmp/{name}")
    return {"written": written}


def many_files(_):
    for number in range(60_000):
        os.close(os.open(f"/tmp/{number}", os.O_CREAT | os.O_WRONLY))
        if number % 500 == 0:
            time.sleep(0.02)
    return "it made 60,000 files"


def burn(event):
    """All the processor it can get, in as many processes as it is told."""
    until = time.monotonic() + float(event["query"].get("seconds", "3"))
    started = []
    for _ in range(int(event["query"].get("processes", "1")) - 1):
        process = os.fork()
        if process == 0:
            while time.monotonic() < until:
                pass
            os._exit(0)
        started.append(process)
    while time.monotonic() < until:
        pass
    for process in started:  # else they stay and count, and the next fire is smaller
        os.waitpid(process, 0)
    return "burnt"


def shout(_):
    line = "x" * 1000
    for number in range(20_000):
        print(number, line)
    return "shouted"


def big_answer(event):
    def parts():
        for _ in range(int(event["query"].get("megabytes", "200"))):
            yield bytes(MEGABYTE)
    return {"status": 200, "headers": {"content-type": "application/octet-stream"}, "body": parts()}


def big_head(_):
    return {"status": 200, "headers": {f"x-{number}": "y" * 1000 for number in range(150)}, "body": "x"}


def endless(_):
    while True:
        pass


def handler(event, context):
    action = event["query"].get("do", "")
    known = {action.__name__: action for action in (
        fork_bomb, many_processes, private_memory, shared_memory, many_small, no_owner_memory, fill_disk, many_files, burn, shout,
        big_answer, big_head, endless)}
    return known[action](event) if action in known else "hello"
