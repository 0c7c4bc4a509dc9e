// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/codetab.h"

#include "app/console/pages/function/code/buildpanel.h"
#include "app/console/pages/function/code/codeactions.h"
#include "app/console/pages/function/code/editorpane.h"
#include "app/console/pages/function/code/filepane.h"
#include "app/console/pages/function/code/noticebar.h"
#include "app/console/pages/function/code/problemtext.h"
#include "app/console/pages/function/code/publishpopover.h"
#include "models/draft/buildrun.h"
#include "models/draft/draft.h"
#include "models/session.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>
#include <QDir>
#include <QFileInfo>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::BuildRun;
using models::Draft;

namespace {

constexpr auto columnsKey = "code/columns";
constexpr auto rowsKey = "code/rows";

} // namespace

CodeTab::CodeTab(models::Session &session, QSettings &settings, CodeTabOptions options, QWidget *parent)
    : FunctionTab({.id = u"code"_s, .title = tr("Code")}, parent)
    , m_session(session)
    , m_settings(settings)
    , m_options(std::move(options))
    , m_library(m_options.libraryFolders)
    , m_stack(new QStackedWidget(this))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_rows(new QSplitter(Qt::Vertical))
    , m_files(new FilePane)
    , m_notice(new NoticeBar)
    , m_editors(new EditorPane(m_library))
    , m_panel(new BuildPanel)
    , m_actions(new CodeActions(session, this))
    , m_publish(new PublishPopover(this))
    , m_loading(new widgets::Label(tr("Reading the files…"), widgets::TextStyle::Body, widgets::Ink::Dim))
    , m_error(new widgets::ErrorState)
    , m_empty(new widgets::EmptyState(
          u"code"_s, tr("The draft has no files"),
          tr("A function needs a manifest, function.yaml, and the code that it names as its handler.")))
{
    arrange();
    connectParts();
    showState();
}

CodeTab::~CodeTab()
{
    keepSizes();
    m_files->setDraft(nullptr);
    // The draft keeps what is not saved; it asks the editors for it, so it goes first.
    m_draft.reset();
    m_run.reset();
    delete m_stack; // the editors in it use the library
}

QString CodeTab::unsavedFolder(const QSettings &settings)
{
    return QFileInfo(settings.fileName()).absolutePath() + "/unsaved"_L1;
}

void CodeTab::arrange()
{
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_rows);
    m_notice->setObjectName("codeNotice"_L1);
    // Below the text, so that neither it nor the build moves under the pointer when a notice comes or goes.
    auto *upper = new QWidget;
    auto *texts = new QVBoxLayout(upper);
    texts->setContentsMargins({});
    texts->setSpacing(0);
    texts->addWidget(m_editors, 1);
    texts->addWidget(m_notice);
    m_rows->addWidget(upper);
    m_rows->addWidget(m_panel);
    m_rows->setStretchFactor(0, 1);
    m_rows->setChildrenCollapsible(false);
    m_rows->setHandleWidth(1);
    m_columns->addWidget(m_files);
    m_columns->addWidget(middle);
    m_columns->setStretchFactor(1, 1);
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->setSizes({208, 900});
    m_rows->setSizes({560, 176});
    m_rows->restoreState(m_settings.value(rowsKey).toByteArray());
    static_cast<widgets::Label *>(m_loading)->setAlignment(Qt::AlignCenter);
    for (QWidget *state : {m_loading, static_cast<QWidget *>(m_error), static_cast<QWidget *>(m_empty),
                           static_cast<QWidget *>(m_columns)}) {
        m_stack->addWidget(state);
    }
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_stack);
}

void CodeTab::connectParts()
{
    auto *starter = m_empty->addButton(tr("Add function.yaml and a handler"));
    starter->setObjectName("addStarter"_L1);
    connect(starter, &QPushButton::clicked, this, &CodeTab::addStarter);
    connect(m_error, &widgets::ErrorState::retryRequested, this, &CodeTab::refresh);
    connect(m_files, &FilePane::openRequested, this, [this](const QString &path) { m_editors->open(path); });
    connect(m_files, &FilePane::refreshRequested, this, &CodeTab::refresh);
    connect(m_editors, &EditorPane::currentChanged, m_files, &FilePane::select);
    connect(m_editors, &EditorPane::tellRequested, this, &CodeTab::tell);
    connect(m_notice, &NoticeBar::chosen, this, &CodeTab::answer);
    connect(m_panel, &BuildPanel::problemActivated, this, [this](const QString &path, int line, int column) {
        m_editors->open(path, widgets::EditorPosition{line, std::max(column, 1)});
    });
    connect(m_actions->save(), &QAction::triggered, this, [this] { m_draft->saveAll(); });
    connect(m_actions->build(), &QAction::triggered, this, &CodeTab::build);
    connect(m_actions->publish(), &QAction::triggered, this, [this] {
        if (const auto green = latestBuild()) {
            m_publish->ask(*green, m_actions->publishButton());
        }
    });
    connect(m_actions->deploy(), &QAction::triggered, this, &CodeTab::deploy);
    connect(m_publish, &PublishPopover::published, this, &CodeTab::askPublish);
    connect(m_columns, &QSplitter::splitterMoved, this, &CodeTab::keepSizes);
    connect(m_rows, &QSplitter::splitterMoved, this, &CodeTab::keepSizes);
    connect(&m_session, &models::Session::stateChanged, this, [this] {
        m_editors->setOnline(m_session.isConnected());
        showState();
    });
    m_editors->setOnline(m_session.isConnected());
}

