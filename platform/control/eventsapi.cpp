// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/eventsapi.h"

#include "api/wire/codec.h"
#include "platform/control/eventcheck.h"
#include "platform/control/fields.h"

#include <algorithm>

namespace nest::control {

namespace {

constexpr std::size_t maxEvents = 100;                // of a function, of all persons
constexpr std::size_t maxPageBytes = 4 * 1024 * 1024; // a page ends early with large bodies
constexpr int readAtOnce = 20;
constexpr char ownerMark = '!'; // sorts before all that a name may have, so that ids sort by name

std::string sharedId(const std::string &function, const std::string &name)
{
    return function + '/' + name;
}

std::string privateId(const std::string &function, const std::string &name, const std::string &owner)
{
    return sharedId(function, name) + ownerMark + owner;
}

std::string idOf(const std::string &function, const wire::TestEvent &event)
{
    return event.visibility == wire::Visibility::Shared
               ? sharedId(function, event.name)
               : privateId(function, event.name, event.status->owner);
}

/// By the id alone: whose private event that is; empty for a shared one.
std::string_view ownerIn(std::string_view id)
{
    const auto mark = id.find(ownerMark);
    return mark == std::string_view::npos ? std::string_view() : id.substr(mark + 1);
}

bool sees(const std::string &user, std::string_view id)
{
    return !id.contains(ownerMark) || ownerIn(id) == user;
}

Error unknownEvent(const std::string &function, const std::string &name)
{
    return {
        "control/unknown-event", "'" + function + "' has no test event '" + name + "' that you may see.", {}};
}

} // namespace

EventsApi::EventsApi(Context &context) : m_context(context) {}

void EventsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (EventsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/functions/{function}/events", &EventsApi::list);
    add("GET", "/v1/functions/{function}/events/{event}", &EventsApi::get);
    add("PUT", "/v1/functions/{function}/events/{event}", &EventsApi::put);
    add("DELETE", "/v1/functions/{function}/events/{event}", &EventsApi::remove);
}

QCoro::Task<EventsApi::Found> EventsApi::find(std::string function, std::string name, std::string user)
{
    if (!isEventName(name)) {
        co_return std::optional<StoredDocument>();
    }
    co_return co_await m_context.persistence.document(
        "events", {privateId(function, name, user), sharedId(function, name)});
}

EventsApi::Task EventsApi::list(CallPtr call)
{
    const auto &function = call->parameter("function");
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    if (m_context.catalogue.function(function) == nullptr) {
        co_return std::unexpected(unknownFunction(function));
    }
    wire::List<wire::TestEvent> answer;
    std::size_t bytes = 0;
    auto after = page->cursor.empty() ? std::string() : function + '/' + page->cursor;
    std::string last; // of the page, as a cursor
    while (true) {
        const auto documents =
            co_await m_context.persistence.documents("events", function, after, readAtOnce);
        if (!documents) {
            co_return std::unexpected(documents.error());
        }
        for (const auto &document : *documents) {
            after = document.id;
            if (!sees(call->user, document.id)) {
                continue;
            }
            if (answer.items.size() == page->limit || bytes > maxPageBytes) {
                answer.nextCursor = last;
                co_return listAnswer(m_context, wire::write(answer));
            }
            auto event = wire::read<wire::TestEvent>(document.body, wire::UnknownFields::Ignore);
            if (!event) {
                co_return failure("store/broken", "The test event " + document.id +
                                                      " cannot be read: " + event.error().detail);
            }
            event->etag = etagText(document.etag);
            bytes += document.body.size();
            last = document.id.substr(function.size() + 1);
            answer.items.push_back(std::move(*event));
        }
        if (static_cast<int>(documents->size()) < readAtOnce) {
            co_return listAnswer(m_context, wire::write(answer));
        }
    }
}

EventsApi::Task EventsApi::get(CallPtr call)
{
    const auto &function = call->parameter("function");
    const auto &name = call->parameter("event");
    if (m_context.catalogue.function(function) == nullptr) {
        co_return std::unexpected(unknownFunction(function));
    }
    const auto found = co_await find(function, name, call->user);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    if (!*found) {
        co_return std::unexpected(unknownEvent(function, name));
    }
    co_return jsonAnswer(200, withEtag((*found)->body, (*found)->etag), (*found)->etag);
}

QCoro::Task<Result<>> EventsApi::checkRoom(std::string function, wire::TestEvent event, std::string present)
{
    const auto ids = co_await m_context.persistence.documentIds("events", function);
    if (!ids) {
        co_return std::unexpected(ids.error());
    }
    if (present.empty() && ids->size() >= maxEvents) {
        co_return failure("control/too-many-events",
                          "'" + function + "' has 100 test events, the most. Delete one first.");
    }
    const auto ofOthers = [&](const std::string &id) {
        return id != present && id.starts_with(sharedId(function, event.name) + ownerMark);
    };
    if (event.visibility == wire::Visibility::Shared && std::ranges::any_of(*ids, ofOthers)) {
        co_return failure("control/invalid",
                          "Somebody else has a private test event '" + event.name +
                              "' and would then see two of that name. Take another name.",
                          {{"/name", "is in use"}});
    }
    co_return Result<>();
}

EventsApi::Task EventsApi::put(CallPtr call)
{
    const auto &function = call->parameter("function");
    const auto &name = call->parameter("event");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto body = wire::read<wire::TestEvent>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    if (m_context.catalogue.function(function) == nullptr) {
        co_return std::unexpected(unknownFunction(function));
    }
    if (!body->name.empty() && body->name != name) {
        co_return std::unexpected(invalid({{"/name", "must be '" + name + "', as in the address"}}));
    }
    body->name = name;
    if (auto errors = eventErrors(*body); !errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    const auto found = co_await find(function, name, call->user);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    const auto &present = *found;
    if (present && (condition->mustNotExist || !condition->allows(present->etag))) {
        co_return staleAnswer(withEtag(present->body, present->etag), present->etag, call->requestId);
    }
    if (!present && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownEvent(function, name));
    }
    body->etag.reset();
    body->status = wire::TestEventStatus{call->user, m_context.now()};
    if (present) {
        const auto before = wire::read<wire::TestEvent>(present->body, wire::UnknownFields::Ignore);
        if (before && before->status) {
            body->status->owner = before->status->owner;
        }
        if (body->visibility == wire::Visibility::Private && body->status->owner != call->user) {
            co_return std::unexpected(invalid(
                {{"/visibility", "can be private again only for " + body->status->owner + ", who made it"}}));
        }
    }
    if (auto room = co_await checkRoom(function, *body, present ? present->id : std::string()); !room) {
        co_return std::unexpected(room.error());
    }
    const auto id = idOf(function, *body);
    const bool stays = present && present->id == id;
    const auto text = wire::write(*body);
    Batch batch;
    batch.needed.push_back({"functions", function});
    batch.documents.push_back({"events", id, function, text, stays ? present->etag : 0});
    if (present && !stays) { // from private to shared, or back
        batch.documents.push_back({"events", present->id, function, "", present->etag});
    }
    const auto done = co_await commitAndPublish(m_context, std::move(batch));
    if (!done) {
        if (m_context.catalogue.function(function) == nullptr) {
            co_return std::unexpected(unknownFunction(function));
        }
        const auto now = co_await find(function, name, call->user);
        if (now && *now && (done.error().type == "store/stale" || done.error().type == "store/exists")) {
            co_return staleAnswer(withEtag((*now)->body, (*now)->etag), (*now)->etag, call->requestId);
        }
        co_return std::unexpected(done.error());
    }
    const auto etag = done->documentEtags.front();
    auto answer = withEtag(text, etag);
    co_return present ? jsonAnswer(200, std::move(answer), etag)
                      : createdAnswer(std::move(answer), etag, call->request.path);
}

EventsApi::Task EventsApi::remove(CallPtr call)
{
    const auto &function = call->parameter("function");
    const auto &name = call->parameter("event");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    if (m_context.catalogue.function(function) == nullptr) {
        co_return std::unexpected(unknownFunction(function));
    }
    const auto found = co_await find(function, name, call->user);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    const auto &present = *found;
    if (!present) {
        co_return std::unexpected(unknownEvent(function, name));
    }
    if (!condition->allows(present->etag)) {
        co_return staleAnswer(withEtag(present->body, present->etag), present->etag, call->requestId);
    }
    Batch batch;
    batch.documents.push_back({"events", present->id, function, "", present->etag});
    const auto done = co_await commitAndPublish(m_context, std::move(batch));
    if (!done && done.error().type == "store/stale") {
        const auto now = co_await find(function, name, call->user);
        if (now && *now) {
            co_return staleAnswer(withEtag((*now)->body, (*now)->etag), (*now)->etag, call->requestId);
        }
    }
    co_return done ? Result<Answer>(Answer{204, {}, ""}) : std::unexpected(done.error());
}

} // namespace nest::control
