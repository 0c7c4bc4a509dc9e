// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person fills in to make a function, checked while typing, and the files that come of it.
//
// Pure functions over values; any thread.

#include "api/wire/types.h"

#include <string>
#include <vector>

namespace nest::models {

/// The three rules of a name, each for itself, and how to mend it.
struct NameCheck
{
    bool hasGoodLetters = false; // a to z first, then also 0 to 9 and the dash
    bool hasGoodLength = false;  // 3 to 40
    bool isFree = false;
    std::string mended; // the name that would do, empty when it is fine or nothing can be made of it
    [[nodiscard]] bool isGood() const { return hasGoodLetters && hasGoodLength && isFree; }
    bool operator==(const NameCheck &) const = default;
};
NameCheck checkName(const std::string &name, bool isTaken);

struct NewFunction
{
    std::string name;
    std::string service = "default";
    std::string runtime = "node20";
    wire::GroupName group;
    int memoryMegabytes = 256;
    int timeoutSeconds = 10;
    int reserved = 0;
    int maximum = 10;
    bool operator==(const NewFunction &) const = default;
};

/// What is wrong with the numbers, in a sentence; empty when nothing is.
std::string numbersProblem(const NewFunction &function);

/// The template's files with the name filled in, and its manifest with the settings written into it.
std::vector<wire::File> filesOf(const wire::Template &from, const NewFunction &function);

} // namespace nest::models
