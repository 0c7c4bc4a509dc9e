// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/secrets/redaction.h"

#include <boost/json.hpp>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <random>

namespace nest::secrets {

namespace {

/// As it stands between the quotes of a JSON text.
std::string escaped(std::string_view text)
{
    auto quoted = boost::json::serialize(boost::json::string(text));
    return quoted.substr(1, quoted.size() - 2);
}

std::uint64_t beginOf(std::string_view text)
{
    std::uint64_t begin = 0;
    std::memcpy(&begin, text.data(), Redaction::shortest);
    return begin;
}

std::uint64_t oddNumber()
{
    std::random_device random;
    return (std::uint64_t(random()) << 32) | random() | 1U;
}

std::size_t common(std::string_view a, std::string_view b)
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

bool isInsideACharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; // of UTF-8
}

} // namespace

Redaction::Redaction(std::map<std::string, std::string> values)
    : m_values(std::move(values)), m_byBegin(0, Hash{oddNumber()})
{
    for (const auto &[name, value] : m_values) {
        hide(value);
        std::size_t lines = 0;
        for (std::size_t begin = 0; value.contains('\n') && begin < value.size() && lines < mostLines;) {
            const auto end = std::min(value.find('\n', begin), value.size());
            auto line = std::string_view(value).substr(begin, end - begin);
            if (line.ends_with('\r')) {
                line.remove_suffix(1);
            }
            if (line.size() >= shortest) {
                hide(line);
                ++lines;
            }
            begin = end + 1;
        }
    }
    index();
}

void Redaction::hide(std::string_view text)
{
    if (text.size() < shortest || mark.contains(text)) {
        return;
    }
    m_hidden.push_back({text});
    if (auto inJson = escaped(text); inJson != text) {
        m_hidden.push_back({m_escaped.emplace_back(std::move(inJson))});
    }
}

void Redaction::index()
{
    std::ranges::sort(m_hidden, {}, &Hidden::text);
    const auto twice = std::ranges::unique(m_hidden, {}, &Hidden::text);
    m_hidden.erase(twice.begin(), twice.end());
    std::vector<const Hidden *> open; // each begins with the one before it
    for (auto &hidden : m_hidden) {
        while (!open.empty() && !hidden.text.starts_with(open.back()->text)) {
            open.pop_back();
        }
        hidden.within = open.empty() ? nullptr : open.back();
        if (hidden.text.size() <= whole) {
            open.push_back(&hidden);
        }
    }
    for (auto begin = m_hidden.cbegin(); begin != m_hidden.cend();) {
        const auto key = beginOf(begin->text);
        const auto end = std::find_if(begin, m_hidden.cend(),
                                      [&](const Hidden &hidden) { return beginOf(hidden.text) != key; });
        m_byBegin.emplace(key, std::span(begin, end));
        begin = end;
    }
}

/// How many bytes of the text's begin are to be hidden.
std::size_t Redaction::hiddenAt(std::string_view text) const
{
    const auto found = m_byBegin.find(beginOf(text));
    if (found == m_byBegin.end()) {
        return 0;
    }
    // The one that is most like the text is the last before it or the first after it.
    const auto &some = found->second;
    const auto after = std::ranges::upper_bound(some, text, {}, &Hidden::text);
    std::size_t length = 0;
    if (after != some.end()) {
        const auto alike = common(after->text, text);
        length = alike >= whole ? alike : 0;
    }
    if (after != some.begin()) {
        const auto *before = &*std::prev(after);
        const auto alike = common(before->text, text);
        if (alike >= whole) {
            length = std::max(length, alike);
        } else {
            while (before != nullptr && before->text.size() > alike) {
                before = before->within;
            }
            length = std::max(length, before == nullptr ? 0 : before->text.size());
        }
    }
    while (length > 0 && length < text.size() && isInsideACharacter(text[length])) {
        ++length;
    }
    return length;
}

void Redaction::apply(std::string &line) const
{
    if (m_hidden.empty()) {
        return;
    }
    const std::string_view text = line;
    std::string kept;
    std::size_t end = 0; // of what is hidden; all before it is in `kept` or left out
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        if (at + whole <= end) {
            at = end - whole; // what begins before is as good as whole within it
        }
        const auto length = hiddenAt(text.substr(at));
        if (length == 0 || at + length <= end) {
            continue;
        }
        if (at >= end) { // else two overlap, and have one mark
            kept.append(text.substr(end, at - end)).append(mark);
        }
        end = at + length;
    }
    if (end > 0) {
        kept.append(text.substr(end));
        line = std::move(kept);
    }
}

std::shared_ptr<const Redaction> Redactions::of(const std::string &function,
                                                const std::map<std::string, std::string> &values)
{
    std::erase_if(m_living, [](auto &living) {
        std::erase_if(living.second, [](const auto &each) { return each.expired(); });
        return living.second.empty();
    });
    auto &living = m_living[function];
    for (const auto &each : living) {
        if (auto redaction = each.lock(); redaction && redaction->values() == values) {
            return redaction;
        }
    }
    auto redaction = std::make_shared<const Redaction>(values);
    living.push_back(redaction);
    return redaction;
}

} // namespace nest::secrets
