// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of `nest` are made of: exit codes, tables, folders, options.

#include "app/nest/advice.h"
#include "app/nest/buildstep.h"
#include "app/nest/draftfolder.h"
#include "app/nest/exitcodes.h"
#include "app/nest/gatewayrequest.h"
#include "app/nest/json.h"
#include "app/nest/loadtext.h"
#include "app/nest/policyoptions.h"
#include "app/nest/table.h"
#include "app/nest/text.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::cli;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString source(const QString &path)
{
    return QStringLiteral(NEST_SOURCE_DIR) + u'/' + path;
}

bool hasRow(const QString &type)
{
    const auto text = type.toStdString();
    return std::ranges::any_of(exitTable(), [&](const ExitRow &row) { return row.type == text; });
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class CliPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void everyProblemOfTheApiHasAnExitCode();
    void everyErrorOfTheClientHasAnExitCode();
    void unknownProblemsEndWithFailed();
    void helpTellsEveryExitCode();
    void problemsAreDocumentsAsTheApiHasThem();
    void numbersAreWrittenAsTheApiDoes();
    void addressesBecomeCommands_data();
    void addressesBecomeCommands();

    void columnsAreAlignedByWhatIsSeen();
    void colourIsOnlyForATerminal();
    void numbersAreNeverPowers_data();
    void numbersAreNeverPowers();
    void sharesAreInPercent();
    void durationsAreShort_data();
    void durationsAreShort();
    void secondsAreReadWithUnits_data();
    void secondsAreReadWithUnits();
    void wordsComeFromEnumerators();

    void buildIsReusedOnlyWhenNewerThanTheDraft();
    void problemsNameTheirPlace();

    void folderLeavesOutWhatIsNoSource();
    void folderWithoutManifestIsRefused();
    void folderThatIsTooLargeIsRefused();
    void bytesThatAreNoTextTravelInBase64();

    void firstDeploymentSendsOnlyWhatWasGiven();
    void laterDeploymentChangesOnlyWhatWasGiven();
    void weightsAreAList_data();
    void weightsAreAList();

    void phasesThatAreMissingStayUnknown();
    void loadLineCountsFailuresByStatus();
};

void CliPartsTest::everyProblemOfTheApiHasAnExitCode()
{
    static const QRegularExpression row(u"^  - \\{type: ([a-z]+/[a-z-]+),"_s,
                                        QRegularExpression::MultilineOption);
    auto found = row.globalMatch(contentOf(source(u"api/openapi.yaml"_s)));
    int count = 0;
    while (found.hasNext()) {
        const auto type = found.next().captured(1);
        QVERIFY2(hasRow(type), qPrintable(type + u" has no row in app/nest/exitcodes.cpp"_s));
        ++count;
    }
    QVERIFY(count > 20);
}

void CliPartsTest::everyErrorOfTheClientHasAnExitCode()
{
    static const QRegularExpression literal(u"\"((?:cli|client)/[a-z-]+)\""_s);
    std::set<QString> types;
    for (const auto &room : {u"app/nest"_s, u"api/client"_s}) {
        QDirIterator files(source(room), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const auto name = files.next();
            auto found = literal.globalMatch(name.endsWith(u"exitcodes.cpp"_s) ? QString() : contentOf(name));
            while (found.hasNext()) {
                types.insert(found.next().captured(1));
            }
        }
    }
    QVERIFY(types.size() > 10);
    for (const auto &type : types) {
        QVERIFY2(hasRow(type), qPrintable(type + u" has no row in app/nest/exitcodes.cpp"_s));
    }
}

void CliPartsTest::unknownProblemsEndWithFailed()
{
    QCOMPARE(exitCodeOf("future/thing"), ExitCode::Failed);
    QCOMPARE(exitCodeOf("control/unknown-function"), ExitCode::NotFound);
    QCOMPARE(exitCodeOf("store/stale"), ExitCode::Conflict);
}

void CliPartsTest::helpTellsEveryExitCode()
{
    const auto help = exitCodeHelp();
    for (const auto &row : exitTable()) {
        QVERIFY2(help.contains(row.type), row.type.data());
    }
    for (int code = 0; code <= 6; ++code) {
        QVERIFY(help.contains("\n  " + std::to_string(code) + "  "));
    }
}

