// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testplatform.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace nest::testsupport {

namespace {

QByteArray decodeChunks(const QByteArray &raw)
{
    QByteArray body;
    qsizetype at = 0;
    while (at < raw.size()) {
        const auto end = raw.indexOf("\r\n", at);
        if (end < 0) {
            break;
        }
        const auto size = raw.mid(at, end - at).split(';').first().toLongLong(nullptr, 16);
        if (size == 0) {
            break;
        }
        body += raw.mid(end + 2, size);
        at = end + 2 + size + 2;
    }
    return body;
}

HttpAnswer parse(const QByteArray &raw)
{
    HttpAnswer answer;
    const auto headEnd = raw.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        return answer;
    }
    const auto lines = raw.left(headEnd).split('\n');
    answer.status = lines.first().split(' ').value(1).toInt();
    for (const auto &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        answer.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
    }
    answer.body = raw.mid(headEnd + 4);
    if (answer.headers.value("transfer-encoding") == "chunked") {
        answer.body = decodeChunks(answer.body);
    }
    return answer;
}

QByteArray text(const HttpRequest &request)
{
    QByteArray head = request.method + ' ' + request.path + " HTTP/1.1\r\n";
    bool hasHost = false;
    for (const auto &[name, value] : request.headers) {
        head += name + ": " + value + "\r\n";
        hasHost = hasHost || name.toLower() == "host";
    }
    if (!hasHost) {
        head += "Host: localhost\r\n";
    }
    if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT") {
        head += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    }
    return head + "Connection: close\r\n\r\n" + request.body;
}

template <typename Socket>
HttpAnswer exchange(Socket &socket, const HttpRequest &request)
{
    const QDeadlineTimer deadline(request.limit);
    socket.write(text(request));
    QByteArray raw;
    while (!deadline.hasExpired()) {
        const bool arrived = socket.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        raw += socket.readAll();
        if (!arrived) {
            break;
        }
    }
    return parse(raw);
}

} // namespace

HttpAnswer sendOverUnix(const QString &path, const HttpRequest &request)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(static_cast<int>(request.limit.count()))) {
        return {};
    }
    return exchange(socket, request);
}

HttpAnswer sendOverTcp(quint16 port, const HttpRequest &request)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(static_cast<int>(request.limit.count()))) {
        return {};
    }
    return exchange(socket, request);
}

bool waitUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit)
{
    return QTest::qWaitFor(condition, QDeadlineTimer(limit));
}

TestPlatform::TestPlatform() : m_tree(u"/tmp/nest-t-XXXXXX"_s), m_program(program(u"nestd"_s)) {}

TestPlatform::~TestPlatform()
{
    stop();
    // What the keeper still ends and removes is in the way for a moment.
    m_tree.setAutoRemove(false);
    if (!waitUntil([this] { return QDir(m_tree.path()).removeRecursively(); }, std::chrono::seconds(10))) {
        qWarning("'%s' could not be removed.", qPrintable(m_tree.path()));
    }
}

QString TestPlatform::program(const QString &name)
{
    return QString::fromUtf8(NEST_BINARY_DIR) + u"/bin/"_s + name;
}

void TestPlatform::runAsOrdinaryUser()
{
    if (::geteuid() != 0) {
        return;
    }
    const auto id = QString::number(ordinaryUser);
    // A copy of the programs: the build folder may lie where this user may not look.
    const auto copy = m_tree.filePath(u"nest"_s);
    QDir().mkpath(copy + u"/bin"_s);
    for (const auto &name : {u"nestd"_s, u"nest-keeper"_s}) {
        QFile::copy(program(name), copy + u"/bin/"_s + name);
    }
    QProcess::execute(u"cp"_s,
                      {u"-r"_s, QString::fromUtf8(NEST_BINARY_DIR) + u"/share"_s, copy + u"/share"_s});
    QProcess::execute(u"chown"_s, {u"-R"_s, id, m_tree.path()});
    m_program = copy + u"/bin/nestd"_s;
    m_prefix = {u"/usr/bin/setpriv"_s, u"--reuid"_s, id, u"--regid"_s, id, u"--clear-groups"_s, u"--"_s};
}

void TestPlatform::limitData(qint64 bytes)
{
    QDir().mkpath(dataDirectory());
    m_prefix = QStringList{u"/usr/bin/bwrap"_s, u"--die-with-parent"_s, u"--dev-bind"_s, u"/"_s, u"/"_s} +
               QStringList{u"--size"_s, QString::number(bytes), u"--tmpfs"_s, dataDirectory(), u"--"_s} +
               m_prefix;
}

QString TestPlatform::dataFromOutside() const
{
    const auto pid = QString::number(processId());
    QFile children(u"/proc/%1/task/%1/children"_s.arg(pid));
    const auto inside =
        children.open(QIODevice::ReadOnly) ? children.readAll().split(' ').first() : QByteArray();
    return u"/proc/"_s + QString::fromUtf8(inside) + u"/root"_s + dataDirectory();
}

