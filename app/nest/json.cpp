// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/json.h"

#include "app/nest/exitcodes.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace nest::cli {

namespace {

void append(std::string &out, const boost::json::value &value)
{
    if (const auto *object = value.if_object()) {
        out += '{';
        for (bool isFirst = true; const auto &[key, member] : *object) {
            out += std::exchange(isFirst, false) ? "" : ",";
            out += boost::json::serialize(key);
            out += ':';
            append(out, member);
        }
        out += '}';
    } else if (const auto *array = value.if_array()) {
        out += '[';
        for (bool isFirst = true; const auto &item : *array) {
            out += std::exchange(isFirst, false) ? "" : ",";
            append(out, item);
        }
        out += ']';
    } else if (const auto *number = value.if_double()) {
        if (!std::isfinite(*number)) {
            out += "null";
            return;
        }
        std::array<char, 32> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), *number).ptr;
        out.append(text.data(), end);
    } else {
        out += boost::json::serialize(value);
    }
}

} // namespace

std::string jsonText(const boost::json::value &value)
{
    std::string out;
    append(out, value);
    return out;
}

boost::json::object problemJson(const Error &error)
{
    boost::json::object document;
    document["type"] = "/problems/" + error.type;
    document["title"] = titleOf(error.type);
    if (const auto status = statusOf(error.type)) {
        document["status"] = *status;
    }
    document["detail"] = error.detail;
    boost::json::array errors;
    for (const auto &field : error.fields) {
        errors.push_back({{"pointer", field.pointer}, {"detail", field.detail}});
    }
    document["errors"] = std::move(errors);
    return document;
}

} // namespace nest::cli
