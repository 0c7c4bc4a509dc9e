// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runtimes that wait for a function: booted, filled, adopted, ended.
#include "platform/keeper/processorshare.h"
#include "platform/keeper/processtable.h"
#include "tests/platform/engines/enginefixture.h"
#include "tests/platform/engines/javacode.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto greeter = "import { readdirSync } from 'node:fs';\n"
                         "export function handler(event, context) {\n"
                         "    console.log('hello from', event.path);\n"
                         "    return { files: readdirSync('/code').sort(), instance: context.instance,\n"
                         "             secret: process.env.SECRET, path: process.cwd() };\n"
                         "}\n";
constexpr auto pythonGreeter =
    "import os\n"
    "def handler(event, context):\n"
    "    print('hello from', event['path'])\n"
    "    return {'files': sorted(os.listdir('/code')), 'instance': context.instance,\n"
    "            'secret': os.environ.get('SECRET'), 'path': os.getcwd()}\n";
constexpr auto javaGreeter =
    "import nest.functions.*;\n"
    "import java.util.*;\n"
    "public class Handler {\n"
    "    public Object handler(Event event, Context context) {\n"
    "        System.out.println(\"hello from \" + event.path());\n"
    "        return Map.of(\"files\", new TreeSet<>(List.of(new java.io.File(\"/code\").list())),\n"
    "            \"instance\", context.instance(), \"secret\", context.environment().get(\"SECRET\"),\n"
    "            \"path\", System.getProperty(\"user.dir\"));\n"
    "    }\n}\n";

} // namespace

class TestSlots final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void becomesAnInstance_data();
    void becomesAnInstance();
    void saysWhyAFunctionDidNotLoad();
    void seesNothingBeforeItIsTaken();
    void isAdoptedWhileItWaits();
    void isAdoptedAsTheInstanceThatItBecame();
    void yieldsWhileItBoots();
    void endsWhenAsked();
    void tellsItsEnd();
    void startsColdWhenTheSlotHasGone();

private:
    static engines::SlotSpec slot(const std::string &id, const std::string &runtime = "node20")
    {
        return {.id = id, .pool = "p", .runtime = runtime, .memoryMegabytes = 256};
    }
    static bool boot(EngineFixture &fixture, const engines::SlotSpec &spec)
    {
        fixture.engine().startSlot(spec);
        return waitUntil([&] { return fixture.notes().slots.contains(spec.id); }, 20'000);
    }
    static bool isGone(const EngineFixture &fixture, const std::string &id)
    {
        return waitUntil([&] {
            return !QDir(QString::fromStdString(fixture.config().slotsDirectory + '/' + id)).exists();
        });
    }
};

void TestSlots::becomesAnInstance_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("node") << QByteArray("node20") << u"handler.js"_s << QByteArray(greeter);
    QTest::newRow("python") << QByteArray("python3.13") << u"handler.py"_s << QByteArray(pythonGreeter);
    QTest::newRow("java") << QByteArray("java21") << u"src/Handler.java"_s << QByteArray(javaGreeter);
}

void TestSlots::becomesAnInstance()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QString, file);
    QFETCH(QByteArray, code);
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1", runtime.toStdString())));
    QVERIFY(fixture.notes().slots["s-1"].startMs + fixture.notes().slots["s-1"].runtimeInitMs > 1);
    const auto folder = fixture.writeCode({{file, code}, {u"deep/er/data.txt"_s, "x"}});
    QJsonArray files{u"deep"_s, file};
    if (runtime == "java21") {
        QCOMPARE(compileJava(folder), QByteArray());
        files = {u"classes"_s, u"deep"_s, u"src"_s};
    }
    auto spec = fixture.spec(folder, file.toStdString() + "#handler");
    spec.runtime = runtime.toStdString();
    spec.environment = {{"SECRET", "s3cret"}};
    fixture.engine().startInSlot("s-1", spec);
    QVERIFY(waitUntil([&] { return fixture.notes().isSettled(spec.id); }));
    QVERIFY2(fixture.notes().sockets.contains(spec.id),
             fixture.notes().instanceFailures[spec.id].detail.c_str());
    const auto cold = fixture.notes().coldStarts[spec.id];
    QCOMPARE(cold.startMs, 0);
    QCOMPARE(cold.runtimeInitMs, 0);
    QVERIFY(cold.fetchMs > 0);
    QVERIFY(cold.userInitMs > 0);
    const auto answer = fixture.ask(spec.id, {.target = "/a"});
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->json()[u"files"].toArray(), files);
    if (runtime == "node20") { // else the first request pays for what Node loads and compiles at first use
        QCOMPARE(fixture.ask(spec.id, {.target = "/_nest/health"})->json()[u"isRehearsed"], QJsonValue(true));
    }
    QCOMPARE(answer->json()[u"instance"], QString::fromStdString(spec.id));
    QCOMPARE(answer->json()[u"secret"], u"s3cret"_s);
    QCOMPARE(answer->json()[u"path"], u"/code"_s);
    // Lines, use and the end are told by the instance's id.
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(spec.id, "hello from /a"); }));
    QVERIFY(waitUntil([&] { return fixture.notes().statsCount[spec.id] >= 1; }));
    fixture.engine().drain(spec.id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(spec.id); }));
    QCOMPARE(fixture.notes().ended[spec.id].exitCode, 0);
    QVERIFY(isGone(fixture, "s-1"));
}

