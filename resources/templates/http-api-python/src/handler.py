# event:   { id, method, path, query, headers, body }; a JSON body is parsed already
# context: log, environment, version, group, deadline, call
def handler(event, context):
    name = event['query'].get('name', 'world')
    greeting = context.environment.get('GREETING', 'Hello')
    return {
        'status': 200,
        'headers': {'content-type': 'application/json'},
        'body': {
            'message': f'{greeting}, {name}!',
            'path': event['path'],
            'query': event['query'],
        },
    }
