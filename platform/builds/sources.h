// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that a version was built from, read back from its artefact: those of the draft, without what the
// build added.
//
// Which those are is noted when a build begins (sourcesOf) and kept beside the artefact; of versions that
// were built before there were such notes it is inferred. Reads only below the artefact's own folder, never
// through a link. Blocks on the disk: called in a worker thread. No state.

#include "api/wire/common.h"
#include "api/wire/function.h"
#include "api/wire/result.h"
#include "platform/builds/artefact.h"
#include "platform/builds/buildfile.h"

#include <optional>
#include <string>
#include <vector>

namespace nest::builds {

using Sources = wire::List<wire::File>;

/// The note: each path with its size, and the content of those alone that the build changes.
[[nodiscard]] Sources sourcesOf(const BuildFiles &draft);

/// By path, without content. Errors: `builds/no-artefact`, `builds/bad-artefact`, `builds/artefact`.
[[nodiscard]] Result<std::vector<wire::File>>
listSources(const ArtefactStore &store, const std::string &digest, const std::optional<Sources> &note);
/// Nothing when the draft had no such file. Errors: as above.
[[nodiscard]] Result<std::optional<wire::File>> readSource(const ArtefactStore &store,
                                                           const std::string &digest, const std::string &path,
                                                           const std::optional<Sources> &note);

} // namespace nest::builds
