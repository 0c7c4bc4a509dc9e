// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the Test panel that need no platform.
#include "app/console/pages/function/test/answertext.h"
#include "app/console/pages/function/test/answerview.h"
#include "app/console/pages/function/test/jsontext.h"
#include "app/console/pages/function/test/requesttext.h"
#include "app/console/pages/function/test/valueslider.h"
#include "widgets/figures/figurerow.h"
#include "widgets/figures/histogramview.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::console;
using Phase = widgets::PhaseTime::Phase;

class TestPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prettyJsonKeepsOrderAndNumbers();
    void prettyJsonRefusesWhatIsNone_data();
    void prettyJsonRefusesWhatIsNone();
    void faultHasItsLine();
    void headersAreReadAsLines();
    void bodyIsCheckedAsWhatItSaysItIs();
    void templatesAreRequests();
    void planAsksTheGroup();
    void answerIsReadable_data();
    void answerIsReadable();
    void longLinesAreCutForTheEyeOnly();
    void phasesAreWhatWasMeasured();
    void durationsAreRead();
    void sliderAndFieldAgree();
    void coldAnswersAreSeenAmongMany();
    void figuresWrap();
};

void TestPartsTest::prettyJsonKeepsOrderAndNumbers()
{
    const auto pretty =
        prettyJson(R"({"total":86.50,"a":[1,{"b":[]},{}],"text":"{ \"x\": [1, 2] }","n":1e400})");
    QVERIFY(pretty);
    QCOMPARE(QString::fromStdString(*pretty), uR"({
  "total": 86.50,
  "a": [
    1,
    {
      "b": []
    },
    {}
  ],
  "text": "{ \"x\": [1, 2] }",
  "n": 1e400
})"_s);
    QCOMPARE(prettyJson(" 12 ").value(), "12");
}

void TestPartsTest::prettyJsonRefusesWhatIsNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("open") << u"{\"a\": 1"_s;
    QTest::newRow("single quotes") << u"{'a': 1}"_s;
    QTest::newRow("two") << u"{} {}"_s;
    QTest::newRow("too deep") << QString(1'000, u'[') + QString(1'000, u']');
}

void TestPartsTest::prettyJsonRefusesWhatIsNone()
{
    QFETCH(QString, text);
    QVERIFY(!prettyJson(text.toStdString()));
    QVERIFY(checkJson(text.toStdString()));
}

void TestPartsTest::faultHasItsLine()
{
    const auto fault = checkJson("{\n  \"a\": 1,\n  b: 2\n}");
    QVERIFY(fault);
    QCOMPARE(fault->line, 3);
    QVERIFY(!fault->reason.empty());
}

void TestPartsTest::headersAreReadAsLines()
{
    const auto good = parseHeaders(u"Content-Type: text/plain\n\n x-a:b:c \n"_s);
    QCOMPARE(good.problem, QString());
    QCOMPARE(good.headers.size(), 2);
    QCOMPARE(good.headers.at("content-type"), "text/plain");
    QCOMPARE(good.headers.at("x-a"), "b:c");
    QCOMPARE(headersText(good.headers), u"content-type: text/plain\nx-a: b:c"_s);
    QVERIFY(parseHeaders(u"a: b\nno colon"_s).problem.contains(u"line 2"_s));
    QVERIFY(!parseHeaders(u"bad name: b"_s).problem.isEmpty());
    QVERIFY(!parseHeaders(u"a: 1\nA: 2"_s).problem.isEmpty());
}

void TestPartsTest::bodyIsCheckedAsWhatItSaysItIs()
{
    wire::TestEvent event;
    event.body = "not json";
    QCOMPARE(bodyProblem(event), QString()); // it does not say so
    event.headers = {{"content-type", "application/json"}};
    QVERIFY(bodyProblem(event).startsWith(u"Not JSON at line 1"_s));
    event.kind = wire::EventKind::CloudEvent;
    event.body = R"({"specversion":"1.0","id":"1","source":"/x"})";
    QVERIFY(bodyProblem(event).contains(u"type"_s));
}

void TestPartsTest::templatesAreRequests()
{
    for (const EventTemplate &one : eventTemplates()) {
        QCOMPARE(bodyProblem(one.event), QString());
    }
    const auto request = requestOf(eventTemplates().last().event,
                                   {.kind = TestTarget::Kind::Version, .number = 4, .group = {}});
    QCOMPARE(request.version, std::optional(4));
    QVERIFY(!request.group && !request.build);
    QCOMPARE(request.headers.at("content-type"), "application/cloudevents+json");
}

void TestPartsTest::planAsksTheGroup()
{
    const auto plan = planOf(eventTemplates().first().event, u"hello"_s, {"gray", "lane-42", "local"},
                             "http://127.0.0.1:7070/");
    QCOMPARE(plan.url, "http://127.0.0.1:7070/fn/hello/");
    QCOMPARE(plan.method, "GET");
    QVERIFY(plan.countsInstances);
    const std::vector<std::pair<std::string, std::string>> headers{
        {"nest-region", "local"}, {"nest-set", "gray"}, {"nest-lane", "lane-42"}};
    QVERIFY(plan.headers == headers);
}

