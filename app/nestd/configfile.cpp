// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nestd/configfile.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

namespace nest::nestd {

namespace {

/// Settings of a section are named with it: npm_registry of [builds].
struct BuildSetting
{
    std::string_view key, option;
};
constexpr std::array<BuildSetting, 3> buildSettings{
    {{.key = "npm_registry", .option = "npm-registry"},
     {.key = "pip_index", .option = "pip-index"},
     {.key = "maven_repository", .option = "maven-repository"}}};

std::string settingNames(const CLI::App &app)
{
    std::string names;
    for (const auto *option : app.get_options()) {
        if (option->get_configurable()) {
            const auto name = option->get_single_name();
            const auto *found = std::ranges::find(buildSettings, name, &BuildSetting::option);
            names += (names.empty() ? "" : ", ") +
                     (found == buildSettings.end() ? name : std::string(found->key) + " of [builds]");
        }
    }
    return names;
}

CLI::Option *settingOf(CLI::App &app, const CLI::ConfigItem &item)
{
    const auto *ofBuilds = item.parents == std::vector<std::string>{"builds"}
                               ? std::ranges::find(buildSettings, item.name, &BuildSetting::key)
                               : buildSettings.end();
    const bool isPlain =
        item.parents.empty() && !std::ranges::contains(buildSettings, item.name, &BuildSetting::option);
    auto *option = ofBuilds != buildSettings.end()
                       ? app.get_option_no_throw("--" + std::string(ofBuilds->option))
                   : isPlain ? app.get_option_no_throw("--" + item.name)
                             : nullptr;
    return option != nullptr && option->get_configurable() ? option : nullptr;
}

/// CLI11 tells no lines: the first on which `key` stands; 0 when it is not found.
int lineOf(const std::string &text, const std::string &key)
{
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const auto equals = line.find('=');
        auto name = CLI::detail::trim_copy(line.substr(0, equals));
        CLI::detail::remove_quotes(name);
        if (name == key) {
            return number;
        }
    }
    return 0;
}

/// "--gateway-port: Value 0 not in range": the option's name is said already.
std::string withoutName(std::string sentence, const std::string &name)
{
    const auto prefix = "--" + name + ": ";
    return sentence.starts_with(prefix) ? sentence.substr(prefix.size()) : sentence;
}

/// What is wrong with the values, or nothing; then the option has them.
std::string setOption(CLI::Option &option, const CLI::ConfigItem &item)
{
    try {
        option.add_result(item.inputs);
        option.run_callback();
    } catch (const CLI::Error &error) {
        option.clear();
        return "'" + item.name + "' is not valid: " + withoutName(error.what(), item.name) + ".";
    }
    return {};
}

} // namespace

std::vector<std::string> refusedVariables(const CLI::App &app)
{
    std::vector<std::string> problems;
    for (const auto *option : app.get_options()) {
        const auto variable = option->get_envname();
        const char *value = variable.empty() ? nullptr : std::getenv(variable.c_str());
        if (value != nullptr && *value != '\0' && option->count() == 0) {
            problems.push_back("the variable " + variable + " is '" + value + "', which --" +
                               option->get_single_name() +
                               " does not accept. nestd --help says what it may be.");
        }
    }
    return problems;
}

std::vector<std::string> applyConfigFile(CLI::App &app, const std::string &path, bool isNamed)
{
    std::ifstream file(path);
    std::ostringstream content;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(content << file.rdbuf()))) {
        if (!isNamed && errno == ENOENT) {
            return {};
        }
        return {path + " cannot be read: " + std::generic_category().message(errno) + "."};
    }
    const auto text = content.str();
    std::vector<CLI::ConfigItem> items;
    try {
        std::istringstream stream(text);
        items = CLI::ConfigTOML().from_config(stream);
    } catch (const CLI::Error &error) {
        return {path + ": " + error.what() + "."};
    }
    std::vector<std::string> problems;
    for (const auto &item : items) {
        if (item.name == "++" || item.name == "--") {
            continue; // where a section begins and ends
        }
        const auto line = lineOf(text, item.name);
        const auto where = path + (line > 0 ? ":" + std::to_string(line) : "") + ": ";
        auto *option = settingOf(app, item);
        if (option == nullptr) {
            problems.push_back(where + "there is no setting '" + item.fullname() +
                               "'. The settings are: " + settingNames(app) + ".");
        } else if (item.inputs.size() > 1) { // CLI11 joins the values of a key that stands twice
            problems.push_back(where + "'" + item.name + "' has " + std::to_string(item.inputs.size()) +
                               " values here; it is set once, to one value.");
        } else if (option->count() == 0) {
            if (auto problem = setOption(*option, item); !problem.empty()) {
                problems.push_back(where + problem);
            }
        }
    }
    return problems;
}

} // namespace nest::nestd
