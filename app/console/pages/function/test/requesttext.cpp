// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/requesttext.h"

#include "app/console/pages/function/test/jsontext.h"

#include <boost/json/parse.hpp>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr auto cloudEventType = "application/cloudevents+json";

struct Requests
{
    Q_DECLARE_TR_FUNCTIONS(Requests)
};

constexpr auto jsonBody = R"({
  "name": "world"
})";

constexpr auto cloudEventBody = R"({
  "specversion": "1.0",
  "id": "1",
  "source": "/test",
  "type": "com.example.test",
  "datacontenttype": "application/json",
  "data": {
    "name": "world"
  }
})";

bool isTokenLetter(QChar c)
{
    return c.unicode() > u' ' && c.unicode() < 127 && !QStringView(u":()<>@,;\\\"/[]?={}").contains(c);
}

/// Header names are lower case here: they are compared and sent so.
std::string typeOf(const wire::TestEvent &event)
{
    const auto found = event.headers.find("content-type");
    return found == event.headers.end() ? std::string() : found->second;
}

QString cloudEventProblem(const std::string &body)
{
    boost::system::error_code error;
    const auto document = boost::json::parse(body, error);
    if (error || !document.is_object()) {
        return Requests::tr("A CloudEvent is a JSON object.");
    }
    for (const char *name : {"specversion", "id", "source", "type"}) {
        const auto *value = document.as_object().if_contains(name);
        if (value == nullptr || !value->is_string() || value->as_string().empty()) {
            return Requests::tr("A CloudEvent needs %1 as text.").arg(QString::fromUtf8(name));
        }
    }
    return {};
}

} // namespace

QList<EventTemplate> eventTemplates()
{
    wire::TestEvent get;
    get.method = "GET";
    wire::TestEvent post;
    post.headers = {{"content-type", "application/json"}};
    post.body = jsonBody;
    wire::TestEvent cloud;
    cloud.kind = wire::EventKind::CloudEvent;
    cloud.headers = {{"content-type", cloudEventType}};
    cloud.body = cloudEventBody;
    return {{u"get"_s, Requests::tr("HTTP GET"), get},
            {u"post"_s, Requests::tr("HTTP POST, JSON"), post},
            {u"cloudevent"_s, Requests::tr("CloudEvent"), cloud}};
}

HeaderLines parseHeaders(const QString &text)
{
    HeaderLines parsed;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty()) {
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed().toLower();
        if (colon <= 0 || name.isEmpty() || !std::ranges::all_of(name, isTokenLetter)) {
            parsed.problem = Requests::tr("Header line %1 is not “name: value”.").arg(i + 1);
            return parsed;
        }
        if (!parsed.headers.emplace(name.toStdString(), line.sliced(colon + 1).trimmed().toStdString())
                 .second) {
            parsed.problem = Requests::tr("The header %1 is there twice.").arg(name);
            return parsed;
        }
    }
    return parsed;
}

QString headersText(const std::map<std::string, std::string> &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers) {
        lines.append(QString::fromStdString(name) + u": "_s + QString::fromStdString(value));
    }
    return lines.join(u'\n');
}

bool isJsonBody(const wire::TestEvent &event)
{
    return event.kind == wire::EventKind::CloudEvent || typeOf(event).find("json") != std::string::npos ||
           (typeOf(event).empty() && looksLikeJson(event.body));
}

QString bodyProblem(const wire::TestEvent &event)
{
    if (event.body.empty() && event.kind == wire::EventKind::Http) {
        return {};
    }
    if (!isJsonBody(event)) {
        return {};
    }
    if (const auto fault = checkJson(event.body)) {
        return Requests::tr("Not JSON at line %1, column %2: %3")
            .arg(fault->line)
            .arg(fault->column)
            .arg(QString::fromStdString(fault->reason));
    }
    return event.kind == wire::EventKind::CloudEvent ? cloudEventProblem(event.body) : QString();
}

wire::InvokeRequest requestOf(const wire::TestEvent &event, const TestTarget &target)
{
    wire::InvokeRequest request;
    switch (target.kind) {
    case TestTarget::Kind::Draft:
        request.build = target.number;
        break;
    case TestTarget::Kind::Version:
        request.version = target.number;
        break;
    case TestTarget::Kind::Group:
        request.group = target.group;
        break;
    }
    request.method = event.method;
    request.path = event.path.starts_with('/') ? event.path : '/' + event.path;
    request.headers = event.headers;
    request.body = event.body;
    if (event.kind == wire::EventKind::CloudEvent) {
        request.headers.emplace("content-type", cloudEventType); // kept when the person wrote another
    }
    return request;
}

client::LoadPlan planOf(const wire::TestEvent &event, const QString &function, const wire::GroupName &group,
                        const std::string &gatewayUrl)
{
    const wire::InvokeRequest request =
        requestOf(event, {.kind = TestTarget::Kind::Group, .number = 0, .group = group});
    client::LoadPlan plan;
    plan.url = gatewayUrl;
    while (plan.url.ends_with('/')) {
        plan.url.pop_back();
    }
    plan.url += "/fn/" + function.toStdString() + request.path;
    plan.method = request.method;
    plan.body = request.body;
    for (const auto &[name, value] : request.headers) {
        plan.headers.emplace_back(name, value);
    }
    // Said always: without it the gateway takes its own region.
    plan.headers.emplace_back("nest-region", group.region);
    if (group.set != "default") {
        plan.headers.emplace_back("nest-set", group.set);
    }
    if (group.lane != "main") {
        plan.headers.emplace_back("nest-lane", group.lane);
    }
    plan.countsInstances = true;
    return plan;
}

} // namespace nest::console
