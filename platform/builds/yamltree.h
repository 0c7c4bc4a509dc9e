// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads a small YAML document into a tree that knows the place of every node. Limits are part of the
// reading: size, depth, number of nodes; no anchors, aliases, tags, merge keys or second document, because
// a configuration file needs none of them and each has been used to blow up a reader.
//
// Pure, any thread; yaml-cpp's exceptions end here.

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nest::builds {

struct YamlPlace
{
    int line = 1; // both count from 1
    int column = 1;
    bool operator==(const YamlPlace &) const = default;
};

struct YamlMember;

struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Mapping };
    Kind kind = Kind::Null;
    YamlPlace place;
    std::string text = {}; // of a scalar
    bool isQuoted = false; // a quoted scalar is a string whatever it looks like
    std::vector<YamlNode> items = {};
    std::vector<YamlMember> members; // keys are scalars, each once
};

struct YamlMember
{
    YamlNode key;
    YamlNode value;
};

struct YamlProblem
{
    YamlPlace place;
    std::string message;
};

struct YamlLimits
{
    std::size_t bytes = 64 * 1024;
    std::size_t nodes = 4'000;
    int depth = 8;
};

[[nodiscard]] std::expected<YamlNode, YamlProblem> parseYaml(std::string_view text,
                                                             const YamlLimits &limits = {});

/// "a number", "a list" …, for messages.
[[nodiscard]] std::string describe(const YamlNode &node);

} // namespace nest::builds
