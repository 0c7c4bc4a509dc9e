# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python guest: an HTTP/1.1 server on the listening Unix socket that it inherits as descriptor 3.

It speaks the protocol at the top of ../node/main.mjs. What is Python's own:
- One thread a connection; the handler runs in it. An `async def` handler runs in one event loop beside them.
- At the time limit the client gets its 504 and an exception is raised in the handler's thread, which ends what is
  written in Python. A handler that is still there some seconds later (it sleeps in C) costs the process: it answers
  what is in flight and exits, and the platform starts another.
- sys.exit() in a handler ends the process, as an uncaught error does in Node.

Started as `python3 -I -S`: no user site, no packages of the machine; only the standard library, /code and
/code/site-packages.
"""
import sys

nest = __file__.rpartition('/')[0]
sys.path.insert(0, nest)
from nest_guest.server import Guest  # noqa: E402

sys.path.remove(nest)  # the user's modules are not to meet ours

if __name__ == '__main__':
    Guest().run()
