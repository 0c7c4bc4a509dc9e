// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A folder on its private platform: what is saved is sent, built and put in the place of what served before,
// until Ctrl+C. A failed build changes nothing; a version that does not start is taken back.
//
// Thread: main's; `Context` outlives the task.

#include "app/nest/context.h"
#include "app/nest/dev/devevents.h"
#include "app/nest/dev/privateplatform.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace nest::cli {

struct DebugOptions
{
    int port = 0; // 0: the usual one of the runtime's debugger
    bool waits = false;
};

struct DevOptions
{
    std::string folder = ".";
    int port = 0;                         // of the gateway; 0: any free one
    std::vector<std::string> environment; // NAME=VALUE
    std::string grants; // what function.yaml may ask of its network, as of nestd; empty: nestd's own default
    std::string egress;
    bool watches = true;
    std::optional<DebugOptions> debug = {};
};

/// What function.yaml says in plain lines; the rest of it is the platform's to read. Empty: not there, or
/// nothing that a function may be called.
struct Manifest
{
    std::string name;
    std::string runtime;
    bool operator==(const Manifest &) const = default;
};
[[nodiscard]] Manifest manifestOf(const std::string &text);

/// The usual port of the debugger of the folder's runtime.
[[nodiscard]] int debugPort(const std::string &folder);

/// Errors: `cli/no-debugger`: the machine lacks the package, which the sentence names.
Result<> debuggerIsThere(const std::string &runtime);

/// It is a function's folder. Errors: `cli/bad-folder`.
Result<> checkFolder(const std::string &folder);

/// NAME=VALUE each. Errors: `cli/bad-value`.
Result<wire::Environment> environmentOf(const std::vector<std::string> &settings);

/// One function of the private platform, and what of it serves.
class DevFunction final
{
public:
    DevFunction(PrivatePlatform &platform, std::string folder)
        : m_platform(platform), m_folder(std::move(folder))
    {}

    /// Of its own tests only those whose name contains it run.
    void setTestFilter(std::string text) { m_testFilter = std::move(text); }
    /// Sends the folder and builds it; the build, however it ended. Errors: `cli/bad-folder`, the API's.
    static QCoro::Task<Result<wire::Build>> build(DevFunction &function, std::stop_token stop);

    [[nodiscard]] const std::string &name() const { return m_manifest.name; }
    [[nodiscard]] const std::string &runtime() const { return m_manifest.runtime; }
    /// Another one whenever the platform's function is another one, also under the same name, or has gone;
    /// 0 before the first. What was known of an earlier one (versions, log lines) holds no more.
    [[nodiscard]] int generation() const { return m_generation; }
    [[nodiscard]] PrivatePlatform &platform() { return m_platform; }

private:
    static QCoro::Task<Result<>> send(DevFunction &function);

    PrivatePlatform &m_platform;
    std::string m_folder;
    std::string m_testFilter; // empty: all
    Manifest m_manifest;
    bool m_isCreated = false;
    int m_generation = 0;
};

/// `--grants` and `--egress` of nestd, whose operator is the developer here.
void addNetworkOptions(CLI::App &command, DevOptions &options);

/// Until Ctrl+C.
Outcome runDev(Context &context, DevOptions options);

} // namespace nest::cli
