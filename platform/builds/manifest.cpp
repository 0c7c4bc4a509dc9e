// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/manifest.h"

#include "platform/builds/manifestnetwork.h"
#include "platform/builds/manifestscaling.h"
#include "platform/builds/paths.h"
#include "platform/builds/yamltree.h"
#include "platform/runtimes/catalogue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace nest::builds {

namespace {

constexpr int minMemory = 64; // Node does not boot with less
constexpr int maxMemory = 8192;
constexpr int maxTimeout = 900;
constexpr int maxConcurrency = 10'000;
constexpr std::size_t maxEnvironment = 128;
constexpr std::size_t maxValueBytes = 4 * 1024;
constexpr std::size_t maxCommandBytes = 1'024;

class ManifestReader final
{
public:
    Manifest manifest;
    std::vector<wire::BuildProblem> problems;

    void readTop(const YamlNode &root);
    static std::vector<std::string> topKeys();

private:
    using Read = void (ManifestReader::*)(const YamlNode &);
    struct Key
    {
        std::string_view name;
        Read read;
    };
    static const std::array<Key, 12> s_topKeys;

    void refuse(const YamlPlace &place, std::string message)
    {
        problems.push_back({.severity = wire::ProblemSeverity::Error,
                            .path = std::string(manifestPath),
                            .line = place.line,
                            .column = place.column,
                            .message = std::move(message)});
    }

    template <std::size_t count>
    void readKeys(const YamlNode &node, const std::array<Key, count> &keys, std::string_view within)
    {
        if (node.kind != YamlNode::Kind::Mapping) {
            refuse(node.place, std::format("{} must be a group of keys, not {}", within, describe(node)));
            return;
        }
        for (const auto &[name, value] : node.members) {
            const auto key = std::ranges::find(keys, name.text, &Key::name);
            if (key == keys.end()) {
                std::string known;
                for (const auto &each : keys) {
                    known += (known.empty() ? "" : ", ") + std::string(each.name);
                }
                refuse(name.place, std::format("'{}' is no known key. Known: {}", name.text, known));
                continue;
            }
            m_key = key->name;
            (this->*key->read)(value);
        }
    }

    std::optional<std::string> text(const YamlNode &node)
    {
        if (node.kind != YamlNode::Kind::Scalar || (node.text.empty() && !node.isQuoted)) {
            refuse(node.place, std::format("{} must be text, not {}", m_key, describe(node)));
            return std::nullopt;
        }
        return node.text;
    }

    template <typename Number>
    std::optional<Number> number(const YamlNode &node, std::string_view what)
    {
        Number value{};
        const char *end = node.text.data() + node.text.size();
        const auto parsed = std::from_chars(node.text.data(), end, value);
        if (node.kind != YamlNode::Kind::Scalar || node.isQuoted || parsed.ec != std::errc() ||
            parsed.ptr != end) {
            refuse(node.place, std::format("{} must be {}, not {}", m_key, what, describe(node)));
            return std::nullopt;
        }
        return value;
    }

    void wholeNumber(const YamlNode &node, int low, int high, int &to)
    {
        const auto value = number<int>(node, "a whole number");
        if (value && (*value < low || *value > high)) {
            refuse(node.place,
                   std::format("{} is {}; it must lie between {} and {}", m_key, *value, low, high));
        } else if (value) {
            to = *value;
        }
    }

    void readName(const YamlNode &node);
    void readRuntime(const YamlNode &node);
    void readHandler(const YamlNode &node);
    void readMemory(const YamlNode &node)
    {
        wholeNumber(node, minMemory, maxMemory, manifest.memoryMegabytes);
    }
    void readTimeout(const YamlNode &node) { wholeNumber(node, 1, maxTimeout, manifest.timeoutSeconds); }
    void readConcurrency(const YamlNode &node)
    {
        wholeNumber(node, 1, maxConcurrency, manifest.concurrencyLimit);
    }
    void readTriggers(const YamlNode &node);
    void readScaling(const YamlNode &node) { manifest.scaling = builds::readScaling(node, problems); }
    void readNetwork(const YamlNode &node) { manifest.network = builds::readNetwork(node, problems); }
    void readEnvironment(const YamlNode &node);
    void readEgress(const YamlNode &node);
    void readTests(const YamlNode &node);

