// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes to the database named on the command line until it is killed, and says each acknowledged write.
// One write is a document, a file and a decision together.

#include "platform/store/database.h"

#include <QCoreApplication>

#include <cstdio>
#include <format>

using namespace nest;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3) {
        std::fputs("store_writer DATABASE PREFIX\n", stderr);
        return 2;
    }
    store::Database database;
    if (const Result<> opened = database.open(argv[1]); !opened) {
        std::fprintf(stderr, "%s: %s\n", opened.error().type.c_str(), opened.error().detail.c_str());
        return 1;
    }
    for (int number = 0;; ++number) {
        const std::string id = std::format("{}-{:05}", argv[2], number);
        const Result<std::int64_t> etag = database.wait([id](store::Sql &sql) -> Result<std::int64_t> {
            if (const auto file = sql.putFile(id, "src/handler.js", std::string(2'000, 'x')); !file) {
                return file;
            }
            if (const Result<> added = sql.addDecision({id, "deployment", "v1", sql.now(), "{}"}); !added) {
                return std::unexpected(added.error());
            }
            return sql.putDocument({"function", id, "", "{\"name\":\"" + id + "\"}"});
        });
        if (!etag) {
            std::fprintf(stderr, "%s: %s\n", etag.error().type.c_str(), etag.error().detail.c_str());
            return 1;
        }
        std::printf("%s %lld\n", id.c_str(), static_cast<long long>(*etag));
        std::fflush(stdout);
    }
}
