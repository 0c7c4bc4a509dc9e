// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the palette finds: the functions of the session with what can be done to each, the pages, and every
// action of the registry.
//
// Thread: UI. All that is named outlives the content.

#include "app/console/pages/function/functiontab.h"
#include "widgets/shell/palette.h"

#include <functional>

namespace nest::models {
class Session;
}
namespace nest::widgets {
class ActionRegistry;
}

namespace nest::console {

struct PaletteWays
{
    std::function<void(const FunctionTarget &target, const QString &tab)> openFunction;
    std::function<void(const FunctionTarget &target)> openScaling;
    std::function<void(const DeployRequest &request)> deploy;
};

[[nodiscard]] widgets::PaletteContent paletteContent(models::Session &session,
                                                     widgets::ActionRegistry &actions, PaletteWays ways);

} // namespace nest::console
