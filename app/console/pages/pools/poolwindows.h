// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The size schedule of a pool as it is typed: its rules one by one, also those that are none yet.
//
// Invariants: a rule that was not touched stands for the pool's own value, and what its fields cannot say
// survives an edit; a rule keeps its key while it is typed. Pure but for translations. Thread: UI.

#include "api/wire/pool.h"
#include "app/console/pages/pools/rulefields.h"

#include <optional>
#include <vector>

namespace nest::console {

struct PoolWindow
{
    QString key;                           // "=lunch" of a rule of the pool, "+1" of one that is to be added
    std::optional<wire::Reservation> base; // as it was read; nothing: it is to be added
    RuleFields fields;
    bool operator==(const PoolWindow &) const = default;

    [[nodiscard]] bool isTyped() const { return !base || fieldsOf(*base) != fields; }
};
using PoolWindows = std::vector<PoolWindow>;

[[nodiscard]] PoolWindows windowsOf(const wire::Pool &pool);
/// One more, of a name that the others have not; `idle` is the pool's own size.
void addWindow(PoolWindows &windows, int idle);
/// What it says as a rule; nothing: `problems` says what to mend.
[[nodiscard]] std::optional<wire::Reservation> readWindow(const PoolWindow &window, RuleProblems &problems);
/// Of all; nothing: `problem` names the first that cannot be read.
[[nodiscard]] std::optional<std::vector<wire::Reservation>> readWindows(const PoolWindows &windows,
                                                                        QString &problem);
/// `mine`, typed over `base`, on top of `theirs`, rule by rule.
[[nodiscard]] PoolWindows rebased(const wire::Pool &base, const PoolWindows &mine, const wire::Pool &theirs);
/// What happens to the rules, in sentences.
[[nodiscard]] QStringList windowChanges(const wire::Pool &before, const wire::Pool &after);
/// Runtimes that are kept ready on the average of a week, times 24; nothing: a rule is of dates or of a cron
/// that is no time of the day, or of several zones.
[[nodiscard]] std::optional<double> hoursADay(const wire::Pool &pool);

} // namespace nest::console
