// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A builder on a real keeper, with a data folder of its own for each test. The test programs that build
// drafts derive from it and call begin() and end() once, makeData() and drop() for each test.

#include "platform/builds/builder.h"
#include "tests/platform/engines/enginefixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

namespace nest::tests {

using builds::Builder;
using builds::BuildFiles;
using builds::BuildResult;

/// Notes what a builder says.
class Notes final : public QObject
{
    Q_OBJECT

public:
    explicit Notes(Builder &builder)
    {
        connect(&builder, &Builder::started, this,
                [this](const std::string &, int number) { started.push_back(number); });
        connect(&builder, &Builder::progress, this,
                [this](const std::string &, int number, const std::string &line) {
                    lines[number].push_back(line);
                });
        connect(&builder, &Builder::finished, this,
                [this](const std::string &, int number, const BuildResult &result) {
                    ++finishedCount[number];
                    results[number] = result;
                });
    }
    bool hasLine(int number, const std::string &part)
    {
        return std::ranges::any_of(lines[number], [&](const auto &line) { return line.contains(part); });
    }

    std::vector<int> started;
    std::map<int, std::vector<std::string>> lines;
    std::map<int, int> finishedCount;
    std::map<int, BuildResult> results;
};

class BuilderBench : public QObject
{
    Q_OBJECT

protected:
    void begin()
    {
        QTest::failOnWarning();
        m_engine = std::make_unique<EngineFixture>();
        QVERIFY(waitUntil([this] { return m_engine->notes().readyCount > 0; }));
    }
    void end() { m_engine.reset(); }
    void makeData()
    {
        m_data = std::make_unique<QTemporaryDir>();
        makeBuilder(60);
    }
    void drop()
    {
        m_notes.reset();
        m_builder.reset();
    }
    void makeBuilder(int timeLimitSeconds)
    {
        drop();
        m_builder = std::make_unique<Builder>(Builder::Config{.dataDirectory = m_data->path().toStdString(),
                                                              .timeLimitSeconds = timeLimitSeconds},
                                              m_engine->engine());
        m_notes = std::make_unique<Notes>(*m_builder);
    }
    int start(BuildFiles files)
    {
        m_builder->build(
            {.function = "shop", .number = ++m_number, .runtime = {}, .files = std::move(files)});
        return m_number;
    }
    bool waitFor(int number, int limitMs = 60'000)
    {
        return waitUntil([&] { return m_notes->results.contains(number); }, limitMs);
    }
    BuildResult build(BuildFiles files)
    {
        const auto number = start(std::move(files));
        BuildResult result;
        result.reason = "no answer";
        if (waitFor(number)) {
            result = m_notes->results[number];
        }
        return result;
    }

    std::unique_ptr<EngineFixture> m_engine;
    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<Builder> m_builder;
    std::unique_ptr<Notes> m_notes;
    int m_number = 0;
};

} // namespace nest::tests
