// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/diff/linediff.h"

#include <git2.h>

#include <algorithm>
#include <memory>

namespace nest::models {

namespace {

/// libgit2 counts its users; it is needed while a patch is.
class Library final
{
public:
    Library() { git_libgit2_init(); }
    ~Library() { git_libgit2_shutdown(); }
    Library(const Library &) = delete;
    Library &operator=(const Library &) = delete;
};

struct FreePatch
{
    void operator()(git_patch *patch) const { git_patch_free(patch); }
};
using Patch = std::unique_ptr<git_patch, FreePatch>;

constexpr std::size_t binaryLook = 8'000; // as git: a NUL among the first bytes

bool isBinary(std::optional<std::string_view> text)
{
    return text && text->substr(0, binaryLook).contains('\0');
}

Patch patchOf(std::optional<std::string_view> before, std::optional<std::string_view> after, int context)
{
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = static_cast<std::uint32_t>(std::max(context, 0));
    options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
    git_patch *patch = nullptr;
    const auto data = [](std::optional<std::string_view> text) {
        return text ? text->data() : nullptr;
    };
    const auto size = [](std::optional<std::string_view> text) {
        return text ? text->size() : 0;
    };
    const int code = git_patch_from_buffers(&patch, data(before), size(before), nullptr, data(after),
                                            size(after), nullptr, &options);
    return Patch(code == 0 ? patch : nullptr);
}

std::string headingOf(const git_diff_hunk &hunk)
{
    std::string_view text(hunk.header, hunk.header_len);
    const auto end = text.find("@@", 2);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

std::optional<DiffLine> lineOf(const git_diff_line &line)
{
    DiffLine result;
    switch (line.origin) {
    case GIT_DIFF_LINE_CONTEXT:
        result.kind = DiffLine::Kind::Context;
        break;
    case GIT_DIFF_LINE_ADDITION:
        result.kind = DiffLine::Kind::Added;
        break;
    case GIT_DIFF_LINE_DELETION:
        result.kind = DiffLine::Kind::Removed;
        break;
    default:
        return std::nullopt; // "no newline at the end"
    }
    result.oldLine = std::max(line.old_lineno, 0);
    result.newLine = std::max(line.new_lineno, 0);
    std::string_view text(line.content, line.content_len);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    result.text = text;
    return result;
}

bool endsLine(std::string_view text)
{
    return text.empty() || text.back() == '\n';
}

void readHunks(git_patch *patch, const DiffLimits &limits, FileDiff &result)
{
    int left = limits.lines;
    for (std::size_t i = 0; i < git_patch_num_hunks(patch) && !result.isCut; ++i) {
        const git_diff_hunk *hunk = nullptr;
        std::size_t count = 0;
        if (git_patch_get_hunk(&hunk, &count, patch, i) != 0) {
            return;
        }
        DiffHunk &into = result.hunks.emplace_back(DiffHunk{
            hunk->old_start, hunk->old_lines, hunk->new_start, hunk->new_lines, headingOf(*hunk), {}});
        for (std::size_t at = 0; at < count; ++at) {
            const git_diff_line *line = nullptr;
            if (git_patch_get_line_in_hunk(&line, patch, i, at) != 0) {
                return;
            }
            auto read = lineOf(*line);
            if (!read) {
                continue;
            }
            if (left-- == 0) {
                result.isCut = true;
                break;
            }
            into.lines.push_back(std::move(*read));
        }
    }
}

} // namespace

FileDiff diffTexts(std::string path, std::optional<std::string_view> before,
                   std::optional<std::string_view> after, const DiffLimits &limits)
{
    using Status = FileDiff::Status;
    FileDiff result;
    result.path = std::move(path);
    result.status = before == after ? Status::Equal
                    : !before       ? Status::Added
                    : !after        ? Status::Removed
                                    : Status::Changed;
    result.isBinary = isBinary(before) || isBinary(after);
    result.isTooLarge = std::max(before.value_or("").size(), after.value_or("").size()) > limits.bytes;
    if (result.status == Status::Equal || result.isBinary || result.isTooLarge) {
        return result;
    }
    result.lacksLastNewline = before && after && endsLine(*before) != endsLine(*after);
    const Library library;
    const Patch patch = patchOf(before, after, limits.context);
    if (!patch) {
        result.isTooLarge = true; // the only way that two buffers have no patch
        return result;
    }
    std::size_t added = 0;
    std::size_t removed = 0;
    if (git_patch_line_stats(nullptr, &added, &removed, patch.get()) == 0) {
        result.added = static_cast<int>(added);
        result.removed = static_cast<int>(removed);
    }
    readHunks(patch.get(), limits, result);
    return result;
}

std::vector<FileDiff> diffFiles(const FileTexts &before, const FileTexts &after, const DiffLimits &limits,
                                const std::stop_token &stop)
{
    std::map<std::string, std::pair<const std::string *, const std::string *>> both;
    for (const auto &[path, text] : before) {
        both[path].first = &text;
    }
    for (const auto &[path, text] : after) {
        both[path].second = &text;
    }
    const auto side = [](const std::string *text) {
        return text != nullptr ? std::optional<std::string_view>(*text) : std::nullopt;
    };
    std::vector<FileDiff> result;
    for (const auto &[path, sides] : both) {
        if (stop.stop_requested()) {
            break;
        }
        FileDiff diff = diffTexts(path, side(sides.first), side(sides.second), limits);
        if (diff.status != FileDiff::Status::Equal) {
            result.push_back(std::move(diff));
        }
    }
    return result;
}

} // namespace nest::models
