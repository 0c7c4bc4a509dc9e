// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolfields.h"

#include "app/console/look.h"
#include "app/console/pages/pools/poolchange.h"
#include "models/diff/rebase.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::take;

namespace {

struct Pools
{
    Q_DECLARE_TR_FUNCTIONS(Pools)
};

/// False when the text is neither empty nor the name of a version.
bool readPackages(const QString &text, std::optional<wire::PoolPackages> &packages)
{
    packages.reset();
    if (text.trimmed().isEmpty()) {
        return true;
    }
    const QStringList parts = text.trimmed().split(u'@');
    bool isNumber = false;
    const QString version = parts.size() == 2 ? parts[1] : QString();
    const int number = (version.startsWith(u'v') ? version.mid(1) : version).toInt(&isNumber);
    if (parts.size() != 2 || parts[0].isEmpty() || !isNumber || number < 1) {
        return false;
    }
    packages = wire::PoolPackages{parts[0].toStdString(), number};
    return true;
}

QString preloadText(const wire::Pool &pool)
{
    QStringList modules;
    for (const std::string &module : pool.preload) {
        modules.append(toText(module));
    }
    return modules.join(u", "_s);
}

std::vector<std::string> preloadOf(const QString &text)
{
    std::vector<std::string> modules;
    for (const QString &module : text.split(u',', Qt::SkipEmptyParts)) {
        if (!module.trimmed().isEmpty()) {
            modules.push_back(module.trimmed().toStdString());
        }
    }
    return modules;
}

/// Also written in another way.
bool saysPackagesOf(const QString &text, const wire::Pool &pool)
{
    std::optional<wire::PoolPackages> packages;
    return text == packagesText(pool) || (readPackages(text, packages) && packages == pool.packages);
}

QString environmentText(const wire::Environment &environment)
{
    QStringList lines;
    for (const auto &[name, value] : environment) {
        lines.append(toText(name) + u'=' + toText(value));
    }
    return lines.join(u'\n');
}

/// The sentence that says what is wrong; empty when nothing is.
QString readEnvironment(const QString &text, wire::Environment &environment)
{
    environment.clear();
    for (const QString &line : text.split(u'\n')) {
        const qsizetype mark = line.indexOf(u'=');
        if (line.trimmed().isEmpty()) {
            continue;
        }
        const QString name = line.left(std::max<qsizetype>(mark, 0)).trimmed();
        if (name.isEmpty()) {
            return Pools::tr("The environment has a line without NAME=value.");
        }
        if (!environment.emplace(name.toStdString(), line.mid(mark + 1).toStdString()).second) {
            return Pools::tr("The environment has %1 twice.").arg(name);
        }
    }
    return {};
}

/// Name by name; a text that cannot be read yet stays as it is.
QString rebasedEnvironment(const wire::Environment &base, const QString &mine,
                           const wire::Environment &theirs)
{
    wire::Environment typed;
    if (mine == environmentText(base)) {
        return environmentText(theirs);
    }
    if (!isText(theirs) || !readEnvironment(mine, typed).isEmpty()) {
        return mine;
    }
    wire::Environment next = theirs;
    take(next, base, typed);
    return next == typed ? mine : environmentText(next); // the order of the lines is the person's
}

} // namespace

bool isText(const wire::Environment &environment)
{
    wire::Environment read;
    return readEnvironment(environmentText(environment), read).isEmpty() && read == environment;
}

QString packagesText(const wire::Pool &pool)
{
    return pool.packages ? u"%1@%2"_s.arg(toText(pool.packages->function)).arg(pool.packages->version)
                         : QString();
}

PoolFields fieldsOf(const wire::Pool &pool)
{
    return {.name = toText(pool.name),
            .runtime = toText(pool.runtime),
            .memoryMegabytes = pool.memoryMegabytes,
            .idle = pool.idle,
            .mostIdle = pool.mostIdle,
            .packages = packagesText(pool),
            .preload = preloadText(pool),
            .environment = environmentText(pool.environment),
            .schedule = windowsOf(pool)};
}

std::optional<wire::Pool> readFields(const PoolFields &fields, const wire::Pool &base, QString &problem)
{
    const PoolFields old = fieldsOf(base);
    wire::Pool pool = base;
    pool.name = fields.name.trimmed().toStdString();
    pool.runtime = fields.runtime.toStdString();
    pool.memoryMegabytes = fields.memoryMegabytes;
    pool.idle = fields.idle;
    pool.mostIdle = fields.mostIdle;
    if (fields.packages != old.packages && !readPackages(fields.packages, pool.packages)) {
        problem = Pools::tr("Packages are named by a function and its version: shop@3.");
        return std::nullopt;
    }
    if (fields.preload != old.preload) {
        pool.preload = preloadOf(fields.preload);
    }
    problem = fields.environment == old.environment ? QString()
                                                    : readEnvironment(fields.environment, pool.environment);
    if (fields.schedule != old.schedule && problem.isEmpty()) {
        if (auto rules = readWindows(fields.schedule, problem)) {
            pool.schedule = rules->empty() ? std::nullopt : std::optional(std::move(*rules));
        }
    }
    if (problem.isEmpty()) {
        problem = problemOf(pool);
    }
    return problem.isEmpty() ? std::optional(pool) : std::nullopt;
}

PoolFields rebased(const wire::Pool &base, const PoolFields &mine, const wire::Pool &theirs)
{
    const PoolFields old = fieldsOf(base);
    PoolFields next = fieldsOf(theirs);
    take(next.runtime, old.runtime, mine.runtime);
    take(next.memoryMegabytes, old.memoryMegabytes, mine.memoryMegabytes);
    take(next.idle, old.idle, mine.idle);
    take(next.mostIdle, old.mostIdle, mine.mostIdle);
    if (!saysPackagesOf(mine.packages, base)) {
        next.packages = mine.packages;
    }
    if (mine.preload != old.preload && preloadOf(mine.preload) != base.preload) {
        next.preload = mine.preload;
    }
    next.schedule = rebased(base, mine.schedule, theirs);
    next.environment = rebasedEnvironment(base.environment, mine.environment, theirs.environment);
    return next;
}

} // namespace nest::console
