// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the fields of the rule editor say, as they were typed: also what is no reservation yet.
//
// When it holds is either plain (from, to, days) or a cron with a length. Pure but for translations. Thread:
// UI.

#include "api/wire/deployment.h"
#include "app/console/pages/pools/ruletexts.h"

#include <QString>

#include <map>
#include <optional>

namespace nest::console {

/// When a rule holds; one thing, whichever of it was typed.
struct RuleWhen
{
    bool isPlain = true;
    QString from;
    QString to;
    Weekdays days;
    QString cron;
    int minutes = 60;
    bool operator==(const RuleWhen &) const = default;
};

struct RuleFields
{
    QString name;
    RuleWhen when;
    int floor = 1;
    QString zone;
    bool isEnabled = true;
    QString start; // "2026-12-01 09:00" of the time zone of this computer; empty: none
    QString end;
    bool operator==(const RuleFields &) const = default;
};

/// By the field of the platform's document: "cron", "zone".
using RuleProblems = std::map<std::string, QString>;

[[nodiscard]] RuleFields fieldsOf(const wire::Reservation &rule);
/// Those of a rule that is to be made.
[[nodiscard]] RuleFields newRule();
/// Nothing: `problems` says what to mend; empty otherwise. Where the fields say what they say of `base`
/// (null: a new one), its values are taken: they may be finer than the fields.
[[nodiscard]] std::optional<wire::Reservation>
readRule(const RuleFields &fields, const wire::Reservation *base, RuleProblems &problems);
/// `mine`, typed over `base`, on top of `theirs`: what still says the same as the base takes theirs.
[[nodiscard]] RuleFields rebased(const RuleFields &base, const RuleFields &mine, const RuleFields &theirs);

} // namespace nest::console