    std::string_view m_key;
    bool m_namesHandler = false;
};

const std::array<ManifestReader::Key, 12> ManifestReader::s_topKeys{{
    {"name", &ManifestReader::readName},
    {"runtime", &ManifestReader::readRuntime},
    {"handler", &ManifestReader::readHandler},
    {"memory", &ManifestReader::readMemory},
    {"timeout", &ManifestReader::readTimeout},
    {"triggers", &ManifestReader::readTriggers},
    {"scaling", &ManifestReader::readScaling},
    {"concurrencyLimit", &ManifestReader::readConcurrency},
    {"environment", &ManifestReader::readEnvironment},
    {"network", &ManifestReader::readNetwork},
    {"egress", &ManifestReader::readEgress},
    {"tests", &ManifestReader::readTests},
}};

std::vector<std::string> ManifestReader::topKeys()
{
    std::vector<std::string> names;
    names.reserve(std::size(s_topKeys));
    for (const auto &key : s_topKeys) {
        names.emplace_back(key.name);
    }
    return names;
}

void ManifestReader::readTop(const YamlNode &root)
{
    if (root.kind == YamlNode::Kind::Null) {
        refuse({}, "the manifest is empty: it needs at least 'name'");
        return;
    }
    readKeys(root, s_topKeys, "the manifest");
    const auto isName = [](const auto &member) {
        return member.key.text == "name";
    };
    if (root.kind == YamlNode::Kind::Mapping && std::ranges::none_of(root.members, isName)) {
        refuse(root.place, "'name' is missing: the name of the function");
    }
    if (const auto *runtime = runtimes::find(manifest.runtime); runtime != nullptr && !m_namesHandler) {
        manifest.handler = runtime->handler;
    }
}

void ManifestReader::readName(const YamlNode &node)
{
    if (const auto name = text(node)) {
        if (const auto checked = checkFunctionName(*name); !checked) {
            refuse(node.place, checked.error().detail);
        }
        manifest.name = *name;
    }
}

void ManifestReader::readRuntime(const YamlNode &node)
{
    const auto runtime = text(node);
    if (runtime && runtimes::find(*runtime) == nullptr) {
        refuse(node.place,
               std::format("there is no runtime '{}'. Known: {}", *runtime, runtimes::knownIds()));
    } else if (runtime) {
        manifest.runtime = *runtime;
    }
}

void ManifestReader::readHandler(const YamlNode &node)
{
    const auto handler = text(node);
    if (!handler) {
        return;
    }
    const auto hash = handler->find('#');
    if (hash == std::string::npos || hash == 0 || hash + 1 == handler->size()) {
        refuse(node.place,
               std::format("handler is '{}'; write FILE#EXPORT, such as src/handler.js#handler", *handler));
    } else if (const auto checked = checkPath(std::string_view(*handler).substr(0, hash)); !checked) {
        refuse(node.place, checked.error().detail);
    } else {
        manifest.handler = *handler;
        m_namesHandler = true;
    }
}

void ManifestReader::readTriggers(const YamlNode &node)
{
    if (node.kind != YamlNode::Kind::Sequence) {
        refuse(node.place, std::format("triggers must be a list, not {}", describe(node)));
        return;
    }
    for (const auto &item : node.items) {
        if (item.kind != YamlNode::Kind::Scalar || item.text != "http") {
            refuse(item.place,
                   std::format("{} is no trigger this platform has. Known: http", describe(item)));
        }
    }
}

void ManifestReader::readEnvironment(const YamlNode &node)
{
    if (node.kind != YamlNode::Kind::Mapping) {
        refuse(node.place, std::format("environment must be a group of keys, not {}", describe(node)));
        return;
    }
    if (node.members.size() > maxEnvironment) {
        refuse(node.place, std::format("environment has {} entries; at most {} are allowed",
                                       node.members.size(), maxEnvironment));
        return;
    }
    for (const auto &[name, value] : node.members) {
        const auto isLetter = [](char c) {
            return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        };
        const bool isName = !name.text.empty() && (isLetter(name.text.front()) || name.text.front() == '_') &&
                            std::ranges::all_of(name.text, [&](char c) {
                                return isLetter(c) || c == '_' || (c >= '0' && c <= '9');
                            });
        if (!isName) {
            refuse(name.place,
                   std::format("'{}' is no name of a variable: letters, digits and '_'", name.text));
        } else if (name.text.starts_with("NEST_")) {
            refuse(name.place,
                   std::format("'{}' is reserved: names with NEST_ belong to the platform", name.text));
        } else if (value.kind != YamlNode::Kind::Scalar) {
            refuse(value.place, std::format("{} must be text, not {}", name.text, describe(value)));
        } else if (value.text.size() > maxValueBytes || value.text.contains('\0')) {
            refuse(value.place, std::format("the value of {} is longer than {} bytes or holds a NUL",
                                            name.text, maxValueBytes));
        } else {
            manifest.environment[name.text] = value.text; // as written: a number is not reformatted
        }
    }
}

/// From when functions had no network; only `off` could be written.
void ManifestReader::readEgress(const YamlNode &node)
{
    const auto egress = text(node);
    if (egress && *egress != "off") {
        refuse(node.place, std::format("egress is '{}'; write it within network, as network: {{egress: {}}}",
                                       *egress, *egress));
    }
}

void ManifestReader::readTests(const YamlNode &node)
{
    const auto command = text(node);
    if (command && (command->size() > maxCommandBytes || command->contains('\0'))) {
        refuse(node.place, std::format("tests is longer than {} bytes or holds a NUL", maxCommandBytes));
    } else if (command) {
        manifest.tests = *command;
    }
}

} // namespace

std::vector<std::string> manifestKeys()
{
    return ManifestReader::topKeys();
}

std::expected<Manifest, std::vector<wire::BuildProblem>> parseManifest(std::string_view yaml)
{
    ManifestReader reader;
    if (const auto tree = parseYaml(yaml)) {
        reader.readTop(*tree);
    } else {
        reader.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                   .path = std::string(manifestPath),
                                   .line = tree.error().place.line,
                                   .column = tree.error().place.column,
                                   .message = tree.error().message});
    }
    if (!reader.problems.empty()) {
        std::ranges::stable_sort(reader.problems, {},
                                 [](const auto &problem) { return std::pair(problem.line, problem.column); });
        return std::unexpected(std::move(reader.problems));
    }
    return std::move(reader.manifest);
}

} // namespace nest::builds
