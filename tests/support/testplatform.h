// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real nestd in a folder tree of its own, for tests that speak to it as anybody would: HTTP over its Unix
// socket and through its gateway. Waits block, which only tests may do; each has a limit.
//
// Owner: the test. The destructor ends nestd and waits until the keeper and its boxes are gone too.

#include "api/wire/result.h"

#include <QByteArray>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace nest::testsupport {

struct HttpAnswer
{
    int status = 0;                       // 0: no answer
    QMap<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

struct HttpRequest
{
    QByteArray method = "GET";
    QByteArray path = "/";
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    std::chrono::milliseconds limit{30'000};
};

/// One request on one connection.
HttpAnswer sendOverUnix(const QString &socket, const HttpRequest &request);
HttpAnswer sendOverTcp(quint16 port, const HttpRequest &request);

class TestPlatform final
{
public:
    TestPlatform();
    ~TestPlatform();
    Q_DISABLE_COPY_MOVE(TestPlatform)

    static constexpr unsigned ordinaryUser = 41235; // one that no other process here has
    /// nestd and all it starts belong to an ordinary user, also where the tests are root's: what the kernel
    /// limits for a user it does not for root. Before the first start().
    void runAsOrdinaryUser();
    /// What starts nestd, e.g. a box that takes something away from it. Before the first start().
    void runUnder(const QStringList &words) { m_prefix = words; }
    /// As runUnder, around what is there: with more rights after runAsOrdinaryUser. Before the first start().
    void runInside(const QStringList &words) { m_prefix = words + m_prefix; }
    /// Its data lie on a disk of their own of this size. They are seen at dataFromOutside() while it runs and
    /// are gone when it ends. Before the first start().
    void limitData(qint64 bytes);
    [[nodiscard]] QString dataFromOutside() const;
    /// For nestd, beside what the test itself has.
    void addEnvironment(const QString &name, const QString &value) { m_environment[name] = value; }
    /// Starts nestd and waits for its ready line; false with error() otherwise.
    bool start(const QStringList &arguments = {});
    /// SIGTERM and the end; the exit code.
    int stop();
    /// SIGKILL, as a crash.
    void kill();

    [[nodiscard]] HttpAnswer api(const HttpRequest &request) const;
    [[nodiscard]] HttpAnswer get(const QByteArray &path) const { return api({.path = path}); }
    [[nodiscard]] HttpAnswer gateway(const HttpRequest &request) const;
    /// Function with files, built, published and deployed to `group`, scaling as JSON; the problem otherwise.
    QString deploy(const QByteArray &function, const QMap<QByteArray, QByteArray> &files,
                   const QByteArray &deployment, const QByteArray &group = "default/main/local");
    /// Draft files of a function that answers "hello" and knows some tricks for tests.
    static QMap<QByteArray, QByteArray> helloFiles(const QByteArray &function);

    [[nodiscard]] QString dataDirectory() const { return m_tree.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString runtimeDirectory() const { return m_tree.filePath(QStringLiteral("run")); }
    [[nodiscard]] QString socket() const { return runtimeDirectory() + QStringLiteral("/api.sock"); }
    [[nodiscard]] quint16 gatewayPort() const { return m_gatewayPort; }
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] QString error() const { return m_error; }
    /// What this nestd has written into its own log since the last call.
    [[nodiscard]] QByteArray ownLog() const
    {
        return m_process ? m_process->readAllStandardError() : QByteArray();
    }
    [[nodiscard]] std::chrono::milliseconds startTime() const { return m_startTime; }
    [[nodiscard]] static QString program(const QString &name);

private:
    QTemporaryDir m_tree; // short path: socket names are limited
    std::unique_ptr<QProcess> m_process;
    QString m_program;
    QStringList m_prefix; // what starts it
    QMap<QString, QString> m_environment;
    quint16 m_gatewayPort = 0;
    std::chrono::milliseconds m_startTime{};
    QString m_error;
};

/// Asks again every 50 ms until `condition` holds; false when the limit is over. Events go on meanwhile.
bool waitUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit);

} // namespace nest::testsupport
