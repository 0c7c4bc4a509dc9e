// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A session in the shell's words: how alive it is, which connection it is, which groups there are, and what
// to say when it cannot be reached.
//
// Pure functions of what the session knows. Thread: UI, as the session.

#include "widgets/shell/shellstate.h"
#include "widgets/state/errorstate.h"

namespace nest::models {
class Session;
}

namespace nest::console {

/// LOCAL, TEST, STAGING, PROD.
[[nodiscard]] widgets::Environment environmentOf(const QString &name);
[[nodiscard]] widgets::ConnectionInfo connectionInfo(const models::Session &session);
[[nodiscard]] widgets::ConnectionStatus connectionStatus(const models::Session &session);
/// Each part of the groups that exist once, sorted.
[[nodiscard]] widgets::ScopeChoices scopeChoices(models::Session &session);
/// Why there is nothing to show yet: what failed, what to do.
[[nodiscard]] widgets::ErrorText connectionError(const models::Session &session);
/// "UTC+8", of this computer.
[[nodiscard]] QString timeZoneText();

} // namespace nest::console
