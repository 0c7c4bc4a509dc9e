// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One function a language that writes its temporary folder and calls another: {tmp, home, called}; and its
// tests, of which the last one fails.

namespace nest::isolation {

inline constexpr auto nodeCode = R"(import fs from 'node:fs';
import os from 'node:os';
export async function handler(event, context) {
    const file = os.tmpdir() + '/x';
    fs.writeFileSync(file, 'written');
    const called = event.query.call ? (await context.call(event.query.call)).status : 0;
    return { tmp: fs.readFileSync(file, 'utf8'), home: process.env.HOME === os.tmpdir(), called };
}
)";
inline constexpr auto pythonCode = R"(import os, tempfile
def handler(event, context):
    with tempfile.NamedTemporaryFile('w+') as file:
        file.write('written')
        file.seek(0)
        text = file.read()
    called = context.call(event['query']['call']).status if 'call' in event['query'] else 0
    return {'tmp': text, 'home': os.environ['HOME'] == tempfile.gettempdir(), 'called': called}
)";
inline constexpr auto javaCode = R"(import java.nio.file.*;
import java.util.*;
import nest.functions.Context;
public class Answers {
    public Object handler(Map<String, Object> event, Context context) throws Exception {
        Path file = Files.createTempFile("x", "y");
        Files.writeString(file, "written");
        Object call = ((Map<?, ?>) event.get("query")).get("call");
        int called = call == null ? 0 : context.call(call.toString(), null).status();
        return Map.of("tmp", Files.readString(file), "called", called,
            "home", System.getenv("HOME").equals(System.getProperty("java.io.tmpdir")));
    }
}
)";
inline constexpr auto nodeTest = R"(import test from 'node:test';
import assert from 'node:assert';
import fs from 'node:fs';
import os from 'node:os';
import { handler } from '../src/f.js';
test('answers', async () => {
    assert.equal((await handler({ query: {} }, {})).tmp, 'written');
    fs.mkdtempSync(os.tmpdir() + '/t-');
    assert.throws(() => fs.readFileSync('/etc/passwd'));
});
test('is wrong', () => assert.equal(1, 2));
)";
inline constexpr auto pythonTest = R"(import unittest, f
class Tests(unittest.TestCase):
    def test_answers(self):
        self.assertEqual(f.handler({'query': {}}, None)['tmp'], 'written')
        with self.assertRaises(OSError):
            open('/etc/passwd')
    def test_is_wrong(self):
        self.assertEqual(1, 2)
)";
inline constexpr auto javaTest = R"(import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import java.nio.file.*;
import java.util.*;
class AnswersTest {
    @TempDir Path folder;
    @Test void answers() throws Exception {
        Files.writeString(folder.resolve("x"), "y");
        Assertions.assertThrows(Exception.class, () -> Files.readString(Path.of("/etc/passwd")));
    }
    @Test void isWrong() { Assertions.assertEquals(1, 2); }
}
)";

} // namespace nest::isolation
