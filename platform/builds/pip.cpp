// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/pip.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/paths.h"
#include "platform/builds/requirements.h"

#include <QCryptographicHash>
#include <QProcess>

#include <algorithm>
#include <filesystem>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

constexpr auto python = "/usr/bin/python3";
constexpr auto pipProgram = "/usr/bin/pip3"; // of the same package as the module that is run
constexpr auto certificates = "/etc/ssl/certs/ca-certificates.crt";
constexpr int pipMemoryMegabytes = 1024;
constexpr int pipLimitSeconds = 5 * 60;

} // namespace

std::optional<PackageWish> pipWish(const BuildFiles &files, std::string_view pythonVersion)
{
    const auto file = std::ranges::find(files, requirementsPath, &BuildFile::path);
    if (file == files.end()) {
        return std::nullopt;
    }
    PackageWish wish;
    wish.tool = PackageTool::Pip;
    const auto read = readRequirements(file->content);
    if (read.lines.empty()) {
        return std::nullopt;
    }
    wish.count = read.lines.size();
    for (const auto &line : read.lines) {
        wish.lock.append(line).append("\n");
    }
    const auto made = wish.lock + '\0' + std::string(pythonVersion);
    wish.key = QCryptographicHash::hash(QByteArray::fromStdString(made), QCryptographicHash::Sha256)
                   .toHex()
                   .toStdString();
    return wish;
}

std::string pythonVersion()
{
    constexpr int limitMs = 5'000;
    QProcess process;
    process.start(QString::fromLatin1(python), {QStringLiteral("--version")});
    return process.waitForFinished(limitMs) ? process.readAllStandardOutput().trimmed().toStdString()
                                            : std::string();
}

engines::JobSpec pipJob(std::string id, const std::string &folder, const std::string &index)
{
    engines::JobSpec job;
    job.id = std::move(id);
    job.arguments = {python,
                     "-I",
                     "-m",
                     "pip",
                     "--isolated",
                     "install",
                     "--target",
                     "/work/site-packages",
                     "--requirement",
                     "/work/requirements.txt",
                     "--only-binary=:all:",
                     "--no-compile",
                     "--no-cache-dir",
                     "--no-input",
                     "--disable-pip-version-check",
                     "--progress-bar=off",
                     "--root-user-action=ignore",
                     "--no-color",
                     "--retries=2",
                     "--timeout=20",
                     std::string("--cert=") + certificates};
    if (!index.empty()) {
        job.arguments.push_back("--index-url=" + index);
    }
    job.workDirectory = folder;
    job.environment = {{"HOME", "/work/home"}, {"TMPDIR", "/work/home"}};
    job.memoryMegabytes = pipMemoryMegabytes;
    job.fileMegabytes = static_cast<int>(maxPackageBytes / 1024 / 1024);
    job.timeoutSeconds = pipLimitSeconds;
    job.hasHostNetwork = true;
    return job;
}

Result<> writePipFolder(const std::string &folder, const PackageWish &wish)
{
    std::error_code error;
    if (!fs::exists(pipProgram, error)) {
        return failure("builds/no-pip",
                       "This machine has no pip, which packages need. Install it (the package "
                       "python3-pip), or put the packages into the draft as site-packages.");
    }
    fs::create_directories(folder + "/home", error);
    return writeFiles(folder, {{std::string(requirementsPath), wish.lock}});
}

std::string pipReason(const std::vector<std::string> &errorLines)
{
    constexpr std::string_view front = "ERROR: ";
    constexpr std::size_t mostTexts = 3;
    constexpr std::size_t longest = 500;
    std::string reason;
    std::size_t texts = 0;
    for (const auto &line : errorLines) {
        auto text = line.starts_with(front) ? line.substr(front.size()) : std::string();
        if (text.empty() || text.starts_with("Exception") || texts == mostTexts) {
            continue;
        }
        // The last dot of a sentence is set by whoever shows it.
        while (text.ends_with('.') || text.ends_with(' ')) {
            text.pop_back();
        }
        reason += (reason.empty() ? "" : ". ") + text.substr(0, longest);
        ++texts;
    }
    return reason;
}

} // namespace nest::builds
