// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/runtimes/catalogue.h"

#include <algorithm>
#include <array>

namespace nest::runtimes {

namespace {

constexpr std::array<Runtime, 3> runtimes{{
    {.id = "node20",
     .title = "Node.js 20",
     .folder = "node",
     .handler = "src/handler.js#handler",
     .packages = "node_modules",
     .lock = "package-lock.json"},
    {.id = "python3.13",
     .title = "Python 3.13",
     .folder = "python",
     .handler = "src/handler.py#handler",
     .packages = "site-packages",
     .lock = "requirements.txt"},
    {.id = "java21",
     .title = "Java 21",
     .folder = "java",
     .handler = "src/Handler.java#handler",
     .packages = "dependency",
     .lock = "pom.xml"},
}};

} // namespace

std::span<const Runtime> all()
{
    return runtimes;
}

const Runtime *find(std::string_view id)
{
    const auto *found = std::ranges::find(runtimes, id, &Runtime::id);
    return found == runtimes.end() ? nullptr : found;
}

std::string knownIds()
{
    std::string ids;
    for (const auto &runtime : runtimes) {
        ids += (ids.empty() ? "" : ", ") + std::string(runtime.id);
    }
    return ids;
}

} // namespace nest::runtimes
