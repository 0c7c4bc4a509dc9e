// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a changed pool differs in from the one on the platform, in sentences for the review, and what is wrong
// with it before it is sent. Pure but for translations. Thread: UI.

#include "api/wire/pool.h"

#include <QString>
#include <QStringList>

namespace nest::console {

/// One sentence a change; empty when they are the same.
[[nodiscard]] QStringList changesOf(const wire::Pool &before, const wire::Pool &after);
/// What a new pool will do.
[[nodiscard]] QStringList effectsOf(const wire::Pool &made);
/// "+48 instance-hours a day": what more or fewer waiting runtimes come to. Empty: as many.
[[nodiscard]] QString costOf(const wire::Pool &before, const wire::Pool &after);
/// Of the fields, with nothing asked of the platform; empty: it may be sent.
[[nodiscard]] QString problemOf(const wire::Pool &pool);
/// The name, the kind and all that changesOf() tells.
[[nodiscard]] bool isSame(const wire::Pool &one, const wire::Pool &other);

} // namespace nest::console
