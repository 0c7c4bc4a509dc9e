/// Rows as objects, by the names in the first line. Quoted fields may hold commas, line breaks and "" for a quote.
export function parseCsv(text) {
    const lines = [];
    let line = [];
    let field = '';
    let isQuoted = false;
    for (let i = 0; i < text.length; ++i) {
        const each = text[i];
        if (isQuoted) {
            if (each !== '"') {
                field += each;
            } else if (text[i + 1] === '"') {
                field += '"';
                ++i;
            } else {
                isQuoted = false;
            }
        } else if (each === '"' && field === '') {
            isQuoted = true;
        } else if (each === ',' || each === '\n') {
            line.push(field.endsWith('\r') && each === '\n' ? field.slice(0, -1) : field);
            field = '';
            if (each === '\n') {
                lines.push(line);
                line = [];
            }
        } else {
            field += each;
        }
    }
    if (isQuoted) {
        throw new Error('A quoted field of the CSV does not end.');
    }
    if (field !== '' || line.length > 0) {
        lines.push([...line, field]);
    }
    const [names = [], ...rows] = lines;
    return rows.filter((row) => row.length > 1 || row[0] !== '').map((row) =>
        Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}
