// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The API of a platform as calls: one method a route, wire types in and out, failures as values.
//
// Requests are sent and answered on the thread that made the client; bodies over 16 KiB are parsed on a
// worker thread and moved back. The client may be destroyed at any time: what is running ends with
// `client/closed`. Objects that can close use QCoro::connect(task, this, …) rather than awaiting in a member
// coroutine.
//
// Writes of a whole resource carry its `etag` as If-Match; without one they create (If-None-Match: *).

#include "api/client/connection.h"
#include "api/client/queries.h"
#include "api/client/transport.h"
#include "api/wire/types.h"

#include <QCoroTask>

namespace nest::client {

template <typename T = void>
using Answer = QCoro::Task<Result<T>>;

class PlatformClient final
{
public:
    explicit PlatformClient(Connection connection, TransportLimits limits = {});
    ~PlatformClient();
    Q_DISABLE_COPY_MOVE(PlatformClient)

    [[nodiscard]] const Connection &connection() const;
    /// Of the latest small request.
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const;

    [[nodiscard]] std::optional<Certificate> certificate() const;

    /// Asked before every call that may change something; an Error is its answer, and nothing is sent.
    void setWriteGate(std::function<std::optional<Error>()> gate);
    /// After a sign that the platform went away: later requests do not wait on connections of before.
    void renewConnections();

    Answer<wire::Me> me();

    Answer<Page<wire::Function>> functions(std::stop_token stop = {});
    Answer<wire::Function> function(std::string name);
    Answer<wire::Function> createFunction(wire::CreateFunction request);
    Answer<wire::Function> putFunction(wire::Function function);
    Answer<> deleteFunction(std::string name, std::string etag);

    Answer<Page<wire::File>> files(std::string function, std::stop_token stop = {});
    Answer<wire::File> file(std::string function, std::string path);
    Answer<wire::File> putFile(std::string function, wire::File file);
    Answer<> deleteFile(std::string function, std::string path, std::string etag);

    Answer<Page<wire::Build>> builds(std::string function, std::stop_token stop = {});
    Answer<wire::Build> build(std::string function, int number);
    Answer<wire::Build> startBuild(std::string function);
    Answer<> cancelBuild(std::string function, int number);

    Answer<Page<wire::Version>> versions(std::string function, std::stop_token stop = {});
    Answer<wire::Version> version(std::string function, int number);
    Answer<wire::Version> publish(std::string function, int build, std::string description = {});
    /// The files that a version was built from; their contents come one by one.
    Answer<Page<wire::File>> versionFiles(std::string function, int number, std::stop_token stop = {});
    Answer<wire::File> versionFile(std::string function, int number, std::string path,
                                   std::stop_token stop = {});

    Answer<Page<wire::TestEvent>> events(std::string function, std::stop_token stop = {});
    Answer<wire::TestEvent> putEvent(std::string function, wire::TestEvent event);
    Answer<> deleteEvent(std::string function, std::string name, std::string etag);
    Answer<Page<wire::Secret>> secrets(std::string function, std::stop_token stop = {});
    /// Without an etag it is new, with `*` it is set whatever it was. The value is not kept here.
    Answer<wire::Secret> putSecret(std::string function, std::string name, std::string value,
                                   std::optional<std::string> etag);
    Answer<> deleteSecret(std::string function, std::string name, std::string etag);
    /// Waits as long as the function may take. A stopped one leaves the function to finish by itself.
    Answer<wire::Invocation> invoke(std::string function, wire::InvokeRequest request,
                                    std::stop_token stop = {});

    Answer<Page<wire::Deployment>> deployments(std::stop_token stop = {});
    Answer<Page<wire::Deployment>> deploymentsOf(std::string function, std::stop_token stop = {});
    Answer<wire::Deployment> deployment(std::string function, wire::GroupName group);
    Answer<wire::Deployment> putDeployment(wire::Deployment deployment);
    /// The first one in its group: scaling and concurrency limit are those of the function's manifest but for
    /// the named fields of `scaling` ("maximum").
    Answer<wire::Deployment> startDeployment(wire::Deployment deployment,
                                             std::vector<std::string> scalingFields);
    Answer<wire::FloorPlan> floorPlan(std::string function, wire::GroupName group, int hours);
    /// As it would be with this policy. Changes nothing, so it is sent through a locked connection too.
    Answer<wire::FloorPlan> floorPreview(std::string function, wire::GroupName group,
                                         wire::ScalingPolicy scaling, int hours);
    Answer<> deleteDeployment(std::string function, wire::GroupName group, std::string etag);

    Answer<Page<wire::Group>> groups(std::stop_token stop = {});
    Answer<wire::Group> group(wire::GroupName name);
    Answer<wire::Group> putGroup(wire::Group group);
    Answer<> deleteGroup(wire::GroupName name, std::string etag);

    /// Also those without an etag, which the platform made by itself.
    Answer<Page<wire::Pool>> pools(std::stop_token stop = {});
    Answer<wire::Pool> pool(std::string name);
    /// Its last hour: idle, warming, wanted, claimed, missed.
    Answer<wire::MetricsAnswer> poolHistory(std::string name);
    /// Without an etag it is created.
    Answer<wire::Pool> putPool(wire::Pool pool);
    Answer<> deletePool(std::string name, std::string etag);

    Answer<Page<wire::Template>> templates();
    /// With the contents of its files.
    Answer<wire::Template> templateOf(std::string id);
    Answer<Page<wire::Instance>> instances(InstanceQuery query = {}, std::stop_token stop = {});
    Answer<wire::Instance> instance(std::string id);
    /// One page only, newest first; `cursor` of the query brings the next.
    Answer<Page<wire::Decision>> decisions(DecisionQuery query, std::stop_token stop = {});
    Answer<wire::Decision> decision(std::string id);
    Answer<wire::Capacity> capacity();
    /// Changes nothing, so it is sent through a locked connection too.
    Answer<wire::SimulationAnswer> simulate(wire::SimulationRequest request, std::stop_token stop = {});
    Answer<wire::LogPage> logs(LogQuery query, std::stop_token stop = {});
    Answer<wire::MetricsAnswer> metrics(MetricsQuery query, std::stop_token stop = {});

    /// Every page of the list at `path` ("/v1/functions"); the watch id is that of the first page, so that
    /// following the watch from there misses nothing. Defined for the listed wire types.
    template <typename T>
    Answer<Page<T>> listAll(QByteArray path, std::stop_token stop);

private:
    std::shared_ptr<Transport> m_transport; // shared with the running requests
};

} // namespace nest::client
