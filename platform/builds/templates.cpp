// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/templates.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/filecontent.h"
#include "platform/builds/manifest.h"
#include "platform/builds/paths.h"
#include "platform/builds/yamltree.h"
#include "platform/runtimes/catalogue.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <compare>
#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

constexpr auto descriptionFile = "template.yaml";
constexpr std::string_view placeholder = "@NAME@";

/// The place of a template among the others: its own number, then its kind, then its language as runtimes are
/// offered.
struct Place
{
    int number = 0;
    std::string kind;
    std::size_t runtime = 0;
    auto operator<=>(const Place &) const = default;
};

struct Described
{
    wire::Template document;
    Place place;
};

Place placeOf(const wire::Template &described, const std::string &number)
{
    constexpr int last = 1000;
    Place place{.number = last, .kind = described.id.substr(0, described.id.rfind('-')), .runtime = 0};
    std::from_chars(number.data(), number.data() + number.size(), place.number);
    const auto runtimes = runtimes::all();
    const auto found = std::ranges::find(runtimes, described.runtime, &runtimes::Runtime::id);
    place.runtime = static_cast<std::size_t>(found - runtimes.begin());
    return place;
}

std::string orDefault(const std::string &folder)
{
    return folder.empty() ? QCoreApplication::applicationDirPath().toStdString() + "/../share/nest/templates"
                          : folder;
}

Result<BuildFiles> readFolder(const std::string &folder)
{
    BuildFiles files;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (!entry->is_regular_file()) {
            continue;
        }
        auto content = readWholeFile(entry->path().string(), maxFileBytes);
        if (!content) {
            return std::unexpected(content.error());
        }
        files.push_back({fs::relative(entry->path(), folder, error).generic_string(), std::move(*content)});
    }
    if (error) {
        return failure("builds/bad-template", std::format("{} cannot be read: {}.", folder, error.message()));
    }
    std::ranges::sort(files, {}, &BuildFile::path);
    return files;
}

Result<Described> describeTemplate(const std::string &folder)
{
    const auto files = readFolder(folder);
    if (!files) {
        return std::unexpected(files.error());
    }
    wire::Template result;
    std::string number;
    for (const auto &file : *files) {
        if (file.path != descriptionFile) {
            result.files.push_back(file.path);
        }
    }
    const auto description = std::ranges::find(*files, descriptionFile, &BuildFile::path);
    const auto tree =
        description == files->end() ? std::unexpected(YamlProblem{}) : parseYaml(description->content);
    if (!tree) {
        return failure("builds/bad-template", std::format("{} has no readable {}.", folder, descriptionFile));
    }
    for (const auto &[key, value] : tree->members) {
        for (const auto &[name, to] : {std::pair{"id", &result.id}, std::pair{"title", &result.title},
                                       std::pair{"description", &result.description},
                                       std::pair{"runtime", &result.runtime}, std::pair{"place", &number}}) {
            if (key.text == name) {
                *to = value.text;
            }
        }
    }
    if (result.id != fs::path(folder).filename().string() || result.title.empty() || result.runtime.empty()) {
        return failure("builds/bad-template",
                       std::format("{} of {} needs id (the folder's name), title, description and runtime.",
                                   descriptionFile, folder));
    }
    return Described{result, placeOf(result, number)};
}

Result<std::string> pathOf(const std::string &id, const std::string &folder)
{
    auto path = orDefault(folder) + '/' + id;
    std::error_code ignored;
    if (!checkFunctionName(id) || !fs::is_directory(path, ignored)) {
        return failure("builds/unknown-template", std::format("There is no template '{}'.", id));
    }
    return path;
}

} // namespace

std::vector<wire::Template> templates(const std::string &folder)
{
    std::vector<Described> described;
    std::error_code error;
    for (auto entry = fs::directory_iterator(orDefault(folder), error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (auto one = describeTemplate(entry->path().string())) {
            described.push_back(std::move(*one));
        }
    }
    std::ranges::sort(described, {}, &Described::place);
    std::vector<wire::Template> found;
    for (auto &each : described) {
        found.push_back(std::move(each.document));
    }
    return found;
}

Result<wire::Template> templateWithContents(const std::string &id, const std::string &folder)
{
    const auto path = pathOf(id, folder);
    if (!path) {
        return std::unexpected(path.error());
    }
    auto described = describeTemplate(*path);
    auto files = readFolder(*path);
    if (!described || !files) {
        return std::unexpected(described ? files.error() : described.error());
    }
    auto &shown = described->document;
    for (auto &file : *files) {
        if (file.path != descriptionFile) {
            shown.contents.push_back(wireFile(std::move(file.path), std::move(file.content)));
        }
    }
    return shown;
}

Result<BuildFiles> templateFiles(const std::string &id, const std::string &function,
                                 const std::string &folder)
{
    const auto path = pathOf(id, folder);
    if (!path) {
        return std::unexpected(path.error());
    }
    auto files = readFolder(*path);
    if (!files) {
        return files;
    }
    std::erase_if(*files, [](const BuildFile &file) { return file.path == descriptionFile; });
    for (auto &file : *files) {
        for (auto found = file.content.find(placeholder); found != std::string::npos;
             found = file.content.find(placeholder, found + function.size())) {
            file.content.replace(found, placeholder.size(), function);
        }
    }
    return files;
}

} // namespace nest::builds
