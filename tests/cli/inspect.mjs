// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// node --experimental-websocket inspect.mjs PORT FILE LINE EXPRESSION: a debugger. Attaches, sets a breakpoint, says
// "set"; at the breakpoint says the expression's value there and goes on. A pause before that is passed.
const [, , port, file, line, expression] = process.argv;
const list = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
const socket = new WebSocket(list[0].webSocketDebuggerUrl);
const answers = new Map();
let last = 0;
const send = (method, params = {}) =>
    new Promise((done) => {
        answers.set(++last, done);
        socket.send(JSON.stringify({ id: last, method, params }));
    });
socket.onmessage = async ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) {
        answers.get(message.id)(message);
    } else if (message.method === 'Debugger.paused') {
        const frame = message.params.callFrames[0];
        const isOurs = message.params.hitBreakpoints?.length > 0;
        if (isOurs) {
            const value = await send('Debugger.evaluateOnCallFrame', { callFrameId: frame.callFrameId, expression });
            console.log('value', value.result.result.value);
        }
        await send('Debugger.resume');
        if (isOurs) {
            process.exit(0);
        }
    }
};
socket.onopen = async () => {
    await send('Runtime.enable');
    await send('Debugger.enable');
    await send('Debugger.setBreakpointByUrl', { urlRegex: `.*/${file}$`, lineNumber: Number(line) - 1 });
    console.log('set');
    await send('Runtime.runIfWaitingForDebugger');
};