bool TestPlatform::start(const QStringList &arguments)
{
    QElapsedTimer clock;
    clock.start();
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::SeparateChannels);
    const auto words = m_prefix + QStringList{m_program};
    m_process->setProgram(words.first());
    m_process->setArguments(
        words.mid(1) + QStringList{u"--data-dir"_s, dataDirectory(), u"--runtime-dir"_s, runtimeDirectory()} +
        arguments);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, m_tree.filePath(u"config"_s));
    for (auto entry = m_environment.begin(); entry != m_environment.end(); ++entry) {
        environment.insert(entry.key(), entry.value());
    }
    m_process->setProcessEnvironment(environment);
    m_process->start();
    QByteArray line;
    const bool said = QTest::qWaitFor(
        [&] {
            m_process->waitForReadyRead(1);
            line += m_process->readAllStandardOutput();
            return line.contains('\n') || m_process->state() == QProcess::NotRunning;
        },
        20'000);
    m_startTime = std::chrono::milliseconds(clock.elapsed());
    if (!said || !line.contains('\n')) {
        m_process->waitForFinished(100);
        m_error = QString::fromUtf8(m_process->readAllStandardError());
        return false;
    }
    const auto endpoint = QJsonDocument::fromJson(line).object();
    m_gatewayPort = static_cast<quint16>(endpoint[u"gatewayUrl"].toString().section(u':', -1).toInt());
    return true;
}

int TestPlatform::stop()
{
    if (!m_process || m_process->state() == QProcess::NotRunning) {
        return m_process ? m_process->exitCode() : 0;
    }
    m_process->terminate();
    if (!m_process->waitForFinished(40'000)) {
        m_process->kill();
        m_process->waitForFinished(5'000);
        return -1;
    }
    return m_process->exitCode();
}

void TestPlatform::kill()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished(5'000);
    }
}

HttpAnswer TestPlatform::api(const HttpRequest &request) const
{
    return sendOverUnix(socket(), request);
}

HttpAnswer TestPlatform::gateway(const HttpRequest &request) const
{
    return sendOverTcp(m_gatewayPort, request);
}

QMap<QByteArray, QByteArray> TestPlatform::helloFiles(const QByteArray &function)
{
    return {{"function.yaml", "name: " + function + "\nruntime: node20\nhandler: src/handler.js#handler\n"},
            {"src/handler.js", R"(export async function handler(event, context) {
    const wait = Number(event.query?.wait ?? 0);
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    if (event.query?.exit) process.exit(3);
    if (event.query?.throw) throw new Error('asked to fail');
    if (event.query?.log) context.log.info(String(event.query.log));
    return { status: 200, body: { hello: event.query?.name ?? 'world', version: context.version } };
}
)"}};
}

QString TestPlatform::deploy(const QByteArray &function, const QMap<QByteArray, QByteArray> &files,
                             const QByteArray &deployment, const QByteArray &group)
{
    const auto problem = [](const char *what, const HttpAnswer &answer) {
        return QString::fromUtf8(what) + u": "_s + QString::number(answer.status) + u' ' +
               QString::fromUtf8(answer.body);
    };
    const QByteArray base = "/v1/functions/" + function;
    // Of the manifest: a function's runtime is fixed when it is created.
    const auto manifest = files.value("function.yaml");
    const auto named = manifest.indexOf("runtime: ");
    const auto runtime =
        named < 0 ? QByteArray("node20") : manifest.mid(named + 9, manifest.indexOf('\n', named) - named - 9);
    if (const auto made = api(
            {"POST", "/v1/functions", R"({"name":")" + function + R"(","runtime":")" + runtime + R"("})"});
        made.status != 201 && made.status != 409) {
        return problem("create", made);
    }
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto body = QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(file.value())}})
                              .toJson(QJsonDocument::Compact);
        const auto put = api({"PUT", base + "/files/" + file.key(), body, {{"If-Match", "*"}}});
        if (put.status != 200 && put.status != 201) {
            return problem("put file", put);
        }
    }
    const auto started = api({"POST", base + "/builds"});
    if (started.status != 202) {
        return problem("build", started);
    }
    const auto number = QByteArray::number(QJsonDocument::fromJson(started.body)[u"number"].toInt());
    HttpAnswer build;
    waitUntil(
        [&] {
            build = get(base + "/builds/" + number);
            const auto state = QJsonDocument::fromJson(build.body)[u"state"].toString();
            return state != u"running" && state != u"queued";
        },
        std::chrono::seconds(60));
    if (QJsonDocument::fromJson(build.body)[u"state"].toString() != u"succeeded") {
        return problem("build", build);
    }
    const auto version = api({"POST", base + "/versions", R"({"build":)" + number + "}"});
    if (version.status != 201) {
        return problem("publish", version);
    }
    auto document = QJsonDocument::fromJson(deployment).object();
    document[u"weights"] = QJsonArray{
        QJsonObject{{u"version"_s, QJsonDocument::fromJson(version.body)[u"number"]}, {u"weight"_s, 100}}};
    const auto put = api({"PUT",
                          base + "/deployments/" + group,
                          QJsonDocument(document).toJson(QJsonDocument::Compact),
                          {{"If-Match", "*"}}});
    return put.status == 200 || put.status == 201 ? QString() : problem("deploy", put);
}

} // namespace nest::testsupport
