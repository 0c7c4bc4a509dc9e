// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paths of a box that has no file system of its own: what a BoxSpec names by the path inside ("/code") lies
// at its path on the host. Commands, environment and working directory are written in paths inside; this is
// the one place that turns them into paths of the host, and turns what the box prints back.
//
// A program finds what it knows by a fixed path in NEST_AT_<PATH>: NEST_AT_CODE, NEST_AT_RUN_NEST.
// Plain values, any thread.

#include "platform/keeper/box.h"

#include <string>
#include <string_view>
#include <vector>

namespace nest::keeper {

class BoxPlaces final
{
public:
    BoxPlaces() = default;
    /// temporaryFolder stands for /tmp.
    BoxPlaces(const std::vector<Bind> &binds, const std::string &temporaryFolder);

    /// Whole paths only, wherever they stand in the text: "-cp /nest/a.jar:/nest/b.jar", not "/nested".
    std::string toHost(std::string_view text) const;
    /// Of what the box prints, so that a person reads the paths of the box, and no folder of the platform.
    std::string toInside(std::string_view text) const;

    /// The same box in paths of the host, with the variables that name them.
    BoxSpec onHost(BoxSpec spec) const;

private:
    struct Place
    {
        std::string host;
        std::string inside;
    };
    std::vector<Place> m_byInside; // the longest first
    std::vector<Place> m_byHost;
};

/// A path of the host as the kernel sees it, without links; as it is when nothing is there.
std::string canonicalPath(const std::string &path);

} // namespace nest::keeper
