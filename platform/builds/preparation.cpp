// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/preparation.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/language.h"
#include "platform/builds/packagejson.h"
#include "platform/builds/paths.h"
#include "platform/builds/pom.h"
#include "platform/builds/requirements.h"

#include <sys/stat.h>

#include <algorithm>
#include <format>
#include <iterator>

namespace nest::builds {

namespace {

// TAP, so that failed tests can be named; the same words as a developer would type otherwise.
wire::BuildProblem problemOf(std::string path, std::string message)
{
    return {.severity = wire::ProblemSeverity::Error,
            .path = std::move(path),
            .line = 0,
            .column = 0,
            .message = std::move(message)};
}

void checkManifest(const BuildRequest &request, Preparation &preparation)
{
    auto &problems = preparation.problems;
    const auto file = std::ranges::find(request.files, manifestPath, &BuildFile::path);
    if (file == request.files.end()) {
        problems.push_back(problemOf(
            std::string(manifestPath),
            "the manifest function.yaml is missing: it says at least 'name: " + request.function + "'"));
        return;
    }
    auto manifest = parseManifest(file->content);
    if (!manifest) {
        std::ranges::move(manifest.error(), std::back_inserter(problems));
        return;
    }
    preparation.manifest = std::move(*manifest);
    const auto &read = preparation.manifest;
    const Language &language = languageOf(read.runtime);
    if (read.name != request.function) {
        problems.push_back(
            problemOf(std::string(manifestPath), std::format("name is '{}', but this is the draft of '{}'",
                                                             read.name, request.function)));
    }
    if (!request.runtime.empty() && read.runtime != request.runtime) {
        problems.push_back(problemOf(std::string(manifestPath),
                                     std::format("runtime is '{}', but the function was made for '{}'",
                                                 read.runtime, request.runtime)));
    }
    if (std::ranges::find(request.files, read.handlerFile(), &BuildFile::path) == request.files.end()) {
        problems.push_back(
            problemOf(std::string(manifestPath),
                      std::format("the handler's file '{}' is not in the draft", read.handlerFile())));
    } else if (!language.isScript(read.handlerFile())) {
        problems.push_back(
            problemOf(std::string(manifestPath), std::format("the handler's file '{}' is no {} file",
                                                             read.handlerFile(), language.endings)));
    }
    for (const auto &each : request.files) {
        if (!language.made.empty() && (each.path.starts_with(std::string(language.made) + '/') ||
                                       each.path.starts_with("test-classes/"))) {
            problems.push_back(
                problemOf(each.path, "this folder is made by the build: remove it from the draft"));
            break;
        }
    }
    preparation.testCommand = read.tests.value_or(
        std::ranges::any_of(request.files, language.isTest, &BuildFile::path) ? language.testCommand
                                                                              : std::string());
}

Result<> writeFolders(const BuildRequest &request, const std::string &dataDirectory, Preparation &preparation)
{
    auto folder = makeTemporaryFolder(buildsFolder(dataDirectory), "build");
    if (!folder) {
        return std::unexpected(folder.error());
    }
    preparation.folder = *folder;
    preparation.workFolder = *folder + "/work";
    preparation.scriptsFolder = *folder + "/scripts";
    if (auto written = writeFiles(preparation.workFolder, withPackageType(request.files)); !written) {
        return written;
    }
    return writeFiles(preparation.scriptsFolder, boxScripts());
}

} // namespace

std::string buildsFolder(const std::string &dataDirectory)
{
    return dataDirectory + "/builds";
}

Preparation prepare(const BuildRequest &request, const std::string &dataDirectory)
{
    Preparation preparation;
    if (const auto checked = checkFiles(request.files); !checked) {
        preparation.problems.push_back(problemOf({}, checked.error().detail));
        return preparation; // nothing may be written under such names
    }
    checkManifest(request, preparation);
    std::ranges::move(checkJsonFiles(request.files), std::back_inserter(preparation.problems));
    preparation.hasScripts = std::ranges::any_of(
        request.files, languageOf(preparation.manifest.runtime).isScript, &BuildFile::path);
    if (preparation.manifest.runtime.starts_with("python")) {
        auto wanted = requirementsOf(request.files);
        std::ranges::move(wanted.problems, std::back_inserter(preparation.problems));
        if (!wanted.lines.empty()) {
            preparation.packages = PackageTool::Pip;
        }
    } else if (preparation.manifest.runtime.starts_with("java")) {
        auto pom = pomOf(request.files);
        std::ranges::move(pom.problems, std::back_inserter(preparation.problems));
        preparation.notes = std::move(pom.notes);
        if (!pom.dependencies.empty()) {
            preparation.packages = PackageTool::Maven;
        }
    } else if (std::ranges::contains(request.files, "package-lock.json", &BuildFile::path)) {
        preparation.packages = PackageTool::Npm;
    }
    if (const auto written = writeFolders(request, dataDirectory, preparation); !written) {
        preparation.problems.push_back(problemOf({}, written.error().detail));
        removeTree(preparation.folder);
        preparation.folder.clear();
    }
    return preparation;
}

} // namespace nest::builds
