// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tab Code of a function: files at the left, the open ones in the middle, the build below, a place for
// the test panel at the right.
//
// Another function gets another draft; what was not saved of the one before is kept on this computer and is
// there again when the person comes back. Thread: UI. Owner: the page of a function; session and settings
// must outlive it.

#include "app/console/pages/function/functiontab.h"
#include "widgets/editor/editorlibrary.h"

#include <map>
#include <memory>

class QSettings;
class QSplitter;
class QStackedWidget;

namespace nest::models {
class BuildRun;
class Draft;
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class EmptyState;
class ErrorState;
class TextEditor;
} // namespace nest::widgets

namespace nest::console {

class BuildPanel;
class CodeActions;
class EditorPane;
class FilePane;
class NoticeBar;
class PublishPopover;

struct CodeTabOptions
{
    QString unsavedFolder; // where unsaved text is kept; see unsavedFolder()
    QStringList libraryFolders = widgets::EditorLibrary::defaultFolders();
    const models::Guard *guard = nullptr; // asked before a version is published; outlives the tab
};

class CodeTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeTab)

public:
    CodeTab(models::Session &session, QSettings &settings, CodeTabOptions options, QWidget *parent = nullptr);
    ~CodeTab() override;

    /// Beside the settings of the console.
    [[nodiscard]] static QString unsavedFolder(const QSettings &settings);

    /// At the right of the editor; the splitter keeps its width. Takes ownership; null takes it away.
    void setSidePanel(QWidget *panel);
    /// The newest build when it passed and holds all that is in the editor: what a test of the draft runs.
    [[nodiscard]] std::optional<int> latestBuild() const;
    /// As Ctrl+B: saves, then builds. latestBuildChanged() follows when it passed.
    void startBuild();
    [[nodiscard]] bool isBuilding() const;
    /// Also of a function that is not in view any more.
    void cancelBuild(const QString &function);
    [[nodiscard]] models::Draft *draft() const { return m_draft.get(); }
    [[nodiscard]] widgets::TextEditor *currentEditor() const;
    void openFile(const QString &path);

    void setTarget(const FunctionTarget &target) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;
    void focusFilter() override;
    QWidget *headTools() override;

Q_SIGNALS:
    void latestBuildChanged();
    /// Every build that ended here, whatever became of it.
    void buildEnded();
    /// One that was asked for before the person went to another function. `why` is the platform's sentence;
    /// empty: not every file could be saved.
    void buildNotStarted(const QString &function, const QString &why);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void arrange();
    void connectParts();
    void begin();
    void connectDraft();
    void showState();
    void showRun();
    void tellRun(const QString &function, bool runs);
    void leaveDraft(bool isForBuild);
    void leaveRun(bool isForBuild);
    void followLeft(const QString &function);
    void startLeft(const QString &function, bool isEverythingSaved);
    void openFirst();
    void build();
    void buildSaved(bool isEverythingSaved);
    void askPublish(int build, const QString &description);
    void publish(int build, const QString &description);
    void deploy();
    void addStarter();
    void tell(const QString &sentence, bool isFailure);
    void answer(const QString &notice, const QString &choice);
    void showDeleted();
    void keepSizes();

    models::Session &m_session;
    QSettings &m_settings;
    CodeTabOptions m_options;
    widgets::EditorLibrary m_library;
    FunctionTarget m_target;
    std::unique_ptr<models::Draft> m_draft;
    std::unique_ptr<models::BuildRun> m_run;
    QString m_runOf; // m_run's function
    std::map<QString, std::unique_ptr<models::BuildRun>>
        m_leftRuns; // of functions not in view, until they end
    std::map<QString, std::unique_ptr<models::Draft>> m_leftDrafts; // of these, while saved for a build
    QStackedWidget *m_stack;
    QSplitter *m_columns;
    QSplitter *m_rows;
    FilePane *m_files;
    NoticeBar *m_notice;
    EditorPane *m_editors;
    BuildPanel *m_panel;
    CodeActions *m_actions;
    PublishPopover *m_publish;
    QWidget *m_loading;
    widgets::ErrorState *m_error;
    widgets::EmptyState *m_empty;
    QWidget *m_side = nullptr;
    bool m_isBuilding = false; // saving first
    bool m_hasOpenedFirst = false;
    bool m_wasRunning = false;
    std::optional<int> m_latestBuild;
    QStringList m_starter; // files to open once they are saved
};

} // namespace nest::console
