// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/gatewayrequest.h"
#include "app/nest/json.h"
#include "app/nest/text.h"

#include <CLI/CLI.hpp>

#include <QFile>

#include <format>

namespace nest::cli {

namespace {

struct InvokeOptions
{
    std::string function;
    std::string path = "/";
    std::string method;
    std::optional<std::string> data;
    std::vector<std::string> headers;
    std::string lane;
    bool showsHead = false;
};

Result<QByteArray> bodyOf(const std::optional<std::string> &data)
{
    if (!data) {
        return QByteArray();
    }
    if (!data->starts_with('@')) {
        return QByteArray::fromStdString(*data);
    }
    const QString name = QString::fromStdString(data->substr(1));
    QFile file(name);
    const bool isOpen = name == u'-' ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return failure("cli/bad-value", "--data: " + name.toStdString() + " cannot be read (" +
                                            file.errorString().toStdString() + ").");
    }
    return file.readAll();
}

Result<std::pair<std::string, std::string>> headerOf(const std::string &text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0) {
        return failure("cli/bad-value", "-H is 'name: value', not '" + text + "'.");
    }
    const auto value = text.find_first_not_of(' ', colon + 1);
    return std::pair(text.substr(0, colon), value == std::string::npos ? std::string() : text.substr(value));
}

Result<GatewayRequest> requestOf(const InvokeOptions &options)
{
    GatewayRequest request;
    request.function = options.function;
    request.path = options.path;
    auto body = bodyOf(options.data);
    if (!body) {
        return std::unexpected(std::move(body.error()));
    }
    request.body = std::move(*body);
    request.method = options.method.empty() ? (options.data ? "POST" : "GET") : options.method;
    bool hasType = false;
    for (const auto &text : options.headers) {
        auto header = headerOf(text);
        if (!header) {
            return std::unexpected(std::move(header.error()));
        }
        hasType = hasType || QByteArray::fromStdString(header->first).toLower() == "content-type";
        request.headers.push_back(std::move(*header));
    }
    if (options.data && !hasType) {
        const bool isJson = request.body.startsWith('{') || request.body.startsWith('[');
        request.headers.emplace_back("content-type",
                                     isJson ? "application/json" : "text/plain; charset=utf-8");
    }
    if (!options.lane.empty()) {
        request.headers.emplace_back("nest-lane", options.lane);
    }
    return request;
}

std::string phasesText(const wire::ColdStart &phases)
{
    std::string text;
    const auto add = [&](const char *name, const std::optional<double> &value) {
        text += std::format("{}{} {}", text.empty() ? "" : ", ", name,
                            value ? numberText(*value) + " ms" : unknown);
    };
    add("schedule", phases.scheduleMs);
    add("fetch", phases.fetchMs);
    add("start", phases.startMs);
    add("runtime init", phases.runtimeInitMs);
    add("user init", phases.userInitMs);
    return text;
}

void printHead(Output &output, const GatewayAnswer &answer)
{
    output.line(output.style().bold(std::format("HTTP {} {}", answer.status, answer.reason)));
    for (const auto &[name, value] : answer.headers) {
        output.line(output.style().dim(name + ": ") + value);
    }
    if (answer.version) {
        const bool wasCold = answer.wasCold.value_or(false);
        const auto wait = answer.queueWaitMs ? numberText(*answer.queueWaitMs) + " ms" : std::string(unknown);
        output.line(std::format("{}v{}, instance {}, {}", output.style().dim("served by "), *answer.version,
                                shortId(answer.instance),
                                wasCold ? "cold, waited " + wait : std::string("warm")));
        output.line(output.style().dim("its start ") + phasesText(answer.coldStart));
    }
    output.line("");
}

/// As the API writes an instance's coldStart: what is not known is left out.
boost::json::object phasesJson(const wire::ColdStart &phases)
{
    boost::json::object document;
    const auto add = [&](const char *name, const std::optional<double> &value) {
        if (value) {
            document[name] = *value;
        }
    };
    add("scheduleMs", phases.scheduleMs);
    add("fetchMs", phases.fetchMs);
    add("startMs", phases.startMs);
    add("runtimeInitMs", phases.runtimeInitMs);
    add("userInitMs", phases.userInitMs);
    return document;
}

/// Who answered instead of the lane that was asked for.
struct Fallback
{
    wire::GroupName asked;
    wire::GroupName answered;
    std::string reason; // after "because"
};