void CliPartsTest::problemsAreDocumentsAsTheApiHasThem()
{
    static const QRegularExpression row(
        u"^  - \\{type: ([a-z]+/[a-z-]+), status: (\\d+), title: '?([^\\n]+?)'?,$"_s,
        QRegularExpression::MultilineOption);
    auto found = row.globalMatch(contentOf(source(u"api/openapi.yaml"_s)));
    int count = 0;
    for (; found.hasNext(); ++count) {
        const auto match = found.next();
        const auto type = match.captured(1).toStdString();
        QCOMPARE(statusOf(type), std::optional(match.captured(2).toInt()));
        QCOMPARE(titleOf(type), match.captured(3).toStdString());
    }
    QVERIFY(count > 20);
    const auto document = problemJson({"control/invalid", "maximum is 0.", {{"/scaling/maximum", "is 0"}}});
    QCOMPARE(QByteArray::fromStdString(jsonText(document)),
             R"({"type":"/problems/control/invalid","title":"Fields not valid","status":422,)"
             R"("detail":"maximum is 0.","errors":[{"pointer":"/scaling/maximum","detail":"is 0"}]})"_ba);
    const auto local = problemJson({"client/no-program", "There is no nestd."});
    QVERIFY(!local.contains("status")); // no answer had one
    QVERIFY(local.at("title") == "No program");
}

void CliPartsTest::numbersAreWrittenAsTheApiDoes()
{
    const boost::json::value value{
        {"a", {0.0, 34.4, -0.5, 1e-7, 180.0}}, {"b", {1, true, nullptr, "x y"}}, {"c", std::nan("")}};
    QCOMPARE(jsonText(value),
             std::string(R"({"a":[0,34.4,-0.5,1e-07,180],"b":[1,true,null,"x y"],"c":null})"));
}

void CliPartsTest::addressesBecomeCommands_data()
{
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("forShell");
    QTest::newRow("a command") << u"No 'x'. GET /v1/functions lists them."_s
                               << u"No 'x'. `nest functions` lists them."_s;
    QTest::newRow("no command") << u"No 'x'. GET /v1/templates lists them."_s
                                << u"No 'x'. `curl --unix-socket /run/a.sock http://localhost/v1/templates` "
                                   "lists them."_s;
    QTest::newRow("made by it") << u"PUT /v1/groups/default/gray/local makes it."_s
                                << u"`curl --unix-socket /run/a.sock -X PUT -H 'If-None-Match: *' -H "
                                   "'Content-Type: application/json' -d '{}' "
                                   "http://localhost/v1/groups/default/gray/local` makes it."_s;
    QTest::newRow("at the end") << u"See GET /v1/me."_s << u"See `nest status`."_s;
    QTest::newRow("no address") << u"GET it from /v1."_s << u"GET it from /v1."_s;
}

void CliPartsTest::addressesBecomeCommands()
{
    QFETCH(QString, sentence);
    QFETCH(QString, forShell);
    const nest::Error error{"a/b", sentence.toStdString(), {{"/x", sentence.toStdString()}}};
    const auto told = cli::forShell(error, "/run/a.sock");
    QCOMPARE(QString::fromStdString(told.detail), forShell);
    QCOMPARE(QString::fromStdString(told.fields.front().detail), forShell);
    QVERIFY(cli::forShell(error, "") == error); // no platform was reached
}

void CliPartsTest::columnsAreAlignedByWhatIsSeen()
{
    Table table({{"NAME"}, {"READY", Align::Right}, {"AGE", Align::Right}, {"REASON"}});
    table.add({{"hello"}, {"12"}, {"850", "ms"}, {"it went away"}});
    table.add({{"a"}, {unknown}, {"3", "s"}});
    QCOMPARE(QString::fromStdString(table.text({})), u"NAME   READY     AGE  REASON\n"
                                                     "hello     12  850 ms  it went away\n"
                                                     "a          –     3 s\n"_s);
}

