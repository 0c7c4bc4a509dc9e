// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What may be granted, as far as it can be told while typing; the platform's operator may still refuse it.
// And how a network reads in words.
//
// Pure functions. Thread: any that may call tr().

#include "api/wire/network.h"

#include <QString>
#include <QStringList>

namespace nest::console {

inline constexpr int mostGrants = 20; // the platform's limit

/// What is wrong with it, as a sentence; empty: nothing.
[[nodiscard]] QString grantNameProblem(const QString &name);
[[nodiscard]] QString hostProblem(const QString &host);
[[nodiscard]] QString portProblem(const QString &port);

/// "ORDERS_DB_HOST", "ORDERS_DB_PORT": how the function finds "orders-db".
[[nodiscard]] QStringList settingNames(const QString &grant);

/// One sentence for each that is other than before.
[[nodiscard]] QStringList networkSentences(const wire::Network &before, const wire::Network &after);
/// What I changed since `base`, put on `theirs`: grant by grant.
void takeNetwork(wire::Network &theirs, const wire::Network &base, const wire::Network &mine);

} // namespace nest::console
