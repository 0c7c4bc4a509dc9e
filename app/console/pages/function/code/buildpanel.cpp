// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/buildpanel.h"

#include "app/console/pages/function/code/problemtext.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;
using wire::BuildState;

namespace {

constexpr auto logTab = "log"_L1;
constexpr auto problemsTab = "problems"_L1;
enum Column { Message, Place, ColumnCount };
constexpr int logLines = 2'500; // the platform keeps 2,000

QString secondsText(const wire::Build &build)
{
    if (!build.finishedAt || !(build.startedAt || build.createdAt)) {
        return {};
    }
    const auto took = *build.finishedAt - (build.startedAt ? *build.startedAt : *build.createdAt);
    return QLocale().toString(static_cast<double>(took.count()) / 1000.0, 'f', 1);
}

QString testsText(const wire::TestResult &tests)
{
    const int all = tests.passed + tests.failed;
    QString text = BuildPanel::tr("%1 of %2 tests passed").arg(tests.passed).arg(all);
    if (tests.skipped > 0) {
        text += BuildPanel::tr(", %1 skipped").arg(tests.skipped);
    }
    return text;
}

QString placeText(const wire::BuildProblem &problem)
{
    QString text = QString::fromStdString(problem.path);
    if (problem.line > 0) {
        text += u':' + QString::number(problem.line);
        if (problem.column > 0) {
            text += u':' + QString::number(problem.column);
        }
    }
    return text;
}

} // namespace

QString resultText(const wire::Build &build)
{
    const QString took = secondsText(build);
    QString text;
    switch (build.state) {
    case BuildState::Queued:
        return BuildPanel::tr("Build %1 waits").arg(build.number);
    case BuildState::Running:
        return BuildPanel::tr("Build %1 is running").arg(build.number);
    case BuildState::Succeeded:
        text = took.isEmpty() ? BuildPanel::tr("Build %1 passed").arg(build.number)
                              : BuildPanel::tr("Build %1 passed in %2 s").arg(build.number).arg(took);
        break;
    case BuildState::Failed:
        text = took.isEmpty() ? BuildPanel::tr("Build %1 failed").arg(build.number)
                              : BuildPanel::tr("Build %1 failed after %2 s").arg(build.number).arg(took);
        break;
    case BuildState::Cancelled:
        return BuildPanel::tr("Build %1 was cancelled").arg(build.number);
    }
    return build.tests ? text + u" · "_s + testsText(*build.tests) : text;
}

BuildPanel::BuildPanel(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new TabStrip(this))
    , m_result(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_stack(new QStackedWidget(this))
    , m_log(new QPlainTextEdit(this))
    , m_problems(new QTreeWidget(this))
{
    m_tabs->addTab(logTab, tr("Build log"));
    m_tabs->addTab(problemsTab, tr("Problems"));
    m_tabs->setAccessibleName(tr("Build"));
    m_result->setObjectName("buildResult"_L1);
    m_cancel->setObjectName("cancelBuild"_L1);
    setSmall(m_cancel);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::panel, 0, space::panel, 0);
    head->setSpacing(space::control);
    head->addWidget(m_tabs, 0, Qt::AlignBottom);
    head->addStretch();
    head->addWidget(m_result);
    head->addWidget(m_cancel);
    auto *headBox = new QWidget(this);
    headBox->setLayout(head);
    headBox->setFixedHeight(themeOf(this).size.panelHead);
    m_log->setReadOnly(true);
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setMaximumBlockCount(logLines);
    m_log->setAccessibleName(tr("Build log"));
    m_log->setPlaceholderText(tr("Nothing was built yet. Ctrl+B saves and builds."));
    m_problems->setColumnCount(ColumnCount);
    m_problems->setHeaderHidden(true);
    m_problems->setRootIsDecorated(false);
    m_problems->setItemsExpandable(false);
    m_problems->setUniformRowHeights(true);
    m_problems->setFrameShape(QFrame::NoFrame);
    m_problems->setAccessibleName(tr("Problems of the build"));
    m_problems->header()->setStretchLastSection(false);
    m_problems->header()->setSectionResizeMode(Message, QHeaderView::Stretch);
    m_problems->header()->setSectionResizeMode(Place, QHeaderView::ResizeToContents);
    m_stack->addWidget(m_log);
    auto *problems = new QWidget;
    problems->setAutoFillBackground(true);
    problems->setBackgroundRole(QPalette::Base);
    auto *inset = new QVBoxLayout(problems);
    inset->setContentsMargins(space::control, space::chip, space::control, space::chip);
    inset->addWidget(m_problems);
    m_stack->addWidget(problems);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(makeLine(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);
    setMinimumHeight(80);
    applyTheme();
    connect(m_tabs, &TabStrip::currentChanged, m_stack,
            [this](const QString &tab) { m_stack->setCurrentIndex(tab == problemsTab ? 1 : 0); });
    connect(m_problems, &QTreeWidget::itemClicked, this, &BuildPanel::activate);
    connect(m_problems, &QTreeWidget::itemActivated, this, &BuildPanel::activate);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_run) {
            m_run->cancel();
        }
    });
    showResult();
}

void BuildPanel::setRun(models::BuildRun *run)
{
    if (m_run) {
        m_run->disconnect(this);
    }
    m_run = run;
    m_shownBuild = 0;
    m_shownLines = 0;
    m_log->clear();
    m_problems->clear();
    m_shownProblems.clear();
    m_tabs->setBadge(problemsTab, {});
    if (run) {
        connect(run, &models::BuildRun::changed, this, &BuildPanel::show);
        show();
    }
}

