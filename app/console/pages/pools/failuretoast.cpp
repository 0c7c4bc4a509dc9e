// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/failuretoast.h"

#include "app/console/look.h"
#include "widgets/state/toast.h"

namespace nest::console {

void showFailure(widgets::ToastArea &toasts, const QString &sentence, const Error &error)
{
    toasts.show({.tone = widgets::Tone::Bad, .sentence = sentence, .detail = toText(error.detail)});
}

} // namespace nest::console
