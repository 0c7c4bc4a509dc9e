// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nestd/obstacles.h"

#include "api/wire/codec.h"
#include "platform/http/sockets.h"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace nest::nestd {

namespace {

namespace fs = std::filesystem;

std::string reason(int error)
{
    return std::generic_category().message(error);
}

/// Why no file can be made in `folder`, which is there; nothing when it can. Root may write everywhere as far
/// as access() knows, but the kernel's own file systems take no files from anybody.
std::string whyNotWritable(const fs::path &folder)
{
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        return folder.string() + " is no folder";
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return reason(errno);
    }
    struct statfs system{};
    if (::statfs(folder.c_str(), &system) == 0 &&
        (system.f_type == PROC_SUPER_MAGIC || system.f_type == SYSFS_MAGIC)) {
        return folder.string() + " belongs to the kernel";
    }
    return {};
}

void checkFolder(const std::string &path, const char *option, std::vector<std::string> &found)
{
    std::error_code error;
    auto nearest = fs::absolute(path, error);
    while (!fs::exists(fs::symlink_status(nearest, error)) && nearest.has_relative_path()) {
        nearest = nearest.parent_path();
    }
    if (const auto why = whyNotWritable(nearest); !why.empty()) {
        found.push_back("The folder " + path + " cannot be written: " + why +
                        ". Give this user the right to it, or choose another one with " + option + ".");
    }
}

/// Ports of the platform that runs in this runtime folder, as ":7070" at the end of their addresses.
std::vector<std::string> addressesOfRunning(const std::string &runtimeDirectory)
{
    std::ifstream file(runtimeDirectory + "/endpoint.json");
    std::ostringstream text;
    text << file.rdbuf();
    const auto endpoint = wire::read<wire::Endpoint>(text.str(), wire::UnknownFields::Ignore);
    if (!endpoint || endpoint->processId <= 0 || ::kill(endpoint->processId, 0) != 0) {
        return {};
    }
    return {endpoint->gatewayUrl, endpoint->tcpUrl.value_or("")};
}

void checkPort(const std::string &address, std::uint16_t port, const char *option,
               const std::vector<std::string> &ours, std::vector<std::string> &found)
{
    for (const auto &url : ours) {
        if (url.ends_with(":" + std::to_string(port))) {
            return;
        }
    }
    if (const auto bound = http::listenOnTcp(address, port); !bound) {
        found.push_back(std::string(option) + ": " + bound.error().detail);
    }
}

void checkProgram(const std::string &path, const std::string &remedy, std::vector<std::string> &found)
{
    std::error_code error;
    if (!fs::exists(path, error)) {
        found.push_back("The program " + path + " is not there. " + remedy);
    } else if (fs::is_directory(path, error) || ::access(path.c_str(), X_OK) != 0) {
        found.push_back(path + " is no program that this user may run. " + remedy);
    }
}

} // namespace

std::vector<std::string> findObstacles(const control::PlatformConfig &config)
{
    std::vector<std::string> found;
    checkFolder(config.dataDirectory, "--data-dir", found);
    checkFolder(config.runtimeDirectory, "--runtime-dir", found);
    const auto ours = addressesOfRunning(config.runtimeDirectory);
    if (config.gateway.portWasSet && config.apiPort == config.gateway.port) {
        found.push_back("--gateway-port and --api-port are both " + std::to_string(config.gateway.port) +
                        ". Choose two.");
    }
    if (config.gateway.portWasSet) {
        checkPort(config.gateway.address, config.gateway.port, "--gateway-port", ours, found);
    }
    if (config.apiPort) {
        checkPort("127.0.0.1", *config.apiPort, "--api-port", ours, found);
    }
    checkProgram(config.keeperProgram, "It belongs beside nestd: install Nest again.", found);
    checkProgram(
        config.bwrapProgram,
        "Functions cannot start without it: install the package bubblewrap, or name the program with "
        "--bwrap.",
        found);
    for (const auto *part : {"runtimes", "templates"}) {
        std::error_code error;
        const auto folder = config.shareDirectory + "/" + part;
        if (!fs::is_directory(folder, error)) {
            found.push_back(
                "The folder " + folder +
                " is not there. Install Nest again, or name the folder that has it with --share-dir.");
        } else if (::access(folder.c_str(), R_OK | X_OK) != 0) {
            found.push_back("The folder " + folder + " cannot be read: " + reason(errno) + ".");
        }
    }
    return found;
}

} // namespace nest::nestd