void TestPartsTest::answerIsReadable_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTruncated");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<bool>("hasNote");
    QTest::newRow("JSON") << u"application/json"_s << QByteArray(R"({"b":1,"a":2})") << false
                          << u"{\n  \"b\": 1,\n  \"a\": 2\n}"_s << false;
    QTest::newRow("text") << u"text/plain"_s << QByteArray("hi {there}") << false << u"hi {there}"_s << false;
    QTest::newRow("says JSON") << u"application/json"_s << QByteArray("oops") << false << u"oops"_s << true;
    QTest::newRow("binary") << u"image/png"_s << QByteArray("\x89PNG\0\xff", 6) << false
                            << u"6 bytes of image/png"_s << false;
    QTest::newRow("cut inside a letter")
        << u"text/plain"_s << QByteArray("gr\xc3\xbc\xc3") << true << u"grü"_s << true;
    QTest::newRow("empty") << QString() << QByteArray() << false << QString() << false;
}

void TestPartsTest::answerIsReadable()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, isTruncated);
    wire::Invocation answer;
    answer.headers = {{"Content-Type", type.toStdString()}};
    answer.bodyEncoding = wire::FileEncoding::Base64;
    answer.body = body.toBase64().toStdString();
    answer.isTruncated = isTruncated;
    const AnswerText text = readableAnswer(answer);
    QTEST(text.body, "shown");
    QTEST(!text.note.isEmpty(), "hasNote");
}

void TestPartsTest::longLinesAreCutForTheEyeOnly()
{
    wire::Invocation answer;
    answer.body = std::string(1'000'000, 'x');
    const AnswerText text = readableAnswer(answer);
    QVERIFY(text.body.size() < 10'000);
    QCOMPARE(text.raw.size(), 1'000'000);
    QVERIFY(text.note.contains(u"Copy"_s));
}

void TestPartsTest::phasesAreWhatWasMeasured()
{
    wire::Invocation answer;
    answer.durationMs = 200;
    QVERIFY(phasesOf(answer).isEmpty()); // nothing is known of it
    answer.handlerMs = 50;
    QCOMPARE(phasesOf(answer), (QList<widgets::PhaseTime>{{Phase::Handler, 50}})); // the rest nobody measured
    answer.coldStart.startMs = 60;
    answer.coldStart.userInitMs = 30;
    answer.queueWaitMs = 100;
    const QList<widgets::PhaseTime> all{{Phase::Start, 60},
                                        {Phase::UserInit, 30},
                                        {Phase::Waiting, 10}, // a cold start lies within the wait
                                        {Phase::Handler, 50},
                                        {Phase::Gateway, 50}};
    QCOMPARE(phasesOf(answer), all);
}

void TestPartsTest::durationsAreRead()
{
    QCOMPARE(readDuration(u"2:05"_s), std::optional(125.0));
    QCOMPARE(readDuration(u"90"_s), std::optional(90.0));
    QCOMPARE(readDuration(u" 5 min"_s), std::optional(300.0));
    QVERIFY(!readDuration(u"soon"_s));
    QCOMPARE(minutesText(125), u"2:05"_s);
}

void TestPartsTest::sliderAndFieldAgree()
{
    ValueSlider slider(u"Rate"_s, u"req/s"_s,
                       {.least = 1,
                        .most = 2'000,
                        .round = [](double value) { return std::round(value); },
                        .text = [](double value) { return QString::number(value); },
                        .read = [](const QString &text) -> std::optional<double> {
                            bool isNumber = false;
                            const double value = text.toDouble(&isNumber);
                            return isNumber ? std::optional(value) : std::nullopt;
                        }});
    slider.show();
    QSignalSpy changed(&slider, &ValueSlider::valueChanged);
    auto *field = slider.findChild<QLineEdit *>();
    auto *handle = slider.findChild<QSlider *>();
    QTest::keyClicks(field, u"5"_s);
    field->selectAll();
    QTest::keyClicks(field, u"5000"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(slider.value(), 2'000); // the most
    QCOMPARE(handle->value(), handle->maximum());
    field->selectAll();
    QTest::keyClicks(field, u"fast"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"2000"_s); // not understood: as before
    QTest::keyClick(handle, Qt::Key_Home);
    QCOMPARE(field->text(), u"1"_s);
    QCOMPARE(changed.size(), 2);
}

void TestPartsTest::coldAnswersAreSeenAmongMany()
{
    widgets::HistogramView view;
    view.setHistogram({.bins = {{1, 1.4, 10'000, 0}, {1.4, 1.96, 50, 4}}, .p50 = 1.2, .p95 = 1.3, .p99 = {}});
    QVERIFY(!view.isColdToScale());
    QCOMPARE(view.accessibleDescription(), u"p50 1.2 ms, p95 1.3 ms"_s);
    view.setHistogram({.bins = {{1, 1.4, 10, 8}}, .p50 = {}, .p95 = {}, .p99 = {}});
    QVERIFY(view.isColdToScale());
    view.resize(400, 150);
    QVERIFY(!view.grab().isNull());
}

void TestPartsTest::figuresWrap()
{
    widgets::FigureRow row;
    QList<widgets::FigureValue> figures;
    for (int i = 0; i < 7; ++i) {
        figures.append({.label = QString::number(i), .value = i == 3 ? QString() : u"1"_s});
    }
    row.setFigures(figures);
    QCOMPARE(row.heightForWidth(340), 2 * row.heightForWidth(700));
    QVERIFY(row.accessibleDescription().contains(u"3 –"_s));
}

QTEST_MAIN(TestPartsTest)
#include "tst_testparts.moc"
