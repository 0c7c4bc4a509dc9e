# POST rows as text/csv, or as a JSON list of objects: /?by=city&value=price
# Answers count, sum, least and most of the value for each city.
import csv
import io
import math


def handler(event, context):
    by, value = event['query'].get('by'), event['query'].get('value')
    if not isinstance(by, str) or not isinstance(value, str):
        return problem('Name the columns: /?by=city&value=price')
    try:
        rows = rows_of(event['body'])
    except ValueError as error:
        return problem(str(error))
    groups, skipped = summed(rows, by, value)
    if skipped:
        context.log.warning(f"{skipped} of {len(rows)} rows have no number in '{value}'")
    return {'status': 200, 'body': {'rows': len(rows), 'skipped': skipped, 'groups': groups}}


def rows_of(body):
    if isinstance(body, str):
        try:
            return list(csv.DictReader(io.StringIO(body, newline=''), strict=True))
        except csv.Error as error:
            raise ValueError(f'The CSV cannot be read: {error}.') from None
    if not isinstance(body, list):
        raise ValueError('POST rows: text/csv with a first line of names, or a JSON list of objects.')
    return body


def number_in(row, value):
    try:
        number = float(row[value])
    except (KeyError, TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def summed(rows, by, value):
    groups, skipped = {}, 0
    for row in rows:
        number = number_in(row, value)
        if number is None:
            skipped += 1
            continue
        group = groups.setdefault(str(row.get(by, '')), {'count': 0, 'sum': 0, 'least': number, 'most': number})
        group['count'] += 1
        group['sum'] += number
        group['least'] = min(group['least'], number)
        group['most'] = max(group['most'], number)
    return groups, skipped


def problem(detail):
    return {'status': 400, 'body': {'error': detail}}
