// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/namefiles.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace nest::engines {
namespace {

const std::vector<std::pair<std::string, std::string>> &contents()
{
    static const std::vector<std::pair<std::string, std::string>> files{
        {"hosts", "127.0.0.1 localhost fn\n::1 localhost\n"},
        {"nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"},
        // A name server that does not answer costs a function four seconds, not thirty.
        {"resolv.conf",
         std::string("nameserver ") + keeper::nameServerInBox + "\noptions timeout:2 attempts:2\n"}};
    return files;
}

bool holds(const std::string &path, const std::string &content)
{
    std::ifstream file(path, std::ios::binary);
    return file && std::string(std::istreambuf_iterator<char>(file), {}) == content;
}

} // namespace

Result<std::vector<keeper::Bind>> nameFiles(const std::string &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::vector<keeper::Bind> binds;
    for (const auto &[name, content] : contents()) {
        const auto path = folder + '/' + name;
        if (!holds(path, content)) {
            const auto building = path + ".new"; // whoever has the present one open keeps it
            std::ofstream file(building, std::ios::binary | std::ios::trunc);
            file << content;
            file.close();
            if (file) {
                std::filesystem::rename(building, path, error);
            }
            if (!file || error) {
                return failure("engines/name-files", "'" + path + "' could not be written" +
                                                         (error ? ": " + error.message() : std::string()) +
                                                         ".");
            }
        }
        binds.push_back({.host = path, .inside = "/etc/" + name});
    }
    return binds;
}

} // namespace nest::engines
