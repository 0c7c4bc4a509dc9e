// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the things of the platform look wherever they appear: the pill of a state, the icon of a runtime, the
// chip of a group, a duration in words.
//
// Pure functions. Thread: UI, for the translations.

#include "api/wire/deployment.h"
#include "api/wire/observation.h"
#include "widgets/table/cells.h"

#include <QString>

#include <string>

namespace nest::console {

[[nodiscard]] QString toText(const std::string &text);
[[nodiscard]] widgets::PillCell healthPill(wire::DeploymentState state);
[[nodiscard]] widgets::GroupCell groupCell(const wire::GroupName &group);
[[nodiscard]] wire::GroupName groupOf(const wire::Deployment &deployment);
/// "v3", or "v2 80 % · v3 20 %".
[[nodiscard]] QString weightsText(const wire::Deployment &deployment);
/// "node", "java", "python", or "function" for what is not known.
[[nodiscard]] QString runtimeIcon(const std::string &runtime);
/// "Node.js 20" for "node20"; the id itself for what is not known.
[[nodiscard]] QString runtimeName(const std::string &runtime);
/// "WARN": as it is written in logs, in every language.
[[nodiscard]] QString severityWord(wire::Severity severity);
[[nodiscard]] widgets::Ink severityInk(wire::Severity severity);
/// "orders-db (10.0.0.7:5432) and nothing else".
[[nodiscard]] QString networkText(const wire::Network &network);
/// "0.4 s", "184 ms".
[[nodiscard]] QString durationText(double milliseconds);

} // namespace nest::console
