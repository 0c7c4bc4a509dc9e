// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/tour.h"

#include "api/client/loadgenerator.h"
#include "api/client/platformclient.h"
#include "api/wire/types.h"

#include <QCoreApplication>
#include <QCoroProcess>
#include <QCoroTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace nest::console {

namespace {

constexpr milliseconds glance{100};
// Long enough for the rise, the panic and some quiet decisions; the pictures are taken within it.
constexpr seconds loadTime{150};
constexpr seconds beforePictures{55};

struct TourFunction
{
    std::string name;
    std::string service;
    int versions = 1;
    double requestsPerSecond = 0; // 0: stays at zero
    client::LoadShape shape = client::LoadShape::Steady;
};

const std::vector<TourFunction> &tourFunctions()
{
    static const std::vector<TourFunction> functions{
        {"order-price", "order", 2, 260, client::LoadShape::Steps},
        {"menu-render", "shop", 1, 40, client::LoadShape::Steady},
        {"coupon-match", "coupon", 2, 25, client::LoadShape::Ramp},
        {"invoice-pdf", "pay", 1, 0, client::LoadShape::Steady},
    };
    return functions;
}

wire::ScalingPolicy tourPolicy()
{
    wire::ScalingPolicy policy;
    policy.threshold = 50;
    policy.maximum = 8;
    policy.stableWindowSeconds = 20;
    policy.panicWindowSeconds = 4;
    policy.scaleDownDelaySeconds = 10;
    return policy;
}

/// For the page Pools, of the function that nobody calls: its charts stay as they are.
wire::ScalingPolicy reservedPolicy()
{
    wire::ScalingPolicy policy = tourPolicy();
    policy.reserved = 1;
    policy.reservations = {
        {.name = "lunch", .cron = "30 11 * * *", .minutes = 150, .floor = 3},
        {.name = "month-end", .cron = "0 6 28-31 * *", .minutes = 720, .floor = 5},
        {.name = "evening", .cron = "0 17 * * *", .minutes = 300, .floor = 4},
    };
    return policy;
}

void say(const QString &text)
{
    std::fprintf(stderr, "tour: %s\n", qUtf8Printable(text));
}

/// A nestd of the tour's own, in a folder tree of its own.
class Stage final
{
public:
    Stage() = default;
    Q_DISABLE_COPY_MOVE(Stage)
    ~Stage()
    {
        if (m_nestd.state() != QProcess::NotRunning) {
            m_nestd.terminate();
            m_nestd.waitForFinished(35'000); // it lets its functions finish
        }
    }

    QCoro::Task<Result<>> start()
    {
        m_nestd.setProgram(QCoreApplication::applicationDirPath() + u"/nestd"_s);
        m_nestd.setArguments(
            {u"--data-dir"_s, m_tree.filePath(u"data"_s), u"--runtime-dir"_s, m_tree.filePath(u"run"_s)});
        m_nestd.start();
        QElapsedTimer clock;
        clock.start();
        while (!QFile::exists(m_tree.filePath(u"run/endpoint.json"_s))) {
            if (clock.elapsed() > 20'000 || m_nestd.state() == QProcess::NotRunning) {
                co_return failure("tour/no-platform",
                                  "nestd did not start: " + m_nestd.readAllStandardError().toStdString());
            }
            co_await QCoro::sleepFor(glance);
        }
        co_return Result<>{};
    }

    [[nodiscard]] QString socket() const { return m_tree.filePath(u"run/api.sock"_s); }
    [[nodiscard]] QString settings() const { return m_tree.filePath(u"config"_s); }

private:
    QTemporaryDir m_tree{u"/tmp/nest-tour-XXXXXX"_s};
    QProcess m_nestd;
};

/// The console itself, started again for one picture.
QCoro::Task<Result<>> takePicture(QString file, QStringList arguments, QString settings)
{
    say(file);
    QProcess console;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, settings);
    if (!environment.contains(u"DISPLAY"_s) && !environment.contains(u"WAYLAND_DISPLAY"_s)) {
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    }
    console.setProcessEnvironment(environment);
    console.setProcessChannelMode(QProcess::MergedChannels);
    auto process = qCoro(console);
    co_await process.start(QCoreApplication::applicationFilePath(),
                           arguments + QStringList{u"--screenshot"_s, file});
    const bool ended = co_await process.waitForFinished(seconds(60));
    if (!ended || console.exitCode() != 0 || !QFile::exists(file)) {
        console.kill();
        co_return failure("tour/no-picture", file.toStdString() + " was not taken: " +
                                                 console.readAll().right(2'000).toStdString());
    }
    co_return Result<>{};
}

QCoro::Task<Result<int>> buildVersion(client::PlatformClient &client, std::string name)
{
    auto build = co_await client.startBuild(name);
    while (build && (build->state == wire::BuildState::Queued || build->state == wire::BuildState::Running)) {
        co_await QCoro::sleepFor(glance);
        build = co_await client.build(name, build->number);
    }
    if (!build) {
        co_return std::unexpected(build.error());
    }
    if (build->state != wire::BuildState::Succeeded) {
        co_return failure("tour/build", "The build of " + name + " failed: " + build->reason);
    }
    const auto version = co_await client.publish(name, build->number);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    co_return version->number;
}

/// So that two versions differ in something one can look at.
QCoro::Task<Result<>> changeHandler(client::PlatformClient &client, std::string name)
{
    auto file = co_await client.file(name, "src/handler.js");
    if (!file) {
        co_return std::unexpected(file.error());
    }
    constexpr std::string_view before = "const name = event.query?.name ?? 'world';";
    if (const auto at = file->content.find(before); at != std::string::npos) {
        file->content.replace(at, before.size(),
                              "const given = event.query?.name?.trim();\n    const name = given || 'world';");
    }
    const auto put = co_await client.putFile(name, *file);
    co_return put ? Result<>() : std::unexpected(put.error());
}

QCoro::Task<Result<>> makeFunction(client::PlatformClient &client, TourFunction function)
{
    say(u"making "_s + QString::fromStdString(function.name));
    wire::CreateFunction request;
    request.name = function.name;
    request.service = function.service;
    request.templateId = "http-api-node";
    if (const auto made = co_await client.createFunction(request); !made) {
        co_return std::unexpected(made.error());
    }
    wire::Deployment deployment;
    deployment.function = function.name;
    deployment.scaling = function.requestsPerSecond > 0 ? tourPolicy() : reservedPolicy();
    for (int i = 0; i < function.versions; ++i) {
        if (i > 0) {
            if (auto changed = co_await changeHandler(client, function.name); !changed) {
                co_return changed;
            }
        }
        const auto version = co_await buildVersion(client, function.name);
        if (!version) {
            co_return std::unexpected(version.error());
        }
        deployment.weights.push_back({*version, 100});
    }
    if (deployment.weights.size() == 2) {
        deployment.weights[0].weight = 80;
        deployment.weights[1].weight = 20;
    }
    if (const auto put = co_await client.putDeployment(deployment); !put) {
        co_return std::unexpected(put.error());
    }
    co_return Result<>{};
}

struct Look
{
    QString name;
    QStringList arguments;
};

QList<Look> looks()
{
    return {{u"dark"_s, {u"--theme"_s, u"dark"_s, u"--language"_s, u"en"_s}},
            {u"light"_s, {u"--theme"_s, u"light"_s, u"--language"_s, u"en"_s}},
            {u"zh-dark"_s, {u"--theme"_s, u"dark"_s, u"--language"_s, u"zh_CN"_s}}};
}

QCoro::Task<Result<>> takeAll(QString directory, QString page, QStringList arguments, QString settings)
{
    for (const auto &look : looks()) {
        const auto file = u"%1/%2-%3.png"_s.arg(directory, page, look.name);
        if (auto taken = co_await takePicture(file, arguments + look.arguments, settings); !taken) {
            co_return taken;
        }
    }
    co_return Result<>{};
}

Result<std::vector<std::unique_ptr<client::LoadGenerator>>> putLoad(const std::string &gatewayUrl)
{
    std::vector<std::unique_ptr<client::LoadGenerator>> loads;
    for (const auto &function : tourFunctions()) {
        if (function.requestsPerSecond <= 0) {
            continue;
        }
        client::LoadPlan plan;
        plan.url = gatewayUrl + "/fn/" + function.name + "/";
        plan.requestsPerSecond = function.requestsPerSecond;
        plan.shape = function.shape;
        plan.duration = loadTime;
        auto load = std::make_unique<client::LoadGenerator>();
        if (auto started = load->start(plan); !started) {
            return std::unexpected(started.error());
        }
        loads.push_back(std::move(load));
    }
    return loads;
}

} // namespace

QCoro::Task<Result<>> runTour(QString directory)
{
    if (!QDir().mkpath(directory)) {
        co_return failure("tour/no-folder", "The folder " + directory.toStdString() + " cannot be made.");
    }
    Stage stage;
    if (auto started = co_await stage.start(); !started) {
        co_return started;
    }
    const QStringList target{u"--socket"_s, stage.socket()};
    if (auto taken = co_await takeAll(directory, u"functions-empty"_s, target, stage.settings()); !taken) {
        co_return taken;
    }
    client::Connection connection;
    connection.name = u"local"_s;
    connection.socketPath = stage.socket();
    client::PlatformClient client(connection);
    for (const auto &function : tourFunctions()) {
        if (auto made = co_await makeFunction(client, function); !made) {
            co_return made;
        }
    }
    const auto me = co_await client.me();
    if (!me) {
        co_return std::unexpected(me.error());
    }
    const auto loads = putLoad(me->gatewayUrl);
    if (!loads) {
        co_return std::unexpected(loads.error());
    }
    say(u"load is on; the pictures follow in %1 s"_s.arg(beforePictures.count()));
    co_await QCoro::sleepFor(beforePictures);
    const auto scaling =
        target + QStringList{u"--function"_s, QString::fromStdString(tourFunctions().front().name),
                             u"--tab"_s, u"scaling"_s};
    if (auto taken = co_await takeAll(directory, u"scaling"_s, scaling, stage.settings()); !taken) {
        co_return taken;
    }
    const auto name = QString::fromStdString(tourFunctions().front().name);
    const QList<std::pair<QString, QStringList>> pages{
        {u"connect"_s, {u"--page"_s, u"connect"_s}},
        {u"functions"_s, {u"--page"_s, u"functions"_s}},
        {u"new-function"_s, {u"--page"_s, u"functions.new"_s}},
        {u"summary"_s, {u"--function"_s, name}},
        {u"code"_s, {u"--function"_s, name, u"--tab"_s, u"code"_s, u"--open"_s, u"request"_s}},
        {u"load"_s, {u"--function"_s, name, u"--tab"_s, u"code"_s, u"--open"_s, u"load"_s}},
        {u"versions"_s, {u"--function"_s, name, u"--tab"_s, u"versions"_s}},
        {u"instances"_s, {u"--function"_s, name, u"--tab"_s, u"instances"_s}},
        {u"settings"_s, {u"--function"_s, name, u"--tab"_s, u"settings"_s}},
        {u"deploy"_s, {u"--function"_s, name, u"--open"_s, u"deploy"_s}},
        {u"pools"_s, {u"--page"_s, u"pools"_s}},
        {u"palette"_s, {u"--function"_s, name, u"--open"_s, u"palette"_s}},
        {u"groups"_s, {u"--function"_s, name, u"--open"_s, u"groups"_s}},
    };
    for (const auto &[page, arguments] : pages) {
        if (auto taken = co_await takeAll(directory, page, target + arguments, stage.settings()); !taken) {
            co_return taken;
        }
    }
    co_return Result<>{};
}

} // namespace nest::console
