// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draft/unsavedstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <map>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

constexpr auto textSuffix = ".text"_L1;
constexpr auto lockSuffix = ".lock"_L1;

struct FoundText
{
    QString file;
    UnsavedText text;
};

std::optional<UnsavedText> readText(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    UnsavedText text{.path = object.value("path"_L1).toString(),
                     .etag = object.value("etag"_L1).toString().toStdString(),
                     .text = object.value("text"_L1).toString(),
                     .keptAt =
                         QDateTime::fromString(object.value("keptAt"_L1).toString(), Qt::ISODateWithMs)};
    return text.path.isEmpty() ? std::nullopt : std::optional(std::move(text));
}

QByteArray written(const UnsavedText &text)
{
    const QJsonObject object{{u"path"_s, text.path},
                             {u"etag"_s, QString::fromStdString(text.etag)},
                             {u"keptAt"_s, text.keptAt.toUTC().toString(Qt::ISODateWithMs)},
                             {u"text"_s, text.text}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

UnsavedStore::UnsavedStore(QString folder)
    : m_folder(std::move(folder)), m_id(QUuid::createUuid().toString(QUuid::Id128))
{}

UnsavedStore::~UnsavedStore() = default;

QString UnsavedStore::folderFor(const QString &root, const QString &connection, const QString &function)
{
    const auto name = [](const QString &text) {
        return text.isEmpty() ? u"_"_s : QString::fromLatin1(QUrl::toPercentEncoding(text, {}, ".~"));
    };
    return root + u'/' + name(connection) + u'/' + name(function);
}

QString UnsavedStore::fileFor(const QString &path) const
{
    const auto hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex();
    return u"%1/%2-%3%4"_s.arg(m_folder, QString::fromLatin1(hash), m_id, textSuffix);
}

Result<> UnsavedStore::lock()
{
    if (m_lock) {
        return {};
    }
    if (!QDir().mkpath(m_folder)) {
        return failure("draft/not-kept", "The folder " + m_folder.toStdString() + " cannot be made.");
    }
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto lock = std::make_unique<QLockFile>(m_folder + u'/' + m_id + lockSuffix);
    lock->setStaleLockTime(0); // only a process that is gone makes it stale, never age
    if (!lock->tryLock()) {
        return failure("draft/not-kept", "The folder " + m_folder.toStdString() + " cannot be written.");
    }
    m_lock = std::move(lock);
    return {};
}

Result<> UnsavedStore::keep(const UnsavedText &text)
{
    if (auto locked = lock(); !locked) {
        return locked;
    }
    QSaveFile file(fileFor(text.path));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(written(text)) < 0 || !file.commit()) {
        return failure("draft/not-kept", file.fileName().toStdString() +
                                             " cannot be written: " + file.errorString().toStdString());
    }
    return {};
}

void UnsavedStore::forget(const QString &path)
{
    if (m_lock) {
        QFile::remove(fileFor(path));
    }
}

std::vector<UnsavedText> UnsavedStore::adopt()
{
    const QDir folder(m_folder);
    const QStringList files = folder.entryList({u"*"_s + textSuffix}, QDir::Files, QDir::Name);
    std::map<QString, bool> isGone; // by the id of a store
    std::map<QString, FoundText> newest;
    for (const QString &name : files) {
        const QString id = name.section(u'-', -1).chopped(textSuffix.size());
        if (id == m_id) {
            continue;
        }
        if (!isGone.contains(id)) {
            QLockFile other(folder.filePath(id + lockSuffix));
            other.setStaleLockTime(0);
            isGone[id] = other.tryLock(); // and unlocked again at once, which removes its file
        }
        auto text = isGone[id] ? readText(folder.filePath(name)) : std::nullopt;
        if (!text) {
            continue;
        }
        auto &best = newest[text->path];
        if (best.file.isEmpty() || best.text.keptAt < text->keptAt) {
            best = {folder.filePath(name), std::move(*text)};
        }
    }
    const QStringList locks = folder.entryList({u"*"_s + lockSuffix}, QDir::Files);
    for (const QString &name : locks) {
        if (const QString id = name.chopped(lockSuffix.size()); id != m_id && !isGone.contains(id)) {
            QLockFile empty(folder.filePath(name)); // of a crashed one that kept nothing
            empty.setStaleLockTime(0);
            empty.tryLock();
        }
    }
    std::vector<UnsavedText> adopted;
    for (auto &[path, found] : newest) {
        if (lock() && QFile::rename(found.file, fileFor(path))) { // one of two that try at once wins
            adopted.push_back(std::move(found.text));
        }
    }
    return adopted;
}

} // namespace nest::models
