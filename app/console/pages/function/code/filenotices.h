// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is said above the text of a file, as values for the NoticeBar: somebody else changed it, it is about
// to be closed unsaved, its text is of an earlier run.
//
// Pure functions. Thread: UI.

#include "app/console/pages/function/code/noticebar.h"
#include "models/draft/draft.h"

#include <QCoreApplication>

namespace nest::console {

struct FileNotices
{
    Q_DECLARE_TR_FUNCTIONS(nest::console::FileNotices)

public:
    [[nodiscard]] static Notice conflict(const models::DraftConflict &theirs, bool isComparing);
    [[nodiscard]] static Notice closing(const QString &path);
    [[nodiscard]] static Notice restored(const QDateTime &keptAt);
};

} // namespace nest::console
