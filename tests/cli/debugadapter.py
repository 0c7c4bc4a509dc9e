# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""debugadapter.py PORT FILE LINE EXPRESSION: a client of the debug adapter protocol, as VS Code is one. Attaches, sets
a breakpoint, says "set"; at the breakpoint says the expression's value there and goes on."""
import json
import socket
import sys

port, path, line, expression = sys.argv[1:5]
connection = socket.create_connection(('127.0.0.1', int(port)))
stream = connection.makefile('rb')
last = 0


def send(command, **arguments):
    global last
    last += 1
    body = json.dumps({'seq': last, 'type': 'request', 'command': command, 'arguments': arguments}).encode()
    connection.sendall(b'Content-Length: %d\r\n\r\n' % len(body) + body)
    return last


def receive():
    length = 0
    while (head := stream.readline().strip()):
        if head.lower().startswith(b'content-length:'):
            length = int(head.split(b':')[1])
    if length == 0:
        sys.exit('the adapter has gone')
    return json.loads(stream.read(length))


def until(wanted):
    while not wanted(message := receive()):
        pass
    return message


def answer(number):
    return until(lambda message: message['type'] == 'response' and message['request_seq'] == number).get('body')


def event(name):
    return until(lambda message: message['type'] == 'event' and message['event'] == name).get('body')


send('initialize', adapterID='test', pathFormat='path', linesStartAt1=True, columnsStartAt1=True)
send('attach', justMyCode=True)
event('initialized')
answer(send('setBreakpoints', source={'path': path}, breakpoints=[{'line': int(line)}]))
send('configurationDone')
print('set', flush=True)
thread = event('stopped')['threadId']
frame = answer(send('stackTrace', threadId=thread))['stackFrames'][0]['id']
print('value', answer(send('evaluate', expression=expression, frameId=frame))['result'], flush=True)
answer(send('continue', threadId=thread))
