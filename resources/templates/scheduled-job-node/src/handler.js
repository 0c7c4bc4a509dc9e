// event: a CloudEvent with type nest.schedule.fired.v1; event.time is when the run was due.
//
// A run may come late, or twice. So it works on the day before the time it was due, never before now, and what it
// writes should be named by that day: a second run then writes the same again.
const dayMs = 24 * 60 * 60 * 1000;

export async function handler(event, context) {
    if (event.type !== 'nest.schedule.fired.v1') {
        return { status: 400, body: { error: `This job takes nest.schedule.fired.v1, not ${event.type ?? 'a plain request'}.` } };
    }
    const due = new Date(event.time);
    if (Number.isNaN(due.getTime())) {
        return { status: 400, body: { error: 'The event has no time at which it was due.' } };
    }
    const day = dayBefore(due);
    const orders = await ordersOf(day);
    const report = summary(day, orders);
    context.log.info(`Report of ${report.day}: ${report.orders} orders`, report);
    return { status: 200, body: report };
}

/// The whole day (UTC) before a time.
export function dayBefore(time) {
    const to = Math.floor(time.getTime() / dayMs) * dayMs;
    return { from: new Date(to - dayMs), to: new Date(to) };
}

export function summary(day, orders) {
    const inDay = orders.filter((order) => new Date(order.at) >= day.from && new Date(order.at) < day.to);
    return {
        day: day.from.toISOString().slice(0, 10),
        orders: inDay.length,
        total: inDay.reduce((sum, order) => sum + order.price, 0),
    };
}

/// Stands for the database.
async function ordersOf(day) {
    return [{ at: day.from.toISOString(), price: 12.5 }];
}
