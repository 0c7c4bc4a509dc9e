// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The values of secrets, for those who hand them over: opened when an instance starts, and held nowhere here.
//
// `named` is a deployment's map: the name that the function reads -> the secret of the function. Thread:
// control. Owner: Platform.

#include "platform/control/catalogue.h"
#include "platform/secrets/vault.h"

#include <map>
#include <string>
#include <vector>

namespace nest::engines {
struct AdoptedInstance;
class LocalEngine;
} // namespace nest::engines

namespace nest::control {

class SecretValues final
{
public:
    SecretValues(Catalogue &catalogue, std::string keyFile)
        : m_catalogue(catalogue), m_vault(std::move(keyFile))
    {}

    /// Which secrets these are, each as of its last change: another text means other values.
    [[nodiscard]] std::string mark(const std::string &function, const wire::Environment &named) const;
    /// `secrets/unreadable` with the first that cannot be opened.
    Result<std::map<std::string, std::string>> values(const std::string &function,
                                                      const wire::Environment &named);
    /// What the deployment in this group gets; nothing without one.
    Result<std::map<std::string, std::string>> valuesFor(const std::string &function,
                                                         const wire::GroupName &group);
    /// What an instance with this mark was given when it started; `secrets/unreadable` when one of them has
    /// another value now or cannot be opened.
    Result<std::map<std::string, std::string>> given(const std::string &function, const std::string &mark);
    Result<std::string> seal(const std::string &function, const std::string &name, const std::string &value);
    /// Why it cannot be opened; empty when it can.
    std::string problemOf(const std::string &function, const std::string &name);

private:
    Result<std::string> open(const std::string &function, const std::string &name);

    Catalogue &m_catalogue;
    secrets::Vault m_vault;
};

/// Adopted instances have their secrets still, the engine does not: it is told, or keeps their lines to
/// itself.
void hideGiven(SecretValues &secrets, const std::vector<engines::AdoptedInstance> &running,
               engines::LocalEngine &engine);

} // namespace nest::control
