// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/yamltree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <format>
#include <sstream>

namespace nest::builds {

namespace {

YamlPlace toPlace(const YAML::Mark &mark)
{
    return mark.is_null() ? YamlPlace() : YamlPlace{mark.line + 1, mark.column + 1};
}

/// Thrown through yaml-cpp, caught in parseYaml.
struct Refused
{
    YamlProblem problem;
};

class TreeBuilder final : public YAML::EventHandler
{
public:
    explicit TreeBuilder(const YamlLimits &limits) : m_limits(limits) {}

    [[nodiscard]] YamlNode takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark & /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        put(mark, {}, anchor, {.place = toPlace(mark), .members = {}});
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t /*anchor*/) override
    {
        refuse(mark, "aliases ('*name') are not allowed: write the value out");
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        const bool isQuoted = tag == "!";
        const bool isNull = !isQuoted && (value.empty() || value == "~" || value == "null");
        put(mark, tag, anchor,
            {.kind = isNull ? YamlNode::Kind::Null : YamlNode::Kind::Scalar,
             .place = toPlace(mark),
             .text = value,
             .isQuoted = isQuoted,
             .members = {}});
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, tag, anchor, YamlNode::Kind::Sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, tag, anchor, YamlNode::Kind::Mapping);
    }
    void OnMapEnd() override { close(); }

private:
    [[noreturn]] static void refuse(const YAML::Mark &mark, std::string message)
    {
        throw Refused{{toPlace(mark), std::move(message)}};
    }

    void check(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor)
    {
        if (anchor != 0) {
            refuse(mark, "anchors ('&name') are not allowed: write the value out");
        }
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, std::format("the tag '{}' is not allowed", tag));
        }
        if (++m_nodes > m_limits.nodes) {
            refuse(mark, std::format("there are more than {} values", m_limits.nodes));
        }
    }

    void open(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YamlNode::Kind kind)
    {
        check(mark, tag, anchor);
        if (static_cast<int>(m_open.size()) >= m_limits.depth) {
            refuse(mark, std::format("this is nested deeper than {} levels", m_limits.depth));
        }
        if (!m_open.empty() && m_open.back().needsKey()) {
            refuse(mark, "a key must be a plain word");
        }
        m_open.push_back({{.kind = kind, .place = toPlace(mark), .members = {}}, {}, false});
    }

    void close()
    {
        auto node = std::move(m_open.back().node);
        m_open.pop_back();
        place(std::move(node));
    }

    void put(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YamlNode node)
    {
        check(mark, tag, anchor);
        if (!m_open.empty() && m_open.back().needsKey()) {
            auto &top = m_open.back();
            if (node.kind != YamlNode::Kind::Scalar) {
                refuse(mark, "a key must be a plain word");
            }
            if (std::ranges::any_of(top.node.members,
                                    [&](const auto &member) { return member.key.text == node.text; })) {
                refuse(mark, std::format("'{}' is there twice", node.text));
            }
            top.key = std::move(node);
            top.hasKey = true;
            return;
        }
        place(std::move(node));
    }

    void place(YamlNode node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        auto &top = m_open.back();
        if (top.node.kind == YamlNode::Kind::Sequence) {
            top.node.items.push_back(std::move(node));
        } else {
            if (node.kind == YamlNode::Kind::Null) {
                node.place = top.key.place; // yaml-cpp notices a missing value only on the next line
            }
            top.node.members.emplace_back(std::move(top.key), std::move(node));
            top.hasKey = false;
        }
    }

    struct Open
    {
        YamlNode node;
        YamlNode key;
        bool hasKey = false;
        [[nodiscard]] bool needsKey() const { return node.kind == YamlNode::Kind::Mapping && !hasKey; }
    };

    YamlLimits m_limits;
    std::size_t m_nodes = 0;
    std::vector<Open> m_open;
    YamlNode m_root;
};

} // namespace

std::expected<YamlNode, YamlProblem> parseYaml(std::string_view text, const YamlLimits &limits)
{
    if (text.size() > limits.bytes) {
        return std::unexpected(YamlProblem{
            {}, std::format("the file has {} bytes; at most {} are read", text.size(), limits.bytes)});
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder first(limits);
        if (!parser.HandleNextDocument(first)) {
            return YamlNode(); // empty: the same as null
        }
        TreeBuilder second(limits);
        if (parser.HandleNextDocument(second)) {
            return std::unexpected(YamlProblem{second.takeRoot().place, "there must be one document only"});
        }
        return first.takeRoot();
    } catch (const Refused &refused) {
        return std::unexpected(refused.problem);
    } catch (const YAML::Exception &exception) {
        return std::unexpected(YamlProblem{toPlace(exception.mark), exception.msg});
    }
}

std::string describe(const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return "nothing";
    case YamlNode::Kind::Scalar:
        return "'" + node.text + "'";
    case YamlNode::Kind::Sequence:
        return "a list";
    case YamlNode::Kind::Mapping:
        return "a group of keys";
    }
    return {};
}

} // namespace nest::builds
