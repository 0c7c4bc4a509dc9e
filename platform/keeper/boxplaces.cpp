// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/boxplaces.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace nest::keeper {
namespace {

bool isNameCharacter(char character)
{
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_' || character == '-';
}

/// Whether a path may begin at this place of the text.
bool canBeginAt(std::string_view text, std::size_t place)
{
    if (place == 0) {
        return true;
    }
    const char before = text[place - 1];
    return !isNameCharacter(before) && before != '/' && before != '.';
}

/// Whether the name that ends at this place is a whole one.
bool canEndAt(std::string_view text, std::size_t place)
{
    if (place >= text.size() || text[place] == '/') {
        return true;
    }
    if (text[place] == '.') { // the end of a sentence, not of a name
        return place + 1 == text.size() || !isNameCharacter(text[place + 1]);
    }
    return !isNameCharacter(text[place]);
}

template <typename Places, typename Member>
std::string replaced(std::string_view text, const Places &places, Member from, Member to, bool beginsAnywhere)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto found =
            text[i] != '/' || (!beginsAnywhere && !canBeginAt(text, i))
                ? places.end()
                : std::ranges::find_if(places, [&](const auto &place) {
                      const std::string &path = place.*from;
                      return text.substr(i).starts_with(path) && canEndAt(text, i + path.size());
                  });
        if (found == places.end()) {
            result += text[i++];
        } else {
            result += (*found).*to;
            i += ((*found).*from).size();
        }
    }
    return result;
}

std::string variableOf(std::string_view inside)
{
    std::string name = "NEST_AT";
    for (const char character : inside) {
        name += isNameCharacter(character)
                    ? static_cast<char>(std::toupper(static_cast<unsigned char>(character)))
                    : '_';
    }
    return name;
}

} // namespace

std::string canonicalPath(const std::string &path)
{
    std::error_code error;
    auto real = std::filesystem::canonical(path, error);
    return error ? path : real.string();
}

BoxPlaces::BoxPlaces(const std::vector<Bind> &binds, const std::string &temporaryFolder)
{
    m_byInside.push_back({temporaryFolder, "/tmp"});
    for (const auto &bind : binds) {
        m_byInside.push_back({canonicalPath(bind.host), bind.inside});
    }
    m_byHost = m_byInside;
    std::ranges::sort(m_byInside, std::greater(), [](const Place &place) { return place.inside.size(); });
    std::ranges::sort(m_byHost, std::greater(), [](const Place &place) { return place.host.size(); });
}

std::string BoxPlaces::toHost(std::string_view text) const
{
    return replaced(text, m_byInside, &Place::inside, &Place::host, false);
}

std::string BoxPlaces::toInside(std::string_view text) const
{
    return replaced(text, m_byHost, &Place::host, &Place::inside, true); // "file:///home/…" too
}

BoxSpec BoxPlaces::onHost(BoxSpec spec) const
{
    for (auto &word : spec.command) {
        word = toHost(word);
    }
    std::map<std::string, std::string> environment{
        {"PATH", "/usr/bin"}, {"LANG", "C.UTF-8"}, {"HOME", toHost("/tmp")}, {"TMPDIR", toHost("/tmp")}};
    for (const auto &place : m_byInside) {
        if (place.inside != "/tmp") {
            environment[variableOf(place.inside)] = place.host;
        }
    }
    for (const auto &[name, value] : spec.environment) {
        environment[name] = toHost(value);
    }
    spec.environment = std::move(environment);
    spec.workingDirectory = toHost(spec.workingDirectory);
    for (auto &bind : spec.binds) {
        bind.host = canonicalPath(bind.host);
    }
    return spec;
}

} // namespace nest::keeper
