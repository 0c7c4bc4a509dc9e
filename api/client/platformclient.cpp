// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/platformclient.h"

#include "api/client/decode.h"
#include "api/client/querytext.h"

#include <QUuid>

#include <boost/json.hpp>

namespace nest::client {

namespace {

// The API's largest page; fewer round trips for large lists.
constexpr int pageSize = 500;
// The longest time limit of a function and a cold start before it.
constexpr std::chrono::minutes invokeLimit{16};

QByteArray path(const std::string &function, const QByteArray &rest = {})
{
    return "/v1/functions/" + encoded(function) + rest;
}

QByteArray groupPath(const wire::GroupName &group)
{
    return '/' + encoded(group.set) + '/' + encoded(group.lane) + '/' + encoded(group.region);
}

/// On a worker when it is large; a client that was closed meanwhile keeps Transport's word.
template <typename T>
Answer<T> read(std::shared_ptr<Transport> transport, QByteArray body)
{
    auto value = co_await decode<T>(std::move(body));
    if (transport->isClosed()) {
        co_return failure("client/closed", "The connection was closed.");
    }
    co_return value;
}

/// A read of a few records, which the platform answers from its memory or one query: what it takes is the
/// way. Files, logs and series are read and packed first.
bool isSmallRead(const QByteArray &target)
{
    return !target.contains("/files") && !target.startsWith("/v1/logs") && !target.startsWith("/v1/metrics");
}

template <typename T>
Answer<T> get(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop = {})
{
    HttpRequest request{.pathAndQuery = std::move(target)};
    request.isTimed = isSmallRead(request.pathAndQuery);
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    auto value = co_await read<T>(transport, std::move(answer->body));
    co_return value;
}

template <typename T>
Answer<T> sendFor(std::shared_ptr<Transport> transport, HttpRequest request, std::stop_token stop = {})
{
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    auto value = co_await read<T>(transport, std::move(answer->body));
    co_return value;
}

Answer<> sendOnly(std::shared_ptr<Transport> transport, HttpRequest request)
{
    auto answer = co_await Transport::send(transport, std::move(request), {});
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    co_return {};
}

template <typename T>
Answer<Page<T>> getPage(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop)
{
    HttpRequest request{.pathAndQuery = std::move(target)};
    request.isTimed = isSmallRead(request.pathAndQuery);
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    const auto watchId = answer->watchId;
    auto list = co_await read<wire::List<T>>(transport, std::move(answer->body));
    if (!list) {
        co_return std::unexpected(std::move(list.error()));
    }
    Page<T> page;
    page.items = std::move(list->items);
    page.nextCursor = std::move(list->nextCursor);
    page.watchId = watchId;
    co_return page;
}

template <typename T>
Answer<Page<T>> getAll(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop)
{
    Page<T> all;
    std::string cursor;
    do {
        QueryText query(target);
        query.add("limit", std::optional(pageSize)).add("cursor", cursor);
        auto page = co_await getPage<T>(transport, query.text(), stop);
        if (!page) {
            co_return std::unexpected(std::move(page.error()));
        }
        if (cursor.empty()) {
            all.watchId = page->watchId;
            all.items = std::move(page->items);
        } else {
            all.items.insert(all.items.end(), std::make_move_iterator(page->items.begin()),
                             std::make_move_iterator(page->items.end()));
        }
        std::string next = page->nextCursor.value_or(std::string());
        if (!next.empty() && next == cursor) {
            co_return failure("client/bad-answer", "The platform gave the same page twice.");
        }
        cursor = std::move(next);
    } while (!cursor.empty());
    co_return all;
}

HttpRequest withBody(const char *verb, QByteArray target, std::string body)
{
    return {.verb = verb, .pathAndQuery = std::move(target), .body = QByteArray::fromStdString(body)};
}

HttpRequest conditional(HttpRequest request, const std::optional<std::string> &etag)
{
    if (etag && !etag->empty()) {
        request.headers.emplaceBack("if-match", '"' + QByteArray::fromStdString(*etag) + '"');
    } else if (request.verb == "PUT") {
        request.headers.emplaceBack("if-none-match", "*");
    }
    return request;
}

HttpRequest creation(HttpRequest request)
{
    request.headers.emplaceBack("idempotency-key", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    return request;
}

HttpRequest removal(QByteArray target, const std::string &etag)
{
    return conditional({.verb = "DELETE", .pathAndQuery = std::move(target)}, etag);
}

} // namespace

PlatformClient::PlatformClient(Connection connection, TransportLimits limits)
    : m_transport(Transport::create(std::move(connection), limits))
{}

PlatformClient::~PlatformClient()
{
    m_transport->close();
}

const Connection &PlatformClient::connection() const
{
    return m_transport->connection();
}

std::optional<std::chrono::microseconds> PlatformClient::roundTrip() const
{
    return m_transport->roundTrip();
}

std::optional<Certificate> PlatformClient::certificate() const
{
    return m_transport->certificate();
}

void PlatformClient::setWriteGate(std::function<std::optional<Error>()> gate)
{
    m_transport->setWriteGate(std::move(gate));
}

void PlatformClient::renewConnections()
{
    m_transport->renewConnections();
}

Answer<wire::Me> PlatformClient::me()
{
    return get<wire::Me>(m_transport, "/v1/me");
}

Answer<Page<wire::Function>> PlatformClient::functions(std::stop_token stop)
{
    return getAll<wire::Function>(m_transport, "/v1/functions", stop);
}

Answer<wire::Function> PlatformClient::function(std::string name)
{
    return get<wire::Function>(m_transport, path(name));
}

Answer<wire::Function> PlatformClient::createFunction(wire::CreateFunction request)
{
    return sendFor<wire::Function>(m_transport,
                                   creation(withBody("POST", "/v1/functions", wire::write(request))));
}

Answer<wire::Function> PlatformClient::putFunction(wire::Function function)
{
    return sendFor<wire::Function>(
        m_transport, conditional(withBody("PUT", path(function.name), wire::write(function)), function.etag));
}

Answer<> PlatformClient::deleteFunction(std::string name, std::string etag)
{
    return sendOnly(m_transport, removal(path(name), etag));
}

Answer<Page<wire::File>> PlatformClient::files(std::string function, std::stop_token stop)
{
    return getAll<wire::File>(m_transport, path(function, "/files"), stop);
}

Answer<wire::File> PlatformClient::file(std::string function, std::string filePath)
{
    return get<wire::File>(m_transport, path(function, "/files/" + encoded(filePath, "/")));
}

Answer<wire::File> PlatformClient::putFile(std::string function, wire::File file)
{
    const QByteArray target = path(function, "/files/" + encoded(file.path, "/"));
    return sendFor<wire::File>(m_transport,
                               conditional(withBody("PUT", target, wire::write(file)), file.etag));
}

Answer<> PlatformClient::deleteFile(std::string function, std::string filePath, std::string etag)
{
    return sendOnly(m_transport, removal(path(function, "/files/" + encoded(filePath, "/")), etag));
}

Answer<Page<wire::Build>> PlatformClient::builds(std::string function, std::stop_token stop)
{
    return getAll<wire::Build>(m_transport, path(function, "/builds"), stop);
}

Answer<wire::Build> PlatformClient::build(std::string function, int number)
{
    return get<wire::Build>(m_transport, path(function, "/builds/" + QByteArray::number(number)));
}

Answer<wire::Build> PlatformClient::startBuild(std::string function)
{
    return sendFor<wire::Build>(m_transport, creation(withBody("POST", path(function, "/builds"), {})));
}

Answer<> PlatformClient::cancelBuild(std::string function, int number)
{
    const QByteArray target = path(function, "/builds/" + QByteArray::number(number) + "/actions/cancel");
    return sendOnly(m_transport, withBody("POST", target, {}));
}

Answer<Page<wire::Version>> PlatformClient::versions(std::string function, std::stop_token stop)
{
    return getAll<wire::Version>(m_transport, path(function, "/versions"), stop);
}

Answer<wire::Version> PlatformClient::version(std::string function, int number)
{
    return get<wire::Version>(m_transport, path(function, "/versions/" + QByteArray::number(number)));
}

Answer<wire::Version> PlatformClient::publish(std::string function, int build, std::string description)
{
    wire::PublishVersion body;
    body.build = build;
    body.description = std::move(description);
    return sendFor<wire::Version>(m_transport,
                                  creation(withBody("POST", path(function, "/versions"), wire::write(body))));
}

Answer<Page<wire::File>> PlatformClient::versionFiles(std::string function, int number, std::stop_token stop)
{
    return getAll<wire::File>(m_transport,
                              path(function, "/versions/" + QByteArray::number(number) + "/files"), stop);
}

Answer<wire::File> PlatformClient::versionFile(std::string function, int number, std::string filePath,
                                               std::stop_token stop)
{
    const QByteArray target = "/versions/" + QByteArray::number(number) + "/files/" + encoded(filePath, "/");
    return get<wire::File>(m_transport, path(function, target), stop);
}

Answer<Page<wire::TestEvent>> PlatformClient::events(std::string function, std::stop_token stop)
{
    return getAll<wire::TestEvent>(m_transport, path(function, "/events"), stop);
}

Answer<wire::TestEvent> PlatformClient::putEvent(std::string function, wire::TestEvent event)
{
    const QByteArray target = path(function, "/events/" + encoded(event.name));
    return sendFor<wire::TestEvent>(m_transport,
                                    conditional(withBody("PUT", target, wire::write(event)), event.etag));
}

Answer<> PlatformClient::deleteEvent(std::string function, std::string name, std::string etag)
{
    return sendOnly(m_transport, removal(path(function, "/events/" + encoded(name)), etag));
}

Answer<wire::Invocation> PlatformClient::invoke(std::string function, wire::InvokeRequest request,
                                                std::stop_token stop)
{
    auto http = withBody("POST", path(function, "/actions/invoke"), wire::write(request));
    http.limit = invokeLimit;
    return sendFor<wire::Invocation>(m_transport, std::move(http), std::move(stop));
}

Answer<Page<wire::Deployment>> PlatformClient::deployments(std::stop_token stop)
{
    return getAll<wire::Deployment>(m_transport, "/v1/deployments", stop);
}

Answer<Page<wire::Deployment>> PlatformClient::deploymentsOf(std::string function, std::stop_token stop)
{
    return getAll<wire::Deployment>(m_transport, path(function, "/deployments"), stop);
}

Answer<wire::Deployment> PlatformClient::deployment(std::string function, wire::GroupName group)
{
    return get<wire::Deployment>(m_transport, path(function, "/deployments" + groupPath(group)));
}

Answer<wire::Deployment> PlatformClient::putDeployment(wire::Deployment deployment)
{
    const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
    const QByteArray target = path(deployment.function, "/deployments" + groupPath(group));
    return sendFor<wire::Deployment>(
        m_transport, conditional(withBody("PUT", target, wire::write(deployment)), deployment.etag));
}

Answer<wire::Deployment> PlatformClient::startDeployment(wire::Deployment deployment,
                                                         std::vector<std::string> scalingFields)
{
    const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
    const QByteArray target = path(deployment.function, "/deployments" + groupPath(group));
    auto body = boost::json::parse(wire::write(deployment)).as_object();
    body.erase("concurrencyLimit");
    boost::json::object scaling;
    for (const std::string &field : scalingFields) {
        scaling[field] = body["scaling"].as_object()[field];
    }
    body["scaling"] = std::move(scaling);
    return sendFor<wire::Deployment>(
        m_transport, conditional(withBody("PUT", target, boost::json::serialize(body)), std::nullopt));
}

Answer<> PlatformClient::deleteDeployment(std::string function, wire::GroupName group, std::string etag)
{
    return sendOnly(m_transport, removal(path(function, "/deployments" + groupPath(group)), etag));
}

Answer<Page<wire::Group>> PlatformClient::groups(std::stop_token stop)
{
    return getAll<wire::Group>(m_transport, "/v1/groups", stop);
}

Answer<wire::Group> PlatformClient::group(wire::GroupName name)
{
    return get<wire::Group>(m_transport, "/v1/groups" + groupPath(name));
}

Answer<wire::Group> PlatformClient::putGroup(wire::Group group)
{
    const QByteArray target = "/v1/groups" + groupPath({group.set, group.lane, group.region});
    return sendFor<wire::Group>(m_transport,
                                conditional(withBody("PUT", target, wire::write(group)), group.etag));
}

Answer<> PlatformClient::deleteGroup(wire::GroupName name, std::string etag)
{
    return sendOnly(m_transport, removal("/v1/groups" + groupPath(name), etag));
}

Answer<Page<wire::Template>> PlatformClient::templates()
{
    return getAll<wire::Template>(m_transport, "/v1/templates", {});
}

Answer<wire::Template> PlatformClient::templateOf(std::string id)
{
    return get<wire::Template>(m_transport, "/v1/templates/" + encoded(id));
}

Answer<Page<wire::Instance>> PlatformClient::instances(InstanceQuery query, std::stop_token stop)
{
    QueryText target("/v1/instances");
    target.add("function", query.function).add("group", query.group).add("state", query.state);
    return getAll<wire::Instance>(m_transport, target.text(), stop);
}

Answer<wire::Instance> PlatformClient::instance(std::string id)
{
    return get<wire::Instance>(m_transport, "/v1/instances/" + encoded(id));
}

Answer<Page<wire::Decision>> PlatformClient::decisions(DecisionQuery query, std::stop_token stop)
{
    QueryText target("/v1/decisions");
    target.add("function", query.function)
        .add("group", query.group)
        .add("version", query.version)
        .add("from", query.from)
        .add("to", query.to)
        .add("limit", std::optional(query.limit))
        .add("cursor", query.cursor);
    return getPage<wire::Decision>(m_transport, target.text(), stop);
}

Answer<wire::Decision> PlatformClient::decision(std::string id)
{
    return get<wire::Decision>(m_transport, "/v1/decisions/" + encoded(id));
}

Answer<wire::LogPage> PlatformClient::logs(LogQuery query, std::stop_token stop)
{
    QueryText target("/v1/logs");
    target.add("function", query.function)
        .add("after", query.after)
        .add("limit", std::optional(query.limit))
        .add("instance", query.instance)
        .add("severity", query.severity);
    return get<wire::LogPage>(m_transport, target.text(), stop);
}

Answer<wire::MetricsAnswer> PlatformClient::metrics(MetricsQuery query, std::stop_token stop)
{
    std::string names;
    for (const auto &name : query.names) {
        names += (names.empty() ? "" : ",") + name;
    }
    QueryText target("/v1/metrics/query");
    target.add("function", query.function)
        .add("group", query.group)
        .add("version", query.version)
        .add("names", names)
        .add("from", std::optional(query.from))
        .add("to", std::optional(query.to));
    if (query.widthPixels > 0) {
        target.add("width", std::optional(query.widthPixels));
    } else {
        target.add("resolution", std::string_view("raw"));
    }
    return get<wire::MetricsAnswer>(m_transport, target.text(), stop);
}

template <typename T>
Answer<Page<T>> PlatformClient::listAll(QByteArray target, std::stop_token stop)
{
    return getAll<T>(m_transport, std::move(target), stop);
}

template Answer<Page<wire::Function>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Deployment>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Instance>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Build>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Version>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Group>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Decision>> PlatformClient::listAll(QByteArray, std::stop_token);

} // namespace nest::client
