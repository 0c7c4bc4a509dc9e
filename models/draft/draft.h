// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The draft of one function as a person edits it: the platform's files and, for those that are open here,
// what was read, what was changed and who else changed them meanwhile.
//
// Invariants: text that is not saved is on this computer a second after the last key and stays there until it
// is saved or thrown away; a save never overwrites what somebody else wrote in between (If-Match), it becomes
// a conflict that a person decides. The draft holds no text that is being edited, it asks for it.
// Thread: UI. Owner: the Code tab, one draft a function; the session must outlive it.

#include "api/wire/function.h"
#include "models/draft/unsavedstore.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace nest::models {

class Session;

/// What somebody else did to a file that is changed here.
struct DraftConflict
{
    bool isDeleted = false;
    std::string etag;
    QString text;
    std::optional<wire::Time> changedAt;
};

struct DraftFile
{
    QString path;
    std::string etag; // of the platform's file that this knows; empty: only here so far
    qint64 sizeBytes = 0;
    bool isOpen = false;   // base is known
    bool isBinary = false; // known when it was opened
    bool isModified = false;
    bool isSaving = false;
    QString base;                        // as on the platform
    std::optional<QString> kept;         // unsaved text that no editor has taken yet
    std::optional<QDateTime> restoredAt; // the kept text is of an earlier run
    std::optional<DraftConflict> conflict;

    [[nodiscard]] bool isNew() const { return etag.empty(); }
};

/// A file that was deleted here and can come back.
struct DeletedFile
{
    wire::File file;
    std::optional<QString> unsaved;
};

class Draft final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Draft)

public:
    enum class State { Loading, Ready, Failed, Gone }; // Failed: no list yet; Gone: the function was deleted
    Q_ENUM(State)
    /// The text in the editor; nothing when no editor has the file.
    using TextSource = std::function<std::optional<QString>(const QString &path)>;

    Draft(Session &session, QString function, const QString &unsavedRoot, QObject *parent = nullptr);
    ~Draft() override;

    void setTextSource(TextSource source) { m_textSource = std::move(source); }

    [[nodiscard]] const QString &function() const { return m_function; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; }
    /// By path.
    [[nodiscard]] const std::map<QString, DraftFile> &files() const { return m_files; }
    [[nodiscard]] const DraftFile *file(const QString &path) const;
    [[nodiscard]] QString textOf(const QString &path) const;
    [[nodiscard]] QStringList modified() const;
    [[nodiscard]] bool isSaving() const;
    [[nodiscard]] const std::optional<DeletedFile> &lastDeleted() const { return m_deleted; }
    [[nodiscard]] QString folder() const { return m_store.folder(); }

    /// Lists again; what is here stays.
    void refresh();
    /// fileOpened() or fileFailed() follows, at once when it is known.
    void open(const QString &path);
    /// The text in the editor changed.
    void edited(const QString &path);
    void save(const QString &path);
    /// allSaved() follows, at once when nothing is modified.
    void saveAll();
    /// The editors go, what is under way goes on: unsaved text is kept on this computer and known here.
    void detach();
    /// Throws unsaved text away. A file that was never saved goes with it.
    void discard(const QString &path);
    /// The editor that had the text is closed: what is known of the file's base is forgotten.
    void close(const QString &path);
    /// The person has read that the text is of an earlier run.
    void acknowledge(const QString &path);
    void keepMine(const QString &path);
    void takeTheirs(const QString &path);

    /// A file that is only here until it is saved. What is wrong with the name, if anything.
    Result<> add(const QString &path, const QString &text = {});
    Result<> rename(const QString &from, const QString &to);
    void remove(const QString &path);
    void undoRemove();

Q_SIGNALS:
    void stateChanged();
    /// Files or what is known of them; cheap to answer with a look at all.
    void filesChanged();
    void fileOpened(const QString &path);
    void fileFailed(const QString &path, const nest::Error &error);
    /// The base is another now and nothing was modified here, or theirs was taken: the editor shows base.
    void fileReloaded(const QString &path);
    void fileSaved(const QString &path);
    void fileGone(const QString &path);
    void fileRenamed(const QString &from, const QString &to);
    void conflictChanged(const QString &path);
    void allSaved(bool isEverythingSaved);
    /// A sentence that a person should see: something did not work or happened elsewhere.
    void noticed(const QString &sentence, bool isFailure);

private:
    DraftFile &entry(const QString &path);
    [[nodiscard]] Result<> checkName(const QString &path) const;
    void restore();
    void lookAtFunction();
    void setState(State state, Error error = {});
    // Following the platform, draftsync.cpp.
    void takeList(const std::vector<wire::File> &listed);
    void takeBase(const QString &path, const wire::File &file);
    void changedElsewhere(const QString &path);
    void goneElsewhere(const QString &path);
    void fetchTheirs(const QString &path);
    void setConflict(const QString &path, DraftConflict conflict);
    // Saving.
    void saved(const QString &path, const QString &text, Result<wire::File> answer);
    void settle();
    void keepNow();
    void keepOne(const QString &path);
    [[nodiscard]] bool differs(const DraftFile &file) const;
    // Changes, draftchanges.cpp.
    void copyTo(const QString &from, const QString &to, wire::File content);
    void renamed(const QString &from, const QString &to, const wire::File &made, bool oldIsGone);

    Session &m_session;
    QString m_function;
    UnsavedStore m_store;
    TextSource m_textSource;
    State m_state = State::Loading;
    Error m_error;
    std::map<QString, DraftFile> m_files;
    std::optional<DeletedFile> m_deleted;
    std::optional<wire::Time> m_changedAt;
    quint64 m_writes = 0; // lists that were asked for before a write are not believed
    bool m_isListing = false;
    bool m_listsAgain = false;
    bool m_listsAfterSave = false;
    bool m_isListed = false;
    bool m_isSavingAll = false;
    bool m_saidNotKept = false;
    std::set<QString> m_toKeep;
    QTimer m_keep;
};

} // namespace nest::models
