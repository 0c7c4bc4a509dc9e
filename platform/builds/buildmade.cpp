// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of BuildRun that takes what a compiler made: classes, for the artefact. No code of the draft has
// run by then; what the tests leave there later is not looked at.
#include "platform/builds/buildrun.h"

#include "platform/builds/filetree.h"
#include "platform/builds/language.h"

#include <algorithm>
#include <format>

namespace nest::builds {

namespace {

/// "src/main/java/shop/Handler.java" -> "shop/Handler", as the guest finds it.
std::string classOf(std::string_view file)
{
    file.remove_suffix(std::string_view(".java").size());
    for (const std::string_view root : {"src/main/java/", "src/"}) {
        if (file.starts_with(root)) {
            file.remove_prefix(root.size());
            break;
        }
    }
    return std::string(file);
}

} // namespace

void BuildRun::takeMade()
{
    const std::string made(languageOf(m_preparation.manifest.runtime).made);
    inWorker(
        [folder = m_preparation.workFolder + '/' + made, made] { return readTree(folder, made, classWords); },
        &BuildRun::onMadeTaken);
}

void BuildRun::onMadeTaken(Result<BuildFiles> made)
{
    if (isStopped()) {
        return;
    }
    if (!made) {
        fail(made.error().detail);
        return;
    }
    const auto file = m_preparation.manifest.handlerFile();
    const auto name = classOf(file);
    if (!std::ranges::contains(*made, std::format("classes/{}.class", name), &BuildFile::path)) {
        const auto slash = name.rfind('/');
        auto package = slash == std::string::npos ? std::string() : name.substr(0, slash);
        std::ranges::replace(package, '/', '.');
        m_result.problems.push_back(
            {.severity = wire::ProblemSeverity::Error,
             .path = file,
             .line = 1,
             .column = 1,
             .message = std::format("this file must declare the class {} {}", name.substr(slash + 1),
                                    package.empty() ? "without a package, as it lies in no folder of src"
                                                    : "in the package " + package + ", as its folder says")});
        fail(std::format("{}: {}.", file, m_result.problems.back().message));
        return;
    }
    m_made = std::move(*made); // up to 256 MiB, on the control thread
    afterMade();
}

} // namespace nest::builds
