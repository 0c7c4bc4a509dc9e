// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What requirements.txt names, brought by pip in a box of its own: the command, and what it says of a
// failure.
//
// Wheels alone are taken: a source package would run its own code where it is unpacked, in the box that has
// the host's network. Plain values; pipWish blocks (`python3 --version`), any thread.

#include "platform/builds/packages.h"

namespace nest::builds {

/// Nothing when the draft names no package. `pythonVersion` as `python3 --version` prints it.
[[nodiscard]] std::optional<PackageWish> pipWish(const BuildFiles &files, std::string_view pythonVersion);
/// Of the machine's Python, which the boxes use; empty when there is none.
[[nodiscard]] std::string pythonVersion();

/// pip in `folder`, which holds requirements.txt. `index` empty: pip's own default.
[[nodiscard]] engines::JobSpec pipJob(std::string id, const std::string &folder, const std::string &index);
/// The lines of the file that were understood, written into the new folder. `builds/artefact`,
/// `builds/no-pip`
[[nodiscard]] Result<> writePipFolder(const std::string &folder, const PackageWish &wish);
/// What pip said of its failure, from its lines; empty when it said nothing.
[[nodiscard]] std::string pipReason(const std::vector<std::string> &errorLines);

} // namespace nest::builds
