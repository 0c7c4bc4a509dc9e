// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/router.h"

#include <boost/url/encoding_opts.hpp>
#include <boost/url/pct_string_view.hpp>

namespace nest::control {

namespace {

std::string_view takeSegment(std::string_view &rest)
{
    const auto end = rest.find('/');
    const auto segment = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return segment;
}

bool isName(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool matches(std::string_view pattern, std::string_view path,
             std::map<std::string, std::string, std::less<>> &parameters)
{
    if (!pattern.starts_with('/') || !path.starts_with('/')) {
        return false;
    }
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    while (!pattern.empty()) {
        auto wanted = takeSegment(pattern);
        if (isName(wanted)) {
            wanted = wanted.substr(1, wanted.size() - 2);
            if (wanted.ends_with("...")) {
                parameters.emplace(wanted.substr(0, wanted.size() - 3), path);
                return !path.empty();
            }
            const auto segment = takeSegment(path);
            if (segment.empty()) {
                return false;
            }
            parameters.emplace(wanted, segment);
        } else if (takeSegment(path) != wanted) {
            return false;
        }
    }
    return path.empty();
}

std::string decoded(std::string_view text)
{
    const auto checked = boost::urls::make_pct_string_view(text);
    if (!checked) {
        return std::string(text);
    }
    boost::urls::encoding_opts options;
    options.space_as_plus = true;
    return checked->decode(options);
}

} // namespace

const std::string &Call::parameter(std::string_view name) const
{
    static const std::string none;
    const auto found = parameters.find(name);
    return found == parameters.end() ? none : found->second;
}

std::optional<std::string> Call::queryValue(std::string_view name) const
{
    const auto found = query.find(name);
    return found == query.end() ? std::nullopt : std::optional(found->second);
}

void Router::add(std::string method, std::string pattern, Handler handler)
{
    m_routes.push_back({std::move(method), std::move(pattern), std::move(handler), {}});
}

void Router::addStream(std::string pattern, StreamHandler handler)
{
    m_routes.push_back({"GET", std::move(pattern), {}, std::move(handler)});
}

Result<Router::Match> Router::find(std::string_view method, std::string_view path) const
{
    std::string allowed;
    for (const auto &route : m_routes) {
        std::map<std::string, std::string, std::less<>> parameters;
        if (!matches(route.pattern, path, parameters)) {
            continue;
        }
        if (route.method == method) {
            return Match{&route, std::move(parameters)};
        }
        allowed += (allowed.empty() ? "" : ", ") + route.method;
    }
    if (!allowed.empty()) {
        return failure("control/method-not-allowed", std::string(method) + " does not work on " +
                                                         std::string(path) + ". Allowed: " + allowed + ".");
    }
    return failure("control/unknown-route", "There is nothing at " + std::string(path) +
                                                ". The addresses are listed in /v1/openapi.json.");
}

std::map<std::string, std::string, std::less<>> parseQuery(std::string_view query)
{
    std::map<std::string, std::string, std::less<>> values;
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        const auto equals = pair.find('=');
        if (!pair.empty()) {
            values[decoded(pair.substr(0, equals))] =
                equals == std::string_view::npos ? std::string{} : decoded(pair.substr(equals + 1));
        }
    }
    return values;
}

} // namespace nest::control
