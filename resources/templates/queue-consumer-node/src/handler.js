// event: a CloudEvent, one message of the queue: { id, source, type, data }.
//
// What is answered decides what becomes of the message: 2xx, it is done; anything else, or an error, it comes again.
// So a message that can never be read is laid aside with 200 and a reason, and only what may succeed later fails.
const seen = new Set(); // of this instance; a database with a unique key does it for all
const mostSeen = 10_000;

export async function handler(event, context) {
    if (event.type !== 'shop.order.placed.v1') {
        return laidAside(context, event, `type ${event.type ?? 'none'} is not for this consumer`);
    }
    const wrong = whatIsWrong(event.data);
    if (wrong) {
        return laidAside(context, event, wrong);
    }
    const key = `${event.source} ${event.id}`; // what makes a CloudEvent the same one
    if (seen.has(key)) {
        context.log.info(`Message ${event.id} again: nothing to do`);
        return { status: 200, body: { result: 'duplicate' } };
    }
    await ship(event.data, context);
    remember(key);
    return { status: 200, body: { result: 'shipped', order: event.data.order } };
}

export function whatIsWrong(data) {
    if (data === null || typeof data !== 'object') {
        return 'there is no data';
    }
    if (!Number.isInteger(data.order)) {
        return 'data.order is no whole number';
    }
    return Array.isArray(data.items) && data.items.length > 0 ? undefined : 'data.items is empty';
}

function laidAside(context, event, reason) {
    context.log.warn(`Message ${event.id} laid aside: ${reason}`, { data: event.data });
    return { status: 200, body: { result: 'laid aside', reason } };
}

function remember(key) {
    seen.add(key);
    if (seen.size > mostSeen) {
        seen.delete(seen.values().next().value); // the oldest
    }
}

/// Stands for the work. What it throws lets the message come again.
async function ship(order, context) {
    if (order.items.includes('out of stock')) {
        throw new Error(`Order ${order.order} waits for stock.`);
    }
    context.log.info(`Order ${order.order} shipped`, { items: order.items.length });
}
