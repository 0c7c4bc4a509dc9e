// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The walker behind codec.h; included by codec.cpp and by the test that holds the types against openapi.yaml.

#include "api/wire/common.h"
#include "api/wire/result.h"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <cctype>
#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

namespace nest::wire::detail {

namespace json = boost::json;
namespace describe = boost::describe;

template <typename T>
struct IsOptional : std::false_type
{};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type
{};
template <typename T>
struct IsVector : std::false_type
{};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type
{};
template <typename E>
concept DescribedEnum = std::is_enum_v<E> && describe::has_describe_enumerators<E>::value;
template <typename T>
concept DescribedStruct = std::is_class_v<T> && describe::has_describe_members<T>::value;

template <typename T>
using Members = describe::describe_members<T, describe::mod_public>;

inline std::string lowerCamel(std::string_view name)
{
    std::string text(name);
    if (!text.empty()) {
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    }
    return text;
}

template <DescribedEnum E>
std::string enumName(E value)
{
    const char *name = describe::enum_to_string(value, "");
    return lowerCamel(name);
}

template <DescribedEnum E>
std::vector<std::string> enumNames()
{
    std::vector<std::string> names;
    boost::mp11::mp_for_each<describe::describe_enumerators<E>>(
        [&](auto entry) { names.push_back(lowerCamel(entry.name)); });
    return names;
}

inline std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const auto &name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

inline std::string escapedPointer(std::string_view key)
{
    std::string text;
    for (const char c : key) {
        if (c == '~') {
            text += "~0";
        } else if (c == '/') {
            text += "~1";
        } else {
            text += c;
        }
    }
    return text;
}

/// Walks a parsed value into a described type and notes every field that does not fit.
class Reader
{
public:
    explicit Reader(bool refuseUnknown) : m_refuseUnknown(refuseUnknown) {}

    std::vector<FieldError> errors;

    template <typename T>
    void read(const json::value &from, T &to, const std::string &pointer)
    {
        if constexpr (std::is_same_v<T, bool>) {
            if (from.is_bool()) {
                to = from.get_bool();
            } else {
                expected(pointer, "true or false");
            }
        } else if constexpr (std::integral<T>) {
            readInteger(from, to, pointer);
        } else if constexpr (std::floating_point<T>) {
            if (from.is_number()) {
                to = from.to_number<T>();
            } else {
                expected(pointer, "a number");
            }
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (from.is_string()) {
                to = std::string(from.get_string());
            } else {
                expected(pointer, "a string");
            }
        } else if constexpr (std::is_same_v<T, Time>) {
            const auto time =
                from.is_string() ? parseTime(std::string_view(from.get_string())) : std::nullopt;
            if (time) {
                to = *time;
            } else {
                expected(pointer, "a time such as 2026-03-01T10:58:26.204Z");
            }
        } else if constexpr (std::is_same_v<T, RawJson>) {
            to.text = json::serialize(from);
        } else if constexpr (std::is_same_v<T, Environment>) {
            readMap(from, to, pointer);
        } else if constexpr (IsOptional<T>::value) {
            if (from.is_null()) {
                to.reset();
            } else {
                read(from, to.emplace(), pointer);
            }
        } else if constexpr (IsVector<T>::value) {
            readArray(from, to, pointer);
        } else if constexpr (DescribedEnum<T>) {
            readEnumerator(from, to, pointer);
        } else {
            readObject(from, to, pointer);
        }
    }

private:
    void expected(const std::string &pointer, const std::string &what)
    {
        errors.push_back({pointer, "must be " + what});
    }

    template <typename T>
    void readInteger(const json::value &from, T &to, const std::string &pointer)
    {
        boost::system::error_code code;
        const auto number = from.is_number() ? from.to_number<T>(code) : T{};
        if (!from.is_number() || code) {
            expected(pointer, "a whole number from " + std::to_string(std::numeric_limits<T>::min()) +
                                  " to " + std::to_string(std::numeric_limits<T>::max()));
            return;
        }
        to = number;
    }

