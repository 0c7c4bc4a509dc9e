// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/observeapi.h"

#include "api/wire/codec.h"

#include <QFile>

#include <algorithm>
#include <charconv>

namespace nest::control {

namespace {

template <typename T>
using Optional = Result<std::optional<T>>;

Optional<wire::GroupName> queryGroup(const Call &call)
{
    const auto text = call.queryValue("group");
    if (!text || text->empty()) {
        return std::nullopt;
    }
    auto group = wire::parseGroupName(*text);
    if (!group) {
        return failure("control/bad-query", "group must be set/lane/region, not '" + *text + "'.");
    }
    return group;
}

Optional<wire::Time> queryTime(const Call &call, std::string_view name)
{
    const auto text = call.queryValue(name);
    if (!text) {
        return std::nullopt;
    }
    const auto time = wire::parseTime(*text);
    if (!time) {
        return failure("control/bad-query", std::string(name) +
                                                " must be a time such as 2026-03-01T10:58:26Z, not '" +
                                                *text + "'.");
    }
    return time;
}

Optional<int> queryNumber(const Call &call, std::string_view name)
{
    const auto text = call.queryValue(name);
    if (!text) {
        return std::nullopt;
    }
    const auto number = wholeNumber(*text, name);
    if (!number) {
        return std::unexpected(number.error());
    }
    return std::optional(*number);
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(',');
        if (end != 0) {
            parts.emplace_back(text.substr(0, end));
        }
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

/// 64 bits: ids of changes and log lines.
Optional<std::int64_t> querySequence(const Call &call, std::string_view name)
{
    const auto text = call.queryValue(name);
    if (!text) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size() || value < 0) {
        return failure("control/bad-query",
                       std::string(name) + " must be a whole number, not '" + *text + "'.");
    }
    return std::optional(value);
}

} // namespace

ObserveApi::ObserveApi(Context &context, QObject *parent) : QObject(parent), m_context(context) {}

void ObserveApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (ObserveApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/openapi.json", &ObserveApi::openapi);
    add("GET", "/v1/healthz", &ObserveApi::health);
    add("GET", "/v1/me", &ObserveApi::me);
    add("GET", "/v1/instances", &ObserveApi::instances);
    add("GET", "/v1/instances/{instance}", &ObserveApi::instance);
    add("GET", "/v1/decisions", &ObserveApi::decisions);
    add("GET", "/v1/decisions/{decision}", &ObserveApi::decision);
    add("GET", "/v1/logs", &ObserveApi::logs);
    add("GET", "/v1/metrics/query", &ObserveApi::metrics);
    router.addStream("/v1/watch",
                     [this](CallPtr call, std::shared_ptr<http::Reply> reply) { watch(call, reply); });
}

ObserveApi::Task ObserveApi::instances(CallPtr call)
{
    const auto page = paging(*call);
    const auto group = queryGroup(*call);
    if (!page || !group) {
        co_return std::unexpected(page ? group.error() : page.error());
    }
    std::optional<wire::InstanceState> state;
    if (const auto text = call->queryValue("state")) {
        const auto read = wire::readEnum<wire::InstanceState>(*text);
        if (!read) {
            co_return failure("control/bad-query", "state: " + read.error().detail);
        }
        state = *read;
    }
    const auto function = call->queryValue("function");
    auto all = m_context.fleet.instances();
    std::ranges::move(m_context.trials.instances(), std::back_inserter(all));
    std::erase_if(all, [&](const wire::Instance &instance) {
        return (function && instance.function != *function) || (state && instance.state != *state) ||
               (*group && **group != wire::GroupName{instance.set, instance.lane, instance.region});
    });
    std::ranges::sort(all, {}, &wire::Instance::id);
    const auto answer =
        pageOf(std::move(all), *page, [](const wire::Instance &instance) { return instance.id; });
    co_return listAnswer(m_context, wire::write(answer));
}

ObserveApi::Task ObserveApi::instance(CallPtr call)
{
    const auto found = m_context.instance(call->parameter("instance"));
    if (!found) {
        co_return failure("control/unknown-instance", "There is no instance '" + call->parameter("instance") +
                                                          "'. Ended ones are listed for ten minutes.");
    }
    co_return jsonAnswer(200, wire::write(*found));
}

ObserveApi::Task ObserveApi::decisions(CallPtr call)
{
    const auto page = paging(*call);
    const auto group = queryGroup(*call);
    const auto version = queryNumber(*call, "version");
    const auto from = queryTime(*call, "from");
    const auto to = queryTime(*call, "to");
    for (const auto *error :
         {page ? nullptr : &page.error(), group ? nullptr : &group.error(),
          version ? nullptr : &version.error(), from ? nullptr : &from.error(), to ? nullptr : &to.error()}) {
        if (error != nullptr) {
            co_return std::unexpected(*error);
        }
    }
    DecisionQuery query;
    query.function = call->queryValue("function").value_or("");
    query.group = *group;
    query.version = *version;
    query.from = *from;
    query.to = *to;
    query.before = page->cursor;
    query.limit = static_cast<int>(page->limit) + 1;
    auto found = co_await m_context.persistence.decisions(query);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    wire::List<wire::Decision> answer;
    answer.items = std::move(*found);
    if (answer.items.size() > page->limit) {
        answer.items.pop_back();
        answer.nextCursor = answer.items.back().id;
    }
    co_return listAnswer(m_context, wire::write(answer));
}

ObserveApi::Task ObserveApi::decision(CallPtr call)
{
    const auto id = call->parameter("decision");
    const auto found = co_await m_context.persistence.decision(id);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    if (!*found) {
        co_return failure("control/unknown-decision",
                          "There is no decision '" + id + "'. They are kept for 30 days.");
    }
    co_return jsonAnswer(200, wire::write(**found));
}

ObserveApi::Task ObserveApi::logs(CallPtr call)
{
    logs::Query query;
    query.function = call->queryValue("function").value_or("");
    if (m_context.catalogue.function(query.function) == nullptr) {
        co_return query.function.empty()
            ? Result<Answer>(
                  failure("control/bad-query", "Name the function whose log you want: ?function=NAME."))
            : std::unexpected(unknownFunction(query.function));
    }
    const auto after = querySequence(*call, "after");
    const auto limit = queryNumber(*call, "limit");
    const auto group = queryGroup(*call);
    if (!after || !limit || !group) {
        co_return std::unexpected(!after ? after.error() : !limit ? limit.error() : group.error());
    }
    constexpr int mostLines = 1'000;
    query.after = *after;
    query.limit = std::clamp(limit->value_or(200), 1, mostLines);
    query.instance = call->queryValue("instance").value_or("");
    query.group = *group ? toString(**group) : std::string();
    query.text = call->queryValue("text").value_or("");
    if (const auto severity = call->queryValue("severity")) {
        const auto read = wire::readEnum<wire::Severity>(*severity);
        if (!read) {
            co_return failure("control/bad-query", "severity: " + read.error().detail);
        }
        query.atLeast = *read;
    }
    const auto found = co_await m_context.logs.page(query);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    co_return jsonAnswer(200, wire::write(*found));
}

ObserveApi::Task ObserveApi::metrics(CallPtr call)
{
    const auto group = queryGroup(*call);
    const auto version = queryNumber(*call, "version");
    const auto width = queryNumber(*call, "width");
    const auto from = queryTime(*call, "from");
    const auto to = queryTime(*call, "to");
    for (const auto *error :
         {group ? nullptr : &group.error(), version ? nullptr : &version.error(),
          width ? nullptr : &width.error(), from ? nullptr : &from.error(), to ? nullptr : &to.error()}) {
        if (error != nullptr) {
            co_return std::unexpected(*error);
        }
    }
    nest::metrics::Query query;
    query.function = call->queryValue("function");
    if (query.function && m_context.catalogue.function(*query.function) == nullptr) {
        co_return std::unexpected(unknownFunction(*query.function));
    }
    if (*group) {
        query.group = toString(**group);
    }
    query.version = *version;
    query.names = split(call->queryValue("names").value_or(""));
    query.to = to->value_or(m_context.now());
    query.from = from->value_or(query.to - std::chrono::minutes(5));
    query.width = *width;
    query.raw = call->queryValue("resolution").value_or("") == "raw";
    constexpr std::chrono::hours mostRaw{6};
    if (query.raw && query.to - query.from > mostRaw) {
        co_return failure("control/bad-query",
                          "Every second is given for at most 6 hours. Ask for less, or for a width.");
    }
    const auto answer = m_context.metrics.query(query);
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    co_return jsonAnswer(200, wire::write(*answer));
}

ObserveApi::Task ObserveApi::me(CallPtr call)
{
    co_return jsonAnswer(200, wire::write(m_context.me(call->user)));
}

ObserveApi::Task ObserveApi::health(CallPtr)
{
    co_return Answer{200, {{"Content-Type", "text/plain"}}, "ok\n"};
}

ObserveApi::Task ObserveApi::openapi(CallPtr)
{
    const auto path = m_context.shareDirectory + "/openapi.json";
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) {
        co_return failure("control/unknown-route", "This installation lacks its API document " + path + ".");
    }
    co_return jsonAnswer(200, file.readAll().toStdString());
}

