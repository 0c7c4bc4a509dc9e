// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One process a database: an advisory lock on a file beside it, given back by the kernel however the
// process ends.

#include "api/wire/result.h"

#include <filesystem>

namespace nest::store {

class FileLock final
{
public:
    FileLock() = default;
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;
    ~FileLock();

    /// store/locked when another process holds it, store/unwritable when the file cannot be made.
    [[nodiscard]] static Result<FileLock> take(const std::filesystem::path &path);

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor = -1;
};

} // namespace nest::store
