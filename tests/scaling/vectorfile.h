// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The table of vectors and how its values are read; which of its groups have a meaning here, and why the
// others have none. A further file of the same form can be named in NEST_VECTORS.

#include "scaling/policy.h"

#include <QString>

#include <boost/json.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nest::scalingtest {

using VectorGroups = std::map<std::string, std::vector<boost::json::object>>;

/// Adds to `groups`; the problem, empty when there is none.
QString readVectors(VectorGroups &groups);

double number(const boost::json::object &object, const char *key, double fallback);
std::string text(const boost::json::object &object, const char *key);
std::chrono::milliseconds milliseconds(double seconds);
scaling::TimePoint at(double seconds);

extern const std::set<std::string> checkedGroups;
extern const std::map<std::string, std::string> groupsWithoutMeaning;

} // namespace nest::scalingtest
