// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/packagejson.h"

#include <boost/json.hpp>

#include <algorithm>
#include <format>

namespace nest::builds {

namespace {

namespace json = boost::json;

constexpr std::string_view packageJson = "package.json";
constexpr std::string_view packageLock = "package-lock.json";
constexpr std::string_view moduleType = R"({"type":"module"})";

struct Parsed
{
    json::value value;
    std::string error;      // empty: none
    std::size_t offset = 0; // of the error
};

Parsed parse(std::string_view text)
{
    json::parse_options options;
    options.max_depth = 64;
    json::stream_parser parser({}, options);
    boost::system::error_code code;
    Parsed parsed;
    parsed.offset = parser.write_some(text.data(), text.size(), code);
    if (!code && parsed.offset < text.size() &&
        text.find_first_not_of(" \t\r\n", parsed.offset) != std::string_view::npos) {
        code = json::make_error_code(json::error::extra_data);
    }
    if (!code) {
        parser.finish(code);
    }
    if (code) {
        parsed.error = code.message();
    } else {
        parsed.value = parser.release();
    }
    return parsed;
}

wire::BuildProblem problemAt(const BuildFile &file, std::size_t offset, std::string message)
{
    const auto before = std::string_view(file.content).substr(0, offset);
    const auto lastBreak = before.rfind('\n');
    return {.severity = wire::ProblemSeverity::Error,
            .path = file.path,
            .line = 1 + static_cast<int>(std::ranges::count(before, '\n')),
            .column =
                static_cast<int>(before.size() - (lastBreak == std::string_view::npos ? 0 : lastBreak + 1)) +
                1,
            .message = std::move(message)};
}

void checkPackage(const BuildFile &file, const json::value &value, bool hasLock,
                  std::vector<wire::BuildProblem> &problems)
{
    const auto *package = value.if_object();
    if (package == nullptr) {
        problems.push_back(problemAt(file, 0, "package.json must be an object"));
        return;
    }
    if (const auto *type = package->if_contains("type"); type && *type != "module" && *type != "commonjs") {
        problems.push_back(problemAt(file, std::min(file.content.find("\"type\""), file.content.size()),
                                     "type must be \"module\" or \"commonjs\""));
    }
    for (const std::string_view key : {"dependencies", "optionalDependencies"}) {
        const auto *wanted = package->if_contains(key);
        if (!hasLock && wanted && !(wanted->is_object() && wanted->get_object().empty())) {
            problems.push_back(
                problemAt(file, std::min(file.content.find(std::format("\"{}\"", key)), file.content.size()),
                          std::format("{} need a package-lock.json: make one with `npm install "
                                      "--package-lock-only` and add it to the draft",
                                      key)));
        }
    }
}

} // namespace

BuildFiles withPackageType(BuildFiles files)
{
    const auto file = std::ranges::find(files, packageJson, &BuildFile::path);
    if (file == files.end()) {
        files.push_back({std::string(packageJson), std::string(moduleType) + '\n'});
        return files;
    }
    auto parsed = parse(file->content);
    if (auto *package = parsed.value.if_object(); package && !package->contains("type")) {
        package->emplace("type", "module");
        file->content = json::serialize(parsed.value) + '\n';
    }
    return files;
}

std::vector<wire::BuildProblem> checkJsonFiles(const BuildFiles &files)
{
    std::vector<wire::BuildProblem> problems;
    const bool hasLock = std::ranges::contains(files, packageLock, &BuildFile::path);
    if (hasLock && !std::ranges::contains(files, packageJson, &BuildFile::path)) {
        problems.push_back({.severity = wire::ProblemSeverity::Error,
                            .path = std::string(packageLock),
                            .line = 0,
                            .column = 0,
                            .message = "there is no package.json to go with it"});
    }
    for (const auto &file : files) {
        if (hasLock && file.path.starts_with("node_modules/")) {
            problems.push_back(problemAt(file, 0,
                                         "node_modules is made from package-lock.json: remove it from the "
                                         "draft"));
            break;
        }
    }
    for (const auto &file : files) {
        if (!file.path.ends_with(".json") || file.path.starts_with("node_modules/") ||
            file.path.contains("/node_modules/")) {
            continue;
        }
        const auto parsed = parse(file.content);
        if (!parsed.error.empty()) {
            problems.push_back(problemAt(file, parsed.offset, "not valid JSON: " + parsed.error));
        } else if (file.path == packageJson) {
            checkPackage(file, parsed.value, hasLock, problems);
        }
    }
    return problems;
}

} // namespace nest::builds
