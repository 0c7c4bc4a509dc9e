// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/deployside.h"

#include "models/deploy/deploytexts.h"
#include "models/guard.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
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
    }
    return {};
}

widgets::Tone toneOf(SummaryLine::Kind kind)
{
    return kind == SummaryLine::Kind::Undo     ? widgets::Tone::Ok
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
        m_title->setText(isLocked ? DeploySide::tr("Production is read-only") : DeploySide::tr("Production change"));
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

DeploySide::DeploySide(models::Guard &guard, const QString &function, QWidget *parent)
    : QWidget(parent), m_guard(guard), m_function(function), m_lines(new QVBoxLayout), m_box(new GuardBox(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    column->addWidget(new widgets::Label(tr("What will happen"), TextStyle::Strong));
    m_lines->setSpacing(2);
    column->addLayout(m_lines);
    column->addStretch();
    column->addWidget(m_box);
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

void DeploySide::show(const models::DeployPlan &plan)
{
    const auto lines = models::summaryOf(plan);
    QStringList texts;
    for (const SummaryLine &line : lines) {
        texts.append(line.sentence);
    }
    if (texts == m_shown && m_lines->count() > 0) {
        return;
    }
    m_shown = texts;
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const SummaryLine &line : lines) {
        m_lines->addWidget(new Sentence(line, this));
    }
    if (lines.empty()) {
        auto *none = new widgets::Label(tr("Choose a version and at least one group."), TextStyle::Body, Ink::Dim);
        none->setWordWrap(true);
        m_lines->addWidget(none);
    }
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