void TestSlots::saysWhyAFunctionDidNotLoad()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1", "python3.13")));
    auto spec =
        fixture.spec(fixture.writeCode({{u"handler.py"_s, "import nothing_such\n"}}), "handler.py#handler");
    spec.runtime = "python3.13";
    fixture.engine().startInSlot("s-1", spec);
    QVERIFY(waitUntil([&] { return fixture.notes().instanceFailures.contains(spec.id); }));
    const auto &error = fixture.notes().instanceFailures[spec.id];
    QCOMPARE(error.detail,
             std::string("The function could not be loaded: ModuleNotFoundError: No module named "
                         "'nothing_such' (handler.py:1)."));
    QVERIFY(isGone(fixture, "s-1"));
}

void TestSlots::seesNothingBeforeItIsTaken()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1")));
    const QDir folder(QString::fromStdString(fixture.config().slotsDirectory + "/s-1"));
    QVERIFY(folder.exists());
    QVERIFY(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
}

void TestSlots::isAdoptedWhileItWaits()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1")));
    fixture.restartEngine();
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    QCOMPARE(fixture.notes().adoptedSlots, std::vector{slot("s-1")});
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, greeter}}));
    fixture.engine().startInSlot("s-1", spec);
    QVERIFY(waitUntil([&] { return fixture.notes().sockets.contains(spec.id); }));
    QCOMPARE(fixture.ask(spec.id)->status(), 200);
}

void TestSlots::isAdoptedAsTheInstanceThatItBecame()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1")));
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, greeter}}));
    fixture.engine().startInSlot("s-1", spec);
    QVERIFY(waitUntil([&] { return fixture.notes().sockets.contains(spec.id); }));
    const auto socket = fixture.notes().sockets[spec.id];
    fixture.restartEngine();
    QVERIFY(waitUntil([&] { return fixture.notes().readyCount == 1; }));
    QVERIFY(fixture.notes().adoptedSlots.empty());
    QCOMPARE(fixture.notes().adopted.size(), std::size_t{1});
    QCOMPARE(fixture.notes().adopted.front().id, spec.id);
    QCOMPARE(fixture.notes().adopted.front().socketPath, socket);
    fixture.engine().kill(spec.id);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(spec.id); }));
    QVERIFY(isGone(fixture, "s-1"));
}

void TestSlots::yieldsWhileItBoots()
{
    if (!QFile::exists(u"/proc/self/autogroup"_s)) {
        QSKIP("This kernel does not divide the processor among sessions.");
    }
    EngineFixture fixture;
    const auto niceness = [&] {
        const auto boxes = keeper::childrenOf(static_cast<pid_t>(fixture.keeperPid()));
        const auto command = boxes.empty() ? -1 : keeper::commandInBox(boxes.front());
        return command > 0 ? keeper::groupNiceness(command).value_or(0) : 0;
    };
    fixture.engine().startSlot(slot("s-1", "java21"));
    QVERIFY(waitUntil([&] { return niceness() == keeper::ProcessorShare::backgroundNiceness; }));
    QVERIFY(waitUntil([&] { return fixture.notes().slots.contains("s-1"); }, 20'000));
    QVERIFY(waitUntil([&] { return niceness() == 0; }));
}

void TestSlots::endsWhenAsked()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1")));
    fixture.engine().endSlot("s-1");
    QVERIFY(waitUntil([&] { return fixture.notes().slotsEnded.contains("s-1"); }));
    QVERIFY(isGone(fixture, "s-1"));
}

void TestSlots::tellsItsEnd()
{
    EngineFixture fixture;
    QVERIFY(boot(fixture, slot("s-1")));
    const auto processes = descendants(fixture.keeperPid());
    QVERIFY(!processes.empty());
    ::kill(static_cast<pid_t>(processes.back()), SIGKILL);
    QVERIFY(waitUntil([&] { return fixture.notes().slotsEnded.contains("s-1"); }));
    QVERIFY(!fixture.notes().slotsEnded["s-1"].empty());
    fixture.engine().startSlot({.id = "s-2", .pool = "p", .runtime = "cobol", .memoryMegabytes = 256});
    QVERIFY(waitUntil([&] { return fixture.notes().slotsEnded.contains("s-2"); }));
    QVERIFY(fixture.notes().slotsEnded["s-2"].starts_with("There is no runtime 'cobol'"));
}

void TestSlots::startsColdWhenTheSlotHasGone()
{
    EngineFixture fixture;
    const auto spec = fixture.spec(fixture.writeCode({{u"handler.js"_s, greeter}}));
    fixture.engine().startInSlot("s-none", spec);
    QVERIFY(waitUntil([&] { return fixture.notes().sockets.contains(spec.id); }, 20'000));
    QVERIFY(fixture.notes().coldStarts[spec.id].startMs > 0);
}

QTEST_GUILESS_MAIN(TestSlots)
#include "tst_slots.moc"
