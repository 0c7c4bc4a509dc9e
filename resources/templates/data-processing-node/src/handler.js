// POST rows as text/csv, or as a JSON list of objects: /?by=city&value=price
// Answers count, sum, least and most of the value for each city.
import { parseCsv } from './csv.js';

export async function handler(event, context) {
    const { by, value } = event.query;
    if (typeof by !== 'string' || typeof value !== 'string') {
        return problem('Name the columns: /?by=city&value=price');
    }
    let rows;
    try {
        rows = rowsOf(event);
    } catch (error) {
        return problem(error.message);
    }
    const { groups, skipped } = summed(rows, by, value);
    if (skipped > 0) {
        context.log.warn(`${skipped} of ${rows.length} rows have no number in '${value}'`);
    }
    return { status: 200, body: { rows: rows.length, skipped, groups } };
}

function rowsOf(event) {
    if (typeof event.body === 'string') {
        return parseCsv(event.body);
    }
    if (!Array.isArray(event.body)) {
        throw new Error('POST rows: text/csv with a first line of names, or a JSON list of objects.');
    }
    return event.body;
}

export function summed(rows, by, value) {
    const groups = new Map(); // a name may be any text, also one that every object has
    let skipped = 0;
    for (const row of rows) {
        const text = row?.[value];
        const number = typeof text === 'string' && text.trim() === '' ? Number.NaN : Number(text ?? Number.NaN);
        if (!Number.isFinite(number)) {
            ++skipped;
            continue;
        }
        const name = String(row[by] ?? '');
        const group = groups.get(name) ?? { count: 0, sum: 0, least: number, most: number };
        groups.set(name, group);
        group.count += 1;
        group.sum += number;
        group.least = Math.min(group.least, number);
        group.most = Math.max(group.most, number);
    }
    return { groups: Object.fromEntries(groups), skipped };
}

function problem(detail) {
    return { status: 400, body: { error: detail } };
}
