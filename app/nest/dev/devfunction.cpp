// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The function of a folder: what it is called, its draft, its builds.
#include "app/nest/dev/devsession.h"

#include "app/nest/dev/testfilter.h"
#include "app/nest/draftfolder.h"

#include <QCoroTimer>

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace nest::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto askEvery = 30ms;
// Where the box looks for it: platform/engines/local/debugbox.cpp.
constexpr std::array debugpyPlaces{"/usr/lib/python3/dist-packages/debugpy/__init__.py",
                                   "/usr/local/lib/python3/dist-packages/debugpy/__init__.py"};
constexpr auto spareName = "function"; // while the manifest has none: its build says what is wrong

std::string valueOf(const QString &text, const QString &key)
{
    const QRegularExpression line(u"^%1:[ \\t]*[\"']?([a-z0-9.-]+)[\"']?[ \\t]*(#.*)?\\r?$"_s.arg(key),
                                  QRegularExpression::MultilineOption);
    return line.match(text).captured(1).toStdString();
}

bool isRunning(const wire::Build &build)
{
    return build.state == wire::BuildState::Queued || build.state == wire::BuildState::Running;
}

QCoro::Task<Result<>> removeFunction(client::PlatformClient &client, std::string name)
{
    const auto deployments = co_await client.deploymentsOf(name);
    if (!deployments && deployments.error().type == "control/unknown-function") {
        co_return Result<>{}; // removed already
    }
    if (!deployments) {
        co_return std::unexpected(deployments.error());
    }
    for (const auto &deployment : deployments->items) {
        const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
        if (auto gone = co_await client.deleteDeployment(name, group, deployment.etag.value_or("")); !gone) {
            co_return gone;
        }
    }
    const auto function = co_await client.function(name);
    if (!function) {
        co_return std::unexpected(function.error());
    }
    auto gone = co_await client.deleteFunction(name, function->etag.value_or(""));
    co_return gone;
}

} // namespace

Manifest manifestOf(const std::string &text)
{
    const auto yaml = QString::fromStdString(text);
    static const QRegularExpression allowed(u"^[a-z][a-z0-9-]{2,39}$"_s);
    Manifest manifest{.name = valueOf(yaml, u"name"_s), .runtime = valueOf(yaml, u"runtime"_s)};
    if (!allowed.match(QString::fromStdString(manifest.name)).hasMatch()) {
        manifest.name.clear();
    }
    return manifest;
}

int debugPort(const std::string &folder)
{
    QFile file(QString::fromStdString(folder) + u"/function.yaml"_s);
    const auto runtime =
        file.open(QIODevice::ReadOnly) ? manifestOf(file.readAll().toStdString()).runtime : std::string();
    return runtime.starts_with("python") ? 5678 : runtime.starts_with("java") ? 5005 : 9229;
}

Result<> debuggerIsThere(const std::string &runtime)
{
    const auto isInstalled = [](const auto &place) {
        return QFileInfo::exists(QString::fromLatin1(place));
    };
    if (runtime.starts_with("python") && std::ranges::none_of(debugpyPlaces, isInstalled)) {
        return failure("cli/no-debugger", "Python's debugger is not on this machine. Install the package "
                                          "python3-debugpy (Debian, Ubuntu), then start again.");
    }
    return {};
}

Result<> checkFolder(const std::string &folder)
{
    const QFileInfo info(QString::fromStdString(folder));
    if (!info.isDir()) {
        return failure("cli/bad-folder",
                       folder + " is not a folder. Name the folder that holds function.yaml.");
    }
    if (!QFileInfo(info.filePath() + u"/function.yaml"_s).isFile()) {
        return failure("cli/bad-folder",
                       folder +
                           " has no function.yaml, so it is no function's folder. Name the folder that has "
                           "it, or make one: nest create NAME.");
    }
    return {};
}

Result<wire::Environment> environmentOf(const std::vector<std::string> &settings)
{
    static const QRegularExpression allowed(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    wire::Environment environment;
    for (const auto &setting : settings) {
        const auto mark = setting.find('=');
        const auto name = setting.substr(0, mark);
        if (mark == std::string::npos || !allowed.match(QString::fromStdString(name)).hasMatch()) {
            return failure("cli/bad-value", "--env is NAME=VALUE, not '" + setting + "'.");
        }
        environment[name] = setting.substr(mark + 1);
    }
    return environment;
}

QCoro::Task<Result<>> DevFunction::send(DevFunction &function)
{
    auto folder = readDraftFolder(QString::fromStdString(function.m_folder));
    if (!folder) {
        co_return std::unexpected(std::move(folder.error()));
    }
    const auto file = std::ranges::find(folder->files, "function.yaml", &LocalFile::path);
    auto manifest = manifestOf(file->bytes.toStdString());
    if (manifest.name.empty()) {
        manifest.name = function.m_isCreated ? function.m_manifest.name : spareName;
    }
    if (!function.m_testFilter.empty()) {
        auto filtered = withTestFilter(file->bytes, function.m_testFilter);
        if (!filtered) {
            co_return std::unexpected(std::move(filtered.error()));
        }
        file->bytes = std::move(*filtered);
    }
    auto &client = function.m_platform.client();
    if (function.m_isCreated && manifest != function.m_manifest) {
        // A function's name and runtime are fixed: this is another one.
        if (auto gone = co_await removeFunction(client, function.m_manifest.name); !gone) {
            co_return gone;
        }
        function.m_isCreated = false; // not before: else the one that is still there would be in the way
        ++function.m_generation;
    }
    if (function.m_isCreated) {
        const auto sent = co_await syncDraft(client, manifest.name, std::move(*folder));
        co_return sent ? Result<>{} : std::unexpected(sent.error());
    }
    wire::CreateFunction request;
    request.name = manifest.name;
    for (const auto &local : folder->files) {
        request.files.push_back(toWire(local));
    }
    const auto made = co_await client.createFunction(std::move(request));
    if (!made) {
        co_return std::unexpected(made.error());
    }
    function.m_isCreated = true;
    ++function.m_generation;
    function.m_manifest = std::move(manifest);
    co_return Result<>{};
}

QCoro::Task<Result<wire::Build>> DevFunction::build(DevFunction &function, std::stop_token stop)
{
    if (auto sent = co_await send(function); !sent) {
        co_return std::unexpected(std::move(sent.error()));
    }
    auto &client = function.m_platform.client();
    auto build = co_await client.startBuild(function.name());
    while (build && isRunning(*build) && !stop.stop_requested()) {
        co_await QCoro::sleepFor(askEvery);
        build = co_await client.build(function.name(), build->number);
    }
    co_return build;
}

} // namespace nest::cli
