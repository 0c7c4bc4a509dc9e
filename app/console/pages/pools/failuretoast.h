// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change did not come to be, and whoever made it may look at something else by now: the sentence and what
// the platform says of it, as a message. Thread: UI.

#include "api/wire/result.h"

class QString;

namespace nest::widgets {
class ToastArea;
}

namespace nest::console {

void showFailure(widgets::ToastArea &toasts, const QString &sentence, const Error &error);

} // namespace nest::console
