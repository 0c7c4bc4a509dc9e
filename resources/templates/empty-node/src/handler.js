export async function handler(event, context) {
    return { status: 204 };
}
