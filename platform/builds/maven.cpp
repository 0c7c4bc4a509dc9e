// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/maven.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/paths.h"
#include "platform/builds/pom.h"

#include <QCryptographicHash>
#include <QString>

#include <algorithm>
#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view pluginRepository = "/usr/share/maven-repo";
constexpr std::string_view pluginFolder =
    "/usr/share/maven-repo/org/apache/maven/plugins/maven-dependency-plugin";
constexpr auto java = "/usr/bin/java";
constexpr auto launcher = "/usr/share/maven/boot/plexus-classworlds-2.x.jar";
constexpr std::string_view central = "https://repo.maven.apache.org/maven2";
constexpr int mavenMemoryMegabytes = 1024;
constexpr int mavenLimitSeconds = 5 * 60;

/// Debian's file of the same name lies in /etc, which a box does not see.
constexpr std::string_view launcherSettings = "main is org.apache.maven.cli.MavenCli from plexus.core\n"
                                              "[plexus.core]\n"
                                              "load /usr/share/maven/lib/*.jar\n";

/// Of the plugin that Debian has; empty without it.
std::string pluginVersion()
{
    std::string newest;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(pluginFolder, error)) {
        const auto version = entry.path().filename().string();
        if (fs::exists(entry.path() / std::format("maven-dependency-plugin-{}.jar", version), error)) {
            newest = std::max(newest, version);
        }
    }
    return newest;
}

} // namespace

std::optional<PackageWish> mavenWish(const BuildFiles &files)
{
    const auto pom = pomOf(files);
    if (pom.dependencies.empty() || !pom.problems.empty()) {
        return std::nullopt;
    }
    PackageWish wish;
    wish.tool = PackageTool::Maven;
    wish.count = pom.dependencies.size();
    const auto made = pomText(pom, {}, {}, {}, {});
    wish.key = QCryptographicHash::hash(QByteArray::fromStdString(made), QCryptographicHash::Sha256)
                   .toHex()
                   .toStdString();
    return wish;
}

engines::JobSpec mavenJob(std::string id, const std::string &folder)
{
    engines::JobSpec job;
    job.id = std::move(id);
    job.arguments = {
        java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx512m",
        "-Duser.home=/work/home", "-Djava.io.tmpdir=/work/home", "-Djansi.mode=strip",
        "-Dclassworlds.conf=/work/m2.conf", "-Dmaven.home=/usr/share/maven",
        "-Dmaven.multiModuleProjectDirectory=/work",
        // As Maven's own file says, which lies in /etc.
        "-Dorg.slf4j.simpleLogger.logFile=System.out", "-Dorg.slf4j.simpleLogger.showThreadName=false",
        "-Dorg.slf4j.simpleLogger.showLogName=false", "-Dorg.slf4j.simpleLogger.levelInBrackets=true",
        "-Daether.connector.connectTimeout=20000", "-Daether.connector.requestTimeout=60000",
        "-Dmaven.repo.local=/work/repository", "-classpath", launcher,
        "org.codehaus.plexus.classworlds.launcher.Launcher", "--batch-mode", "--settings=/work/settings.xml",
        "--global-settings=/work/settings.xml", "--file=/work/pom.xml", "validate"};
    job.workDirectory = folder;
    job.environment = {{"HOME", "/work/home"}};
    job.memoryMegabytes = mavenMemoryMegabytes;
    job.fileMegabytes = static_cast<int>(maxPackageBytes / 1024 / 1024);
    job.timeoutSeconds = mavenLimitSeconds;
    job.hasHostNetwork = true;
    return job;
}

Result<> writeMavenFolder(const std::string &folder, const BuildFiles &files, const std::string &repository)
{
    const auto plugin = pluginVersion();
    std::error_code error;
    if (plugin.empty() || !fs::exists(launcher, error)) {
        return failure("builds/no-maven",
                       "This machine has no Maven, which the packages of pom.xml need. Install it (the "
                       "packages maven and libmaven-dependency-plugin-java), or put the jars into lib/.");
    }
    fs::create_directories(folder + "/home", error);
    const std::string address = repository.empty() ? std::string(central) : repository;
    // Packages may name repositories of their own: everything comes from the one. "central" is not mirrored,
    // as it has two addresses: that of packages, and the machine's folder with the plugin.
    const auto settings = std::format("<settings><mirrors><mirror><id>one</id><mirrorOf>*,!central</mirrorOf>"
                                      "<url>{}</url></mirror></mirrors></settings>\n",
                                      QString::fromStdString(address).toHtmlEscaped().toStdString());
    return writeFiles(folder, {{std::string(pomPath), pomText(pomOf(files), "${project.basedir}",
                                                              pluginRepository, plugin, address)},
                               {"settings.xml", settings},
                               {"m2.conf", std::string(launcherSettings)}});
}

std::string mavenReason(const std::vector<std::string> &errorLines)
{
    constexpr std::string_view front = "[ERROR] ";
    constexpr std::size_t mostTexts = 3;
    constexpr std::size_t longest = 400;
    std::string reason;
    std::size_t texts = 0;
    for (const auto &line : errorLines) {
        auto text = line.starts_with(front) ? line.substr(front.size()) : std::string();
        text.erase(0, text.find_first_not_of(" \t"));
        if (text.starts_with("-> ") || text.starts_with("To see the full") ||
            text.starts_with("Re-run Maven")) {
            break; // only how to ask Maven for more
        }
        while (text.ends_with('.') || text.ends_with(' ')) {
            text.pop_back();
        }
        if (text.empty() || text.starts_with("Failed to execute goal") || texts == mostTexts) {
            continue;
        }
        reason += (reason.empty() ? "" : ". ") + text.substr(0, longest);
        ++texts;
    }
    return reason;
}

bool isSaidOfMaven(std::string_view line)
{
    constexpr std::string_view mark = "file://";
    return !line.empty() && line != "[INFO] " && !line.contains(mark) && !line.starts_with("[INFO] ----");
}

} // namespace nest::builds
