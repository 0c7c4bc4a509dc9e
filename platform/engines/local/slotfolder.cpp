// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/slotfolder.h"

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>

namespace nest::engines {

namespace {

namespace fs = std::filesystem;

constexpr auto preloadFile = ".nest-preload.mjs";

std::unexpected<Error> slotFailure(const std::string &what, const std::error_code &error)
{
    return failure("engines/slot", what + ": " + error.message() + ".");
}

Result<> linkTree(const fs::path &from, const fs::path &to, const std::string &without)
{
    std::error_code error;
    for (fs::recursive_directory_iterator entry(from, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto name = entry->path().lexically_relative(from);
        if (!without.empty() && name == without) {
            entry.disable_recursion_pending();
            continue;
        }
        const auto target = to / name;
        std::error_code failed;
        if (entry->is_directory(failed)) {
            fs::create_directory(target, failed);
        } else if (entry->is_regular_file(failed)) {
            fs::create_hard_link(entry->path(), target, failed);
        }
        if (failed) {
            return slotFailure("The code could not be linked to " + target.string(), failed);
        }
    }
    return error ? Result<>(slotFailure("The code could not be read at " + from.string(), error))
                 : Result<>();
}

} // namespace

Result<std::string> makeSlotFolder(const std::string &parent, const std::string &id)
{
    std::error_code error;
    const auto folder = parent + '/' + id;
    fs::create_directories(folder, error);
    if (error) {
        return slotFailure("The folder of a pool's slot could not be made at " + folder, error);
    }
    return folder;
}

Result<> linkPackages(const std::string &folder, const std::string &codeDir, const std::string &packages)
{
    std::error_code error;
    const auto from = fs::path(codeDir) / packages;
    if (packages.empty() || !fs::is_directory(from, error)) {
        return failure("engines/slot", "There are no packages at " + from.string() + '.');
    }
    const auto to = fs::path(folder) / packages;
    fs::create_directory(to, error);
    return error ? Result<>(slotFailure("The folder of packages could not be made at " + to.string(), error))
                 : linkTree(from, to, {});
}

Result<> writePreload(const std::string &folder, const std::vector<std::string> &modules)
{
    std::ofstream file(folder + '/' + preloadFile, std::ios::trunc);
    for (const auto &module : modules) {
        file << "import " << boost::json::serialize(boost::json::string(module)) << ";\n";
    }
    file.close();
    return file ? Result<>()
                : Result<>(
                      failure("engines/slot", "The modules of a pool could not be named in " + folder + '.'));
}

Result<> fillSlotFolder(const std::string &folder, const std::string &codeDir, const std::string &without)
{
    return linkTree(codeDir, folder, without);
}

bool isEmptyFolder(const std::string &folder, const std::string &except)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename();
        if (name != preloadFile && (except.empty() || name != except)) {
            return false;
        }
    }
    return !error;
}

void removeSlotFolder(const std::string &parent, const std::string &id)
{
    std::error_code ignored; // what is left is looked for again at the next start
    fs::remove_all(parent + '/' + id, ignored);
}

std::vector<std::string> slotFolders(const std::string &parent)
{
    std::vector<std::string> ids;
    std::error_code error;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
        ids.push_back(entry->path().filename().string());
    }
    return ids;
}

} // namespace nest::engines
