// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/problems.h"

#include <algorithm>
#include <array>

namespace nest::control {

namespace {

constexpr std::array kinds{
    ProblemKind{"access/denied", 403, "Not allowed"},
    ProblemKind{"access/wrong-host", 403, "Wrong Host or Origin"},
    ProblemKind{"access/wrong-token", 401, "Token missing or wrong"},
    ProblemKind{"builds/artefact", 500, "The artefact cannot be read"},
    ProblemKind{"builds/bad-artefact", 500, "The artefact is damaged"},
    ProblemKind{"builds/bad-name", 422, "Name not allowed"},
    ProblemKind{"builds/bad-path", 422, "Path not allowed"},
    ProblemKind{"builds/no-artefact", 404, "The artefact is gone"},
    ProblemKind{"builds/too-large", 413, "Draft too large"},
    ProblemKind{"control/bad-query", 400, "Query not understood"},
    ProblemKind{"control/build-not-green", 409, "Build did not succeed"},
    ProblemKind{"control/build-running", 409, "A build is running"},
    ProblemKind{"control/cannot-start", 503, "No function can start here"},
    ProblemKind{"control/compacted", 410, "Too old to resume from"},
    ProblemKind{"control/draft-empty", 409, "Draft is empty"},
    ProblemKind{"control/has-deployments", 409, "Still deployed"},
    ProblemKind{"control/in-use", 409, "Still in use"},
    ProblemKind{"control/invalid", 422, "Fields not valid"},
    ProblemKind{"control/key-reused", 422, "Idempotency-Key used before"},
    ProblemKind{"control/method-not-allowed", 405, "Method not allowed"},
    ProblemKind{"control/network-refused", 409, "Network refused"},
    ProblemKind{"control/not-running", 409, "Not running"},
    ProblemKind{"control/precondition-required", 428, "If-Match is needed"},
    ProblemKind{"control/stopping", 503, "The platform is stopping"},
    ProblemKind{"control/too-large", 413, "Body too large"},
    ProblemKind{"control/too-many-events", 409, "Too many test events"},
    ProblemKind{"control/too-many-secrets", 409, "Too many secrets"},
    ProblemKind{"control/too-many-trials", 503, "Too many trials run"},
    ProblemKind{"control/unknown-build", 404, "No such build"},
    ProblemKind{"control/unknown-decision", 404, "No such decision"},
    ProblemKind{"control/unknown-deployment", 404, "No such deployment"},
    ProblemKind{"control/unknown-event", 404, "No such test event"},
    ProblemKind{"control/unknown-file", 404, "No such file"},
    ProblemKind{"control/unknown-function", 404, "No such function"},
    ProblemKind{"control/unknown-group", 404, "No such group"},
    ProblemKind{"control/unknown-instance", 404, "No such instance"},
    ProblemKind{"control/unknown-pool", 404, "No such pool"},
    ProblemKind{"control/unknown-route", 404, "No such address"},
    ProblemKind{"control/unknown-secret", 404, "No such secret"},
    ProblemKind{"control/unknown-template", 404, "No such template"},
    ProblemKind{"control/unknown-version", 404, "No such version"},
    ProblemKind{"logs/closed", 503, "The platform is stopping"},
    ProblemKind{"metrics/bad-query", 400, "Query not understood"},
    ProblemKind{"secrets/key", 500, "The key of the secrets cannot be used"},
    ProblemKind{"secrets/unreadable", 500, "A secret cannot be read"},
    ProblemKind{"store/broken", 500, "The store is broken"},
    ProblemKind{"store/closed", 503, "The platform is stopping"},
    ProblemKind{"store/exists", 409, "Exists already"},
    ProblemKind{"store/full", 507, "The disk is full"},
    ProblemKind{"store/locked", 503, "The store is locked"},
    ProblemKind{"store/missing", 404, "Does not exist"},
    ProblemKind{"store/stale", 412, "Changed in the meantime"},
    ProblemKind{"store/unwritable", 500, "The store cannot be written"},
    ProblemKind{"wire/bad-fields", 422, "Fields not valid"},
    ProblemKind{"wire/broken-json", 400, "Not valid JSON"},
};

} // namespace

std::span<const ProblemKind> problemKinds()
{
    return kinds;
}

ProblemKind problemKind(std::string_view type)
{
    const auto found = std::ranges::find(kinds, type, &ProblemKind::type);
    return found != kinds.end() ? *found : ProblemKind{type, 500, "Internal error"};
}

wire::Problem toProblem(const Error &error, const std::string &requestId)
{
    const auto kind = problemKind(error.type);
    wire::Problem problem;
    problem.type = "/problems/" + error.type;
    problem.title = kind.title;
    problem.status = kind.status;
    problem.detail = error.detail;
    problem.requestId = requestId;
    for (const auto &field : error.fields) {
        problem.errors.push_back({field.pointer, field.detail});
    }
    return problem;
}

} // namespace nest::control