void CliPartsTest::colourIsOnlyForATerminal()
{
    Table table({{"AGE", Align::Right}});
    table.add({{"3", "s"}});
    QVERIFY(!table.text({}).contains('\033'));
    QVERIFY(table.text({.hasColour = true}).contains("3 \033[2ms\033[0m"));
}

void CliPartsTest::numbersAreNeverPowers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, const char *text) {
        QTest::addRow("%g", value) << value << QString::fromLatin1(text);
    };
    row(0, "0");
    row(612, "612");
    row(61.34, "61.3");
    row(172'800'000, "172800000");
    row(0.1, "0.1");
    row(0.0996, "0.1");
    row(0.05, "0.05");
    row(0.0342, "0.034");
    row(-0.0342, "-0.034");
    row(0.000012, "0.000012");
    row(1e-12, "0"); // rounding, not a figure
    row(-1e-12, "0");
}

void CliPartsTest::numbersAreNeverPowers()
{
    QFETCH(double, value);
    QTEST(QString::fromStdString(numberText(value)), "text");
}

void CliPartsTest::sharesAreInPercent()
{
    QCOMPARE(shareText(300, 300), "300 (100 %)"s);
    QCOMPARE(shareText(12, 300), "12 (4 %)"s);
    QCOMPARE(shareText(3, 86'400), "3 (0.0035 %)"s);
    QCOMPARE(shareText(0, 0), "0"s);
}

void CliPartsTest::durationsAreShort_data()
{
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::addColumn<QString>("text");
    QTest::newRow("milliseconds") << 850ms << u"850 ms"_s;
    QTest::newRow("seconds") << 2340ms << u"2.3 s"_s;
    QTest::newRow("whole seconds") << 5000ms << u"5 s"_s;
    QTest::newRow("minutes") << std::chrono::milliseconds(4min) << u"4 min"_s;
    QTest::newRow("hours") << std::chrono::milliseconds(47h) << u"47 h"_s;
    QTest::newRow("days") << std::chrono::milliseconds(49h) << u"2 d"_s;
}

void CliPartsTest::durationsAreShort()
{
    QFETCH(std::chrono::milliseconds, duration);
    QTEST(QString::fromStdString(durationText(duration)), "text");
    QCOMPARE(durationText(std::nullopt), std::string(unknown));
}

void CliPartsTest::secondsAreReadWithUnits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds"); // -1: refused
    QTest::newRow("plain") << u"90"_s << 90;
    QTest::newRow("seconds") << u"90s"_s << 90;
    QTest::newRow("minutes") << u"2m"_s << 120;
    QTest::newRow("hours") << u"1h"_s << 3600;
    QTest::newRow("rounded up") << u"1500ms"_s << 2;
    QTest::newRow("zero") << u"0"_s << 0;
    QTest::newRow("negative") << u"-5s"_s << -1;
    QTest::newRow("no number") << u"soon"_s << -1;
    QTest::newRow("unknown unit") << u"3 weeks"_s << -1;
    QTest::newRow("not finite") << u"inf"_s << -1;
    QTest::newRow("empty") << u""_s << -1;
}

void CliPartsTest::secondsAreReadWithUnits()
{
    QFETCH(QString, text);
    QTEST(parseSeconds(text.toStdString()).value_or(-1), "seconds");
}

void CliPartsTest::wordsComeFromEnumerators()
{
    QCOMPARE(words("scaleDownDelay"), std::string("scale down delay"));
    QCOMPARE(shortId("i-01JABCDEFGH"), std::string("CDEFGH"));
    QCOMPARE(weightsText({{.version = 3, .weight = 100}}), std::string("v3"));
    QCOMPARE(weightsText({{.version = 1, .weight = 80}, {.version = 2, .weight = 20}}),
             std::string("v1 80 % · v2 20 %"));
    QCOMPARE(coldStartMs({}), std::optional<double>());
}

void CliPartsTest::buildIsReusedOnlyWhenNewerThanTheDraft()
{
    const wire::Time noon{std::chrono::hours(12)};
    wire::Function function;
    function.status.emplace().draftChangedAt = noon;
    wire::Build green;
    green.number = 1;
    green.state = wire::BuildState::Succeeded;
    green.createdAt = noon + 1ms;
    wire::Build red = green;
    red.number = 2;
    red.state = wire::BuildState::Failed;

    QCOMPARE(buildOfDraft({}, function), nullptr);
    std::vector<wire::Build> builds{red, green};
    QCOMPARE(buildOfDraft(builds, function), &builds[1]);
    function.status->draftChangedAt = noon + 1ms; // of the same moment: nobody knows which was first
    QCOMPARE(buildOfDraft(builds, function), nullptr);
}

void CliPartsTest::problemsNameTheirPlace()
{
    QCOMPARE(problemLine({.path = "src/handler.js", .line = 3, .column = 5, .message = "Unexpected token"}),
             std::string("src/handler.js:3:5: Unexpected token"));
    QCOMPARE(problemLine({.path = "a.js", .line = 3, .message = "x"}), std::string("a.js:3: x"));
    QCOMPARE(problemLine({.severity = wire::ProblemSeverity::Warning, .path = "a.js", .message = "x"}),
             std::string("a.js: warning: x"));
    QCOMPARE(problemLine({.path = "", .message = "x"}), std::string("x"));
}

void CliPartsTest::folderLeavesOutWhatIsNoSource()
{
    QTemporaryDir tree;
    write(tree.filePath(u"function.yaml"_s), "name: hello\n");
    write(tree.filePath(u"src/handler.js"_s), "export {}\n");
    write(tree.filePath(u"node_modules/left-pad/index.js"_s), "1\n");
    write(tree.filePath(u".git/config"_s), "[core]\n");
    write(tree.filePath(u".next/out.js"_s), "1\n");
    QVERIFY(QFile::link(u"/etc/passwd"_s, tree.filePath(u"passwd"_s)));

    const auto folder = readDraftFolder(tree.path());
    QVERIFY(folder);
    QCOMPARE(folder->files.size(), 2U);
    QCOMPARE(folder->files[0].path, std::string("function.yaml"));
    QCOMPARE(folder->files[1].path, std::string("src/handler.js"));
    QCOMPARE(folder->skipped, (std::vector<std::string>{".git/", ".next/", "node_modules/", "passwd"}));
}

void CliPartsTest::folderWithoutManifestIsRefused()
{
    QTemporaryDir tree;
    write(tree.filePath(u"handler.js"_s), "export {}\n");
    for (const auto &path : {tree.path(), tree.filePath(u"missing"_s)}) {
        const auto folder = readDraftFolder(path);
        QVERIFY(!folder);
        QCOMPARE(folder.error().type, std::string("cli/bad-folder"));
        QVERIFY(folder.error().detail.contains("function.yaml"));
    }
}

void CliPartsTest::folderThatIsTooLargeIsRefused()
{
    QTemporaryDir tree;
    write(tree.filePath(u"function.yaml"_s), "name: hello\n");
    QFile large(tree.filePath(u"model.bin"_s));
    QVERIFY(large.open(QIODevice::WriteOnly));
    QVERIFY(large.resize(5 * 1024 * 1024 + 1)); // sparse: nothing is written
    const auto folder = readDraftFolder(tree.path());
    QVERIFY(!folder);
    QVERIFY(folder.error().detail.contains("model.bin has more than 5 MiB"));
}

void CliPartsTest::bytesThatAreNoTextTravelInBase64()
{
    QCOMPARE(toWire({"a.js", "text ü"}).content, std::string("text ü"));
    const auto picture = toWire({"a.png", QByteArray::fromHex("89504e470d0a")});
    QCOMPARE(picture.encoding, wire::FileEncoding::Base64);
    QCOMPARE(picture.content, std::string("iVBORw0K"));
}

void CliPartsTest::firstDeploymentSendsOnlyWhatWasGiven()
{
    PolicyChanges changes;
    QCOMPARE(newDeploymentBody({{.version = 1, .weight = 100}}, changes),
             std::string(R"({"weights":[{"version":1,"weight":100}]})"));
    changes.maximum = 4;
    changes.scaleToZeroAfterSeconds = 5;
    const auto body = QJsonDocument::fromJson(
        QByteArray::fromStdString(newDeploymentBody({{.version = 1, .weight = 100}}, changes)));
    QCOMPARE(body[u"scaling"].toObject(),
             (QJsonObject{{u"maximum"_s, 4}, {u"scaleToZeroAfterSeconds"_s, 5}}));
    QCOMPARE(newDeploymentBody({{.version = 1, .weight = 100}}, {}, "first try"),
             std::string(R"({"weights":[{"version":1,"weight":100}],"reason":"first try"})"));
    PolicyChanges none; // said, so that function.yaml's is not taken
    none.grants = {""};
    QCOMPARE(newDeploymentBody({}, none),
             std::string(R"({"weights":[],"network":{"grants":[],"egress":"granted"}})"));
}

void CliPartsTest::laterDeploymentChangesOnlyWhatWasGiven()
{
    wire::Deployment deployment;
    deployment.scaling.threshold = 33;
    deployment.concurrencyLimit = 7;
    PolicyChanges changes;
    changes.reserved = 2;
    QVERIFY(applyChanges(changes, deployment));
    wire::ScalingPolicy expected;
    expected.threshold = 33;
    expected.reserved = 2;
    QVERIFY(deployment.scaling == expected);
    QCOMPARE(deployment.concurrencyLimit, 7);

    changes.metric = "weather";
    const auto refused = applyChanges(changes, deployment);
    QVERIFY(!refused);
    QVERIFY(refused.error().detail.starts_with("metric must be one of requestsPerSecond"));
}

void CliPartsTest::weightsAreAList_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count"); // 0: refused
    QTest::newRow("one") << u"3=100"_s << 1;
    QTest::newRow("two") << u"1=80,2=20"_s << 2;
    for (const auto &text : {u""_s, u"1"_s, u"1="_s, u"=5"_s, u"1=80,"_s, u"1=80;2=20"_s, u"v1=80"_s}) {
        QTest::addRow("refused '%s'", qPrintable(text)) << text << 0;
    }
}

