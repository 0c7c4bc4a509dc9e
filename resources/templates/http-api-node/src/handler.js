// event:   { id, method, path, query, headers, body }; a JSON body is parsed already
// context: { log, environment, version, group, deadline, call }
export async function handler(event, context) {
    const name = event.query?.name ?? 'world';
    const greeting = context.environment?.GREETING ?? 'Hello';
    return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: {
            message: `${greeting}, ${name}!`,
            path: event.path,
            query: event.query ?? {},
        },
    };
}