std::string laneOf(const GatewayRequest &request)
{
    std::string lane;
    for (const auto &[name, value] : request.headers) {
        if (QByteArray::fromStdString(name).toLower() == "nest-lane") {
            lane = value;
        }
    }
    return lane;
}

/// The gateway names the instance, the platform that instance's group. Nothing when the lane itself answered,
/// or when it cannot be told any more. A fallback stays in its SET.
QCoro::Task<std::optional<Fallback>> fallbackOf(client::PlatformClient &client, std::string function,
                                                std::string lane, std::string region, std::string instance)
{
    if (lane.empty() || instance.empty()) {
        co_return std::nullopt;
    }
    const auto served = co_await client.instance(instance);
    if (!served || (served->lane == lane && served->region == region)) {
        co_return std::nullopt;
    }
    Fallback fallback;
    fallback.asked = {served->set, lane, region};
    fallback.answered = {served->set, served->lane, served->region};
    const auto deployed = co_await client.deployment(function, fallback.asked);
    fallback.reason = deployed ? toString(fallback.asked) + " fails or its queue is full"
                               : function + " is not deployed to " + toString(fallback.asked);
    co_return fallback;
}

std::string json(const GatewayAnswer &answer, const std::optional<Fallback> &fallback)
{
    boost::json::object document;
    document["status"] = answer.status;
    boost::json::object headers;
    for (const auto &[name, value] : answer.headers) {
        headers[name] = value;
    }
    document["headers"] = std::move(headers);
    document["encoding"] = answer.body.isValidUtf8() ? "utf8" : "base64";
    document["body"] = (answer.body.isValidUtf8() ? answer.body : answer.body.toBase64()).toStdString();
    if (answer.version) {
        document["version"] = *answer.version;
        document["instance"] = answer.instance;
        document["cold"] = answer.wasCold.value_or(false);
        document["coldStart"] = phasesJson(answer.coldStart);
    }
    if (answer.queueWaitMs) {
        document["queueWaitMs"] = *answer.queueWaitMs;
    }
    if (fallback) {
        document["fallback"] = {{"asked", toString(fallback->asked)},
                                {"answered", toString(fallback->answered)},
                                {"reason", fallback->reason}};
    }
    if (!answer.problemType.empty()) {
        document["problem"] = problemJson({answer.problemType, answer.problemDetail});
    }
    return jsonText(document);
}

Outcome run(Context &context, InvokeOptions options)
{
    auto request = requestOf(options);
    if (!request) {
        co_return std::unexpected(std::move(request.error()));
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    request->gatewayUrl = link->me.gatewayUrl;
    const auto lane = laneOf(*request);
    const auto answer = co_await sendThroughGateway(std::move(*request));
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    const auto fallback =
        co_await fallbackOf(*link->client, options.function, lane, link->me.region, answer->instance);
    auto &output = context.output;
    if (output.isJson()) {
        output.line(json(*answer, fallback));
    } else {
        if (options.showsHead) {
            printHead(output, *answer);
        }
        output.raw(std::string_view(answer->body.constData(), static_cast<std::size_t>(answer->body.size())));
        if (!answer->body.isEmpty() && !answer->body.endsWith('\n')) {
            output.line("");
        }
    }
    if (fallback) { // beside the body, which may go into a pipe
        output.complain(
            std::format("nest: answered by {}, because {}.", toString(fallback->answered), fallback->reason));
    }
    if (!answer->problemType.empty()) {
        output.complain("nest: " + answer->problemDetail);
        co_return exitCodeOf(answer->problemType);
    }
    if (answer->status >= 500) {
        output.complain(std::format("nest: {} answered {}. `nest logs {}` may say why.", options.function,
                                    answer->status, options.function));
        co_return ExitCode::Failed;
    }
    co_return ExitCode::Ok;
}

} // namespace

void addInvoke(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<InvokeOptions>();
    auto *command = app.add_subcommand("invoke", "send a request to a function through the gateway");
    command->add_option("NAME", options->function, "the function")->required();
    command->add_option("--path", options->path, "path and query (default /)");
    command->add_option("--method", options->method, "GET, or POST when there is data");
    command->add_option("--data", options->data, "the body; @FILE reads a file, @- standard input");
    command->add_option("-H,--header", options->headers, "'name: value', may be given several times")
        ->allow_extra_args(false);
    command->add_option("--lane", options->lane, "the lane, main when not given");
    command->add_flag("-i,--include", options->showsHead,
                      "also status, headers, version, instance, cold-start phases");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
