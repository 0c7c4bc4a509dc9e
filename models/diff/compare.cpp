// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/diff/compare.h"

#include "api/client/onworker.h"

#include <QByteArray>

#include <map>

namespace nest::models {

namespace {

struct Pair
{
    std::optional<wire::File> before;
    std::optional<wire::File> after;

    [[nodiscard]] bool isSame() const
    {
        return before && after && before->etag && before->etag == after->etag;
    }
    [[nodiscard]] std::int64_t bytes() const
    {
        const auto size = [](const std::optional<wire::File> &file) {
            return file && file->status ? file->status->sizeBytes : 0;
        };
        return size(before) + size(after);
    }
};

std::string contentOf(const wire::File &file)
{
    if (file.encoding == wire::FileEncoding::Base64) {
        return QByteArray::fromBase64(QByteArray::fromStdString(file.content)).toStdString();
    }
    return file.content;
}

} // namespace

client::Answer<VersionDiff> compareVersions(client::PlatformClient &client, std::string function, int before,
                                            int after, CompareLimits limits, std::stop_token stop)
{
    // The client outlives this or ends each call with client/closed, after which it is not touched again.
    std::map<std::string, Pair> pairs;
    for (const auto &[number, side] : {std::pair(before, &Pair::before), std::pair(after, &Pair::after)}) {
        if (number == 0) {
            continue;
        }
        auto listed = co_await client.versionFiles(function, number, stop);
        if (!listed) {
            co_return std::unexpected(std::move(listed.error()));
        }
        for (wire::File &file : listed->items) {
            (pairs[file.path].*side) = std::move(file);
        }
    }
    std::erase_if(pairs, [](const auto &pair) { return pair.second.isSame(); });

    VersionDiff result;
    FileTexts oldTexts;
    FileTexts newTexts;
    std::int64_t bytes = 0;
    std::size_t count = 0;
    for (const auto &[path, pair] : pairs) {
        bytes += pair.bytes();
        if (++count > limits.files || bytes > limits.bytes) {
            ++result.notRead;
            continue;
        }
        for (const auto &[number, isThere, texts] : {std::tuple(before, pair.before.has_value(), &oldTexts),
                                                     std::tuple(after, pair.after.has_value(), &newTexts)}) {
            if (!isThere) {
                continue;
            }
            auto file = co_await client.versionFile(function, number, path, stop);
            if (!file) {
                co_return std::unexpected(std::move(file.error()));
            }
            (*texts)[path] = contentOf(*file);
        }
    }
    result.files = co_await client::OnWorker([oldTexts = std::move(oldTexts), newTexts = std::move(newTexts),
                                              diff = limits.diff,
                                              stop] { return diffFiles(oldTexts, newTexts, diff, stop); });
    co_return result;
}

} // namespace nest::models
