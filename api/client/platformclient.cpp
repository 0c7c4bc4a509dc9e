// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/platformclient.h"

#include "api/client/calls.h"
#include "api/client/querytext.h"

#include <QUuid>

#include <boost/json.hpp>

namespace nest::client {

using namespace calls;

namespace {

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

HttpRequest withBody(const char *verb, QByteArray target, std::string body)
{
    return {.verb = verb, .pathAndQuery = std::move(target), .body = QByteArray::fromStdString(body)};
}

HttpRequest conditional(HttpRequest request, const std::optional<std::string> &etag)
{
    if (etag == "*") {
        request.headers.emplaceBack("if-match", "*");
    } else if (etag && !etag->empty()) {
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

Answer<Page<wire::Secret>> PlatformClient::secrets(std::string function, std::stop_token stop)
{
    return getAll<wire::Secret>(m_transport, path(function, "/secrets"), stop);
}

Answer<wire::Secret> PlatformClient::putSecret(std::string function, std::string name, std::string value,
                                               std::optional<std::string> etag)
{
    const auto target = path(function, "/secrets/" + encoded(name));
    return sendFor<wire::Secret>(
        m_transport,
        conditional(withBody("PUT", target, wire::write(wire::SecretValue{std::move(value)})), etag));
}

Answer<> PlatformClient::deleteSecret(std::string function, std::string name, std::string etag)
{
    return sendOnly(m_transport, removal(path(function, "/secrets/" + encoded(name)), etag));
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

Answer<wire::FloorPlan> PlatformClient::floorPlan(std::string function, wire::GroupName group, int hours)
{
    QueryText target(path(function, "/deployments" + groupPath(group) + "/floor"));
    target.add("hours", std::optional(hours));
    return get<wire::FloorPlan>(m_transport, target.text());
}

Answer<wire::FloorPlan> PlatformClient::floorPreview(std::string function, wire::GroupName group,
                                                     wire::ScalingPolicy scaling, int hours)
{
    QueryText target(path(function, "/deployments" + groupPath(group) + "/floor"));
    target.add("hours", std::optional(hours));
    auto http = withBody("POST", target.text(), wire::write(wire::FloorRequest{std::move(scaling)}));
    http.isRead = true;
    return sendFor<wire::FloorPlan>(m_transport, std::move(http));
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

Answer<Page<wire::Pool>> PlatformClient::pools(std::stop_token stop)
{
    return getAll<wire::Pool>(m_transport, "/v1/pools", stop);
}

Answer<wire::Pool> PlatformClient::pool(std::string name)
{
    return get<wire::Pool>(m_transport, "/v1/pools/" + encoded(name));
}

Answer<wire::MetricsAnswer> PlatformClient::poolHistory(std::string name)
{
    return get<wire::MetricsAnswer>(m_transport, "/v1/pools/" + encoded(name) + "/history");
}

Answer<wire::Pool> PlatformClient::putPool(wire::Pool pool)
{
    return sendFor<wire::Pool>(
        m_transport,
        conditional(withBody("PUT", "/v1/pools/" + encoded(pool.name), wire::write(pool)), pool.etag));
}

Answer<> PlatformClient::deletePool(std::string name, std::string etag)
{
    return sendOnly(m_transport, removal("/v1/pools/" + encoded(name), etag));
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

Answer<wire::Capacity> PlatformClient::capacity()
{
    return get<wire::Capacity>(m_transport, "/v1/capacity");
}

Answer<wire::SimulationAnswer> PlatformClient::simulate(wire::SimulationRequest request, std::stop_token stop)
{
    auto http = withBody("POST", "/v1/scaling/simulate", wire::write(request));
    http.isRead = true;
    return sendFor<wire::SimulationAnswer>(m_transport, std::move(http), std::move(stop));
}

Answer<wire::LogPage> PlatformClient::logs(LogQuery query, std::stop_token stop)
{
    QueryText target("/v1/logs");
    target.add("function", query.function)
        .add("after", query.after)
        .add("limit", std::optional(query.limit))
        .add("instance", query.instance)
        .add("group", query.group)
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
template Answer<Page<wire::Pool>> PlatformClient::listAll(QByteArray, std::stop_token);
template Answer<Page<wire::Decision>> PlatformClient::listAll(QByteArray, std::stop_token);

} // namespace nest::client
