// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The same function in three languages: says what secrets it has, and prints them in every way there is when
// asked.

#include <QByteArray>
#include <QList>
#include <QMap>

namespace nest::testsupport {

struct SecretCode
{
    const char *function;
    const char *runtime;
    const char *file;
    const char *code;

    [[nodiscard]] QMap<QByteArray, QByteArray> files() const
    {
        return {{"function.yaml", QByteArray("name: ") + function + "\nruntime: " + runtime +
                                      "\nhandler: " + file + "#handler\n"},
                {file, code}};
    }
};

inline QList<SecretCode> secretCode()
{
    return {
        {"reads-node", "node20", "src/handler.js", R"(
import { inspect } from 'node:util';
export async function handler(event, context) {
    const { secrets } = context;
    if (event.query.wait) await new Promise((done) => setTimeout(done, Number(event.query.wait)));
    if (event.query.exit) {
        process.stderr.write(`said at its end ${secrets.TOKEN}\n`);
        process.exit(3);
    }
    if (event.query.print) {
        console.log(`plain ${secrets.TOKEN}`);
        process.stdout.write('split ' + secrets.TOKEN.slice(0, 7));
        await new Promise((done) => setTimeout(done, 50));
        process.stdout.write(secrets.TOKEN.slice(7) + '\n');
        context.log.info(`logged ${secrets.TOKEN}`, { token: secrets.TOKEN });
        console.log(context, inspect(secrets), JSON.stringify(context));
        console.log(event.query.print, 'the end of it');
    }
    return { status: 200, body: { hello: event.query.name, token: secrets.TOKEN, same: secrets.SAME,
        names: Object.keys(secrets), instance: context.instance,
        missing: secrets.NOPE === undefined && secrets.toString === undefined && secrets.constructor === undefined,
        inEnvironment: JSON.stringify([process.env, context.environment]).includes('Zq7') } };
}
)"},
        {"reads-python", "python3.13", "src/handler.py", R"(
import os, sys, time
def handler(event, context):
    secrets = context.secrets
    if event['query'].get('print'):
        print('plain', secrets['TOKEN'])
        os.write(1, ('split ' + secrets['TOKEN'][:7]).encode())
        time.sleep(0.05)
        os.write(1, (secrets['TOKEN'][7:] + '\n').encode())
        context.log.info('logged ' + secrets['TOKEN'], token=secrets['TOKEN'])
        print(secrets, vars(context))
        print('the end of it')
    try:
        missing = secrets['NOPE'] is None
    except KeyError:
        missing = True
    return {'token': secrets.get('TOKEN'), 'same': secrets.get('SAME'), 'names': list(secrets),
            'missing': missing, 'instance': context.instance,
            'inEnvironment': 'Zq7' in str(dict(os.environ)) + str(context.environment)}
)"},
        {"reads-java", "java21", "src/Handler.java", R"(
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import nest.functions.Context;
import nest.functions.Event;

public class Handler {
    public Object handler(Event event, Context context) throws Exception {
        Map<String, String> secrets = context.secrets();
        String token = secrets.get("TOKEN");
        if (event.query("print") != null) {
            System.out.println("plain " + token);
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write(("split " + token.substring(0, 7)).getBytes(StandardCharsets.UTF_8));
            Thread.sleep(50);
            out.write((token.substring(7) + "\n").getBytes(StandardCharsets.UTF_8));
            context.log().info("logged " + token, Map.of("token", token));
            System.out.println(context);
            System.out.println("the end of it");
        }
        Map<String, Object> answer = new HashMap<>();
        answer.put("token", token);
        answer.put("same", secrets.get("SAME"));
        answer.put("names", new ArrayList<>(secrets.keySet()));
        answer.put("missing", secrets.get("NOPE") == null);
        answer.put("instance", context.instance());
        answer.put("inEnvironment", (System.getenv().toString() + context.environment()).contains("Zq7"));
        return answer;
    }
}
)"},
    };
}

} // namespace nest::testsupport
