// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Seals the values of secrets for the store and opens them: AES-256-GCM under a key that lies beside the
// store, bound to the function and the name, so that one sealed value cannot stand in for another.
//
// Invariants: the key file is made once, readable by its owner alone, and never overwritten; what cannot be
// opened is an error that says which secret and what to do. Thread: control, which reads 65 bytes at the
// first use.

#include "api/wire/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace nest::secrets {

class Vault final
{
public:
    explicit Vault(std::string keyFile) : m_keyFile(std::move(keyFile)) {}

    /// Makes the key when there is none. Text of its own form: "1:<key>:<base64>".
    Result<std::string> seal(std::string_view function, std::string_view name, std::string_view value);
    /// `secrets/unreadable` when the key is gone or another one, or the text was changed.
    Result<std::string> open(std::string_view function, std::string_view name, std::string_view sealed);

private:
    /// Nothing when there is no key file yet.
    Result<std::optional<std::string>> readKey();
    Result<> makeKey();

    std::string m_keyFile;
    std::string m_key; // 32 bytes once known
};

} // namespace nest::secrets