    void readMap(const json::value &from, Environment &to, const std::string &pointer)
    {
        if (!from.is_object()) {
            expected(pointer, "an object of strings");
            return;
        }
        to.clear();
        for (const auto &[key, value] : from.get_object()) {
            read(value, to[std::string(key)], pointer + '/' + escapedPointer(key));
        }
    }

    template <typename T>
    void readArray(const json::value &from, std::vector<T> &to, const std::string &pointer)
    {
        if (!from.is_array()) {
            expected(pointer, "an array");
            return;
        }
        const auto &array = from.get_array();
        to.clear();
        to.resize(array.size());
        for (std::size_t i = 0; i < array.size(); ++i) {
            read(array[i], to[i], pointer + '/' + std::to_string(i));
        }
    }

    template <typename E>
    void readEnumerator(const json::value &from, E &to, const std::string &pointer)
    {
        bool found = false;
        if (from.is_string()) {
            boost::mp11::mp_for_each<describe::describe_enumerators<E>>([&](auto entry) {
                if (!found && lowerCamel(entry.name) == std::string_view(from.get_string())) {
                    to = entry.value;
                    found = true;
                }
            });
        }
        if (!found) {
            expected(pointer, "one of " + joined(enumNames<E>()));
        }
    }

    template <typename T>
    void readObject(const json::value &from, T &to, const std::string &pointer)
    {
        if (!from.is_object()) {
            expected(pointer, "an object");
            return;
        }
        const auto &object = from.get_object();
        std::size_t known = 0;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            if (const auto *value = object.if_contains(member.name)) {
                ++known;
                read(*value, to.*member.pointer, pointer + '/' + member.name);
            }
        });
        if (m_refuseUnknown && known != object.size()) {
            reportUnknown<T>(object, pointer);
        }
    }

    template <typename T>
    void reportUnknown(const json::object &object, const std::string &pointer)
    {
        for (const auto &[key, value] : object) {
            bool known = false;
            std::vector<std::string> names;
            boost::mp11::mp_for_each<Members<T>>([&](auto member) {
                known = known || key == member.name;
                names.emplace_back(member.name);
            });
            if (!known) {
                errors.push_back(
                    {pointer + '/' + escapedPointer(key), "is not a known field. Known: " + joined(names)});
            }
        }
    }

    bool m_refuseUnknown;
};

inline void writeString(std::string &out, std::string_view text)
{
    out += json::serialize(json::string_view(text.data(), text.size()));
}

template <typename T>
void writeValue(std::string &out, const T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_arithmetic_v<T>) {
        if constexpr (std::floating_point<T>) {
            if (!std::isfinite(value)) {
                out += "null";
                return;
            }
        }
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
        out.append(buffer.data(), end);
    } else if constexpr (std::is_same_v<T, std::string>) {
        writeString(out, value);
    } else if constexpr (std::is_same_v<T, Time>) {
        out += '"' + toString(value) + '"';
    } else if constexpr (std::is_same_v<T, RawJson>) {
        out += value.text;
    } else if constexpr (std::is_same_v<T, Environment>) {
        out += '{';
        for (bool first = true; const auto &[key, text] : value) {
            out += std::exchange(first, false) ? "" : ",";
            writeString(out, key);
            out += ':';
            writeString(out, text);
        }
        out += '}';
    } else if constexpr (IsOptional<T>::value) {
        if (value) {
            writeValue(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (IsVector<T>::value) {
        out += '[';
        for (bool first = true; const auto &item : value) {
            out += std::exchange(first, false) ? "" : ",";
            writeValue(out, item);
        }
        out += ']';
    } else if constexpr (DescribedEnum<T>) {
        out += '"' + enumName(value) + '"';
    } else {
        out += '{';
        bool first = true;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            const auto &field = value.*member.pointer;
            if constexpr (IsOptional<std::decay_t<decltype(field)>>::value) {
                if (!field) {
                    return;
                }
            }
            out += std::exchange(first, false) ? "\"" : ",\"";
            out += member.name;
            out += "\":";
            writeValue(out, field);
        });
        out += '}';
    }
}

} // namespace nest::wire::detail