void ObserveApi::watch(const CallPtr &call, const std::shared_ptr<http::Reply> &reply)
{
    const auto since = querySequence(*call, "since");
    const auto last = call->request.header("last-event-id");
    std::optional<std::int64_t> start;
    if (since) {
        start = *since;
    }
    if (!start && !last.empty()) {
        std::int64_t value = 0;
        std::from_chars(last.data(), last.data() + last.size(), value);
        start = value;
    }
    if (!since) {
        auto answer = problemAnswer(since.error(), call->requestId);
        reply->send(answer.status, std::move(answer.headers), std::move(answer.body));
        return;
    }
    WatchHub::Filter filter;
    for (auto &kind : split(call->queryValue("kinds").value_or(""))) {
        filter.kinds.insert(std::move(kind));
    }
    const auto stream = m_context.hub.open(reply, std::move(filter));
    QCoro::connect(replay(stream, start.value_or(m_context.hub.lastId())), this, [] {});
}

QCoro::Task<> ObserveApi::replay(std::uint64_t stream, std::int64_t since)
{
    const auto missed = co_await m_context.persistence.changesSince(since);
    if (!missed) {
        m_context.hub.refuse(stream, problemAnswer(missed.error(), ""));
        co_return;
    }
    m_context.hub.finishReplay(stream, missed->changes, std::max(since, missed->upTo), m_context.now());
}

} // namespace nest::control
