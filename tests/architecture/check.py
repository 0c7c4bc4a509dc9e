#!/usr/bin/env python3
# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of ARCHITECTURE.md and the style page that a machine can hold.

usage: check.py RULE SOURCE_DIR BUILD_DIR; prints each offence on a line, ends with 1 if there is one.

`arrows` reads the compiler's own dependency log, so that relative and transitive includes count too.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

# Who may include whom. A room may always include itself.
ALLOWED = {
    "scaling": set(),
    "api/wire": set(),
    "api/client": {"api/wire"},
    "platform/http": {"api/wire"},
    "platform/gateway": {"api/wire", "platform/http"},
    "platform/keeper": {"api/wire"},
    "platform/policy": {"api/wire", "scaling"},
    "platform/runtimes": set(),
    "platform/secrets": set(),
    "platform/engines": {"api/wire", "platform/keeper", "platform/runtimes", "platform/secrets"},
    "platform/store": {"api/wire"},
    "platform/metrics": {"api/wire", "scaling", "platform/gateway", "platform/http"},
    "platform/logs": {"api/wire"},
    "platform/pools": {"api/wire", "platform/engines", "platform/keeper", "platform/runtimes"},
    "platform/builds": {"api/wire", "scaling", "platform/policy", "platform/engines", "platform/keeper", "platform/runtimes"},
    "platform/instances": {"api/wire", "platform/gateway", "platform/http", "platform/engines", "platform/keeper"},
    "platform/trials": {"api/wire", "platform/http", "platform/engines", "platform/keeper"},
    "platform/control": {"api/wire", "scaling", "platform"},
    "models": {"api/wire", "api/client", "scaling"},
    "models/diff": {"api/wire", "api/client"},
    "models/connections": {"api/wire", "api/client"},
    "models/draft": {"api/wire", "api/client", "scaling", "models", "models/diff"},
    "models/deploy": {"api/wire", "api/client", "scaling", "models"},
    "widgets/theme": set(),
    "widgets/chart": {"widgets/theme"},
    "widgets/figures": {"widgets/theme"},
    "widgets/explain": {"widgets/theme"},
    "widgets/table": {"widgets/theme", "models"},
    "widgets/state": {"widgets/theme"},
    "widgets/code": {"widgets/theme"},
    "widgets/editor": {"widgets/theme"},
    "widgets/diff": {"widgets/theme", "models/diff"},
    "widgets/shell": {"widgets", "models"},
    "app/nestd": {"api/wire", "platform", "scaling"},
    "app/keeper": {"api/wire", "platform/keeper"},
    "app/relay": set(),
    "app/nest": {"api", "scaling"},
    "app/console": {"models", "widgets", "api", "scaling"},
}
# The house's failure type and the words of a problem: any room may use them.
COMMON = {"api/wire/result.h"}
QT_FREE = {"scaling", "api/wire", "platform/policy", "platform/http", "platform/gateway", "platform/keeper", "platform/secrets", "app/keeper", "app/relay"}
LONGEST_FILE = 500


def room_of(path):
    """The longest room that holds the file, or nothing for a file of no room."""
    best = ""
    for room in ALLOWED:
        if path.startswith(room + "/") and len(room) > len(best):
            best = room
    return best


def may_include(room, other):
    return other == room or any(other == allowed or other.startswith(allowed + "/") for allowed in ALLOWED[room])


