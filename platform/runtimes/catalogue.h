// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The runtimes that a function may name, as every room of the platform spells them. How a process is started
// is known in engines/local/runtimebox, how a draft is checked in builds/language.
//
// Constant tables, any thread.

#include <span>
#include <string>
#include <string_view>

namespace nest::runtimes {

struct Runtime
{
    std::string_view id;       // "python3.13"
    std::string_view title;    // "Python 3.13"
    std::string_view folder;   // of its guest under share/nest/runtimes
    std::string_view handler;  // when a manifest names none
    std::string_view packages; // folder of an artefact in which its packages lie; empty: it has none
    std::string_view lock;     // file of an artefact that says which packages these are
};

/// In the order in which they are offered; the first is the default.
[[nodiscard]] std::span<const Runtime> all();
/// Nothing when there is none of that id.
[[nodiscard]] const Runtime *find(std::string_view id);
/// "node20, python3.13", for messages.
[[nodiscard]] std::string knownIds();

} // namespace nest::runtimes
