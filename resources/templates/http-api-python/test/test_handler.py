import types
import unittest

from src.handler import handler


def ask(path='/', greeting='Hello', **query):
    context = types.SimpleNamespace(environment={'GREETING': greeting})
    return handler({'method': 'GET', 'path': path, 'query': query}, context)


class HandlerTest(unittest.TestCase):
    def test_greets_the_world(self):
        answer = ask()
        self.assertEqual(answer['status'], 200)
        self.assertEqual(answer['body']['message'], 'Hello, world!')

    def test_greets_by_name_with_the_greeting_of_the_environment(self):
        self.assertEqual(ask(greeting='Good morning', name='Ada')['body']['message'], 'Good morning, Ada!')

    def test_tells_the_path_and_the_query(self):
        answer = ask('/a/b', x='1')
        self.assertEqual(answer['body']['path'], '/a/b')
        self.assertEqual(answer['body']['query'], {'x': '1'})


if __name__ == '__main__':
    unittest.main()
