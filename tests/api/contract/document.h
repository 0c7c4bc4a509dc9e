// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The built openapi.json, read once by each test of the contract. Owner: the test.

#include <QFile>
#include <QString>

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace nest::contract {

/// Empty, with a reason on the console, when there is none.
inline boost::json::object readDocument()
{
    QFile file(QString::fromUtf8(NEST_BINARY_DIR "/share/nest/openapi.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("%s: %s", qUtf8Printable(file.fileName()), qUtf8Printable(file.errorString()));
        return {};
    }
    const auto bytes = file.readAll();
    boost::system::error_code code;
    auto value = boost::json::parse(std::string_view(bytes.constData(), std::size_t(bytes.size())), code);
    return !code && value.is_object() ? value.get_object() : boost::json::object{};
}

/// The value at "#/components/…"; openapi.py has made sure that it is there.
inline const boost::json::value &at(const boost::json::object &document, std::string_view reference)
{
    const boost::json::object *here = &document;
    reference.remove_prefix(2);
    while (true) {
        const auto end = reference.find('/');
        const auto &value = here->at(reference.substr(0, end));
        if (end == std::string_view::npos) {
            return value;
        }
        here = &value.as_object();
        reference.remove_prefix(end + 1);
    }
}

/// Follows a $ref, if it is one.
inline const boost::json::object &resolved(const boost::json::object &document,
                                           const boost::json::value &value)
{
    const auto &object = value.as_object();
    const auto *reference = object.if_contains("$ref");
    return reference ? at(document, std::string_view(reference->as_string())).as_object() : object;
}

inline std::string text(const boost::json::object &object, std::string_view key)
{
    const auto *value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace nest::contract
