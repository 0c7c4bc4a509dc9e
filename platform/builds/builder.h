// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes artefacts of drafts: checks the draft, parses its scripts and runs its own tests in boxes, then
// packs it. One finished() for each build(), whatever happens in between.
//
// At most `parallel` builds run at once, the others wait in order. Hashing, compressing and file work is
// done in worker threads; foreign code runs only in boxes, with the time that is left of the build's limit.
// Thread: the control thread. Destroying it drops unfinished builds without finished().

#include "platform/builds/buildtypes.h"

#include <QObject>

#include <memory>
#include <string>

namespace nest::engines {
class LocalEngine;
}

namespace nest::builds {

struct BuilderConfig
{
    std::string dataDirectory;
    int timeLimitSeconds = 60;
    int parallel = 2;                 // builds yield to functions, and two keep the queue short
    std::string npmRegistry = {};     // empty: npm's own default
    std::string pipIndex = {};        // empty: pip's own default
    std::string mavenRepository = {}; // empty: Maven Central
    int memoryMegabytes = 512;        // of each box: node --test starts a process a file
};

class Builder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Builder)

public:
    using Config = BuilderConfig;

    Builder(Config config, engines::LocalEngine &engine, QObject *parent = nullptr);
    ~Builder() override;

    /// What a nestd that was killed left half made. Only once the data folder is known to be ours alone, and
    /// before the first build.
    void removeLeftovers();
    void build(BuildRequest request);
    /// Ends in finished() with Cancelled, at once when the build was waiting. Unknown builds are ignored.
    void cancel(const std::string &function, int number);

Q_SIGNALS:
    /// The build left the queue.
    void started(std::string function, int number);
    void progress(std::string function, int number, std::string line);
    void finished(std::string function, int number, nest::builds::BuildResult result);

private:
    class Private;
    std::unique_ptr<Private> m;
};

} // namespace nest::builds
