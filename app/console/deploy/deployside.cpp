// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/deployside.h"

#include "app/console/changes/codechanges.h"
#include "app/console/changes/configchanges.h"
#include "models/deploy/deploytexts.h"
#include "models/guard.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::SummaryLine;
using widgets::Ink;
using widgets::TextStyle;

namespace {

QString iconOf(SummaryLine::Kind kind)
{
    switch (kind) {
    case SummaryLine::Kind::Deploy:
        return u"deploy"_s;
    case SummaryLine::Kind::Scaling:
        return u"scaling"_s;
    case SummaryLine::Kind::Split:
        return u"sliders"_s;
    case SummaryLine::Kind::Fresh:
        return u"plus"_s;
    case SummaryLine::Kind::Undo:
        return u"undo"_s;
    case SummaryLine::Kind::Failed:
        return u"reject"_s;
    }
    return {};
}

widgets::Tone toneOf(SummaryLine::Kind kind)
{
    return kind == SummaryLine::Kind::Failed    ? widgets::Tone::Bad
           : kind == SummaryLine::Kind::Undo    ? widgets::Tone::Ok
           : kind == SummaryLine::Kind::Scaling ? widgets::Tone::Accent
                                                : widgets::Tone::Info;
}

} // namespace

class DeploySide::Sentence final : public QWidget
{
public:
    Sentence(const SummaryLine &line, QWidget *parent) : QWidget(parent), m_kind(line.kind)
    {
        auto *row = new QVBoxLayout(this);
        row->setContentsMargins(22, 2, 0, 2);
        auto *words = new widgets::Label(line.sentence);
        words->setObjectName("summaryLine"_L1);
        words->setWordWrap(true);
        row->addWidget(words);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        widgets::paintIcon(painter, QRect(0, 2, 14, 16), iconOf(m_kind), 14,
                           widgets::themeOf(this).tone(toneOf(m_kind)).text);
    }

private:
    SummaryLine::Kind m_kind;
};

/// "Production change": locked with a way to unlock, then the name.
class DeploySide::GuardBox final : public QWidget
{
public:
    explicit GuardBox(DeploySide *owner)
        : QWidget(owner)
        , m_title(new widgets::Label({}, TextStyle::Strong))
        , m_sentence(new widgets::Label({}, TextStyle::Body, Ink::Secondary))
        , m_edit(new QLineEdit(this))
        , m_unlock(new QPushButton(this))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(widgets::space::panel, 10, widgets::space::panel, widgets::space::panel);
        column->setSpacing(6);
        m_title->setContentsMargins(22, 0, 0, 0);
        column->addWidget(m_title);
        m_sentence->setWordWrap(true);
        m_sentence->setObjectName("guardSentence"_L1);
        column->addWidget(m_sentence);
        auto *row = new QHBoxLayout;
        row->addWidget(m_edit, 1);
        row->addWidget(m_unlock);
        column->addLayout(row);
        m_unlock->setObjectName("unlock"_L1);
        m_unlock->setText(DeploySide::tr("Unlock for 15 min"));
    }
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QPushButton *unlock() const { return m_unlock; }
    void show(const models::Guard &guard)
    {
        const bool isLocked = guard.isLocked();
        if (isLocked != m_wasLocked) {
            m_edit->clear();
            m_wasLocked = isLocked;
        }
        m_title->setText(isLocked ? DeploySide::tr("Production is read-only")
                                  : DeploySide::tr("Production change"));
        m_sentence->setText(isLocked ? DeploySide::tr("Say why you unlock it. It locks itself again.")
                                     : DeploySide::tr("Type the function name to confirm."));
        m_edit->setObjectName(isLocked ? u"unlockReason"_s : u"confirmName"_s);
        m_edit->setAccessibleName(m_sentence->text());
        m_edit->setFont(widgets::themeOf(this).font(isLocked ? TextStyle::Body : TextStyle::Code));
        m_unlock->setVisible(isLocked);
        setVisible(guard.needsName());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.bad.fill, theme.bad.border);
        widgets::paintIcon(painter, QRect(widgets::space::panel, 10, 14, 16), u"lock"_s, 14, theme.bad.text);
    }

private:
    widgets::Label *m_title;
    widgets::Label *m_sentence;
    QLineEdit *m_edit;
    QPushButton *m_unlock;
    bool m_wasLocked = false;
};

