import assert from 'node:assert/strict';
import test from 'node:test';

import { fetch } from '../src/handler.js';
import { page } from '../src/page.js';

const context = { environment: { TITLE: 'Today' } };
const ask = (path) => fetch(new Request(`http://function${path}`), context);

test('renders the orders', async () => {
    const answer = await ask('/');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    const text = await answer.text();
    assert.match(text, /<h1>Today<\/h1>/);
    assert.match(text, /#1 Tea &amp; biscuits: €12\.50/);
    assert.match(text, /<\/html>\n$/);
});

test('shows what was searched for as text, never as markup', async () => {
    const text = await (await ask('/?q=%22%3E%3Cscript%3E')).text();
    assert.match(text, /value="&quot;&gt;&lt;script&gt;"/);
    assert.match(text, /Nothing was found/);
});

test('sends the frame before the data is there', async () => {
    let arrive;
    const orders = () => new Promise((done) => { arrive = done; });
    const parts = page({ title: 'Today', search: '', orders });
    assert.match((await parts.next()).value, /<h1>Today/);
    const next = parts.next();
    arrive([{ number: 7, what: 'Tea', price: 1 }]);
    assert.match((await next).value, /#7 Tea/);
});

test('has a style sheet', async () => {
    assert.equal((await ask('/style.css')).headers.get('content-type'), 'text/css');
});
