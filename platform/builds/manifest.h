// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// function.yaml: what the developer says about a function. api/function.schema.json describes the same for
// editors; a test holds the two together.
//
// `scaling`, `concurrencyLimit` and `network` are defaults of the first deployment only; `network` is that of
// trials too. Pure, any thread.

#include "api/wire/build.h"
#include "api/wire/deployment.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

inline constexpr std::string_view manifestPath = "function.yaml";

struct Manifest
{
    std::string name;
    std::string runtime = "node20";
    std::string handler = "src/handler.js#handler"; // file, '#', export; its default is the runtime's
    int memoryMegabytes = 256;
    int timeoutSeconds = 10;
    int concurrencyLimit = 100;
    wire::ScalingPolicy scaling;
    wire::Environment environment;
    std::optional<wire::Network> network; // absent: none
    std::optional<std::string> tests;     // a shell command; empty: no tests, absent: the runtime's default

    [[nodiscard]] std::string handlerFile() const { return handler.substr(0, handler.find('#')); }
    bool operator==(const Manifest &) const = default;
};

/// The keys that a manifest may have at its top; for the schema's test.
[[nodiscard]] std::vector<std::string> manifestKeys();

/// Every problem found, in the order of the file, with its line and column.
[[nodiscard]] std::expected<Manifest, std::vector<wire::BuildProblem>> parseManifest(std::string_view yaml);

} // namespace nest::builds
