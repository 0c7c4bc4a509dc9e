// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/gatewayrequest.h"

#include "api/wire/codec.h"
#include "api/wire/platform.h"

#include <QCoroNetworkReply>

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <charconv>

namespace nest::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Longer than the gateway lets a request wait for an instance and a function run by default.
constexpr auto silence = 120s;

QNetworkRequest networkRequest(const GatewayRequest &request)
{
    std::string url = request.gatewayUrl;
    while (url.ends_with('/')) {
        url.pop_back();
    }
    url += "/fn/" + request.function + (request.path.starts_with('/') ? "" : "/") + request.path;
    QNetworkRequest network(QUrl(QString::fromStdString(url), QUrl::TolerantMode));
    network.setTransferTimeout(silence);
    network.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    network.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    network.setHeader(QNetworkRequest::UserAgentHeader, u"nest/" NEST_VERSION ""_s);
    network.setRawHeader("accept-encoding", "identity"); // the body is printed as it comes
    network.setRawHeader("nest-debug", "timing");
    for (const auto &[name, value] : request.headers) {
        network.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    return network;
}

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

void takeHeader(GatewayAnswer &answer, const std::string &name, const std::string &value)
{
    if (name == "nest-version") {
        if (const auto version = number(value)) {
            answer.version = static_cast<int>(*version);
        }
    } else if (name == "nest-instance") {
        answer.instance = value;
    } else if (name == "nest-cold") {
        answer.wasCold = value == "cold";
    } else if (name == "nest-queue-wait-ms") {
        answer.queueWaitMs = number(value);
    } else if (name == "nest-cold-start") {
        answer.coldStart = parsePhases(value);
    } else {
        answer.headers.emplace_back(name, value);
    }
}

/// The gateway's own refusals are problem documents of its room; a function's 404 is the function's.
void takeProblem(GatewayAnswer &answer)
{
    static constexpr std::string_view prefix = "/problems/";
    if (answer.status < 400) {
        return;
    }
    const auto problem = wire::read<wire::Problem>(answer.body.toStdString(), wire::UnknownFields::Ignore);
    if (problem && problem->type.starts_with("/problems/gateway/")) {
        answer.problemType = problem->type.substr(prefix.size());
        answer.problemDetail = problem->detail;
    }
}

} // namespace

wire::ColdStart parsePhases(const std::string &text)
{
    wire::ColdStart phases;
    const std::pair<std::string_view, std::optional<double> &> known[] = {
        {"schedule", phases.scheduleMs},
        {"fetch", phases.fetchMs},
        {"start", phases.startMs},
        {"runtimeInit", phases.runtimeInitMs},
        {"userInit", phases.userInitMs}};
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const auto part = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = part.find('=');
        for (const auto &[name, value] : known) {
            if (equals != std::string_view::npos && part.substr(0, equals) == name) {
                value = number(part.substr(equals + 1));
            }
        }
    }
    return phases;
}

QCoro::Task<Result<GatewayAnswer>> sendThroughGateway(GatewayRequest request)
{
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(
        networkRequest(request), QByteArray::fromStdString(request.method), request.body));
    if (!reply->isFinished()) {
        co_await qCoro(reply.get()).waitForFinished();
    }
    GatewayAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->error() == QNetworkReply::OperationCanceledError) {
        co_return failure("client/timeout", request.function + " sent nothing for 120 s.");
    }
    if (answer.status == 0) {
        co_return failure("client/unreachable",
                          "The gateway at " + request.gatewayUrl + " does not answer (" +
                              reply->errorString().toStdString() + "). `nest status` says where it is.");
    }
    answer.reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().toStdString();
    answer.body = reply->readAll();
    for (const auto &[name, value] : reply->rawHeaderPairs()) {
        takeHeader(answer, name.toLower().toStdString(), value.toStdString());
    }
    takeProblem(answer);
    co_return answer;
}

} // namespace nest::cli
