// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The note about an instance that the keeper keeps for a restarted nestd.

#include "platform/engines/local/enginetypes.h"

#include <optional>
#include <string>

namespace nest::engines {

/// Without the values of spec.environment and spec.secrets.
std::string encodeReadyLabel(const InstanceSpec &spec);

std::string encodeSlotLabel(const SlotSpec &spec);
std::optional<SlotSpec> decodeSlotLabel(const std::string &label);

/// Nothing when the text is no label: the instance never became ready, or another version wrote it.
std::optional<InstanceSpec> decodeReadyLabel(const std::string &label);

} // namespace nest::engines
