// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolchange.h"

#include "app/console/look.h"
#include "app/console/pages/pools/poolfields.h"
#include "app/console/pages/pools/poolwindows.h"
#include "app/console/pages/pools/ruletexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Pools
{
    Q_DECLARE_TR_FUNCTIONS(Pools)
};

QString listText(const std::vector<std::string> &names)
{
    QStringList texts;
    for (const std::string &name : names) {
        texts.append(toText(name));
    }
    return texts.isEmpty() ? Pools::tr("none") : texts.join(u", "_s);
}

} // namespace

QStringList changesOf(const wire::Pool &before, const wire::Pool &after)
{
    QStringList changes;
    const auto add = [&changes](const QString &name, const QString &was, const QString &is) {
        if (was != is) {
            changes.append(Pools::tr("%1: %2 → %3", "setting, old, new").arg(name, was, is));
        }
    };
    const auto number = [](int value) {
        return QLocale().toString(value);
    };
    add(Pools::tr("Idle"), number(before.idle), number(after.idle));
    add(Pools::tr("At most"), number(before.mostIdle), number(after.mostIdle));
    add(Pools::tr("Runtime"), runtimeName(before.runtime), runtimeName(after.runtime));
    add(Pools::tr("Memory"), Pools::tr("%1 MB").arg(before.memoryMegabytes),
        Pools::tr("%1 MB").arg(after.memoryMegabytes));
    const auto packages = [](const wire::Pool &pool) {
        return pool.packages ? packagesText(pool) : Pools::tr("none");
    };
    add(Pools::tr("Packages of"), packages(before), packages(after));
    add(Pools::tr("Preloaded"), listText(before.preload), listText(after.preload));
    changes.append(windowChanges(before, after));
    if (before.environment != after.environment) {
        changes.append(Pools::tr("The environment changes."));
    }
    const bool isRebooted = before.runtime != after.runtime ||
                            before.memoryMegabytes != after.memoryMegabytes ||
                            before.packages != after.packages || before.preload != after.preload ||
                            before.environment != after.environment;
    if (isRebooted) {
        changes.append(Pools::tr("What waits in it ends and is booted anew."));
    }
    return changes;
}

QStringList effectsOf(const wire::Pool &made)
{
    QStringList effects{Pools::tr("%n runtimes of %1 with %2 MB are kept ready.", nullptr, made.idle)
                            .arg(runtimeName(made.runtime))
                            .arg(made.memoryMegabytes),
                        Pools::tr("Deployments start from it when they name it.")};
    effects.append(windowChanges(wire::Pool(), made));
    return effects;
}

QString costOf(const wire::Pool &before, const wire::Pool &after)
{
    const auto was = hoursADay(before);
    const auto is = hoursADay(after);
    if (!was || !is) { // it cannot be said of a week
        return after.idle == before.idle && windowChanges(before, after).isEmpty()
                   ? QString()
                   : Pools::tr("– instance-hours a day");
    }
    const double hours = std::round((*is - *was) * 10) / 10;
    if (hours == 0) {
        return {};
    }
    const QString text = hoursText(std::abs(hours));
    return hours > 0 ? Pools::tr("+%1 instance-hours a day").arg(text)
                     : Pools::tr("−%1 instance-hours a day").arg(text);
}

QString problemOf(const wire::Pool &pool)
{
    const auto isGood = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    if (pool.name.empty()) {
        return Pools::tr("Give it a name.");
    }
    if (pool.name.size() > 40 || !std::ranges::all_of(pool.name, isGood)) {
        return Pools::tr("A name is of a to z, 0 to 9, dots and hyphens, at most 40 characters.");
    }
    if (pool.mostIdle < pool.idle) {
        return Pools::tr("“At most” is less than “Idle”.");
    }
    if (!pool.preload.empty() && !pool.packages && pool.runtime.starts_with("java")) {
        return Pools::tr("Name the version whose packages hold these classes.");
    }
    return {};
}

bool isSame(const wire::Pool &one, const wire::Pool &other)
{
    return one.name == other.name && one.kind == other.kind && changesOf(one, other).isEmpty();
}

} // namespace nest::console
