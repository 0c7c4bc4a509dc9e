// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The /tmp of a box without a file system of its own: a folder of this user, removed with its owner. What
// runs in the box may do anything in it: names are never followed out of it, and folders that it made
// unreadable are made readable.

#include "api/wire/result.h"

#include <string>

namespace nest::keeper {

struct FolderUse
{
    long long files = 0; // folders and links too
    double megabytes = 0;
};

/// Stops counting where it is beyond `most`.
FolderUse folderUse(const std::string &folder, const FolderUse &most);

/// With all in it. What cannot be removed stays.
void removeFolder(const std::string &folder);

class TemporaryFolder final
{
public:
    TemporaryFolder() = default;
    /// Makes it, empty, for this user alone.
    static Result<TemporaryFolder> make(const std::string &path);
    TemporaryFolder(TemporaryFolder &&other) noexcept;
    TemporaryFolder &operator=(TemporaryFolder &&other) noexcept;
    ~TemporaryFolder();

    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

} // namespace nest::keeper
