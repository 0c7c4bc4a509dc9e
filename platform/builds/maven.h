// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What pom.xml names, brought by Maven in a box of its own: the command, and what it says of a failure.
//
// No code of the draft or of a package runs there: Maven gets a file of ours (pom.h), and the one plugin that
// it runs is the machine's own, from Debian's folder. Plain values; writeMavenFolder blocks (disk), any
// thread.

#include "platform/builds/packages.h"

namespace nest::builds {

/// Nothing when the draft names no package, or none that can be understood.
[[nodiscard]] std::optional<PackageWish> mavenWish(const BuildFiles &files);

/// Maven in `folder`, which writeMavenFolder() made.
[[nodiscard]] engines::JobSpec mavenJob(std::string id, const std::string &folder);
/// pom.xml and settings.xml for a new folder. `repository` empty: Maven Central. `builds/artefact`,
/// `builds/no-maven`
[[nodiscard]] Result<> writeMavenFolder(const std::string &folder, const BuildFiles &files,
                                        const std::string &repository);
/// What Maven said of its failure, from its lines; empty when it said nothing.
[[nodiscard]] std::string mavenReason(const std::vector<std::string> &errorLines);
/// Whether a line is worth a place in the build's log: the machine's own files are not.
[[nodiscard]] bool isSaidOfMaven(std::string_view line);

} // namespace nest::builds
