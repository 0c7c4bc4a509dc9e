// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/runtimefolder.h"

#include "platform/keeper/listenerhandover.h"
#include "platform/keeper/temporaryfolder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace nest::keeper {
namespace {

constexpr int backlog = 1024;             // requests that wait while the function boots
constexpr std::size_t shortIdLength = 12; // the end of a ULID: its random part

std::unexpected<Error> folderFailure(const std::string &what, int error)
{
    return failure("keeper/folder", what + ": " + std::strerror(error) + ".");
}

Result<FileDescriptor> listenAt(const std::string &path)
{
    if (path.size() >= maxSocketPathBytes) {
        return failure("keeper/folder",
                       "The socket path '" + path + "' is too long. Choose a shorter runtime folder.");
    }
    FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen()) {
        return folderFailure("No socket could be made", errno);
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    ::unlink(path.c_str()); // left by a keeper that was killed; the lock says that it is gone
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(socket.get(), backlog) != 0) {
        return folderFailure("The socket '" + path + "' could not be opened", errno);
    }
    return socket;
}

} // namespace

Result<RuntimeFolder> RuntimeFolder::open(const std::string &directory)
{
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    struct stat status{};
    if (::stat(directory.c_str(), &status) != 0) {
        return folderFailure("The runtime folder '" + directory + "' could not be made", errno);
    }
    if (status.st_uid != ::geteuid()) {
        return failure("keeper/folder", "The runtime folder '" + directory + "' belongs to another user.");
    }
    ::chmod(directory.c_str(), S_IRWXU);
    FileDescriptor lock(::open((directory + "/keeper.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.isOpen()) {
        return folderFailure("The lock in '" + directory + "' could not be opened", errno);
    }
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return failure("keeper/locked", "Another nest-keeper runs in '" + directory + "'.");
    }
    const auto pid = std::to_string(::getpid()) + '\n';
    if (::ftruncate(lock.get(), 0) != 0 || ::write(lock.get(), pid.data(), pid.size()) < 0) {
        return folderFailure("The lock in '" + directory + "' could not be written", errno);
    }
    const auto instances = directory + "/i";
    std::filesystem::remove_all(instances, error);
    if (::mkdir(instances.c_str(), S_IRWXU) != 0) {
        return folderFailure("The folder '" + instances + "' could not be made", errno);
    }
    removeFolder(directory + "/t"); // of boxes that ended with the keeper before
    return RuntimeFolder(directory, std::move(lock));
}

Result<FileDescriptor> RuntimeFolder::listenForControl() const
{
    return listenAt(m_directory + "/keeper.sock");
}

void RuntimeFolder::removeControl() const
{
    ::unlink((m_directory + "/keeper.sock").c_str());
    ::unlink(doorPath(m_directory).c_str());
}

std::string RuntimeFolder::instancePath(const std::string &id) const
{
    return m_directory + "/i/" + id.substr(id.size() > shortIdLength ? id.size() - shortIdLength : 0) +
           ".sock";
}

Result<FileDescriptor> RuntimeFolder::listenForInstance(const std::string &id) const
{
    const auto path = instancePath(id);
    if (::access(path.c_str(), F_OK) == 0) {
        return failure("keeper/duplicate", "An instance whose id ends like '" + id + "' runs already.");
    }
    return listenAt(path);
}

void RuntimeFolder::removeInstance(const std::string &id) const
{
    ::unlink(instancePath(id).c_str());
}

} // namespace nest::keeper
