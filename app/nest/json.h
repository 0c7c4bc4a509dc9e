// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON that the commands put together themselves, with numbers as the API writes them. Pure functions, any
// thread.

#include "api/wire/result.h"

#include <boost/json.hpp>

#include <string>

namespace nest::cli {

/// As boost::json::serialize(), but a half is 0.5 and nothing is 0 instead of 5E-1 and 0E0; numbers that are
/// not finite become null.
[[nodiscard]] std::string jsonText(const boost::json::value &value);

/// The problem document (RFC 9457) of an error, as the API sends it: type, title, status (absent when the
/// error came from no answer), detail, errors.
[[nodiscard]] boost::json::object problemJson(const Error &error);

} // namespace nest::cli
