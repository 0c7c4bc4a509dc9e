// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/newdraft.h"

#include "platform/builds/filecontent.h"
#include "platform/builds/manifest.h"
#include "platform/builds/paths.h"
#include "platform/builds/templates.h"

#include <QString>

#include <algorithm>
#include <format>
#include <map>

namespace nest::control {

namespace {

constexpr std::size_t maxProblems = 100; // a person reads the first few

/// What is wrong, in the order of the files; the first says what kind of problem the answer is.
class Problems final
{
public:
    void add(std::string type, std::string pointer, std::string detail)
    {
        if (m_error.type.empty()) {
            m_error.type = std::move(type);
            m_error.detail = detail;
        }
        if (m_error.fields.size() < maxProblems) {
            m_error.fields.push_back({std::move(pointer), std::move(detail)});
        }
    }
    [[nodiscard]] bool isEmpty() const { return m_error.fields.empty(); }
    [[nodiscard]] Error take() { return std::move(m_error); }

private:
    Error m_error;
};

std::string pointerTo(std::size_t index, std::string_view field)
{
    return std::format("/files/{}/{}", index, field);
}

/// Two of one name, and names that would be a file and a folder at once. The later of two is told.
void checkClashes(const std::vector<wire::File> &files, Problems &problems)
{
    std::map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!first.emplace(files[i].path, i).second) {
            problems.add("builds/bad-path", pointerTo(i, "path"),
                         std::format("There are two files '{}'. Send each once.", files[i].path));
        }
    }
    std::map<QString, std::size_t> folded;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto [same, isNew] = folded.emplace(QString::fromStdString(files[i].path).toCaseFolded(), i);
        const auto &other = files[same->second].path;
        if (!isNew && other != files[i].path) {
            if (auto checked = builds::checkDraftPath(files[i].path, {other}); !checked) {
                problems.add(checked.error().type, pointerTo(i, "path"), checked.error().detail);
            }
        }
    }
    for (const auto &[path, index] : first) {
        for (auto slash = path.find('/'); slash != std::string_view::npos;
             slash = path.find('/', slash + 1)) {
            const auto upper = first.find(path.substr(0, slash));
            if (upper == first.end()) {
                continue;
            }
            const auto later = std::max(index, upper->second);
            const auto &other = files[std::min(index, upper->second)].path;
            if (auto checked = builds::checkDraftPath(files[later].path, {other}); !checked) {
                problems.add(checked.error().type, pointerTo(later, "path"), checked.error().detail);
            }
        }
    }
}

Result<builds::BuildFiles> filesOf(const std::vector<wire::File> &sent)
{
    Problems problems;
    if (sent.size() > builds::maxFiles) {
        problems.add("builds/too-large", "/files",
                     std::format("A draft has at most {} files, not {}.", builds::maxFiles, sent.size()));
        return std::unexpected(problems.take());
    }
    builds::BuildFiles files;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (auto checked = builds::checkDraftPath(sent[i].path, {}); !checked) {
            problems.add(checked.error().type, pointerTo(i, "path"), checked.error().detail);
            continue;
        }
        auto content = builds::bytesOf(sent[i]);
        if (!content) {
            problems.add("control/invalid", pointerTo(i, "content"),
                         std::format("The content of '{}' is not base 64.", sent[i].path));
            continue;
        }
        if (content->size() > builds::maxFileBytes) {
            problems.add("builds/too-large", pointerTo(i, "content"),
                         std::format("'{}' has more than 5 MiB, the most for a file.", sent[i].path));
            continue;
        }
        bytes += content->size();
        files.push_back({sent[i].path, std::move(*content)});
    }
    if (bytes > builds::maxDraftBytes) {
        problems.add("builds/too-large", "/files", "The files have more than 50 MiB, the most for a draft.");
    }
    checkClashes(sent, problems);
    if (!problems.isEmpty()) {
        return std::unexpected(problems.take());
    }
    return files;
}

} // namespace

Result<builds::BuildFiles> newDraft(const wire::CreateFunction &request, const std::string &templateFolder)
{
    if (!request.templateId) {
        return filesOf(request.files);
    }
    if (!request.files.empty()) {
        return failure("control/invalid",
                       "A function begins with the files of a template or with those of the request: send "
                       "templateId or files, not both.",
                       {{"/templateId", "cannot come with files"}});
    }
    auto files = builds::templateFiles(*request.templateId, request.name, templateFolder);
    if (!files) {
        return failure("control/unknown-template",
                       "There is no template '" + *request.templateId + "'. GET /v1/templates lists them.",
                       {{"/templateId", "is not a template"}});
    }
    return files;
}

std::string runtimeOf(const builds::BuildFiles &files)
{
    const auto file = std::ranges::find(files, builds::manifestPath, &builds::BuildFile::path);
    const auto manifest = file == files.end()
                              ? builds::Manifest{}
                              : builds::parseManifest(file->content).value_or(builds::Manifest{});
    return manifest.runtime;
}

} // namespace nest::control
