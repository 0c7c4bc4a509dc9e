// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/platform/engines/enginefixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <signal.h>

namespace nest::tests {

using engines::LocalEngine;
using namespace Qt::StringLiterals;

EngineNotes::EngineNotes(LocalEngine &engine)
{
    connect(&engine, &LocalEngine::ready, this,
            [this](const std::vector<engines::AdoptedInstance> &found,
                   const std::vector<engines::SlotSpec> &waiting) {
                ++readyCount;
                adopted = found;
                adoptedSlots = waiting;
                for (const auto &instance : found) {
                    sockets[instance.id] = instance.socketPath;
                }
            });
    connect(&engine, &LocalEngine::slotReady, this,
            [this](const std::string &id, const engines::ColdStart &phases) { slots[id] = phases; });
    connect(&engine, &LocalEngine::slotEnded, this,
            [this](const std::string &id, const std::string &reason) { slotsEnded[id] = reason; });
    connect(&engine, &LocalEngine::failed, this, [this](const Error &error) { failed = error; });
    connect(&engine, &LocalEngine::instanceReady, this,
            [this](const std::string &id, const std::string &path, const engines::ColdStart &cold) {
                sockets[id] = path;
                coldStarts[id] = cold;
            });
    connect(&engine, &LocalEngine::instanceFailed, this,
            [this](const std::string &id, const Error &error) { instanceFailures[id] = error; });
    connect(
        &engine, &LocalEngine::instanceExited, this,
        [this](const std::string &id, const std::string &reason, int code) { ended[id] = {reason, code}; });
    connect(&engine, &LocalEngine::logLine, this,
            [this](const std::string &id, const std::string &, const std::string &line, long long) {
                lines[id].push_back(line);
            });
    connect(&engine, &LocalEngine::linesDropped, this,
            [this](const std::string &id, int count) { dropped[id] += count; });
    connect(&engine, &LocalEngine::instanceStats, this,
            [this](const std::string &id, double memory, double cpu) {
                ++statsCount[id];
                memoryMegabytes[id] = memory;
                cpuMilliseconds[id] = cpu;
            });
    connect(&engine, &LocalEngine::jobOutput, this,
            [this](const std::string &id, const std::string &, const std::string &text) {
                jobOutputs[id] += text;
            });
    connect(&engine, &LocalEngine::jobExited, this,
            [this](const std::string &id, int code, const std::string &reason) {
                jobResults[id] = {code, reason};
            });
}

bool EngineNotes::hasLine(const std::string &id, const std::string &part) const
{
    const auto found = lines.find(id);
    if (found == lines.end()) {
        return false;
    }
    for (const auto &line : found->second) {
        if (line.find(part) != std::string::npos) {
            return true;
        }
    }
    return false;
}

EngineFixture::EngineFixture(std::string bwrapProgram)
    : m_folder(QDir::tempPath() + u"/nt-XXXXXX"_s)
    , m_config{.runtimeDirectory = m_folder.filePath(u"r"_s).toStdString(),
               .keeperProgram = NEST_BINARY_DIR "/bin/nest-keeper",
               .runtimesDirectory = NEST_BINARY_DIR "/share/nest/runtimes",
               .slotsDirectory = m_folder.filePath(u"slots"_s).toStdString(),
               .bwrapProgram = std::move(bwrapProgram)}
{
    restartEngine();
}

EngineFixture::~EngineFixture()
{
    const auto keeper = keeperPid();
    loseEngine();
    if (keeper > 0) {
        ::kill(static_cast<pid_t>(keeper), SIGTERM);
        [[maybe_unused]] const bool ended = QTest::qWaitFor([keeper] { return !isAlive(keeper); }, 10'000);
        Q_ASSERT(ended);
    }
}

qint64 EngineFixture::keeperPid() const
{
    QFile file(QString::fromStdString(m_config.runtimeDirectory) + u"/keeper.lock"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
}

void EngineFixture::loseEngine()
{
    m_notes.reset();
    m_engine.reset();
}

void EngineFixture::restartEngine()
{
    loseEngine();
    m_engine = std::make_unique<LocalEngine>(m_config);
    m_notes = std::make_unique<EngineNotes>(*m_engine);
    m_engine->start();
}

std::string EngineFixture::writeCode(const QMap<QString, QByteArray> &files)
{
    const auto folder = m_folder.filePath(u"code%1"_s.arg(++m_codeFolders));
    for (auto it = files.begin(); it != files.end(); ++it) {
        const auto path = folder + u'/' + it.key();
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(it.value()) == it.value().size();
        if (!written) {
            qFatal("cannot write %s", qPrintable(path));
        }
    }
    return folder.toStdString();
}

engines::InstanceSpec EngineFixture::spec(const std::string &codeDir, const std::string &handler)
{
    engines::InstanceSpec spec;
    spec.id = "i-TEST" + std::to_string(++m_ids);
    spec.function = "greet";
    spec.set = "default";
    spec.lane = "main";
    spec.region = "local";
    spec.version = 7;
    spec.runtime = "node20";
    spec.codeDir = codeDir;
    spec.handler = handler;
    return spec;
}

std::string EngineFixture::startFunction(const QByteArray &code)
{
    return startAndWait(spec(writeCode({{u"handler.js"_s, code}})));
}

std::string EngineFixture::startAndWait(const engines::InstanceSpec &spec)
{
    m_engine->startInstance(spec);
    [[maybe_unused]] const bool settled =
        QTest::qWaitFor([this, &spec] { return notes().isSettled(spec.id); }, 20'000);
    return spec.id;
}

std::unique_ptr<Asking> EngineFixture::ask(const std::string &id, const Question &question)
{
    auto asking = std::make_unique<Asking>(notes().sockets[id], question);
    [[maybe_unused]] const bool over = QTest::qWaitFor([&asking] { return asking->isOver(); }, 15'000);
    return asking;
}

bool waitUntil(const std::function<bool()> &condition, int limitMs)
{
    return QTest::qWaitFor(condition, limitMs);
}

std::vector<qint64> descendants(qint64 pid)
{
    std::vector<qint64> found;
    const QDir tasks(u"/proc/%1/task"_s.arg(pid));
    for (const auto &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile children(tasks.filePath(task) + u"/children"_s);
        if (!children.open(QIODevice::ReadOnly)) {
            continue;
        }
        for (const auto &child : children.readAll().simplified().split(' ')) {
            if (!child.isEmpty()) {
                found.push_back(child.toLongLong());
                const auto below = descendants(child.toLongLong());
                found.insert(found.end(), below.begin(), below.end());
            }
        }
    }
    return found;
}

bool isAlive(qint64 pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly)) {
        return false;
    }
    const auto line = stat.readAll();
    const auto bracket = line.lastIndexOf(')');
    return bracket > 0 && line.mid(bracket + 2, 1) != "Z"; // a zombie is dead, whoever has not reaped it
}

} // namespace nest::tests