def dependencies(build):
    """(object, headers) of everything compiled so far."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    target, headers = None, []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            if target:
                yield target, headers
            target, headers = line.split(":")[0], []
        elif line.strip():
            headers.append(line.strip())
    if target:
        yield target, headers


def arrows(source, build):
    seen = set()
    for target, headers in dependencies(build):
        owners = [h for h in headers if h.endswith(".cpp")]
        for owner in owners[:1]:
            path = pathlib.Path(build, owner).resolve() if not owner.startswith("/") else pathlib.Path(owner)
            if not path.is_relative_to(source):
                continue
            room = room_of(str(path.relative_to(source)))
            if not room:
                continue
            for header in headers:
                full = pathlib.Path(header) if header.startswith("/") else pathlib.Path(build, header).resolve()
                if room in QT_FREE and "/qt6/" in str(full):
                    seen.add(f"{path.relative_to(source)} opens Qt's {full.name}; {room} is free of Qt")
                if full.is_relative_to(build) or not full.is_relative_to(source):
                    continue
                if str(full.relative_to(source)) in COMMON:
                    continue
                other = room_of(str(full.relative_to(source)))
                if other and not may_include(room, other):
                    seen.add(f"{path.relative_to(source)} includes {full.relative_to(source)}; {room} may not know {other}")
    return sorted(seen)


def tracked(source, *patterns):
    command = ["git", "-c", f"safe.directory={source}", "-C", source, "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    return [n for n in names if n and pathlib.Path(source, n).is_file()]


def heads(source, _):
    for name in tracked(source, "*.cpp", "*.h", "*.mjs", "*.py", "*.sh", "*CMakeLists.txt", "*.cmake", "dev", ".ci/run"):
        text = pathlib.Path(source, name).read_text(errors="replace")
        start = text[:400]
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in start and "/templates/" not in name:
            yield f"{name}: no SPDX line at its head"
        if name.endswith(".h") and "#pragma once" not in start:
            yield f"{name}: no #pragma once"


def lengths(source, _):
    for name in tracked(source, "*.cpp", "*.h", "*.mjs", "*.py"):
        lines = pathlib.Path(source, name).read_text(errors="replace").count("\n")
        if lines > LONGEST_FILE:
            yield f"{name}: {lines} lines; a file is one idea and has at most {LONGEST_FILE}"


def readmes(source, _):
    for room in ALLOWED:
        folder = pathlib.Path(source, room)
        if folder.is_dir() and not (folder / "README.md").is_file():
            yield f"{room}: no README.md"


def words(source, _):
    """Things that the style page forbids, by place."""
    rules = [
        (r"\bQColor\(\s*(0x|\"|[0-9])", ("widgets/", "app/"), ("widgets/theme/",), "a colour literal outside widgets/theme"),
        (r"\bsetStyleSheet\(", ("widgets/", "app/"), ("widgets/theme/",), "a style sheet outside widgets/theme"),
        (r"\bprocessEvents\(|\bwaitFor(ReadyRead|Finished|Connected|BytesWritten|Started)\(|\bQEventLoop\b",
         ("models/", "widgets/", "app/console/"), ("app/console/tour.cpp",), "waiting on the UI thread"),  # the tour has no UI
        (r"#include <(KTextEditor|ktexteditor)/", ("",), ("widgets/editor/plugin/",), "KTextEditor outside the editor's library"),
        (r"\bon_[a-z]+_[a-z]+\(", ("models/", "widgets/", "app/"), (), "a slot named on_x_y"),
        (r"\busing namespace\b", ("",), (), "using namespace in a header"),
        (r"//\s*(TODO(?!\(#\d+\))|FIXME)", ("",), (), "a TODO without an issue's number"),
    ]
    for name in tracked(source, "*.cpp", "*.h"):
        if name.startswith("tests/"):
            continue
        text = pathlib.Path(source, name).read_text(errors="replace")
        for pattern, places, except_places, what in rules:
            if not any(name.startswith(p) for p in places) or any(name.startswith(p) for p in except_places):
                continue
            if "in a header" in what and not name.endswith(".h"):
                continue
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {what}"


def translations(source, _):
    for name in tracked(source, "translations/*.ts"):
        text = pathlib.Path(source, name).read_text()
        unfinished = text.count('type="unfinished"')
        if unfinished:
            yield f"{name}: {unfinished} texts are not translated"
    with tempfile.TemporaryDirectory() as folder:
        for name in tracked(source, "translations/*.ts"):
            shutil.copy(pathlib.Path(source, name), folder)
        subprocess.run([pathlib.Path(source, "installer/translate"), folder], check=True, capture_output=True)
        for name in tracked(source, "translations/*.ts"):
            if texts_of(pathlib.Path(source, name)) != texts_of(pathlib.Path(folder, pathlib.Path(name).name)):
                yield f"{name}: it does not have the texts of the sources; run ./dev translate"


def texts_of(path):
    """(context, source, comment) of each text in a translation file."""
    return {(context.findtext("name"), message.findtext("source"), message.findtext("comment"))
            for context in xml.etree.ElementTree.parse(path).getroot().iter("context")
            for message in context.iter("message")}


RULES = {"arrows": arrows, "heads": heads, "lengths": lengths, "readmes": readmes, "words": words,
         "translations": translations}

if __name__ == "__main__":
    if sys.argv[1] == "may-include":  # ROOM OTHER: for the test of the check itself
        sys.exit(0 if may_include(sys.argv[2], sys.argv[3]) else 1)
    rule, source_dir, build_dir = sys.argv[1:4]
    offences = list(RULES[rule](str(pathlib.Path(source_dir).resolve()), str(pathlib.Path(build_dir).resolve())))
    print("\n".join(offences))
    sys.exit(1 if offences else 0)
