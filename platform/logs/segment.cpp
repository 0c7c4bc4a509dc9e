// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/logs/segment.h"

#include "api/wire/codec.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSaveFile>

#include <zstd.h>

#include <algorithm>
#include <format>
#include <limits>
#include <ranges>

using namespace Qt::StringLiterals;

namespace nest::logs {

namespace {

Q_LOGGING_CATEGORY(category, "nest.logs", QtWarningMsg)

// Level 3 packs log lines about 10 : 1 at some 200 MB/s; higher levels cost the worker more than they save.
constexpr int compressionLevel = 3;
// What a damaged or foreign file may claim at most before it is refused.
constexpr unsigned long long maxPlainBytes = 1ULL << 30;

constexpr auto openSuffix = ".jsonl"_L1;

std::unexpected<Error> broken(const QString &path, const QString &cause)
{
    return failure("logs/broken",
                   std::format("The log segment {} cannot be read: {}. Its lines are left out.",
                               path.toStdString(), cause.toStdString()));
}

std::unexpected<Error> unwritable(const QString &path, const QString &cause)
{
    return failure("logs/unwritable", std::format("The log file {} cannot be written: {}. Check the disk.",
                                                  path.toStdString(), cause.toStdString()));
}

wire::Time timeOf(qint64 unixMilliseconds)
{
    return wire::Time(std::chrono::milliseconds(unixMilliseconds));
}

std::vector<std::uint32_t> lineBegins(std::string_view text)
{
    std::vector<std::uint32_t> begins{0};
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        begins.push_back(static_cast<std::uint32_t>(at + 1));
    }
    return begins;
}

} // namespace

void SegmentInfo::include(wire::Time time)
{
    oldest = count == 0 ? time : std::min(oldest, time);
    newest = count == 0 ? time : std::max(newest, time);
    ++count;
}

std::string_view LineBlock::line(std::size_t index) const
{
    return std::string_view(text).substr(begins[index], begins[index + 1] - begins[index] - 1);
}

QString ClosedSegment::nameFor(const SegmentInfo &info)
{
    return QString::fromStdString(std::format("{:019}-{:019}_{}-{}.jsonl.zst", info.first, info.end() - 1,
                                              info.oldest.time_since_epoch().count(),
                                              info.newest.time_since_epoch().count()));
}

std::optional<ClosedSegment> ClosedSegment::fromPath(const QString &path)
{
    static const QRegularExpression form(
        u"^(\\d{1,19})-(\\d{1,19})_(-?\\d{1,15})-(-?\\d{1,15})\\.jsonl\\.zst$"_s);
    const QFileInfo file(path);
    const auto match = form.match(file.fileName());
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    ClosedSegment segment;
    segment.m_path = path;
    segment.m_info.first = match.captured(1).toLongLong();
    segment.m_info.count = match.captured(2).toLongLong() - segment.m_info.first + 1;
    segment.m_info.oldest = timeOf(match.captured(3).toLongLong());
    segment.m_info.newest = timeOf(match.captured(4).toLongLong());
    segment.m_info.fileBytes = file.size();
    if (segment.m_info.first < 1 || segment.m_info.count < 1) {
        return std::nullopt;
    }
    return segment;
}

Result<LineBlock> ClosedSegment::load() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        return broken(m_path, file.errorString());
    }
    const auto packed = file.readAll();
    const auto plain = ZSTD_getFrameContentSize(packed.constData(), std::size_t(packed.size()));
    if (plain == ZSTD_CONTENTSIZE_UNKNOWN || plain == ZSTD_CONTENTSIZE_ERROR || plain > maxPlainBytes) {
        return broken(m_path, u"it is no whole Zstandard frame"_s);
    }
    LineBlock block;
    block.first = m_info.first;
    block.text.resize(std::size_t(plain));
    const auto size =
        ZSTD_decompress(block.text.data(), block.text.size(), packed.constData(), std::size_t(packed.size()));
    if (ZSTD_isError(size)) {
        return broken(m_path, QString::fromLatin1(ZSTD_getErrorName(size)));
    }
    block.text.resize(size);
    block.begins = lineBegins(block.text);
    if (std::int64_t(block.size()) != m_info.count) {
        return broken(m_path, u"it has %1 lines and its name says %2"_s.arg(block.size()).arg(m_info.count));
    }
    return block;
}

OpenSegment::OpenSegment() = default;
OpenSegment::OpenSegment(OpenSegment &&) noexcept = default;
OpenSegment &OpenSegment::operator=(OpenSegment &&) noexcept = default;
OpenSegment::~OpenSegment() = default;

