// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a fenced box (fence.h) leaves on the host while it runs, removed with this. Owner: its BoxProcess.

#include "platform/keeper/boxplaces.h"
#include "platform/keeper/temporaryfolder.h"

#include <string>
#include <vector>

namespace nest::keeper {

struct FencedPlaces
{
    FencedPlaces() = default;
    FencedPlaces(const FencedPlaces &) = delete;
    FencedPlaces &operator=(const FencedPlaces &) = delete;
    ~FencedPlaces();

    TemporaryFolder temporary;
    BoxPlaces names;
    std::vector<std::string> links; // that stand for binds inside other binds
};

} // namespace nest::keeper
