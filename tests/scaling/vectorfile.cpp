// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scaling/vectorfile.h"

#include <QFile>

#include <cmath>

namespace json = boost::json;

namespace nest::scalingtest {

const std::set<std::string> checkedGroups{
    "autoscaler.scale", "autoscaler.create",     "decider.target",  "metric.panic_window",   "window.max",
    "window.time_max",  "window.buckets",        "config.validate", "multiscaler.poke",      "hpa.behavior",
    "hpa.limit",        "hpa.stabilize_default", "hpa.tolerance",   "hpa.stabilize_behavior"};

const std::map<std::string, std::string> groupsWithoutMeaning{
    {"decider.make", "panicRatio is the ratio itself; there are no cluster-wide settings to override"},
    {"decider.initial_scale", "a deployment begins with what is reserved; there is no initial scale"},
    {"kpa.scaler", "zero has a rule of our own: idle for scaleToZeroAfterSeconds, no proof of a path needed"},
    {"kpa.activator_count", "the gateway itself queues; there are no activators to count"},
    {"kpa.status", "what is ready is counted by the fleet, not reported back"},
    {"kpa.active_condition", "a deployment's state is made from its instances"},
    {"multiscaler.create",
     "the state before the first evaluation is a plain State; no burst capacity is kept"},
    {"multiscaler.same_sign",
     "the sign of the burst capacity decides nothing: the gateway is always in the path"},
    {"multiscaler.notify", "decisions are returned, nobody is notified"},
    {"window.weighted_buckets", "windows are plain means; exponential weights are no setting"},
    {"window.coefficient", "windows are plain means; exponential weights are no setting"},
    {"metrics.sample_size", "every request passes the gateway, which counts all of them"},
    {"activator.concurrency_report", "the gateway's counters are whole seconds; its first request pokes"},
    {"activator.capacity", "no activators: the gateway knows every instance's limit"},
    {"activator.pick_indices", "no activators: each deployment has one owner"}};

double number(const json::object &object, const char *key, double fallback)
{
    const json::value *value = object.if_contains(key);
    return value ? value->to_number<double>() : fallback;
}

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

scaling::TimePoint at(double seconds)
{
    return scaling::TimePoint(milliseconds(seconds));
}

std::string text(const json::object &object, const char *key)
{
    const json::value *value = object.if_contains(key);
    return value ? std::string(value->as_string()) : std::string();
}

namespace {

QString readFile(const QString &path, VectorGroups &groups)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return path + QStringLiteral(": ") + file.errorString();
    }
    const QByteArray bytes = file.readAll();
    boost::system::error_code error;
    const json::value whole = json::parse({bytes.constData(), std::size_t(bytes.size())}, error);
    if (error) {
        return path + QStringLiteral(" is not JSON: ") + QString::fromStdString(error.message());
    }
    for (const json::value &entry : whole.at("vectors").as_array()) {
        const json::object &vector = entry.as_object();
        groups[text(vector, "group")].push_back(vector);
    }
    return {};
}

} // namespace

QString readVectors(VectorGroups &groups)
{
    QString problem =
        readFile(QStringLiteral(NEST_SOURCE_DIR "/tests/scaling/vectors/autoscaler.json"), groups);
    if (const QString more = qEnvironmentVariable("NEST_VECTORS"); problem.isEmpty() && !more.isEmpty()) {
        problem = readFile(more, groups);
    }
    return problem;
}

} // namespace nest::scalingtest
