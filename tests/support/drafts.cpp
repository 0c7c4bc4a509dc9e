// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/drafts.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace nest::testsupport {

QString putDraft(const TestPlatform &platform, const QByteArray &function, const QByteArray &runtime,
                 const QMap<QByteArray, QByteArray> &files)
{
    const auto made = platform.api(
        {"POST", "/v1/functions", R"({"name":")" + function + R"(","runtime":")" + runtime + R"("})"});
    if (made.status != 201 && made.status != 409) {
        return QString::fromUtf8(made.body);
    }
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto body = QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(file.value())}})
                              .toJson(QJsonDocument::Compact);
        const auto answer = platform.api(
            {"PUT", "/v1/functions/" + function + "/files/" + file.key(), body, {{"If-Match", "*"}}});
        if (answer.status != 200 && answer.status != 201) {
            return QString::fromUtf8(answer.body);
        }
    }
    return {};
}

int startBuild(const TestPlatform &platform, const QByteArray &function)
{
    const auto answer = platform.api({"POST", "/v1/functions/" + function + "/builds"});
    return QJsonDocument::fromJson(answer.body)[u"number"].toInt();
}

QJsonObject endedBuild(const TestPlatform &platform, const QByteArray &function, int number)
{
    const auto path = "/v1/functions/" + function + "/builds/" + QByteArray::number(number);
    QJsonObject build;
    waitUntil(
        [&] {
            build = QJsonDocument::fromJson(platform.get(path).body).object();
            const auto state = build[u"state"].toString();
            return state != u"queued" && state != u"running";
        },
        std::chrono::seconds(90));
    return build;
}

QString logOf(const QJsonObject &build)
{
    QStringList lines;
    for (const auto &line : build[u"log"].toArray()) {
        lines << line.toString();
    }
    return lines.join(u'\n');
}

} // namespace nest::testsupport
