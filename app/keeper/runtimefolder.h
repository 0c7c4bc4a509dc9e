// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The keeper's folder: keeper.lock, keeper.sock (control), i/<short id>.sock (one an
// instance) and t/<id>, the temporary folder of a box that has no /tmp of its own.
//
// Invariants: the lock is held as long as this object lives; socket paths are shorter than
// maxSocketPathBytes, or the socket is not made; all of it is for this user only.

#include "api/wire/result.h"
#include "platform/keeper/filedescriptor.h"

#include <string>

namespace nest::keeper {

inline constexpr std::size_t maxSocketPathBytes = 100; // sockaddr_un holds 108, some tools less

class RuntimeFolder final
{
public:
    /// Fails with "keeper/locked" when another keeper has it.
    static Result<RuntimeFolder> open(const std::string &directory);

    Result<FileDescriptor> listenForControl() const;
    void removeControl() const;

    std::string temporaryPath(const std::string &id) const { return m_directory + "/t/" + id; }
    std::string instancePath(const std::string &id) const;
    Result<FileDescriptor> listenForInstance(const std::string &id) const;
    void removeInstance(const std::string &id) const;

private:
    RuntimeFolder(std::string directory, FileDescriptor lock)
        : m_directory(std::move(directory)), m_lock(std::move(lock))
    {}

    std::string m_directory;
    FileDescriptor m_lock;
};

} // namespace nest::keeper