void CodeTab::setTarget(const FunctionTarget &target)
{
    const bool isOther = target.function != m_target.function;
    m_target = target;
    if (isOther) {
        m_actions->setSubjects(nullptr, nullptr);
        m_files->setDraft(nullptr);
        m_panel->setRun(nullptr);
        const bool isForBuild = std::exchange(m_isBuilding, false) && m_draft && m_draft->isSaving();
        leaveDraft(isForBuild);
        leaveRun(isForBuild);
        m_notice->clear();
        m_hasOpenedFirst = false;
        m_starter.clear();
        if (isVisible()) {
            begin();
        }
        showState();
    }
}

void CodeTab::showEvent(QShowEvent *event)
{
    FunctionTab::showEvent(event);
    begin();
}

/// Nothing of a function is read before its code is looked at.
void CodeTab::begin()
{
    if (m_draft || m_target.function.isEmpty()) {
        return;
    }
    if (auto left = m_leftDrafts.extract(m_target.function); !left.empty()) {
        m_draft = std::move(left.mapped());
        m_draft->disconnect(this);
        m_isBuilding = m_leftRuns.contains(m_target.function); // cancelled meanwhile: it is only saved
    } else {
        m_draft = std::make_unique<Draft>(m_session, m_target.function, m_options.unsavedFolder);
    }
    m_runOf = m_target.function;
    if (auto left = m_leftRuns.extract(m_runOf); !left.empty()) {
        m_run = std::move(left.mapped());
        m_run->disconnect(this);
    } else {
        m_run = std::make_unique<BuildRun>(m_session, m_runOf);
    }
    connectDraft();
    m_files->setDraft(m_draft.get());
    m_editors->setDraft(m_draft.get());
    m_panel->setRun(m_run.get());
    m_actions->setSubjects(m_draft.get(), m_run.get());
    showState();
    showRun();
}

void CodeTab::connectDraft()
{
    connect(m_draft.get(), &Draft::stateChanged, this, &CodeTab::showState);
    connect(m_draft.get(), &Draft::filesChanged, this, [this] {
        showState();
        showRun();
    });
    connect(m_draft.get(), &Draft::noticed, this, &CodeTab::tell);
    connect(m_draft.get(), &Draft::fileGone, this, &CodeTab::showDeleted);
    connect(m_draft.get(), &Draft::allSaved, this, &CodeTab::buildSaved);
    connect(m_run.get(), &BuildRun::changed, this, &CodeTab::showRun);
    connect(m_run.get(), &BuildRun::ended, this, [this] {
        if (m_run->build()->state == wire::BuildState::Failed && m_panel->problemCount() > 0) {
            m_panel->showProblems();
        }
        Q_EMIT buildEnded();
    });
}

void CodeTab::showState()
{
    if (!m_draft) {
        m_stack->setCurrentWidget(m_loading);
        return;
    }
    const bool hasFiles = !m_draft->files().empty();
    if (m_draft->state() == Draft::State::Gone) {
        m_error->setError({.title = tr("%1 was deleted").arg(m_target.function),
                           .sentence = hasFiles
                                           ? tr("What was not saved is kept in %1.").arg(m_draft->folder())
                                           : QString(),
                           .steps = {},
                           .requestId = {},
                           .canRetry = true});
        m_stack->setCurrentWidget(m_error);
    } else if (hasFiles) {
        m_stack->setCurrentWidget(m_columns);
        openFirst();
    } else if (m_draft->state() == Draft::State::Ready) {
        m_stack->setCurrentWidget(m_empty);
    } else if (m_draft->state() == Draft::State::Failed || !m_session.isConnected()) {
        const QString why = QString::fromStdString(m_draft->error().type.empty() ? m_session.error().detail
                                                                                 : m_draft->error().detail);
        m_error->setError({.title = tr("The files could not be read"),
                           .sentence = why.isEmpty() ? tr("The platform does not answer.") : why,
                           .steps = {tr("Retry; the console also tries again by itself")},
                           .requestId = {},
                           .canRetry = true});
        m_stack->setCurrentWidget(m_error);
    } else {
        m_stack->setCurrentWidget(m_loading);
    }
}

