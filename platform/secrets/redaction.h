// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Takes the values of secrets out of what a function printed, before it is kept or sent on.
//
// A value is found as it is, as JSON writes it, and each line of one that has several (the first mostLines).
// Shorter than shortest it is left, as it would be found in every other word. A text longer than whole is
// found by its first bytes, and hidden as far as the line goes on like it.
//
// Each line passes here on the control thread, so its cost follows its length, not the number or size of the
// secrets: a place is looked up by the first bytes of all texts, then in their sorted list. Immutable and
// shared by all instances with the same values: any thread. Redactions: one thread.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nest::secrets {

class Redaction final
{
public:
    static constexpr std::size_t shortest = 6;    // bytes
    static constexpr std::size_t whole = 256;     // bytes that are compared at each place of a line
    static constexpr std::size_t mostLines = 512; // of a value: all of a key or of a chain of certificates
    static constexpr std::string_view mark = "•••";

    explicit Redaction(std::map<std::string, std::string> values = {});
    Redaction(const Redaction &) = delete; // what is hidden is looked at where it lies
    Redaction &operator=(const Redaction &) = delete;

    void apply(std::string &line) const;
    [[nodiscard]] bool isEmpty() const { return m_hidden.empty(); }
    [[nodiscard]] const std::map<std::string, std::string> &values() const { return m_values; }

private:
    struct Hidden
    {
        std::string_view text;
        const Hidden *within = nullptr; // the longest other one, not above `whole`, that it begins with
    };
    struct Hash
    {
        std::uint64_t factor; // odd and of its own, so that no values are made to meet
        std::size_t operator()(std::uint64_t key) const { return (key * factor) >> 16; }
    };

    void hide(std::string_view text);
    void index();
    [[nodiscard]] std::size_t hiddenAt(std::string_view text) const;

    std::map<std::string, std::string> m_values;
    std::deque<std::string> m_escaped;
    std::vector<Hidden> m_hidden; // sorted by text
    std::unordered_map<std::uint64_t, std::span<const Hidden>, Hash> m_byBegin;
};

/// One Redaction for all that have the same values, as long as one of them lives.
class Redactions final
{
public:
    std::shared_ptr<const Redaction> of(const std::string &function,
                                        const std::map<std::string, std::string> &values);

private:
    std::map<std::string, std::vector<std::weak_ptr<const Redaction>>> m_living;
};

} // namespace nest::secrets
