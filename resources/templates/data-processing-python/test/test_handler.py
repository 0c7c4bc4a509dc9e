import types
import unittest

from src.handler import handler

EXPECTED = {'Bonn': {'count': 2, 'sum': 5, 'least': 2, 'most': 3}, 'Köln': {'count': 1, 'sum': 4, 'least': 4, 'most': 4}}


class HandlerTest(unittest.TestCase):
    def setUp(self):
        self.lines = []
        self.context = types.SimpleNamespace(log=types.SimpleNamespace(warning=self.lines.append))

    def ask(self, body, **query):
        query = query or {'by': 'city', 'value': 'price'}
        return handler({'method': 'POST', 'path': '/', 'query': query, 'body': body}, self.context)

    def test_sums_up_csv(self):
        answer = self.ask('city,price\nBonn,2\r\nKöln,4\nBonn,3\n')
        self.assertEqual(answer, {'status': 200, 'body': {'rows': 3, 'skipped': 0, 'groups': EXPECTED}})

    def test_sums_up_json(self):
        rows = [{'city': 'Bonn', 'price': 2}, {'city': 'Köln', 'price': 4}, {'city': 'Bonn', 'price': '3'}]
        self.assertEqual(self.ask(rows)['body']['groups'], EXPECTED)

    def test_counts_rows_without_a_number_and_says_so(self):
        answer = self.ask([{'city': 'Bonn', 'price': 'x'}, {'city': 'Bonn'}, {'city': 'Bonn', 'price': 1}])
        self.assertEqual(answer['body']['skipped'], 2)
        self.assertIn('2 of 3 rows', self.lines[-1])

    def test_says_what_is_missing(self):
        self.assertEqual(self.ask('a\n1', by='a')['status'], 400)
        self.assertEqual(self.ask(None)['status'], 400)
        self.assertIn('cannot be read', self.ask('city\n"x')['body']['error'])


if __name__ == '__main__':
    unittest.main()
