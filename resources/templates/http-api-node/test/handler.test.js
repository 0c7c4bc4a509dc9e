import assert from 'node:assert/strict';
import test from 'node:test';

import { handler } from '../src/handler.js';

const context = { environment: { GREETING: 'Hello' } };

test('greets the world', async () => {
    const answer = await handler({ method: 'GET', path: '/', query: {} }, context);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.message, 'Hello, world!');
});

test('greets by name, with the greeting of the environment', async () => {
    const event = { method: 'GET', path: '/', query: { name: 'Ada' } };
    const answer = await handler(event, { environment: { GREETING: 'Good morning' } });
    assert.equal(answer.body.message, 'Good morning, Ada!');
});

test('tells the path and the query', async () => {
    const answer = await handler({ method: 'GET', path: '/a/b', query: { x: '1' } }, context);
    assert.deepEqual(answer.body.path, '/a/b');
    assert.deepEqual(answer.body.query, { x: '1' });
});
