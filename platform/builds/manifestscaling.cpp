// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/manifestscaling.h"

#include "api/wire/codec.h"
#include "platform/builds/manifest.h"
#include "platform/policy/policy.h"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <format>
#include <functional>
#include <map>
#include <span>
#include <string_view>
#include <utility>

namespace nest::builds {

namespace {

/// Reads nodes into values and remembers where each stood, so that what the algorithm says of a field is told
/// with its line. A path is as in PolicyProblem: "metrics/0/threshold".
class Reader final
{
public:
    explicit Reader(std::vector<wire::BuildProblem> &problems) : m_problems(problems) {}

    struct Key
    {
        std::string_view name;
        std::function<void(const YamlNode &node, const std::string &path)> read;
    };

    void refuse(const YamlPlace &place, std::string message)
    {
        m_problems.push_back({.severity = wire::ProblemSeverity::Error,
                              .path = std::string(manifestPath),
                              .line = place.line,
                              .column = place.column,
                              .message = std::move(message)});
    }

    void keys(const YamlNode &node, const std::string &path, std::string_view what,
              const std::vector<Key> &known)
    {
        m_places[path] = node.place;
        if (node.kind != YamlNode::Kind::Mapping) {
            refuse(node.place, std::format("{} must be a group of keys, not {}", what, describe(node)));
            return;
        }
        for (const auto &[name, value] : node.members) {
            const auto key = std::ranges::find(known, name.text, &Key::name);
            if (key == known.end()) {
                refuse(name.place, std::format("'{}' is no known key. Known: {}", name.text, namesOf(known)));
                continue;
            }
            const auto inner = path.empty() ? name.text : path + '/' + name.text;
            m_places[inner] = value.place;
            key->read(value, inner);
        }
    }

    template <typename T, typename Read>
    void list(const YamlNode &node, const std::string &path, std::vector<T> &to, const Read &read)
    {
        if (node.kind != YamlNode::Kind::Sequence) {
            refuse(node.place, std::format("{} must be a list, not {}", lastOf(path), describe(node)));
            return;
        }
        to.clear();
        for (const auto &item : node.items) {
            const auto inner = std::format("{}/{}", path, to.size());
            read(item, inner, to.emplace_back());
        }
    }

    template <typename Number>
        requires std::integral<Number> || std::floating_point<Number>
    void value(const YamlNode &node, const std::string &path, Number &to)
    {
        Number read{};
        const char *end = node.text.data() + node.text.size();
        const auto parsed = std::from_chars(node.text.data(), end, read);
        if (node.kind != YamlNode::Kind::Scalar || node.isQuoted || parsed.ec != std::errc() ||
            parsed.ptr != end) {
            refuse(node.place,
                   std::format("{} must be {}, not {}", lastOf(path),
                               std::integral<Number> ? "a whole number" : "a number", describe(node)));
        } else {
            to = read;
        }
    }

    template <typename Enum>
    void word(const YamlNode &node, const std::string &path, Enum &to)
    {
        const auto found = wire::readEnum<Enum>(node.text);
        if (node.kind == YamlNode::Kind::Scalar && found) {
            to = *found;
            return;
        }
        std::string names;
        for (const auto &name : wire::enumTexts<Enum>()) {
            names += (names.empty() ? "" : ", ") + name;
        }
        refuse(node.place, std::format("{} is {}; known: {}", lastOf(path), describe(node), names));
    }

    /// The place of a field, or of the nearest that was written around it.
    [[nodiscard]] YamlPlace placeOf(std::string path) const
    {
        for (;;) {
            if (const auto found = m_places.find(path); found != m_places.end()) {
                return found->second;
            }
            const auto slash = path.rfind('/');
            path = slash == std::string::npos ? std::string() : path.substr(0, slash);
        }
    }

private:
    static std::string namesOf(const std::vector<Key> &known)
    {
        std::string names;
        for (const auto &key : known) {
            names += (names.empty() ? "" : ", ") + std::string(key.name);
        }
        return names;
    }
    static std::string_view lastOf(const std::string &path)
    {
        const auto slash = path.rfind('/');
        return slash == std::string::npos ? std::string_view(path) : std::string_view(path).substr(slash + 1);
    }

