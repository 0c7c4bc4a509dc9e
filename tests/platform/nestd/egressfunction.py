# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A function of tst_egress that uses its open network as it is told to, or tries to get round its limits."""
import errno
import os
import socket
import struct
import threading

OUT = "eth0"


def connect(kind, how, address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, kind) as peer:
        peer.settimeout(0.5)
        index = socket.if_nametoindex(OUT)
        address, _, scope = address.partition("%")
        where = (address, port, 0, index if scope else 0) if family == socket.AF_INET6 else (address, port)
        if how == "device":
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, OUT.encode())
        elif how == "interface" and family == socket.AF_INET:
            peer.setsockopt(socket.IPPROTO_IP, 50, struct.pack("!I", index))  # IP_UNICAST_IF
            if kind == socket.SOCK_DGRAM:
                peer.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("4s4si", b"", b"", index))
        elif how == "broadcast":
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        if kind == socket.SOCK_STREAM:
            peer.connect(where)
            peer.sendall(b"hello")
            peer.shutdown(socket.SHUT_WR)
            return peer.recv(99).decode()
        aim = []
        if how == "packet":
            level, name, data = (
                (socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, struct.pack("16si", b"", index))
                if family == socket.AF_INET6
                else (socket.IPPROTO_IP, 8, struct.pack("i4s4s", index, b"", b""))
            )
            aim = [(level, name, data)]
        peer.sendmsg([b"hello"], aim, 0, where)
        return peer.recv(99).decode()


def listen(port):
    server = socket.create_server(("0.0.0.0", port))

    def serve():
        while True:
            with server.accept()[0] as peer:
                peer.sendall(peer.recv(99))

    threading.Thread(target=serve, daemon=True).start()


def attempt(deed):
    try:
        return deed()
    except TimeoutError:
        return "ETIMEDOUT"
    except socket.gaierror as error:
        return str(error)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))


def handler(event, context):
    query = event["query"]
    what = query.get("do", "name")
    if what == "listen":
        listen(int(query["port"]))
        return {"result": "listens"}
    if what == "attack":
        port = int(query["port"])
        found = {}
        for address in query["addresses"].split(","):
            for name, kind in ("tcp", socket.SOCK_STREAM), ("udp", socket.SOCK_DGRAM):
                for how in "", "device", "interface", "packet", "broadcast":
                    if (name, how) in (("tcp", "packet"), ("tcp", "broadcast")):
                        continue
                    found[f"{name} {address} {how}"] = attempt(lambda: connect(kind, how, address, port))
        return {"result": found}
    if what == "socket":
        return {"result": attempt(lambda: str(bool(socket.socket(*map(int, query["socket"].split(",")))))) }
    if what == "path":
        return {"result": os.path.exists(query["path"])}
    if what == "granted":
        return {"result": attempt(lambda: connect(socket.SOCK_STREAM, "", os.environ["PEER_HOST"], int(os.environ["PEER_PORT"])))}

    def by_name():
        with socket.create_connection((query["host"], int(query["port"])), 5) as peer:
            peer.sendall(b"hello")
            peer.shutdown(socket.SHUT_WR)
            return peer.recv(99).decode()

    return {"result": attempt(by_name)}
