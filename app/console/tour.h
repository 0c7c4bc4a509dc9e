// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// nest-console --tour DIR: makes functions on a platform of its own, puts real load on them, and takes a
// picture of each page by running this program again with --screenshot, in dark, light and 简体中文. Nothing
// of the user's platform or settings is touched; the platform and its folders are gone at the end.
//
// Thread: the one with the event loop. The process ends with the task.

#include "api/wire/result.h"

#include <QCoroTask>
#include <QString>

namespace nest::console {

/// Errors: `tour/…` with what failed and the end of the program's own words.
QCoro::Task<Result<>> runTour(QString directory);

} // namespace nest::console
