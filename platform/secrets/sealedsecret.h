// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One secret as it lies in the store: sealed, with who changed it when. A plain value, any thread.

#include <string>

namespace nest::secrets {

struct SealedSecret
{
    std::string sealed;    // of Vault; empty when the store's text cannot be read
    std::string changedAt; // RFC 3339
    std::string changedBy;
    bool operator==(const SealedSecret &) const = default;
};

std::string encode(const SealedSecret &secret);
/// What cannot be read is a secret without anything: it is shown, and its start says that it is damaged.
SealedSecret decode(const std::string &text);

} // namespace nest::secrets
