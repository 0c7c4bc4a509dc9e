const special = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/// Everything that comes from outside passes here on its way into the page.
export function escaped(text) {
    return String(text).replace(/[&<>"']/g, (each) => special[each]);
}

const price = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/// The page in the parts that are sent one after the other. orders(search) is awaited after the first.
export async function* page({ title, search, orders }) {
    yield `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="stylesheet" href="style.css"></head>
<body>
<h1>${escaped(title)}</h1>
<form><label>Search <input name="q" value="${escaped(search)}"></label></form>
`;
    const found = await orders(search);
    if (found.length === 0) {
        yield `<p>Nothing was found.</p>\n`;
    }
    for (const order of found) {
        yield `<p>#${order.number} ${escaped(order.what)}: ${price.format(order.price)}</p>\n`;
    }
    yield '</body>\n</html>\n';
}
