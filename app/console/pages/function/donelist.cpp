// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/donelist.h"

#include "app/console/look.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::FunctionCreator;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int rowHeight = 28;

struct Step
{
    QString name;
    QString detail;
};

Step describe(const FunctionCreator &creator, FunctionCreator::Step step)
{
    using S = FunctionCreator::Step;
    const bool isDone = creator.step(step).state == FunctionCreator::State::Done;
    switch (step) {
    case S::Files:
        return {isDone ? DoneList::tr("Files written") : DoneList::tr("Write the files"),
                DoneList::tr("%n files", nullptr, static_cast<int>(creator.plan().function.files.size()))};
    case S::Build: {
        const auto &build = creator.build();
        if (!isDone || !build) {
            return {DoneList::tr("Build and test"), build ? u"#%1"_s.arg(build->number) : QString()};
        }
        const QString tests = build->tests ? DoneList::tr("%1 of %2 tests passed")
                                                 .arg(build->tests->passed)
                                                 .arg(build->tests->passed + build->tests->failed)
                                           : DoneList::tr("no tests");
        return {DoneList::tr("Built"), u"#%1, %2"_s.arg(build->number).arg(tests)};
    }
    case S::Publish:
        return {isDone ? DoneList::tr("Published") : DoneList::tr("Publish"),
                creator.version() ? u"v%1"_s.arg(creator.version()->number) : QString()};
    case S::Deploy: {
        const auto &to = creator.plan().deployment;
        return {isDone ? DoneList::tr("Deployed") : DoneList::tr("Deploy"), toText(toString(groupOf(to)))};
    }
    case S::Answer:
        break;
    }
    return {isDone ? DoneList::tr("Answered") : DoneList::tr("Ask it once"),
            creator.answer() ? QString::number(creator.answer()->status) : QString()};
}

} // namespace

class DoneList::Row final : public QWidget
{
public:
    explicit Row(QWidget *parent)
        : QWidget(parent)
        , m_name(new Label({}, TextStyle::BodyMedium, Ink::Primary, this))
        , m_detail(new Label({}, TextStyle::Body, Ink::Dim, this))
        , m_took(new Label({}, TextStyle::Body, Ink::Dim, this))
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(24, 0, 0, 0);
        row->setSpacing(widgets::space::control);
        row->addWidget(m_name);
        row->addWidget(m_detail, 1);
        row->addWidget(m_took);
        m_detail->setMinimumWidth(20);
        setFixedHeight(rowHeight);
    }

    void setStep(const Step &step, const FunctionCreator::StepRecord &record)
    {
        using State = FunctionCreator::State;
        m_state = record.state;
        m_name->setText(step.name);
        m_name->setInk(m_state == State::Waiting  ? Ink::Dim
                       : m_state == State::Failed ? Ink::Bad
                                                  : Ink::Primary);
        m_detail->setText(m_state == State::Waiting ? QString() : step.detail);
        const bool isOver = m_state == State::Done || m_state == State::Failed;
        m_took->setText(isOver ? durationText(static_cast<double>(record.took.count())) : QString());
        setAccessibleName(u"%1 %2 %3"_s.arg(step.name, m_detail->text(), m_took->text()));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        using State = FunctionCreator::State;
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        const auto [icon, ink] = m_state == State::Done      ? std::pair(u"approve"_s, Ink::Ok)
                                 : m_state == State::Failed  ? std::pair(u"reject"_s, Ink::Bad)
                                 : m_state == State::Running ? std::pair(u"spin"_s, Ink::Accent)
                                                             : std::pair(u"ring"_s, Ink::Disabled);
        widgets::paintIcon(painter, QRect(0, 0, 16, height()), icon, 16, theme.ink(ink));
    }

private:
    Label *m_name;
    Label *m_detail;
    Label *m_took;
    FunctionCreator::State m_state = FunctionCreator::State::Waiting;
};

DoneList::DoneList(QWidget *parent)
    : QWidget(parent)
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_retry(new QPushButton(tr("Retry"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    for (Row *&row : m_rows) {
        row = new Row(this);
        column->addWidget(row);
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(widgets::space::control);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    column->addSpacing(widgets::space::control);
    column->addLayout(buttons);
    m_retry->setObjectName("retryCreation"_L1);
    m_cancel->setObjectName("cancelCreation"_L1);
    widgets::setButtonKind(m_retry, widgets::ButtonKind::Primary);
    connect(m_cancel, &QPushButton::clicked, this, &DoneList::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &DoneList::retryRequested);
}

void DoneList::show(const FunctionCreator &creator)
{
    for (const auto step : FunctionCreator::steps) {
        m_rows[static_cast<std::size_t>(step)]->setStep(describe(creator, step), creator.step(step));
    }
    m_cancel->setVisible(creator.isRunning());
    m_retry->setVisible(!creator.error().type.empty());
}

} // namespace nest::console
