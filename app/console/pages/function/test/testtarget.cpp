// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/testtarget.h"

#include "models/session.h"

#include <QCoreApplication>

#include <algorithm>

namespace nest::console {

namespace {

struct Targets
{
    Q_DECLARE_TR_FUNCTIONS(Targets)
};

std::string keyOf(const QString &function, const wire::GroupName &group)
{
    return function.toStdString() + '/' + wire::toString(group);
}

} // namespace

QString nameOf(const wire::GroupName &group)
{
    return QString::fromStdString(wire::toString(group));
}

QString nameOf(const TestTarget &target, std::optional<int> publishedAs)
{
    switch (target.kind) {
    case TestTarget::Kind::Draft:
        return publishedAs ? Targets::tr("Draft, build %1 = v%2").arg(target.number).arg(*publishedAs)
                           : Targets::tr("Draft, build %1").arg(target.number);
    case TestTarget::Kind::Version:
        return QStringLiteral("v%1").arg(target.number);
    case TestTarget::Kind::Group:
        return nameOf(target.group);
    }
    return {};
}

bool isDeployed(models::Session &session, const QString &function, const wire::GroupName &group)
{
    return session.deployments().find(keyOf(function, group)) != nullptr;
}

std::optional<wire::GroupName> answeringGroup(models::Session &session, const QString &function,
                                              const wire::GroupName &group)
{
    if (isDeployed(session, function, group)) {
        return group;
    }
    wire::GroupName main = group;
    main.lane = "main";
    return isDeployed(session, function, main) ? std::optional(main) : std::nullopt;
}

QList<GroupChoice> groupChoices(models::Session &session, const QString &function)
{
    QList<GroupChoice> all;
    const std::string name = function.toStdString();
    auto &deployments = session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const auto &deployment = deployments.at(i);
        if (deployment.function == name) {
            const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
            all.append({group, group});
        }
    }
    std::ranges::sort(all, {}, &GroupChoice::group);
    QList<GroupChoice> others;
    auto &groups = session.groups();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto &one = groups.at(i);
        const wire::GroupName group{one.set, one.lane, one.region};
        if (!isDeployed(session, function, group)) {
            const auto answering = answeringGroup(session, function, group);
            if (answering) {
                others.append({group, answering});
            }
        }
    }
    std::ranges::sort(others, {}, &GroupChoice::group);
    return all + others;
}

QString notDeployedText(const wire::GroupName &group)
{
    return Targets::tr("not deployed in %1").arg(QString::fromStdString(group.lane));
}

} // namespace nest::console
