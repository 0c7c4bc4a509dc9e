// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the palette finds: the functions of the session with what can be done to each, the versions of the one
// in view, the pages, and every action of the registry.
//
// Entries are made of what is shown alone: a platform may have 50,000 functions.
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
    /// The function in view; empty: none.
    std::function<QString()> functionInView{};
    /// Its versions, that one chosen.
    std::function<void(const QString &function, int version)> openVersion{};
};

[[nodiscard]] widgets::PaletteContent paletteContent(models::Session &session,
                                                     widgets::ActionRegistry &actions, PaletteWays ways);

} // namespace nest::console
