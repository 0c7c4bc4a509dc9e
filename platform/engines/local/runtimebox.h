// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which command, binds and limits make an instance of a runtime, or a job. The one place that knows how
// each language's process is started.

#include "api/wire/result.h"
#include "platform/engines/local/enginetypes.h"
#include "platform/keeper/box.h"

namespace nest::engines {

/// Fails with "engines/unknown-runtime" or "engines/no-code".
Result<keeper::BoxSpec> instanceBox(const InstanceSpec &spec, const std::string &runtimesDirectory);

/// A runtime without a function: `folder`, empty now, is seen at /code and filled later.
/// Fails with "engines/unknown-runtime".
Result<keeper::BoxSpec> slotBox(const SlotSpec &spec, const std::string &folder,
                                const std::string &runtimesDirectory);

keeper::BoxSpec jobBox(const JobSpec &job);

/// The body of POST /_nest/specialise.
std::string specialiseBody(const InstanceSpec &spec);

} // namespace nest::engines