/// What was not saved first, then the handler.
void CodeTab::openFirst()
{
    const bool isAway = m_session.state() == models::Session::State::Offline ||
                        m_session.state() == models::Session::State::Failed;
    if (m_hasOpenedFirst || (m_draft->state() == Draft::State::Loading && !isAway)) {
        return;
    }
    m_hasOpenedFirst = true;
    QStringList first = m_draft->modified();
    if (first.isEmpty()) {
        for (const QString &usual : {u"src/handler.js"_s, u"handler.js"_s, u"src/index.js"_s,
                                     u"function.yaml"_s, m_draft->files().begin()->first}) {
            if (m_draft->file(usual)) {
                first.append(usual);
                break;
            }
        }
    }
    for (const QString &path : std::as_const(first)) {
        m_editors->open(path);
    }
}

void CodeTab::addStarter()
{
    const auto *function = m_session.functions().find(m_target.function.toStdString());
    const bool isPython = function != nullptr && function->runtime.starts_with("python");
    const QString runtime = QString::fromStdString(function != nullptr ? function->runtime : "node20");
    const QString code = isPython ? u"src/handler.py"_s : u"src/handler.js"_s;
    const QString manifest =
        u"name: %1\nruntime: %2\nhandler: %3#handler\n"_s.arg(m_target.function, runtime, code);
    const QString handler = isPython ? u"def handler(event, context):\n"
                                       "    return {'status': 200, 'body': {'hello': 'world'}}\n"_s
                                     : u"export async function handler(event, context) {\n"
                                       "  return { status: 200, body: { hello: 'world' } };\n}\n"_s;
    m_starter = {u"function.yaml"_s, code};
    for (const auto &[path, text] : {std::pair(m_starter[0], manifest), std::pair(m_starter[1], handler)}) {
        if (const auto added = m_draft->add(path, text); !added) {
            tell(QString::fromStdString(added.error().detail), true);
        }
    }
    m_draft->saveAll();
}

void CodeTab::tell(const QString &sentence, bool isFailure)
{
    m_notice->show({.id = u"told"_s,
                    .tone = isFailure ? widgets::Tone::Bad : widgets::Tone::Info,
                    .fact = sentence.section(u". "_s, 0, 0),
                    .detail = sentence.section(u". "_s, 1),
                    .choices = {},
                    .canClose = true});
}

void CodeTab::showDeleted()
{
    if (m_draft->lastDeleted()) {
        m_notice->show(
            {.id = u"deleted"_s,
             .tone = widgets::Tone::Info,
             .fact = tr("%1 was deleted.").arg(QString::fromStdString(m_draft->lastDeleted()->file.path)),
             .detail = {},
             .choices = {{u"undo"_s, tr("Undo")}},
             .canClose = true});
    }
}

void CodeTab::answer(const QString &, const QString &choice)
{
    m_notice->clear();
    if (choice == "undo"_L1 && m_draft) {
        m_draft->undoRemove();
    } else if (choice == "deploy"_L1) {
        deploy();
    }
}

void CodeTab::setSidePanel(QWidget *panel)
{
    if (m_side) {
        m_side->setParent(nullptr);
        m_side->deleteLater();
    }
    m_side = panel;
    if (panel) {
        m_columns->addWidget(panel);
        m_columns->setSizes({208, 800, 372});
        m_columns->restoreState(m_settings.value(columnsKey).toByteArray());
    }
}

void CodeTab::keepSizes()
{
    if (m_columns->isVisible()) {
        m_settings.setValue(columnsKey, m_columns->saveState());
        m_settings.setValue(rowsKey, m_rows->saveState());
    }
}

widgets::TextEditor *CodeTab::currentEditor() const
{
    return m_editors->editor(m_editors->current());
}

void CodeTab::openFile(const QString &path)
{
    m_editors->open(path);
}

void CodeTab::setConnectionStatus(const widgets::ConnectionStatus &)
{
    m_actions->update(); // the session tells the rest
}

void CodeTab::refresh()
{
    if (!m_session.isConnected()) {
        m_session.retry();
    } else if (m_draft) {
        m_draft->refresh();
    }
}

void CodeTab::focusFilter()
{
    m_files->focusFiles();
}

QWidget *CodeTab::headTools()
{
    return m_actions->makeHead();
}

} // namespace nest::console
