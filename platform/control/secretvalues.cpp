// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/secretvalues.h"

#include "platform/engines/local/localengine.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <string_view>

namespace nest::control {

namespace {

/// 0 when there is no such secret.
std::int64_t etagOf(const FunctionEntry *function, const std::string &name)
{
    if (function == nullptr) {
        return 0;
    }
    const auto found = function->secrets.find(name);
    return found == function->secrets.end() ? 0 : found->second.etag;
}

} // namespace

std::string SecretValues::mark(const std::string &function, const wire::Environment &named) const
{
    const auto *entry = m_catalogue.function(function);
    std::string text;
    for (const auto &[name, secret] : named) {
        text += (text.empty() ? "" : " ") + name + '=' + secret + '@' + std::to_string(etagOf(entry, secret));
    }
    return text;
}

Result<std::string> SecretValues::open(const std::string &function, const std::string &name)
{
    const auto *entry = m_catalogue.function(function);
    if (entry == nullptr || !entry->secrets.contains(name)) {
        return failure("secrets/unreadable",
                       "There is no secret " + name + " of '" + function + "' any more. Set it again.");
    }
    return m_vault.open(function, name, entry->secrets.at(name).sealed.sealed);
}

Result<std::map<std::string, std::string>> SecretValues::values(const std::string &function,
                                                                const wire::Environment &named)
{
    std::map<std::string, std::string> values;
    for (const auto &[name, secret] : named) {
        auto value = open(function, secret);
        if (!value) {
            return std::unexpected(value.error());
        }
        values[name] = std::move(*value);
    }
    return values;
}

Result<std::map<std::string, std::string>> SecretValues::valuesFor(const std::string &function,
                                                                   const wire::GroupName &group)
{
    const auto *deployment = m_catalogue.deployment(function, group);
    return deployment == nullptr ? Result<std::map<std::string, std::string>>()
                                 : values(function, deployment->document.secrets);
}

Result<std::map<std::string, std::string>> SecretValues::given(const std::string &function,
                                                               const std::string &mark)
{
    std::map<std::string, std::string> values;
    const auto *entry = m_catalogue.function(function);
    for (std::size_t at = 0; at < mark.size();) {
        const auto end = std::min(mark.find(' ', at), mark.size());
        const auto part = std::string_view(mark).substr(at, end - at);
        const auto equals = part.find('=');
        const auto of = part.rfind('@');
        at = end + 1;
        if (equals == std::string_view::npos || of == std::string_view::npos || of < equals) {
            return failure("secrets/unreadable", "Which secrets these are was written by another version.");
        }
        const std::string secret(part.substr(equals + 1, of - equals - 1));
        if (part.substr(of + 1) != std::to_string(etagOf(entry, secret))) {
            return failure("secrets/unreadable",
                           "The secret " + secret + " of '" + function + "' has another value now.");
        }
        auto value = open(function, secret);
        if (!value) {
            return std::unexpected(value.error());
        }
        values[std::string(part.substr(0, equals))] = std::move(*value);
    }
    return values;
}

Result<std::string> SecretValues::seal(const std::string &function, const std::string &name,
                                       const std::string &value)
{
    return m_vault.seal(function, name, value);
}

std::string SecretValues::problemOf(const std::string &function, const std::string &name)
{
    const auto value = open(function, name);
    return value ? std::string() : value.error().detail;
}

void hideGiven(SecretValues &secrets, const std::vector<engines::AdoptedInstance> &running,
               engines::LocalEngine &engine)
{
    using Given =
        std::pair<std::string, std::string>; // function and mark: opened once for all that have them
    std::map<Given, Result<std::map<std::string, std::string>>> opened;
    for (const auto &each : running) {
        const Given given(each.spec.function, each.spec.secretsMark);
        if (given.second.empty()) {
            continue;
        }
        auto values = opened.find(given);
        if (values == opened.end()) {
            values = opened.emplace(given, secrets.given(given.first, given.second)).first;
        }
        if (values->second) {
            engine.hide(each.id, *values->second);
        } else {
            spdlog::warn("What instance {} of '{}' prints is withheld until it is replaced: {}", each.id,
                         each.spec.function, values->second.error().detail);
        }
    }
}

} // namespace nest::control
