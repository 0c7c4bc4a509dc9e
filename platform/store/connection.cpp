// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/connection.h"

#include "platform/store/schema.h"

#include <QSqlError>

#include <atomic>
#include <format>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace nest::store {

namespace {

// SQLite's primary result codes that mean something to a person who runs Nest.
enum class Code {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

QString nextName()
{
    static std::atomic<int> s_number = 0; // names only; nothing is shared through it
    return u"nest-store-%1"_s.arg(++s_number);
}

std::string kept(const std::filesystem::path &path)
{
    return std::format("It was left as it is: move {} away to begin anew, or put a backup in its place.",
                       path.string());
}

} // namespace

std::string Rows::text(int column) const
{
    const QVariant value = m_query->value(column);
    if (value.typeId() == QMetaType::QByteArray) {
        const QByteArray bytes = value.toByteArray();
        return {bytes.constData(), std::size_t(bytes.size())};
    }
    return value.toString().toStdString();
}

Connection::~Connection()
{
    close();
}

Result<> Connection::open(const std::filesystem::path &path, const ConnectionOptions &options)
{
    m_path = path;
    if (Result<> native = refuseForeignFile(); !native) {
        return native;
    }
    // Secrets lie in it. The journal beside it takes its rights from the database.
    if (const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); made >= 0) {
        ::close(made);
    }
    m_name = nextName();
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(QString::fromStdString(path.string()));
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(options.busyTimeout.count()));
    if (!m_database.open()) {
        return std::unexpected(errorFrom(m_database.lastError()));
    }
    return configure(options);
}

void Connection::close()
{
    m_statements.clear();
    if (m_name.isEmpty()) {
        return;
    }
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

/// SQLite would take a file of other bytes for damaged only at the first read; said here, nothing has been
/// touched.
Result<> Connection::refuseForeignFile() const
{
    std::error_code code;
    const std::uintmax_t size = std::filesystem::file_size(m_path, code);
    if (code || size == 0) {
        return {};
    }
    std::ifstream file(m_path, std::ios::binary);
    std::string head(16, '\0');
    if (!file) {
        return failure(
            "store/unwritable",
            std::format("The database {} cannot be read. Mend its rights or name another data folder.",
                        m_path.string()));
    }
    file.read(head.data(), std::streamsize(head.size()));
    if (!head.starts_with(std::string_view("SQLite format 3\0", 16))) {
        return failure("store/broken",
                       std::format("{} is not a database. {}", m_path.string(), kept(m_path)));
    }
    return {};
}

Result<> Connection::configure(const ConnectionOptions &options)
{
    // Looked at before anything is written: the journal mode lies in the file's header.
    const Result<std::int64_t> version = pragma("user_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    const Result<std::int64_t> application = pragma("application_id");
    if (!application) {
        return std::unexpected(application.error());
    }
    Result<Rows> tables = run("SELECT count(*) FROM sqlite_master");
    if (!tables) {
        return std::unexpected(tables.error());
    }
    // Without tables it is one that we were about to make when the machine stopped.
    const bool isUsed = tables->next() && tables->integer(0) > 0;
    tables = Rows(nullptr); // a statement under way would hold up the change of the journal's mode
    if (isUsed && *application != applicationId) {
        return failure("store/broken",
                       std::format("{} is a database of another program. {}", m_path.string(), kept(m_path)));
    }
    if (*version > latestSchema) {
        return failure(
            "store/newer-schema",
            std::format("The database {} was written by a newer Nest (schema {}, this one knows {}). It was "
                        "left as it is: start the newer version, or name another data folder.",
                        m_path.string(), *version, latestSchema));
    }
    for (const QString &setting :
         {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s}) {
        if (Result<> set = execute(setting); !set) {
            return set;
        }
    }
    if (options.maximumBytes > 0) {
        const Result<std::int64_t> pageSize = pragma("page_size");
        if (!pageSize) {
            return std::unexpected(pageSize.error());
        }
        return execute(u"PRAGMA max_page_count = %1"_s.arg(options.maximumBytes / *pageSize));
    }
    return {};
}

Result<Rows> Connection::run(const char *sql, std::initializer_list<QVariant> values)
{
    std::unique_ptr<QSqlQuery> &query = m_statements[sql];
    if (!query) {
        auto prepared = std::make_unique<QSqlQuery>(m_database);
        prepared->setForwardOnly(true);
        if (!prepared->prepare(QString::fromUtf8(sql))) {
            return std::unexpected(errorFrom(prepared->lastError()));
        }
        query = std::move(prepared);
    }
    int position = 0;
    for (const QVariant &value : values) {
        query->bindValue(position++, value);
    }
    if (!query->exec()) {
        const Error error = errorFrom(query->lastError());
        query->finish();
        return std::unexpected(error);
    }
    return Rows(query.get());
}

Result<> Connection::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql)) {
        return std::unexpected(errorFrom(query.lastError()));
    }
    return {};
}

Result<std::int64_t> Connection::pragma(const char *name)
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA %1"_s.arg(QLatin1StringView(name))) || !query.next()) {
        return std::unexpected(errorFrom(query.lastError()));
    }
    return query.value(0).toLongLong();
}

Result<> Connection::begin()
{
    return run("BEGIN").transform([](const Rows &) {});
}

Result<> Connection::beginWriting()
{
    return run("BEGIN IMMEDIATE").transform([](const Rows &) {});
}

Result<> Connection::commit()
{
    Result<> committed = run("COMMIT").transform([](const Rows &) {});
    if (!committed) {
        rollback();
    }
    return committed;
}

void Connection::rollback()
{
    // SQLite rolls back by itself after some errors (a full disk); a second time fails, which is no matter.
    static_cast<void>(run("ROLLBACK"));
}

Error Connection::errorFrom(const QSqlError &error) const
{
    const std::string path = m_path.string();
    const std::string said = error.databaseText().toStdString();
    // The low byte is the primary code, the rest says more about it.
    switch (static_cast<Code>(error.nativeErrorCode().toInt() & 0xff)) {
    case Code::Corrupt:
    case Code::NotADatabase:
        return {"store/broken", std::format("The database {} is damaged ({}). {}", path, said, kept(m_path))};
    case Code::Full:
        return {"store/full",
                std::format("There is no room to write the database {}. Nothing of this change was "
                            "kept: make room, then try again.",
                            path)};
    case Code::Busy:
    case Code::Locked:
        return {"store/locked",
                std::format("Another process holds the database {}. End it, then try again.", path)};
    case Code::ReadOnly:
    case Code::CannotOpen:
    case Code::InputOutput:
        return {"store/unwritable",
                std::format("The database {} cannot be read or written ({}). Mend the rights of "
                            "its folder and its disk, or name another data folder.",
                            path, said)};
    }
    return {"store/failed",
            std::format("The database {} refused a statement: {}. This is a fault in Nest: report it.", path,
                        said)};
}

QVariant text(std::string_view value)
{
    return value.empty() ? QString(""_L1) : QString::fromUtf8(value.data(), qsizetype(value.size()));
}

QVariant bytes(std::string_view value)
{
    return value.empty() ? QByteArray("", 0) : QByteArray::fromRawData(value.data(), qsizetype(value.size()));
}

QVariant integer(std::int64_t value)
{
    return QVariant::fromValue<qlonglong>(value);
}

QVariant time(TimePoint value)
{
    return integer(value.time_since_epoch().count());
}

} // namespace nest::store
