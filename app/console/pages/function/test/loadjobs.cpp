// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadjobs.h"

#include "app/console/pages/function/test/requesttext.h"
#include "models/guard.h"
#include "models/session.h"

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

int percentOf(const LoadJob &job)
{
    const double whole = std::chrono::duration<double>(job.request().plan.duration).count();
    const double gone = std::chrono::duration<double>(job.report().elapsed).count();
    return static_cast<int>(100 * std::clamp(whole > 0 ? gone / whole : 0, 0.0, 1.0));
}

} // namespace

LoadJobs::LoadJobs(models::Session &session) : QObject(&session), m_session(session) {}

LoadJobs &LoadJobs::of(models::Session &session)
{
    if (auto *jobs = session.findChild<LoadJobs *>(Qt::FindDirectChildrenOnly)) {
        return *jobs;
    }
    return *new LoadJobs(session); // its child
}

bool LoadJobs::isRunning(const QString &function) const
{
    const LoadJob *found = job(function);
    return found != nullptr && found->isRunning();
}

QStringList LoadJobs::running() const
{
    QStringList names;
    for (const LoadJob *one : m_jobs) {
        if (one->isRunning()) {
            names.append(one->function());
        }
    }
    names.sort();
    return names;
}

QString LoadJobs::statusText(const QString &function) const
{
    return isRunning(function) ? tr("Load test %1 · %2 %").arg(function).arg(percentOf(*job(function)))
                               : QString();
}

void LoadJobs::stopAll()
{
    for (LoadJob *one : std::as_const(m_jobs)) {
        one->stop();
    }
}

QString LoadJobs::offReason(const QString &function, const wire::GroupName &group) const
{
    const auto &me = m_session.me();
    if (!m_session.isConnected() || !me) {
        return tr("The platform is offline. Load can be started when it is back.");
    }
    if (me->gatewayUrl.empty()) {
        return tr("The platform told no gateway. Start it with one (nestd --gateway-port).");
    }
    if (const auto refused = m_session.writeRefusal()) {
        return QString::fromStdString(refused->detail);
    }
    if (models::Guard::stricter(m_session.connection().environment,
                                QString::fromStdString(me->environment)) == "PROD"_L1) {
        return tr("Load is off in production. Use a lane of a test platform.");
    }
    if (!answeringGroup(m_session, function, group)) {
        return tr("%1 is not deployed to %2. Deploy it, then start the load.").arg(function, nameOf(group));
    }
    return {};
}

std::optional<wire::GroupName> LoadJobs::defaultGroup(const QString &function,
                                                      const wire::GroupName &group) const
{
    const auto &me = m_session.me();
    if (!me || me->environment == "LOCAL" || group.lane != "main") {
        return group;
    }
    for (const GroupChoice &choice : groupChoices(m_session, function)) {
        if (choice.group.lane != "main" && choice.answering == choice.group &&
            choice.group.region == me->region) {
            return choice.group;
        }
    }
    return std::nullopt;
}

Result<void> LoadJobs::start(const LoadRequest &request)
{
    if (const QString reason = offReason(request.function, request.group); !reason.isEmpty()) {
        return failure("console/load-off", reason.toStdString());
    }
    LoadJob *&found = m_jobs[request.function];
    if (found == nullptr) {
        found = new LoadJob(m_session, request.function, this);
        connect(found, &LoadJob::changed, this,
                [this, function = request.function] { Q_EMIT jobChanged(function); });
        connect(found, &LoadJob::finished, this,
                [this, function = request.function] { Q_EMIT ended(function); });
    }
    LoadRequest sent = request;
    sent.plan.allowsRemote = m_session.me()->environment != "LOCAL";
    return found->start(sent);
}

Result<void> LoadJobs::start(const QString &function, const wire::GroupName &group, client::LoadPlan plan)
{
    if (const QString reason = offReason(function, group); !reason.isEmpty()) {
        return failure("console/load-off", reason.toStdString());
    }
    wire::TestEvent get = eventTemplates().first().event;
    client::LoadPlan full = planOf(get, function, group, m_session.me()->gatewayUrl);
    plan.url = full.url;
    plan.method = full.method;
    plan.headers = full.headers;
    plan.countsInstances = true;
    return start(LoadRequest{function, group, u"GET /"_s, plan});
}

} // namespace nest::console
