// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace nest::keeper {
namespace {

constexpr std::uint64_t readFile = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t readFolder = readFile | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t readContent = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t useDevice =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;
constexpr std::uint64_t ofFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                  LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_TRUNCATE |
                                  LANDLOCK_ACCESS_FS_IOCTL_DEV;
constexpr std::uint64_t devices =
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_IOCTL_DEV;

/// All that this version knows about files: what is not named here would be allowed everywhere.
std::uint64_t accessKnownTo(int version)
{
    std::uint64_t access = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // version 1
    access |= version >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
    access |= version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
    access |= version >= 5 ? LANDLOCK_ACCESS_FS_IOCTL_DEV : 0;
    return access;
}

std::unexpected<Error> landlockFailure(const std::string &what, int error)
{
    return failure("keeper/landlock", what + ": " + std::strerror(error) + ".");
}

class Rules final
{
public:
    static Result<Rules> make(int version, bool hasNetwork)
    {
        landlock_ruleset_attr attributes{};
        attributes.handled_access_fs = accessKnownTo(version);
        if (version >= 4 && !hasNetwork) {
            attributes.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
        }
        if (version >= landlockWithSignals) {
            attributes.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
        }
        FileDescriptor set(static_cast<int>(
            ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0))); // closes by exec
        if (!set.isOpen()) {
            return landlockFailure("The rules for files could not be made", errno);
        }
        return Rules(std::move(set), attributes.handled_access_fs);
    }

    /// False when nothing is there, or it cannot be named.
    bool allow(const std::string &path, std::uint64_t access) const
    {
        const FileDescriptor file(::open(path.c_str(), O_PATH | O_CLOEXEC));
        struct stat status{};
        if (!file.isOpen() || ::fstat(file.get(), &status) != 0) {
            return false;
        }
        landlock_path_beneath_attr rule{};
        rule.allowed_access = access & m_known & (S_ISDIR(status.st_mode) ? ~std::uint64_t{0} : ofFiles);
        rule.parent_fd = file.get();
        return ::syscall(SYS_landlock_add_rule, m_set.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    }

    std::uint64_t writeAll() const { return m_known & ~devices; }
    FileDescriptor take() { return std::move(m_set); }

private:
    Rules(FileDescriptor set, std::uint64_t known) : m_set(std::move(set)), m_known(known) {}

    FileDescriptor m_set;
    std::uint64_t m_known;
};

} // namespace

int landlockVersion()
{
    const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? static_cast<int>(version) : 0;
}

Result<FileDescriptor> landlockRules(const BoxSpec &box, const std::string &temporaryFolder)
{
    auto rules = Rules::make(landlockVersion(), box.hasHostNetwork);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    if (!rules->allow("/usr", readFolder)) {
        return landlockFailure("The rule for /usr could not be made", errno);
    }
    for (const auto &path : hostFiles(box)) {
        rules->allow(path, readFolder); // not every machine has them all
    }
    // In a box with files of its own they are not there. Here they are, and programs that bear the one do not
    // bear to be refused: Python's mimetypes, and pip.
    for (const char *harmless : {"/etc/mime.types", "/etc/debian_version"}) {
        rules->allow(harmless, readFile);
    }
    // No second /proc can be mounted. What belongs to the memory, the environment or the descriptors of a
    // process outside is refused by the kernel all the same.
    rules->allow("/proc", readContent);
    for (const char *device : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
        rules->allow(device, useDevice);
    }
    for (const auto &bind : box.binds) {
        if (!rules->allow(bind.host, bind.isWritable ? rules->writeAll() : readFolder)) {
            return landlockFailure("The rule for '" + bind.host + "' could not be made", errno);
        }
    }
    if (!rules->allow(temporaryFolder, rules->writeAll())) {
        return landlockFailure("The rule for '" + temporaryFolder + "' could not be made", errno);
    }
    return rules->take();
}

bool restrictSelf(const FileDescriptor &rules)
{
    return ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}

} // namespace nest::keeper
