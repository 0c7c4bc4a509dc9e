// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolwindows.h"

#include "app/console/look.h"
#include "app/console/pages/pools/ruletexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Windows
{
    Q_DECLARE_TR_FUNCTIONS(Windows)
};

constexpr int mostIdle = 100;
constexpr int minutesOfADay = 24 * 60;
constexpr int daysOfAWeek = 7;

const std::vector<wire::Reservation> &rulesOf(const wire::Pool &pool)
{
    static const std::vector<wire::Reservation> none;
    return pool.schedule ? *pool.schedule : none;
}

const wire::Reservation *ruleNamed(const wire::Pool &pool, const std::string &name)
{
    const auto &rules = rulesOf(pool);
    const auto found = std::ranges::find(rules, name, &wire::Reservation::name);
    return found == rules.end() ? nullptr : &*found;
}

PoolWindow windowOf(const wire::Reservation &rule)
{
    return {.key = u'=' + toText(rule.name), .base = rule, .fields = fieldsOf(rule)};
}

/// The rule of `base` that a window is of: after a change was written, also one that was added or named anew
/// with it.
const wire::Reservation *originOf(const PoolWindow &window, const PoolWindows &all, const wire::Pool &base)
{
    if (window.base) {
        if (const auto *rule = ruleNamed(base, window.base->name)) {
            return rule;
        }
    }
    const std::string name = window.fields.name.trimmed().toStdString();
    const bool isOfAnother = std::ranges::any_of(all, [&](const PoolWindow &each) {
        return each.base && each.base->name == name && &each != &window;
    });
    return isOfAnother ? nullptr : ruleNamed(base, name);
}

} // namespace

PoolWindows windowsOf(const wire::Pool &pool)
{
    PoolWindows windows;
    for (const wire::Reservation &rule : rulesOf(pool)) {
        windows.push_back(windowOf(rule));
    }
    return windows;
}

void addWindow(PoolWindows &windows, int idle)
{
    const auto isTaken = [&](const QString &text) {
        return std::ranges::any_of(windows, [&](const PoolWindow &each) {
            return each.key == text || each.fields.name.trimmed() == text;
        });
    };
    int key = 1;
    while (isTaken(u"+%1"_s.arg(key))) {
        ++key;
    }
    int number = 1;
    while (isTaken(u"window-%1"_s.arg(number))) {
        ++number;
    }
    PoolWindow added{.key = u"+%1"_s.arg(key), .base = std::nullopt, .fields = newRule()};
    added.fields.name = u"window-%1"_s.arg(number);
    added.fields.floor = std::clamp(idle + 1, 1, mostIdle); // less would change nothing
    windows.push_back(std::move(added));
}

std::optional<wire::Reservation> readWindow(const PoolWindow &window, RuleProblems &problems)
{
    problems.clear();
    return window.isTyped() ? readRule(window.fields, window.base ? &*window.base : nullptr, problems)
                            : window.base;
}

std::optional<std::vector<wire::Reservation>> readWindows(const PoolWindows &windows, QString &problem)
{
    std::vector<wire::Reservation> rules;
    std::set<std::string> names;
    for (const PoolWindow &window : windows) {
        RuleProblems problems;
        auto rule = readWindow(window, problems);
        if (!rule) {
            const QString name = window.fields.name.trimmed();
            problem = name.isEmpty() ? Windows::tr("A window of the size schedule has no name.")
                                     : Windows::tr("Mend the window %1 of the size schedule.").arg(name);
            return std::nullopt;
        }
        if (!names.insert(rule->name).second) {
            problem = Windows::tr("Two windows of the size schedule are named %1.").arg(toText(rule->name));
            return std::nullopt;
        }
        rules.push_back(std::move(*rule));
    }
    return rules;
}

PoolWindows rebased(const wire::Pool &base, const PoolWindows &mine, const wire::Pool &theirs)
{
    PoolWindows next;
    std::set<const PoolWindow *> used;
    for (const wire::Reservation &rule : rulesOf(theirs)) {
        const wire::Reservation *old = ruleNamed(base, rule.name);
        const auto found = std::ranges::find_if(mine, [&](const PoolWindow &each) {
            const auto *origin = originOf(each, mine, base);
            return origin != nullptr && origin == old;
        });
        if (old == nullptr) {
            next.push_back(windowOf(rule)); // they added it
        } else if (found != mine.end()) {
            PoolWindow window = windowOf(rule);
            window.fields = rebased(fieldsOf(*old), found->fields, window.fields);
            used.insert(&*found);
            next.push_back(std::move(window));
        } // else I removed it
    }
    for (const PoolWindow &window : mine) {
        const wire::Reservation *origin = originOf(window, mine, base);
        if (!used.contains(&window) && (origin == nullptr || fieldsOf(*origin) != window.fields)) {
            next.push_back(window); // I added it, or changed what they removed
        }
    }
    return next;
}

QStringList windowChanges(const wire::Pool &before, const wire::Pool &after)
{
    QStringList changes;
    const auto holds = [](const wire::Reservation &rule) {
        return Windows::tr("%1 (%2)", "when, zone").arg(holdsText(rule), toText(rule.zone));
    };
    for (const wire::Reservation &rule : rulesOf(after)) {
        const wire::Reservation *old = ruleNamed(before, rule.name);
        if (old == nullptr) {
            changes.append(Windows::tr("%1 keeps %n runtimes ready: %2.", nullptr, rule.floor)
                               .arg(toText(rule.name), holds(rule)));
            if (!rule.enabled) {
                changes.append(Windows::tr("%1 is switched off.").arg(toText(rule.name)));
            }
            continue;
        }
        for (const QString &change : ruleChanges(old, &rule, RuleOf::Pool)) {
            changes.append(Windows::tr("Window %1: %2", "name, what changes").arg(toText(rule.name), change));
        }
    }
    for (const wire::Reservation &rule : rulesOf(before)) {
        if (ruleNamed(after, rule.name) == nullptr) {
            changes.append(Windows::tr("%1 goes: it kept %n runtimes ready, %2.", nullptr, rule.floor)
                               .arg(toText(rule.name), holds(rule)));
        }
    }
    return changes;
}

std::optional<double> hoursADay(const wire::Pool &pool)
{
    std::vector<int> ready(static_cast<std::size_t>(minutesOfADay * daysOfAWeek), pool.idle);
    const std::string *zone = nullptr;
    for (const wire::Reservation &rule : rulesOf(pool)) {
        if (!rule.enabled) {
            continue;
        }
        const auto time = dailyTime(rule.cron);
        if (!time || rule.start || rule.end || (zone != nullptr && *zone != rule.zone)) {
            return std::nullopt;
        }
        zone = &rule.zone;
        const int from = time->from.hour() * 60 + time->from.minute();
        for (int day = 0; day < daysOfAWeek; ++day) {
            if (!time->days[static_cast<std::size_t>(day)]) {
                continue;
            }
            for (int minute = 0; minute < std::min(rule.minutes, static_cast<int>(ready.size())); ++minute) {
                auto &at =
                    ready[static_cast<std::size_t>(day * minutesOfADay + from + minute) % ready.size()];
                at = std::max(at, rule.floor);
            }
        }
    }
    double minutes = 0;
    for (const int each : ready) {
        minutes += each;
    }
    return minutes / 60 / daysOfAWeek;
}

} // namespace nest::console
