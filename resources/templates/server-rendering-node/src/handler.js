// The Web form: request is a Request, the answer a Response. What is yielded is sent at once, so the browser shows the
// frame of the page while the data is still being fetched.
import { escaped, page } from './page.js';

export async function fetch(request, context) {
    const url = new URL(request.url);
    if (url.pathname === '/style.css') {
        return new Response('body { font-family: sans-serif; margin: 2rem; }\n', {
            headers: { 'content-type': 'text/css', 'cache-control': 'max-age=3600' },
        });
    }
    const title = context.environment?.TITLE ?? 'Orders';
    const parts = page({ title, search: url.searchParams.get('q') ?? '', orders: findOrders });
    return new Response(streamOf(parts), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/// Stands for the database.
async function findOrders(search) {
    const all = [
        { number: 1, what: 'Tea & biscuits', price: 12.5 },
        { number: 2, what: 'Coffee', price: 4 },
    ];
    return all.filter((order) => order.what.toLowerCase().includes(search.toLowerCase()));
}

function streamOf(parts) {
    const encoder = new TextEncoder();
    return new ReadableStream({
        async pull(controller) {
            try {
                const { value, done } = await parts.next();
                if (done) {
                    controller.close();
                } else {
                    controller.enqueue(encoder.encode(value));
                }
            } catch (error) {
                // The page has begun, so its status cannot say it any more.
                console.error('The page broke off:', error);
                controller.enqueue(encoder.encode(`<p role="alert">${escaped('Please try again.')}</p>`));
                controller.close();
            }
        },
        async cancel() {
            await parts.return();
        },
    });
}
