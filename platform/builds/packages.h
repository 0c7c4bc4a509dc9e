// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What package-lock.json names, made by npm in a box of its own and kept: which command that is, what of its
// result is taken, and the folder data/npm in which results lie by the hash of what they were made from.
// pip.h and maven.h have the same for requirements.txt and pom.xml, whose results lie in data/pip,
// data/maven.
//
// Invariants: a folder in data/npm is whole and read-only; only plain files are taken, within the limits of
// paths.h. Blocks (disk, and `node --version`); any thread, but one at a time evicts.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"
#include "platform/engines/local/enginetypes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

enum class PackageTool { Npm, Pip, Maven };

/// How a tool and its files are called; `lock` and `result` as the catalogue of runtimes says.
struct PackageWords
{
    std::string_view name;     // of its folders: "npm"
    std::string_view command;  // "npm ci"
    std::string_view lock;     // "package-lock.json"
    std::string_view lockName; // in a sentence: "the lock file"
    std::string_view result;   // "node_modules", in its folder and in an artefact
};
[[nodiscard]] const PackageWords &wordsOf(PackageTool tool);

/// What a draft wants of a tool.
struct PackageWish
{
    std::string packageJson;
    std::string
        lock; // what the tool reads: npm the file, pip the lines that were understood; Maven's is pom.h's
    std::string key;       // of the result: lock file, wished dependencies, Node's version
    std::size_t count = 0; // of packages in the lock file
    PackageTool tool = PackageTool::Npm;
};

/// Nothing without a lock file. `nodeVersion` as `node --version` prints it.
[[nodiscard]] std::optional<PackageWish> packageWish(const BuildFiles &files, std::string_view nodeVersion);
/// Of the machine's Node, which the boxes use; empty when there is none.
[[nodiscard]] std::string nodeVersion();

/// npm in `folder`, which holds package.json and package-lock.json. `registry` empty: npm's own default.
[[nodiscard]] engines::JobSpec npmJob(std::string id, const std::string &folder, const std::string &registry);
/// The two files, written into the new folder. `builds/artefact`
[[nodiscard]] Result<> writeNpmFolder(const std::string &folder, const PackageWish &wish);
/// What npm said of its failure, in a sentence, from its lines; empty when it said nothing.
[[nodiscard]] std::string npmReason(const std::vector<std::string> &errorLines);

class PackageStore final
{
public:
    explicit PackageStore(const std::string &dataDirectory, std::uint64_t keptBytes = defaultKeptBytes,
                          PackageTool tool = PackageTool::Npm);

    /// The node_modules kept for this key, marked as used now.
    [[nodiscard]] std::optional<std::string> find(const std::string &key) const;
    /// Takes node_modules, or what the tool calls it, from the folder. `builds/bad-packages` names the entry
    /// that cannot be taken.
    [[nodiscard]] Result<std::string> keep(const std::string &toolFolder, const std::string &key) const;
    /// Whether a tree on its way has grown beyond what any result may need.
    [[nodiscard]] static bool isTooLarge(const std::string &folder);
    /// The files as they go into an artefact, their paths beginning with node_modules/.
    [[nodiscard]] static Result<BuildFiles> read(const std::string &modules,
                                                 PackageTool tool = PackageTool::Npm);

    static constexpr std::uint64_t defaultKeptBytes = 2ULL * 1024 * 1024 * 1024;

private:
    void evict() const;

    PackageTool m_tool;
    std::string m_folder;
    std::uint64_t m_keptBytes;
};

} // namespace nest::builds
