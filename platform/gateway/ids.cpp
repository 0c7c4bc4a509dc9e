// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/ids.h"

#include <algorithm>
#include <bit>

namespace nest::gateway {

namespace {

void appendHex(std::string &out, std::uint64_t value)
{
    for (int shift = 60; shift >= 0; shift -= 4) {
        out += "0123456789abcdef"[(value >> shift) & 15];
    }
}

} // namespace

Random::Random(std::uint64_t seed)
{
    for (std::uint64_t &word : m_state) { // splitmix64
        seed += 0x9e3779b97f4a7c15;
        std::uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        word = mixed ^ (mixed >> 31);
    }
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t shifted = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

std::string requestId(std::chrono::milliseconds sinceEpoch, Random &random)
{
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string id = "inv-";
    const auto time = static_cast<std::uint64_t>(sinceEpoch.count());
    for (int shift = 45; shift >= 0; shift -= 5) {
        id += alphabet[(time >> shift) & 31];
    }
    const std::uint64_t high = random.next();
    const std::uint64_t low = random.next();
    for (int shift = 35; shift >= 0; shift -= 5) {
        id += alphabet[(high >> shift) & 31];
    }
    for (int shift = 35; shift >= 0; shift -= 5) {
        id += alphabet[(low >> shift) & 31];
    }
    return id;
}

std::string traceParent(Random &random)
{
    std::string value = "00-";
    appendHex(value, random.next());
    appendHex(value, random.next() | 1); // all zero is not allowed
    value += '-';
    appendHex(value, random.next() | 1);
    value += "-01";
    return value;
}

bool isTraceParent(std::string_view value)
{
    // 2 - 32 - 16 - 2 hexadecimal digits in lower case
    if (value.size() < 55 || (value.size() > 55 && (value.starts_with("00") || value[55] != '-')) ||
        value.starts_with("ff") || value[2] != '-' || value[35] != '-' || value[52] != '-') {
        return false;
    }
    const auto isHex = [](std::string_view part) {
        return std::ranges::all_of(part,
                                   [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    };
    const auto isZero = [](std::string_view part) {
        return part.find_first_not_of('0') == std::string_view::npos;
    };
    const std::string_view trace = value.substr(3, 32);
    const std::string_view span = value.substr(36, 16);
    return isHex(value.substr(0, 2)) && isHex(trace) && isHex(span) && isHex(value.substr(53, 2)) &&
           !isZero(trace) && !isZero(span);
}

} // namespace nest::gateway
