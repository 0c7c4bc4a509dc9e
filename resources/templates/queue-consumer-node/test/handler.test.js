import assert from 'node:assert/strict';
import test from 'node:test';

import { handler } from '../src/handler.js';

const lines = [];
const note = (message) => lines.push(message);
const context = { log: { info: note, warn: note } };
const message = (id, data) => ({ id, source: '/queues/orders', type: 'shop.order.placed.v1', data });

test('ships an order', async () => {
    const answer = await handler(message('1', { order: 7, items: ['tea'] }), context);
    assert.deepEqual(answer, { status: 200, body: { result: 'shipped', order: 7 } });
    assert.equal(lines.at(-1), 'Order 7 shipped');
});

test('does nothing for a message that comes again', async () => {
    await handler(message('2', { order: 8, items: ['tea'] }), context);
    const again = await handler(message('2', { order: 8, items: ['tea'] }), context);
    assert.equal(again.body.result, 'duplicate');
});

test('lays aside what can never be read', async () => {
    for (const data of [null, {}, { order: 'x', items: ['tea'] }, { order: 1, items: [] }]) {
        const answer = await handler(message('3', data), context);
        assert.equal(answer.status, 200);
        assert.equal(answer.body.result, 'laid aside');
    }
    assert.equal((await handler({ id: '4', type: 'other' }, context)).body.result, 'laid aside');
});

test('fails for what may succeed later, and takes it then', async () => {
    const waiting = { order: 9, items: ['out of stock'] };
    await assert.rejects(handler(message('5', waiting), context), /waits for stock/);
    const later = await handler(message('5', { order: 9, items: ['tea'] }), context);
    assert.equal(later.body.result, 'shipped');
});
