// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/slotfolder.h"

#include <filesystem>

namespace nest::engines {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> slotFailure(const std::string &what, const std::error_code &error)
{
    return failure("engines/slot", what + ": " + error.message() + ".");
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

Result<> fillSlotFolder(const std::string &folder, const std::string &codeDir)
{
    std::error_code error;
    const fs::path from(codeDir);
    const fs::path to(folder);
    for (fs::recursive_directory_iterator entry(from, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto target = to / entry->path().lexically_relative(from);
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
    return error ? Result<>(slotFailure("The code could not be read at " + codeDir, error)) : Result<>();
}

bool isEmptyFolder(const std::string &folder)
{
    std::error_code error;
    return fs::is_empty(folder, error) && !error;
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
