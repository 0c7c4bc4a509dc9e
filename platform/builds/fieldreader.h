// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads a part of function.yaml that has a wire type. Pure, any thread.

#include "api/wire/codec.h"
#include "platform/builds/manifest.h"
#include "platform/builds/yamltree.h"

#include <algorithm>
#include <charconv>
#include <concepts>
#include <format>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nest::builds {

/// Reads nodes into values and remembers where each stood, so that what the algorithm says of a field is told
/// with its line. A path is as in PolicyProblem: "metrics/0/threshold".
class FieldReader final
{
public:
    explicit FieldReader(std::vector<wire::BuildProblem> &problems) : m_problems(problems) {}

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

    void value(const YamlNode &node, const std::string &path, std::string &to)
    {
        if (node.kind != YamlNode::Kind::Scalar || (node.text.empty() && !node.isQuoted)) {
            refuse(node.place, std::format("{} must be text, not {}", lastOf(path), describe(node)));
        } else {
            to = node.text;
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

    /// A group of keys without this one.
    [[nodiscard]] static bool lacks(const YamlNode &node, std::string_view key)
    {
        return node.kind == YamlNode::Kind::Mapping &&
               std::ranges::none_of(node.members, [&](const auto &member) { return member.key.text == key; });
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

} // namespace nest::builds
