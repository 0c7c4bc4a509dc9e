// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/packages.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/filetree.h"
#include "platform/builds/paths.h"
#include "platform/runtimes/catalogue.h"

#include <boost/json.hpp>

#include <QCryptographicHash>
#include <QProcess>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr auto npm = "/usr/bin/npm";
constexpr auto node = "/usr/bin/node";
constexpr auto certificates = "/etc/ssl/certs/ca-certificates.crt";
constexpr int npmMemoryMegabytes = 1024; // it holds the whole tree of a large project
constexpr int npmLimitSeconds = 5 * 60;
// npm's own copy of what it fetched lies beside the result.
constexpr std::uintmax_t mostOnTheWay = 4 * maxPackageBytes;
constexpr std::size_t mostFilesOnTheWay = 4 * maxPackageFiles;
constexpr std::chrono::hours usedLately{1}; // a build may be reading it

json::value parsed(const std::string &text)
{
    boost::system::error_code error;
    auto value = json::parse(text, error);
    return error ? json::value() : value;
}

std::size_t countOf(const json::value &lock)
{
    const auto *object = lock.if_object();
    const auto *packages = object ? object->if_contains("packages") : nullptr;
    if (packages && packages->is_object()) {
        return packages->get_object().size() - (packages->get_object().contains("") ? 1 : 0);
    }
    const auto *dependencies = object ? object->if_contains("dependencies") : nullptr; // lockfileVersion 1
    return dependencies && dependencies->is_object() ? dependencies->get_object().size() : 0;
}

} // namespace

const PackageWords &wordsOf(PackageTool tool)
{
    const auto words = [](std::string_view folder, PackageWords of) {
        const auto &runtime = *std::ranges::find(runtimes::all(), folder, &runtimes::Runtime::folder);
        of.lock = runtime.lock;
        of.result = runtime.packages;
        return of;
    };
    static const PackageWords npmWords = words(
        "node", {.name = "npm", .command = "npm ci", .lock = {}, .lockName = "the lock file", .result = {}});
    static const PackageWords pipWords = words(
        "python",
        {.name = "pip", .command = "pip install", .lock = {}, .lockName = "requirements.txt", .result = {}});
    static const PackageWords mavenWords =
        words("java", {.name = "maven", .command = "Maven", .lock = {}, .lockName = "pom.xml", .result = {}});
    return tool == PackageTool::Npm ? npmWords : tool == PackageTool::Pip ? pipWords : mavenWords;
}

std::optional<PackageWish> packageWish(const BuildFiles &files, std::string_view nodeVersion)
{
    const auto find = [&](std::string_view path) {
        return std::ranges::find(files, path, &BuildFile::path);
    };
    const auto lock = find("package-lock.json");
    const auto package = find("package.json");
    if (lock == files.end() || package == files.end()) {
        return std::nullopt;
    }
    PackageWish wish{.packageJson = package->content,
                     .lock = lock->content,
                     .key = {},
                     .count = 0,
                     .tool = PackageTool::Npm};
    wish.count = countOf(parsed(wish.lock));
    std::string made = wish.lock;
    const auto described = parsed(wish.packageJson);
    for (const auto *part : {"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"}) {
        const auto *wanted = described.is_object() ? described.get_object().if_contains(part) : nullptr;
        made += '\0' + (wanted ? json::serialize(*wanted) : std::string());
    }
    made += '\0';
    made += nodeVersion;
    wish.key = QCryptographicHash::hash(QByteArray::fromStdString(made), QCryptographicHash::Sha256)
                   .toHex()
                   .toStdString();
    return wish;
}

std::string nodeVersion()
{
    constexpr int limitMs = 5'000;
    QProcess process;
    process.start(QString::fromLatin1(node), {QStringLiteral("--version")});
    return process.waitForFinished(limitMs) ? process.readAllStandardOutput().trimmed().toStdString()
                                            : std::string();
}

