// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Built code on disk: artefacts/<sha256>.tar.zst, and unpacked/<sha256>/ that instances share read-only.
// Addressed by the SHA-256 of the tar, so the same files are stored once and a changed archive is noticed.
//
// Invariants: a name in either folder is complete or not there (written beside, flushed, renamed); an
// unpacked folder never changes (files 0444, folders 0555) and has a package.json with a `type`. Two callers
// at once do the same work twice and agree. No state, any thread; blocks on the disk.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <cstdint>
#include <string>

namespace nest::builds {

struct Artefact
{
    std::string digest;     // 64 hexadecimal digits
    std::int64_t bytes = 0; // of the compressed file
    bool operator==(const Artefact &) const = default;
};

class ArtefactStore final
{
public:
    explicit ArtefactStore(std::string dataDirectory);

    [[nodiscard]] std::string archivePath(const std::string &digest) const;
    [[nodiscard]] std::string folderPath(const std::string &digest) const;

    /// Adds a package.json with a type when there is none. Errors: `builds/bad-path`, `builds/too-large`,
    /// `builds/artefact`.
    [[nodiscard]] Result<Artefact> pack(const BuildFiles &files) const;
    /// The folder, unpacked now unless it is there. Errors: `builds/no-artefact`, `builds/bad-artefact`,
    /// `builds/artefact`.
    [[nodiscard]] Result<std::string> unpack(const std::string &digest) const;
    /// What a crash left half written. Only while nobody else packs or unpacks.
    void removeLeftovers() const;

private:
    std::string m_artefacts;
    std::string m_unpacked;
};

} // namespace nest::builds
