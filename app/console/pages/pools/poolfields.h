// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the fields of the pool editor say, as they were typed: also what is no pool yet.
//
// Invariant: a field whose text is the one of a pool stands for that pool's own value, whatever the text can
// hold. Pure but for translations. Thread: UI.

#include "api/wire/pool.h"
#include "app/console/pages/pools/poolwindows.h"

#include <QString>

#include <optional>

namespace nest::console {

struct PoolFields
{
    QString name;
    QString runtime;
    int memoryMegabytes = 0;
    int idle = 0;
    int mostIdle = 0;
    QString packages;    // "shop@3"
    QString preload;     // "express, zod"
    QString environment; // "A=1" a line
    PoolWindows schedule;
    bool operator==(const PoolFields &) const = default;
};

[[nodiscard]] PoolFields fieldsOf(const wire::Pool &pool);
/// What the fields make of `base`. Nothing: `problem` says what to mend; empty otherwise.
[[nodiscard]] std::optional<wire::Pool> readFields(const PoolFields &fields, const wire::Pool &base,
                                                   QString &problem);
/// `mine`, typed over `base`, on top of `theirs`: what still says the same as the base takes theirs.
[[nodiscard]] PoolFields rebased(const wire::Pool &base, const PoolFields &mine, const wire::Pool &theirs);
/// False when a value has a line break, or the like, which lines of text cannot hold.
[[nodiscard]] bool isText(const wire::Environment &environment);
/// "shop@3"; empty when there are none.
[[nodiscard]] QString packagesText(const wire::Pool &pool);

} // namespace nest::console
