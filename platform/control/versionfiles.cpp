// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files that a version was built from, out of its artefact, so that two versions, or a version and the
// draft, can be compared.

#include "platform/control/buildsapi.h"

#include "api/wire/codec.h"
#include "platform/builds/sources.h"
#include "platform/control/worker.h"

namespace nest::control {

Result<const wire::Version *> BuildsApi::findVersion(const Call &call) const
{
    const auto &name = call.parameter("function");
    const auto *entry = m_context.catalogue.function(name);
    if (entry == nullptr) {
        return std::unexpected(unknownFunction(name));
    }
    const auto number = wholeNumber(call.parameter("version"), "The version");
    const auto found = number ? entry->versions.find(*number) : entry->versions.end();
    if (found == entry->versions.end()) {
        return failure("control/unknown-version",
                       "'" + name + "' has no version " + call.parameter("version") + ".");
    }
    return &found->second;
}

QCoro::Task<Result<std::optional<builds::Sources>>> BuildsApi::sourcesOf(std::string function, int build)
{
    const auto stored =
        co_await m_context.persistence.document("sources", {function + '/' + std::to_string(build)});
    if (!stored) {
        co_return std::unexpected(stored.error());
    }
    if (!*stored) {
        co_return std::optional<builds::Sources>(); // built by a platform that kept no such note
    }
    auto note = wire::read<builds::Sources>((*stored)->body, wire::UnknownFields::Ignore);
    if (!note) {
        co_return std::unexpected(note.error());
    }
    co_return std::optional(std::move(*note));
}

BuildsApi::Task BuildsApi::listVersionFiles(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    const auto version = findVersion(*call);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    const auto digest = (*version)->artefactDigest;
    const auto note = co_await sourcesOf((*version)->function, (*version)->build);
    if (!note) {
        co_return std::unexpected(note.error());
    }
    auto files = co_await inWorker([directory = m_context.dataDirectory, digest, note = *note] {
        return builds::listSources(builds::ArtefactStore(directory), digest, note);
    });
    if (!files) {
        co_return std::unexpected(files.error());
    }
    const auto answer = pageOf(std::move(*files), *page, [](const wire::File &file) { return file.path; });
    co_return listAnswer(m_context, wire::write(answer));
}

BuildsApi::Task BuildsApi::getVersionFile(CallPtr call)
{
    const auto version = findVersion(*call);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    const auto digest = (*version)->artefactDigest;
    const auto note = co_await sourcesOf((*version)->function, (*version)->build);
    if (!note) {
        co_return std::unexpected(note.error());
    }
    const auto path = call->parameter("path");
    const auto file = co_await inWorker([directory = m_context.dataDirectory, digest, path, note = *note] {
        return builds::readSource(builds::ArtefactStore(directory), digest, path, note);
    });
    if (!file) {
        co_return std::unexpected(file.error());
    }
    if (!*file) {
        co_return failure("control/unknown-file", "Version " + call->parameter("version") + " of '" +
                                                      call->parameter("function") + "' has no file '" + path +
                                                      "'.");
    }
    co_return jsonAnswer(200, wire::write(**file));
}

} // namespace nest::control
