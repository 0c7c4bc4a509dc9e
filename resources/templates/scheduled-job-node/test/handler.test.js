import assert from 'node:assert/strict';
import test from 'node:test';

import { dayBefore, handler, summary } from '../src/handler.js';

const lines = [];
const context = { log: { info: (message) => lines.push(message) } };
const fired = { type: 'nest.schedule.fired.v1', source: '/schedules/nightly', time: '2025-03-01T02:00:00Z' };

test('reports on the day before it was due', async () => {
    const answer = await handler(fired, context);
    assert.deepEqual(answer, { status: 200, body: { day: '2025-02-28', orders: 1, total: 12.5 } });
    assert.match(lines.at(-1), /2025-02-28: 1 orders/);
});

test('a second run of the same time does the same', async () => {
    assert.deepEqual(await handler(fired, context), await handler({ ...fired, id: 'again' }, context));
});

test('counts what lies in the day alone', () => {
    const day = dayBefore(new Date('2025-03-01T00:00:00Z'));
    const orders = ['2025-02-27T23:59:59Z', '2025-02-28T00:00:00Z', '2025-02-28T23:59:59Z', '2025-03-01T00:00:00Z'];
    assert.equal(summary(day, orders.map((at) => ({ at, price: 1 }))).total, 2);
});

test('refuses what is no schedule', async () => {
    assert.equal((await handler({ method: 'GET', path: '/' }, context)).status, 400);
    assert.equal((await handler({ ...fired, time: 'soon' }, context)).status, 400);
});