void CliPartsTest::weightsAreAList()
{
    QFETCH(QString, text);
    const auto weights = parseWeights(text.toStdString());
    QTEST(weights ? static_cast<int>(weights->size()) : 0, "count");
}

void CliPartsTest::phasesThatAreMissingStayUnknown()
{
    const auto phases = parsePhases("schedule=0.3;start=12.5;userInit=4;later=1;broken");
    QCOMPARE(phases.scheduleMs, std::optional(0.3));
    QCOMPARE(phases.startMs, std::optional(12.5));
    QCOMPARE(phases.userInitMs, std::optional(4.0));
    QCOMPARE(phases.fetchMs, std::optional<double>());
    QCOMPARE(coldStartMs(phases), std::optional(16.8));
}

void CliPartsTest::loadLineCountsFailuresByStatus()
{
    client::LoadReport report;
    report.elapsed = 3s;
    report.sent = 180;
    report.ok = 177;
    report.failed = 3;
    report.byStatus = {{0, 1}, {200, 177}, {503, 2}};
    const auto line = liveLine(report, InstanceCounts{.ready = 2, .desired = 5});
    QVERIFY2(line.contains("3 failed (1 × no answer, 2 × 503)"), line.c_str());
    QVERIFY2(line.contains("p50 –"), line.c_str()); // no answer in this second: unknown, not 0
    QVERIFY2(line.ends_with("ready 2/5"), line.c_str());
    QVERIFY(liveLine(report, std::nullopt).ends_with("ready –"));
    report.total.p50 = 34.4;
    const auto text = QByteArray::fromStdString(loadJson(report, std::nullopt));
    QVERIFY2(text.contains("\"p50Ms\":34.4,") && text.contains("\"sentPerSecond\":0,"), text.constData());
    const auto json = QJsonDocument::fromJson(text);
    QVERIFY(json[u"ready"].isNull());
    QCOMPARE(json[u"byStatus"][u"503"].toInt(), 2);
}

QTEST_GUILESS_MAIN(CliPartsTest)
#include "tst_cliparts.moc"
