// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A scaling policy as it is written on the wire, and as the algorithm takes it. The two have the same fields;
// neither room may know the other, so the way between them lies here. Any thread.

#include "api/wire/deployment.h"
#include "scaling/policy.h"

namespace nest::policy {

/// Reservations that problemsIn() would name are left out.
[[nodiscard]] scaling::Policy toScaling(const wire::ScalingPolicy &policy);
/// Without reservations: a decision names the one that held.
[[nodiscard]] wire::ScalingPolicy toWire(const scaling::Policy &policy);

/// scaling::validate(), and what is wrong with the reservations; empty when the policy can be used.
[[nodiscard]] std::vector<scaling::PolicyProblem> problemsIn(const wire::ScalingPolicy &policy);

/// Those that problemsIn() would name are left out.
[[nodiscard]] scaling::FloorRules floorsOf(const std::vector<wire::Reservation> &reservations);
/// What is wrong with rules whose floors lie between 1 and `most`; places begin with `field`.
[[nodiscard]] std::vector<scaling::PolicyProblem>
problemsIn(const std::vector<wire::Reservation> &reservations, int most, std::string_view field);

/// Of the system's IANA database, which is read once; null when it has no such zone.
[[nodiscard]] const std::chrono::time_zone *zoneNamed(const std::string &name);

} // namespace nest::policy
