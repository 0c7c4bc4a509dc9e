// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file of a draft, as builds take it: its path as checked by paths.h, its bytes.

#include <string>
#include <vector>

namespace nest::builds {

struct BuildFile
{
    std::string path;
    std::string content;
    bool operator==(const BuildFile &) const = default;
};

using BuildFiles = std::vector<BuildFile>;

} // namespace nest::builds