engines::JobSpec npmJob(std::string id, const std::string &folder, const std::string &registry)
{
    engines::JobSpec job;
    job.id = std::move(id);
    // Links to programs are left out: an artefact holds plain files only.
    job.arguments = {
        npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-bin-links", "--loglevel=http"};
    job.workDirectory = folder;
    job.environment = {{"HOME", "/work/home"},
                       {"CI", "1"},
                       {"NO_COLOR", "1"},
                       {"npm_config_cache", "/work/cache"},
                       {"npm_config_logs_max", "0"},
                       // npm's own waits of 10 and 60 s would hide a broken package for minutes.
                       {"npm_config_fetch_retry_mintimeout", "1000"},
                       {"npm_config_fetch_retry_maxtimeout", "3000"},
                       {"npm_config_fetch_timeout", "60000"},
                       {"npm_config_update_notifier", "false"},
                       {"npm_config_userconfig", "/work/home/none"},
                       {"npm_config_globalconfig", "/work/home/none-either"},
                       {"npm_config_cafile", certificates}};
    if (!registry.empty()) {
        job.environment["npm_config_registry"] = registry;
    }
    job.memoryMegabytes = npmMemoryMegabytes;
    job.fileMegabytes = static_cast<int>(maxPackageBytes / 1024 / 1024);
    job.timeoutSeconds = npmLimitSeconds;
    job.hasHostNetwork = true;
    return job;
}

Result<> writeNpmFolder(const std::string &folder, const PackageWish &wish)
{
    std::error_code error;
    if (!fs::exists(npm, error)) {
        return failure("builds/no-npm",
                       "This machine has no npm, which packages need. Install it (the package "
                       "npm), or bundle the packages into the draft.");
    }
    fs::create_directories(folder + "/home", error);
    return writeFiles(folder, {{"package.json", wish.packageJson}, {"package-lock.json", wish.lock}});
}

std::string npmReason(const std::vector<std::string> &errorLines)
{
    constexpr std::string_view front = "npm ERR! ";
    constexpr std::size_t mostTexts = 3;
    std::string code;
    std::vector<std::string> texts;
    for (const auto &line : errorLines) {
        if (!line.starts_with(front)) {
            continue;
        }
        const auto text = line.substr(front.size());
        if (text.starts_with("code ")) {
            code = text.substr(5);
        } else if (!text.empty() && !text.starts_with("errno ") && !text.starts_with("syscall ") &&
                   !text.contains("log of this run") && !text.contains("_logs") && texts.size() < mostTexts) {
            texts.push_back(text);
        }
    }
    std::string reason = code;
    for (const auto &text : texts) {
        reason += (reason.empty() ? "" : &text == &texts.front() ? ": " : " ") + text;
    }
    return reason;
}

PackageStore::PackageStore(const std::string &dataDirectory, std::uint64_t keptBytes, PackageTool tool)
    : m_tool(tool), m_folder(dataDirectory + '/' + std::string(wordsOf(tool).name)), m_keptBytes(keptBytes)
{}

std::optional<std::string> PackageStore::find(const std::string &key) const
{
    auto folder = m_folder + '/' + key;
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        return std::nullopt;
    }
    fs::last_write_time(folder, fs::file_time_type::clock::now(), error);
    return folder;
}

Result<std::string> PackageStore::keep(const std::string &toolFolder, const std::string &key) const
{
    const std::string result(wordsOf(m_tool).result);
    const auto modules = toolFolder + '/' + result;
    std::error_code error;
    fs::create_directories(modules, error);             // npm makes none for no packages
    fs::remove(modules + "/.package-lock.json", error); // npm's note to itself
    if (auto checked = checkTree(modules, result, packageWords); !checked) {
        return std::unexpected(checked.error());
    }
    fs::create_directories(m_folder, error);
    auto folder = m_folder + '/' + key;
    fs::rename(modules, folder, error);
    if (error && !fs::is_directory(folder)) {
        return failure("builds/artefact",
                       std::format("The packages could not be kept in {}: {}.", folder, error.message()));
    }
    fs::last_write_time(folder, fs::file_time_type::clock::now(), error);
    evict();
    return folder;
}

bool PackageStore::isTooLarge(const std::string &folder)
{
    const TreeSize most{.bytes = mostOnTheWay, .files = mostFilesOnTheWay};
    const auto size = sizeOf(folder, most);
    return size.bytes > most.bytes || size.files > most.files;
}

Result<BuildFiles> PackageStore::read(const std::string &modules, PackageTool tool)
{
    return readTree(modules, std::string(wordsOf(tool).result), packageWords);
}

void PackageStore::evict() const
{
    struct Kept
    {
        fs::file_time_type used;
        std::string path;
        std::uintmax_t bytes;
    };
    std::vector<Kept> all;
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(m_folder, error)) {
        const TreeSize any{.bytes = UINTMAX_MAX, .files = SIZE_MAX};
        const auto size = sizeOf(entry.path().string(), any).bytes;
        std::error_code gone;
        all.push_back({entry.last_write_time(gone), entry.path().string(), size});
        bytes += size;
    }
    std::ranges::sort(all, {}, &Kept::used);
    const auto lately = fs::file_time_type::clock::now() - usedLately;
    for (const auto &kept : all) {
        if (bytes <= m_keptBytes || kept.used > lately) {
            break;
        }
        removeTree(kept.path);
        bytes -= kept.bytes;
    }
}

} // namespace nest::builds
