// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A log store in a folder of its own, on a clock that the test moves, with what the tests do to it. One for
// each test function.

#include "platform/logs/logstore.h"

#include <QCoroTask>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace nest::logs {

using namespace Qt::StringLiterals; // of this test helper only

class LogStoreTest : public QObject
{
protected:
    void setUp()
    {
        QTest::failOnWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_now = wire::Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));
        m_config = {.directory = m_dir->filePath(u"logs"_s).toStdString(), .now = [this] {
                        return m_now;
                    }};
        start();
    }

    void tearDown()
    {
        m_store.reset();
        m_dir.reset();
    }

    void start()
    {
        m_store.reset();
        m_store = std::make_unique<logs::LogStore>(m_config);
        const auto opened = m_store->open();
        QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    }

    void printOne(logs::Incoming incoming)
    {
        if (incoming.time == wire::Time()) {
            incoming.time = m_now;
        }
        m_store->append(std::move(incoming));
    }

    void print(int count, const std::string &prefix = "line", const std::string &function = "checkout")
    {
        for (int i = 1; i <= count; ++i) {
            printOne({.function = function,
                      .version = 1,
                      .instance = "i-1",
                      .stream = "stdout",
                      .line = prefix + ' ' + std::to_string(i),
                      .time = m_now});
        }
    }

    wire::LogPage page(logs::Query query = {})
    {
        if (query.function.empty()) {
            query.function = "checkout";
        }
        auto answer = QCoro::waitFor(m_store->page(std::move(query)));
        if (!answer) {
            qCritical("%s", answer.error().detail.c_str());
            return {};
        }
        return std::move(*answer);
    }

    QStringList files(const QString &pattern = u"*"_s) const
    {
        return QDir(folder()).entryList({pattern}, QDir::Files, QDir::Name);
    }

    [[nodiscard]] QString folder() const { return m_dir->filePath(u"logs/checkout"_s); }

    std::unique_ptr<QTemporaryDir> m_dir;
    LogStore::Config m_config;
    std::unique_ptr<LogStore> m_store;
    wire::Time m_now;
};

} // namespace nest::logs
