import assert from 'node:assert/strict';
import test from 'node:test';

import { parseCsv } from '../src/csv.js';
import { handler } from '../src/handler.js';

const lines = [];
const context = { log: { warn: (message) => lines.push(message) } };
const ask = (body, query = { by: 'city', value: 'price' }) => handler({ method: 'POST', path: '/', query, body }, context);
const expected = { Bonn: { count: 2, sum: 5, least: 2, most: 3 }, Köln: { count: 1, sum: 4, least: 4, most: 4 } };

test('sums up CSV', async () => {
    const answer = await ask('city,price\nBonn,2\r\nKöln,4\nBonn,3\n');
    assert.deepEqual(answer, { status: 200, body: { rows: 3, skipped: 0, groups: expected } });
});

test('sums up JSON', async () => {
    const rows = [{ city: 'Bonn', price: 2 }, { city: 'Köln', price: 4 }, { city: 'Bonn', price: '3' }];
    assert.deepEqual((await ask(rows)).body.groups, expected);
});

test('counts rows without a number, and says so', async () => {
    const answer = await ask([{ city: 'Bonn', price: 'x' }, { city: 'Bonn' }, { city: 'Bonn', price: 1 }]);
    assert.equal(answer.body.skipped, 2);
    assert.match(lines.at(-1), /2 of 3 rows/);
});

test('takes any text as the name of a group', async () => {
    const { groups } = (await ask('city,price\n__proto__,2\nconstructor,3\n')).body;
    assert.deepEqual(Object.entries(groups), [
        ['__proto__', { count: 1, sum: 2, least: 2, most: 2 }],
        ['constructor', { count: 1, sum: 3, least: 3, most: 3 }],
    ]);
    assert.equal({}.count, undefined);
});

test('reads quoted fields', () => {
    assert.deepEqual(parseCsv('a,b\n"x, ""y""\nz",1\n'), [{ a: 'x, "y"\nz', b: '1' }]);
    assert.throws(() => parseCsv('a\n"x'), /does not end/);
});

test('says what is missing', async () => {
    assert.equal((await ask('a\n1', {})).status, 400);
    assert.equal((await ask(null)).status, 400);
    assert.match((await ask('city\n"x')).body.error, /does not end/);
});