QString OpenSegment::nameFor(std::int64_t first)
{
    return QString::fromStdString(std::format("{:019}", first)) + openSuffix;
}

std::optional<std::int64_t> OpenSegment::firstOf(const QString &fileName)
{
    if (!fileName.endsWith(openSuffix)) {
        return std::nullopt;
    }
    bool isNumber = false;
    const auto first = fileName.chopped(openSuffix.size()).toLongLong(&isNumber);
    return isNumber && first >= 1 ? std::optional<std::int64_t>(first) : std::nullopt;
}

Result<OpenSegment> OpenSegment::open(const QString &directory, std::int64_t first)
{
    OpenSegment segment;
    segment.m_directory = directory;
    segment.m_info.first = first;
    segment.m_file = std::make_unique<QFile>(directory + u'/' + nameFor(first));
    auto &file = *segment.m_file;
    if (!QDir().mkpath(directory) || !file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        return unwritable(file.fileName(), file.errorString());
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (file.size() > 0) {
        segment.recover(file.readAll().toStdString());
        const auto wholeBytes = qint64(segment.m_begins.back());
        if (file.size() != wholeBytes) {
            qCWarning(category, "%s: %lld bytes behind the last whole line are cut off",
                      qUtf8Printable(file.fileName()), static_cast<long long>(file.size() - wholeBytes));
            file.resize(wholeBytes);
        }
        segment.m_info.fileBytes = wholeBytes;
    }
    return segment;
}

void OpenSegment::recover(const std::string &text)
{
    const auto begins = lineBegins(text);
    LineBlock all{.first = m_info.first, .text = text, .begins = begins};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto line = wire::read<wire::LogLine>(all.line(i), wire::UnknownFields::Ignore);
        if (!line || line->sequence != m_info.end()) {
            return;
        }
        m_info.include(line->time);
        m_begins.push_back(begins[i + 1]);
    }
}

Result<> OpenSegment::append(std::string_view text, std::span<const wire::Time> times)
{
    const auto before = qint64(m_begins.back());
    if (before + qint64(text.size()) > qint64(std::numeric_limits<std::uint32_t>::max())) {
        return unwritable(m_file->fileName(), u"the segment is full"_s);
    }
    if (!m_file->seek(before) || m_file->write(text.data(), qint64(text.size())) != qint64(text.size())) {
        const auto cause = m_file->errorString();
        m_file->resize(before);
        return unwritable(m_file->fileName(), cause);
    }
    for (const auto begin : lineBegins(text) | std::views::drop(1)) {
        m_begins.push_back(static_cast<std::uint32_t>(before) + begin);
    }
    for (const auto time : times) {
        m_info.include(time);
    }
    m_info.fileBytes = qint64(m_begins.back());
    return {};
}

Result<LineBlock> OpenSegment::read(std::int64_t from, std::int64_t to) const
{
    const auto firstLine = std::size_t(from - m_info.first);
    const auto endLine = std::size_t(to - m_info.first);
    const auto begin = m_begins[firstLine];
    const auto size = m_begins[endLine] - begin;
    LineBlock block;
    block.first = from;
    block.text.resize(size);
    if (!m_file->seek(begin) || m_file->read(block.text.data(), size) != qint64(size)) {
        return broken(m_file->fileName(), m_file->errorString());
    }
    block.begins.reserve(endLine - firstLine + 1);
    for (auto line = firstLine; line <= endLine; ++line) {
        block.begins.push_back(m_begins[line] - begin);
    }
    return block;
}

Result<ClosedSegment> OpenSegment::close()
{
    auto block = read(m_info.first, m_info.end());
    if (!block) {
        return std::unexpected(block.error());
    }
    QByteArray packed(qsizetype(ZSTD_compressBound(block->text.size())), Qt::Uninitialized);
    const auto size = ZSTD_compress(packed.data(), std::size_t(packed.size()), block->text.data(),
                                    block->text.size(), compressionLevel);
    const auto path = m_directory + u'/' + ClosedSegment::nameFor(m_info);
    if (ZSTD_isError(size)) {
        return unwritable(path, QString::fromLatin1(ZSTD_getErrorName(size)));
    }
    // Under its name only when it is whole and on the disk: until then the open file is the truth.
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(packed.constData(), qint64(size)) != qint64(size) ||
        !file.commit()) {
        return unwritable(path, file.errorString());
    }
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    auto closed = ClosedSegment::fromPath(path);
    if (!closed) {
        return unwritable(path, u"its name cannot be read back"_s);
    }
    remove();
    return *closed;
}

void OpenSegment::remove()
{
    m_file->close();
    m_file->remove();
}

} // namespace nest::logs