    std::vector<wire::BuildProblem> &m_problems;
    std::map<std::string, YamlPlace> m_places;
};

void readTarget(Reader &reader, const YamlNode &node, const std::string &path, wire::MetricTarget &to)
{
    bool isNamed = false;
    reader.keys(node, path, "a metric",
                {{"metric",
                  [&](const YamlNode &value, const std::string &at) {
                      reader.word(value, at, to.metric);
                      isNamed = true;
                  }},
                 {"threshold",
                  [&](const auto &value, const auto &at) {
                      reader.value(value, at, to.threshold);
                  }},
                 {"utilisation", [&](const auto &value, const auto &at) {
                      reader.value(value, at, to.utilisation);
                  }}});
    if (!isNamed && node.kind == YamlNode::Kind::Mapping) {
        reader.refuse(node.place, "'metric' is missing: what this threshold is of");
    }
}

void readRule(Reader &reader, const YamlNode &node, const std::string &path, wire::RateRule &to)
{
    reader.keys(node, path, "a rule",
                {{"type",
                  [&](const auto &value, const auto &at) {
                      reader.word(value, at, to.type);
                  }},
                 {"value",
                  [&](const auto &value, const auto &at) {
                      reader.value(value, at, to.value);
                  }},
                 {"periodSeconds", [&](const auto &value, const auto &at) {
                      reader.value(value, at, to.periodSeconds);
                  }}});
}

void readDirection(Reader &reader, const YamlNode &node, const std::string &path,
                   std::optional<wire::ScalingDirection> &to)
{
    auto &direction = to.emplace();
    reader.keys(node, path, path.ends_with("scaleUp") ? "scaleUp" : "scaleDown",
                {{"policies",
                  [&](const auto &value, const auto &at) {
                      reader.list(value, at, direction.policies,
                                  [&](const auto &item, const auto &inner, auto &rule) {
                                      readRule(reader, item, inner, rule);
                                  });
                  }},
                 {"select",
                  [&](const auto &value, const auto &at) {
                      reader.word(value, at, direction.select);
                  }},
                 {"stabilisationWindowSeconds",
                  [&](const auto &value, const auto &at) {
                      reader.value(value, at, direction.stabilisationWindowSeconds);
                  }},
                 {"tolerance", [&](const auto &value, const auto &at) {
                      reader.value(value, at, direction.tolerance);
                  }}});
}

std::vector<Reader::Key> topKeys(Reader &reader, wire::ScalingPolicy &policy)
{
    const auto number = [&reader](auto &to) {
        return [&reader, &to](const YamlNode &value, const std::string &at) {
            reader.value(value, at, to);
        };
    };
    return {{"reserved", number(policy.reserved)},
            {"maximum", number(policy.maximum)},
            {"metric",
             [&](const auto &value, const auto &at) {
                 reader.word(value, at, policy.metric);
             }},
            {"threshold", number(policy.threshold)},
            {"utilisation", number(policy.utilisation)},
            {"metrics",
             [&](const auto &value, const auto &at) {
                 reader.list(value, at, policy.metrics.emplace(),
                             [&](const auto &item, const auto &inner, auto &metric) {
                                 readTarget(reader, item, inner, metric);
                             });
             }},
            {"behaviour", [&](const auto &value, const auto &at) {
                 auto &behaviour = policy.behaviour.emplace();
                 reader.keys(value, at, "behaviour",
                             {{"scaleUp",
                               [&](const auto &node, const auto &inner) {
                                   readDirection(reader, node, inner, behaviour.scaleUp);
                               }},
                              {"scaleDown", [&](const auto &node, const auto &inner) {
                                   readDirection(reader, node, inner, behaviour.scaleDown);
                               }}});
             }}};
}

} // namespace

wire::ScalingPolicy readScaling(const YamlNode &node, std::vector<wire::BuildProblem> &problems)
{
    const auto before = problems.size();
    wire::ScalingPolicy policy;
    Reader reader(problems);
    reader.keys(node, "", "scaling", topKeys(reader, policy));
    if (problems.size() != before) {
        return policy;
    }
    for (const auto &problem : policy::problemsIn(policy)) {
        reader.refuse(reader.placeOf(problem.field), problem.field + ' ' + problem.message);
    }
    return policy;
}

std::vector<std::string> scalingKeys()
{
    std::vector<wire::BuildProblem> problems;
    wire::ScalingPolicy policy;
    Reader reader(problems);
    std::vector<std::string> names;
    for (const auto &key : topKeys(reader, policy)) {
        names.emplace_back(key.name);
    }
    return names;
}

} // namespace nest::builds
