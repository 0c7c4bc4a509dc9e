// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What functions print becomes log lines: the runtimes' JSON, plain text, and text that is neither.

#include "platform/logs/logline.h"

#include "api/wire/codec.h"

#include <QtTest>

using namespace nest;
using namespace Qt::StringLiterals;

class TestLogLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsPrinted_data();
    void readsWhatIsPrinted();
    void keepsWhereItCameFrom();
    void cutsLongLines_data();
    void cutsLongLines();
    void repairsInvalidUtf8();
};

namespace {

wire::LogLine lineOf(std::string text, std::string stream = "stdout")
{
    return logs::toLogLine({.function = "checkout",
                            .version = 3,
                            .instance = "i-1",
                            .stream = std::move(stream),
                            .line = std::move(text),
                            .time = wire::Time(std::chrono::milliseconds(1234))});
}

} // namespace

void TestLogLine::readsWhatIsPrinted_data()
{
    QTest::addColumn<QString>("stream");
    QTest::addColumn<QString>("printed");
    QTest::addColumn<QString>("severity");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("requestId");
    const auto row = [](const char *name, const char *stream, const char *printed, const char *severity,
                        const char *message, const char *requestId = "") {
        QTest::newRow(name) << QString::fromUtf8(stream) << QString::fromUtf8(printed)
                            << QString::fromUtf8(severity) << QString::fromUtf8(message)
                            << QString::fromUtf8(requestId);
    };
    row("runtime line", "stdout",
        R"({"time":"2026-03-01T10:00:00.000Z","severity":"info","message":"paid","requestId":"req-7"})",
        "info", "paid", "req-7");
    row("console.warn", "stdout", R"({"severity":"warning","message":"slow"})", "warn", "slow");
    row("debug", "stdout", R"({"severity":"debug","message":""})", "debug", "");
    row("fields of the user", "stdout", R"({"order":12,"severity":"error","message":"no stock"})", "error",
        R"(no stock {"order":12})");
    row("stack", "stdout", R"({"severity":"error","message":"boom","stack":"Error: boom\n    at f"})",
        "error", "boom\nError: boom\n    at f");
    row("escapes", "stdout", R"({"severity":"info","message":"a\"b\\c\u00e9"})", "info", "a\"b\\cé");
    row("JSON of the user's own", "stdout", R"({"level":30,"msg":"hi"})", "info",
        R"({"level":30,"msg":"hi"})");
    row("unknown severity", "stdout", R"({"severity":"loud","message":"x"})", "info",
        R"({"severity":"loud","message":"x"})");
    row("message is no text", "stdout", R"({"severity":"info","message":5})", "info",
        R"({"severity":"info","message":5})");
    row("broken JSON", "stdout", R"({"severity":"info","mess)", "info", R"({"severity":"info","mess)");
    row("plain", "stdout", "listening", "info", "listening");
    row("line end of Windows", "stdout", "listening\r", "info", "listening");
    row("empty", "stdout", "", "info", "");
    row("an error's words on stdout", "stdout", "Error: not really", "info", "Error: not really");
    row("plain stderr", "stderr", "deprecated option", "warn", "deprecated option");
    row("error in Node", "stderr", "TypeError: x is not a function", "error",
        "TypeError: x is not a function");
    row("frame in Node", "stderr", "    at handler (file:///code/h.mjs:3:9)", "error",
        "    at handler (file:///code/h.mjs:3:9)");
    row("Python", "stderr", "Traceback (most recent call last):", "error",
        "Traceback (most recent call last):");
    row("frame in Python", "stderr", "  File \"h.py\", line 3, in handler", "error",
        "  File \"h.py\", line 3, in handler");
    row("Java", "stderr", "Exception in thread \"main\" java.lang.Error", "error",
        "Exception in thread \"main\" java.lang.Error");
    row("exception with code", "stderr", "Error [ERR_X]: no", "error", "Error [ERR_X]: no");
    row("Error within a sentence", "stderr", "the last Error was fine", "warn", "the last Error was fine");
}

void TestLogLine::readsWhatIsPrinted()
{
    QFETCH(QString, stream);
    QFETCH(QString, printed);
    const auto line = lineOf(printed.toStdString(), stream.toStdString());
    QTEST(QString::fromStdString(wire::enumText(line.severity)), "severity");
    QTEST(QString::fromStdString(line.message), "message");
    QTEST(QString::fromStdString(line.requestId), "requestId");
}

void TestLogLine::keepsWhereItCameFrom()
{
    const auto line = lineOf(R"({"time":"1999-01-01T00:00:00Z","severity":"info","message":"x"})");
    QCOMPARE(line.function, "checkout");
    QCOMPARE(line.version, 3);
    QCOMPARE(line.instance, "i-1");
    QCOMPARE(line.time.time_since_epoch().count(), 1234); // the platform's clock, not the function's
    QCOMPARE(line.sequence, 0);
}

void TestLogLine::cutsLongLines_data()
{
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("plain") << QByteArray(20'000, 'x');
    QTest::newRow("runtime line") << R"({"severity":"info","message":")" + QByteArray(20'000, 'x') + R"("})";
    QTest::newRow("far too long") << R"({"severity":"info","message":")" + QByteArray(200'000, 'x') + R"("})";
    QTest::newRow("within a character") << "x" + QString(9'000, u'é').toUtf8();
}

void TestLogLine::cutsLongLines()
{
    QFETCH(QByteArray, printed);
    const auto message = lineOf(printed.toStdString()).message;
    const std::string mark = " … (cut)";
    QVERIFY(message.ends_with(mark));
    const auto kept = message.size() - mark.size();
    QVERIFY2(kept <= logs::maxMessageBytes && kept + 4 > logs::maxMessageBytes,
             qPrintable(QString::number(kept)));
    QVERIFY(QUtf8StringView(message.data(), qsizetype(message.size())).isValidUtf8());
    QCOMPARE(lineOf(std::string(logs::maxMessageBytes, 'x')).message.size(), logs::maxMessageBytes);
}

void TestLogLine::repairsInvalidUtf8()
{
    QCOMPARE(QString::fromStdString(lineOf("a\xff"
                                           "b\xc3")
                                        .message),
             u"a\uFFFDb\uFFFD"_s);
    QCOMPARE(QString::fromStdString(lineOf("{\"severity\":\"info\",\"message\":\"\xfe!\"}").message),
             u"\uFFFD!"_s);
}

QTEST_GUILESS_MAIN(TestLogLine)
#include "tst_logs_logline.moc"