DeploySide::DeploySide(models::Session &session, models::Guard &guard, const QString &function,
                       QWidget *parent)
    : QWidget(parent)
    , m_guard(guard)
    , m_function(function)
    , m_tabs(new widgets::TabStrip)
    , m_stack(new QStackedWidget)
    , m_heading(new widgets::Label({}, TextStyle::Strong))
    , m_lines(new QVBoxLayout)
    , m_code(new CodeChanges(session, CodeChanges::Layout::FilesAbove))
    , m_config(new ConfigChanges)
    , m_box(new GuardBox(this))
{
    m_tabs->setObjectName("deployTabs"_L1);
    m_tabs->addTab(u"summary"_s, tr("Summary"));
    m_tabs->addTab(u"code"_s, tr("Code diff"));
    m_tabs->addTab(u"config"_s, tr("Config diff"));
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    tabs->addWidget(m_tabs);
    m_code->setHint(tr("There is no other version to compare with."));
    m_stack->addWidget(makeSummary());
    m_stack->addWidget(m_code);
    auto *config = new QWidget;
    auto *margins = new QVBoxLayout(config);
    margins->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page, 0);
    margins->addWidget(m_config);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(config);
    m_stack->addWidget(scroll);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::page,
                             widgets::space::panel);
    foot->addWidget(m_box);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(tabs);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_stack, 1);
    column->addLayout(foot);
    connect(m_tabs, &widgets::TabStrip::currentChanged, this, [this](const QString &id) {
        m_stack->setCurrentIndex(id == "summary"_L1 ? 0 : id == "code"_L1 ? 1 : 2);
    });
    connect(m_code, &CodeChanges::countChanged, this, [this] {
        const auto count = m_code->count();
        m_tabs->setBadge(u"code"_s, count ? QString::number(*count) : QString());
    });
    connect(&guard, &models::Guard::changed, this, &DeploySide::showGuard);
    connect(m_box->edit(), &QLineEdit::textChanged, this, &DeploySide::confirmChanged);
    const auto unlock = [this] {
        if (m_guard.isLocked()) {
            m_guard.unlock(m_box->edit()->text());
        }
    };
    connect(m_box->unlock(), &QPushButton::clicked, this, unlock);
    connect(m_box->edit(), &QLineEdit::returnPressed, this, unlock);
    showGuard();
}

QWidget *DeploySide::makeSummary()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page, 0);
    column->setSpacing(widgets::space::control);
    m_heading->setObjectName("summaryHeading"_L1);
    column->addWidget(m_heading);
    m_lines->setSpacing(2);
    column->addLayout(m_lines);
    column->addStretch();
    return page;
}

void DeploySide::show(const models::DeployPlan &plan, const wire::Version *before, const wire::Version *after)
{
    showLines(tr("What will happen"), models::summaryOf(plan));
    m_code->compare(m_function, before != nullptr ? before->number : 0,
                    before != nullptr && after != nullptr ? after->number : 0);
    std::vector<ConfigChanges::Part> parts;
    if (before != nullptr && after != nullptr) {
        parts.push_back({tr("Version v%1 → v%2").arg(before->number).arg(after->number),
                         models::configDiff(*before, *after)});
    }
    for (const std::size_t at : plan.chosen()) {
        const models::DeployRow &row = plan.rows()[at];
        parts.push_back({QString::fromStdString(toString(row.group)),
                         models::configDiff(row.present.value_or(wire::Deployment{}), plan.wanted(at, {}))});
    }
    m_config->show(std::move(parts));
    m_tabs->setBadge(u"config"_s, m_config->count() > 0 ? QString::number(m_config->count()) : QString());
}

void DeploySide::nextChange()
{
    m_tabs->setCurrent(u"code"_s);
    m_code->nextChange();
}

void DeploySide::showLines(const QString &heading, const std::vector<SummaryLine> &lines)
{
    QStringList texts{heading};
    for (const SummaryLine &line : lines) {
        texts.append(line.sentence);
    }
    if (texts == m_shown && m_lines->count() > 0) {
        return;
    }
    m_shown = texts;
    m_heading->setText(heading);
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const SummaryLine &line : lines) {
        m_lines->addWidget(new Sentence(line, this));
    }
    if (lines.empty() && !m_run) {
        auto *none =
            new widgets::Label(tr("Choose a version and at least one group."), TextStyle::Body, Ink::Dim);
        none->setWordWrap(true);
        m_lines->addWidget(none);
    }
}

void DeploySide::showRun(models::DeployRun &run)
{
    m_run = &run;
    m_box->setEnabled(false);
    connect(&run, &models::DeployRun::rowChanged, this, &DeploySide::followRun);
    followRun();
}

void DeploySide::followRun()
{
    if (!m_run) {
        return;
    }
    const auto stage = models::stageOf(m_run->rows());
    const bool isOver = stage != models::RunStage::Running && stage != models::RunStage::TakingBack;
    showLines(isOver ? tr("What happened") : tr("What happens now"),
              models::summaryOf(m_run->rows(), m_run->version()));
}

void DeploySide::showGuard()
{
    m_box->show(m_guard);
    Q_EMIT confirmChanged();
}

QString DeploySide::missing() const
{
    if (m_guard.isLocked()) {
        return tr("Production is read-only: unlock it first.");
    }
    if (m_guard.needsName() && m_box->edit()->text() != m_function) {
        return tr("Type the function name to confirm.");
    }
    return {};
}

} // namespace nest::console