void BuildPanel::showLog()
{
    m_tabs->setCurrent(logTab);
}

void BuildPanel::showProblems()
{
    m_tabs->setCurrent(problemsTab);
}

int BuildPanel::problemCount() const
{
    return m_problems->topLevelItemCount();
}

void BuildPanel::show()
{
    if (m_run->build()) {
        showLines(*m_run->build());
        listProblems(*m_run->build());
    }
    showResult();
}

void BuildPanel::showLines(const wire::Build &build)
{
    if (build.number != m_shownBuild || build.log.size() < m_shownLines) {
        m_shownBuild = build.number;
        m_shownLines = 0;
        m_log->clear();
    }
    const bool wasAtEnd = m_log->verticalScrollBar()->value() == m_log->verticalScrollBar()->maximum();
    QStringList lines;
    for (; m_shownLines < build.log.size(); ++m_shownLines) {
        lines.append(QString::fromStdString(build.log[m_shownLines]));
    }
    if (!lines.isEmpty()) {
        m_log->appendPlainText(lines.join(u'\n'));
        if (wasAtEnd) {
            m_log->verticalScrollBar()->setValue(m_log->verticalScrollBar()->maximum());
        }
    }
}

void BuildPanel::listProblems(const wire::Build &build)
{
    if (build.problems == m_shownProblems) {
        return;
    }
    m_shownProblems = build.problems;
    m_problems->clear();
    const Theme &theme = themeOf(this);
    for (const auto &problem : build.problems) {
        const bool isError = problem.severity == wire::ProblemSeverity::Error;
        auto *item = new QTreeWidgetItem(m_problems);
        const QString message = problemInFull(problem);
        item->setText(Message, QString::fromStdString(problem.message).section(u'\n', 0, 0));
        item->setToolTip(Message, message);
        for (const ProblemLine &line : problemLines(problem)) {
            auto *detail = new QTreeWidgetItem(item);
            const bool isGot = line.side == ProblemLine::Side::Got;
            detail->setText(Message, line.text);
            detail->setToolTip(Message, message);
            detail->setFont(Message, theme.font(TextStyle::Log));
            detail->setForeground(Message, isGot ? theme.bad.text : theme.ok.text);
            detail->setSizeHint(Message, {0, theme.size.rowCompact});
        }
        item->setExpanded(true);
        item->setText(Place, placeText(problem));
        item->setSizeHint(Message, {0, theme.size.rowCompact});
        item->setIcon(Message, QIcon(iconPixmap(u"alert"_s, 14, isError ? theme.bad.text : theme.warn.text,
                                                devicePixelRatioF())));
        item->setForeground(Place, theme.text.dim);
        item->setData(Message, Qt::AccessibleTextRole,
                      (isError ? tr("Error: %1") : tr("Warning: %1")).arg(message));
    }
    m_tabs->setBadge(problemsTab,
                     build.problems.empty() ? QString() : QString::number(build.problems.size()));
}

void BuildPanel::showResult()
{
    const bool runs = m_run && m_run->isRunning();
    const auto isUnderWay = [](const wire::Build &build) {
        return build.state == BuildState::Queued || build.state == BuildState::Running;
    };
    const bool isBeginning = runs && (!m_run->build() || !isUnderWay(*m_run->build()));
    m_cancel->setVisible(runs);
    m_cancel->setEnabled(runs && !m_run->isCancelling());
    m_cancel->setText(runs && m_run->isCancelling() ? tr("Cancelling…") : tr("Cancel"));
    if (isBeginning || !m_run || (!m_run->build() && m_run->error().type.empty())) {
        m_result->setInk(Ink::Dim);
        m_result->setText(isBeginning ? tr("The build begins") : QString());
        m_result->setToolTip({});
        return;
    }
    if (!runs && !m_run->error().type.empty()) {
        const QString why = QString::fromStdString(m_run->error().detail);
        m_result->setInk(Ink::Bad);
        m_result->setText(why);
        m_result->setToolTip(why);
        return;
    }
    const auto &build = *m_run->build();
    m_result->setInk(runs                                   ? Ink::Dim
                     : build.state == BuildState::Succeeded ? Ink::Ok
                     : build.state == BuildState::Failed    ? Ink::Bad
                                                            : Ink::Dim);
    m_result->setText((build.state == BuildState::Succeeded ? u"✓ "_s
                       : build.state == BuildState::Failed  ? u"✕ "_s
                                                            : QString()) +
                      resultText(build));
    m_result->setToolTip(QString::fromStdString(build.reason));
}

void BuildPanel::activate(const QTreeWidgetItem *item)
{
    const auto *top = item->parent() != nullptr ? item->parent() : item;
    const int row = m_problems->indexOfTopLevelItem(const_cast<QTreeWidgetItem *>(top));
    if (row >= 0 && static_cast<std::size_t>(row) < m_shownProblems.size()) {
        const auto &problem = m_shownProblems[static_cast<std::size_t>(row)];
        Q_EMIT problemActivated(QString::fromStdString(problem.path), problem.line, problem.column);
    }
}

void BuildPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        m_shownProblems.clear(); // their icons have the colours of the theme
        if (m_run && m_run->build()) {
            listProblems(*m_run->build());
        }
    }
    QWidget::changeEvent(event);
}

void BuildPanel::applyTheme()
{
    const Theme &theme = themeOf(this);
    m_log->setFont(theme.font(TextStyle::Log));
    m_log->document()->setDocumentMargin(space::panel);
}

} // namespace nest::console
