// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/manifestscaling.h"

#include "platform/builds/fieldreader.h"
#include "platform/policy/policy.h"

namespace nest::builds {

namespace {

using Reader = FieldReader;

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
