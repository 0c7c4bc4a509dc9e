// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which command, binds and limits make an instance of a runtime, or a job. The one place that knows how
// each language's process is started.

#include "api/wire/result.h"
#include "platform/engines/local/enginetypes.h"
#include "platform/keeper/box.h"

namespace nest::engines {

/// Of this machine, that each box of a function sees.
struct HostFolders
{
    std::string runtimes;   // one folder a language, at /nest
    std::string calls;      // at /run/nest; empty: none
    std::string names = {}; // of nameFiles(), for boxes with an open network
};

/// Fails with "engines/unknown-runtime", "engines/no-code" or "engines/name-files".
Result<keeper::BoxSpec> instanceBox(const InstanceSpec &spec, const HostFolders &host);

/// A runtime without a function: `folder`, empty now, is seen at /code and filled later.
/// Fails with "engines/unknown-runtime".
Result<keeper::BoxSpec> slotBox(const SlotSpec &spec, const std::string &folder, const HostFolders &host);

keeper::BoxSpec jobBox(const JobSpec &job);

/// The body of POST /_nest/specialise. codeDir: where the process finds the code.
std::string specialiseBody(const InstanceSpec &spec, const std::string &codeDir);

} // namespace nest::engines
