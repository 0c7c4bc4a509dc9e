// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Two texts as a unified difference, in words of text for an editor; what differs is models/diff's business.
//
// Pure function. Thread: any.

#include <QString>

namespace nest::models {

/// Empty when there is no difference.
[[nodiscard]] QString unifiedDiff(const QString &before, const QString &after, const QString &path);

} // namespace nest::models
