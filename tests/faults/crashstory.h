// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// nestd dies by SIGKILL again and again while somebody writes files, somebody changes a deployment, and
// somebody builds and publishes. What was acknowledged must be there, whole, and nothing else may be left.
//
// Threads: one a client, between two kills only; what they remember is read when they have ended.

#include "tests/support/testplatform.h"

#include <QByteArray>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace nest::faults {

struct CrashFigures
{
    int kills = 0;
    long acknowledged = 0;           // writes, of all kinds
    int versions = 0;                // published, as acknowledged
    int builds = 0;                  // begun, as acknowledged
    std::vector<std::string> faults; // what should not be; empty: all is well
    std::vector<double> readyMilliseconds;
    QString problem; // why the story could not be told
};

class CrashStory final
{
public:
    CrashStory(testsupport::TestPlatform &platform, unsigned seed) : m_platform(platform), m_random(seed) {}

    CrashFigures tell(int kills);

private:
    struct Written
    {
        long acknowledged = -1;
        long attempted = -1;
    };

    void writeFiles();
    void changeDeployment();
    void buildAndPublish();
    void compare();
    void compareVersions();
    void comparePublished(const QByteArray &number);
    void compareProcesses();
    void compareFolders();
    void fault(const QByteArray &what);

    testsupport::TestPlatform &m_platform;
    std::mt19937 m_random;
    CrashFigures m_figures;
    std::atomic<bool> m_isOver = false;
    std::atomic<long> m_acknowledged = 0;
    std::map<int, Written> m_files; // by number of the file
    Written m_deployment;
    long m_nextFile = 0, m_nextDeployment = 0, m_nextBuild = 0;
    std::set<int> m_builds, m_versions;
};

} // namespace nest::faults
