// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/manifestnetwork.h"

#include "platform/builds/fieldreader.h"
#include "platform/policy/network.h"

#include <array>

namespace nest::builds {

namespace {

void readGrant(FieldReader &reader, const YamlNode &node, const std::string &path, wire::NetworkGrant &to)
{
    const auto into = [&reader](auto &field) {
        return [&reader, &field](const YamlNode &value, const std::string &at) {
            reader.value(value, at, field);
        };
    };
    reader.keys(node, path, "a grant",
                {{"name", into(to.name)}, {"host", into(to.host)}, {"port", into(to.port)}});
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> needed{
        {{"name", "what the function finds it by"},
         {"host", "the address that it leads to"},
         {"port", "of that address"}}};
    for (const auto &[key, meaning] : needed) {
        if (FieldReader::lacks(node, key)) {
            reader.refuse(node.place, std::format("'{}' is missing: {}", key, meaning));
        }
    }
}

std::vector<FieldReader::Key> topKeys(FieldReader &reader, wire::Network &network)
{
    return {{"grants",
             [&](const auto &value, const auto &at) {
                 reader.list(value, at, network.grants,
                             [&](const auto &item, const auto &inner, auto &grant) {
                                 readGrant(reader, item, inner, grant);
                             });
             }},
            {"egress", [&](const auto &value, const auto &at) {
                 reader.word(value, at, network.egress);
             }}};
}

} // namespace

std::optional<wire::Network> readNetwork(const YamlNode &node, std::vector<wire::BuildProblem> &problems)
{
    const auto before = problems.size();
    wire::Network network;
    FieldReader reader(problems);
    reader.keys(node, "", "network", topKeys(reader, network));
    if (problems.size() != before) {
        return std::nullopt;
    }
    for (const auto &problem : policy::problemsIn(network)) {
        reader.refuse(reader.placeOf(problem.field), problem.field + ' ' + problem.message);
    }
    return network == wire::Network{} ? std::nullopt : std::optional(std::move(network));
}

std::vector<std::string> networkKeys()
{
    std::vector<wire::BuildProblem> problems;
    wire::Network network;
    FieldReader reader(problems);
    std::vector<std::string> names;
    for (const auto &key : topKeys(reader, network)) {
        names.emplace_back(key.name);
    }
    return names;
}

} // namespace nest::builds
