// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/connect/localpanel.h"

#include "app/console/sessionstatus.h"
#include "models/session.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::Session;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int panelWidth = 420;
constexpr int edge = 48;
constexpr int markSize = 44;
constexpr int barWidth = 4;
constexpr double msPerSecond = 1000;

class Mark final : public QWidget
{
public:
    explicit Mark(QWidget *parent) : QWidget(parent) { setFixedSize(markSize, markSize); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        widgets::paintIcon(painter, rect(), u"nest"_s, markSize, widgets::themeOf(this).accent.text);
    }
};
} // namespace

/// One line: a mark, what, and the fact at the right.
class LocalPanel::Step final : public QWidget
{
public:
    Step(const QString &name, QWidget *parent)
        : QWidget(parent), m_fact(new Label(u"–"_s, TextStyle::Body, Ink::Dim, this))
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(24, 0, 0, 0);
        row->addWidget(new Label(name, TextStyle::Body, Ink::Secondary, this));
        row->addStretch();
        row->addWidget(m_fact);
        setFixedHeight(20);
    }
    void set(const QString &icon, Ink ink, const QString &fact)
    {
        m_icon = icon;
        m_ink = ink;
        m_fact->setText(fact.isEmpty() ? u"–"_s : fact);
        update();
    }
    [[nodiscard]] Label &fact() { return *m_fact; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        widgets::paintIcon(painter, QRect(0, 0, 16, height()), m_icon, 14, widgets::themeOf(this).ink(m_ink));
    }

private:
    Label *m_fact;
    QString m_icon = u"ring"_s;
    Ink m_ink = Ink::Dim;
};

/// The box in the colour of a local environment.
class LocalPanel::Card final : public QWidget
{
public:
    using QWidget::QWidget;
    static constexpr int headHeight = 66;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.panel,
                          theme.environmentColor(widgets::Environment::Local));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.environmentColor(widgets::Environment::Local));
        painter.drawRoundedRect(QRectF(16, 16, barWidth, 38), 2, 2);
    }
};

LocalPanel::LocalPanel(Session &local, QWidget *parent)
    : QWidget(parent)
    , m_session(local)
    , m_card(new Card(this))
    , m_state(new Label({}, TextStyle::Body, Ink::Secondary, m_card))
    , m_problem(new Label({}, TextStyle::Body, Ink::Bad, m_card))
    , m_open(new QPushButton(tr("Open local platform") + u"  ↵"_s, m_card))
    , m_process(new Step(tr("Platform process"), m_card))
    , m_version(new Step(tr("Version"), m_card))
    , m_functions(new Step(tr("Functions"), m_card))
    , m_sandbox(new Step(tr("Sandbox"), m_card))
{
    setFixedWidth(panelWidth);
    m_sinceSeen.start();
    auto *head = new QHBoxLayout;
    head->setSpacing(widgets::space::panel);
    head->addWidget(new Mark(this));
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(new Label(u"Nest Console"_s, TextStyle::Figure));
    names->addWidget(new Label(QCoreApplication::applicationVersion(), TextStyle::Body, Ink::Dim));
    head->addLayout(names);
    head->addStretch();
    auto *promise = new Label(tr("Run functions here now,\nor connect to a platform."), TextStyle::Figure);
    auto *sentence = new Label(tr("The local platform needs no account, no network and no set-up."),
                               TextStyle::Body, Ink::Secondary);
    sentence->setWordWrap(true);

    m_state->setObjectName("localState"_L1);
    m_problem->setObjectName("localProblem"_L1);
    m_problem->setWordWrap(true);
    m_open->setObjectName("openLocal"_L1);
    m_open->setAccessibleName(tr("Open local platform"));
    m_open->setAutoDefault(true);
    widgets::setButtonKind(m_open, widgets::ButtonKind::Primary);
    connect(m_open, &QPushButton::clicked, this, &LocalPanel::openRequested);
    m_functions->fact().setObjectName("localFunctions"_L1);
    m_sandbox->fact().setObjectName("localSandbox"_L1);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(16, 14, 16, 16);
    card->setSpacing(widgets::space::chip);
    auto *title = new QVBoxLayout;
    title->setContentsMargins(barWidth + widgets::space::panel, 0, 0, widgets::space::control);
    title->setSpacing(2);
    title->addWidget(new Label(tr("Local platform"), TextStyle::Strong));
    title->addWidget(m_state);
    card->addLayout(title);
    card->addSpacing(widgets::space::chip);
    card->addWidget(m_open);
    card->addWidget(m_problem);
    card->addSpacing(widgets::space::control);
    card->addWidget(widgets::makeLine(Qt::Horizontal, m_card));
    card->addSpacing(widgets::space::control);
    for (Step *step : {m_process, m_version, m_functions, m_sandbox}) {
        card->addWidget(step);
    }

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(edge, 64, edge, edge / 2);
    column->addLayout(head);
    column->addSpacing(edge);
    column->addWidget(promise);
    column->addSpacing(widgets::space::control);
    column->addWidget(sentence);
    column->addSpacing(edge / 2);
    column->addWidget(m_card);
    column->addStretch();
    column->addWidget(new Label(tr("The local platform starts with this page."), TextStyle::Body, Ink::Dim));

    connect(&local, &Session::stateChanged, this, &LocalPanel::refresh);
    connect(&local, &Session::meChanged, this, &LocalPanel::refresh);
    connect(&local.functions(), &models::CollectionBase::changed, this, &LocalPanel::refresh);
    connect(&local.functions(), &models::CollectionBase::listed, this, &LocalPanel::refresh);
    refresh();
}

void LocalPanel::focusOpen()
{
    m_open->setFocus();
}

void LocalPanel::refresh()
{
    const auto &me = m_session.me();
    const bool hasFailed =
        m_session.state() == Session::State::Failed || m_session.state() == Session::State::Offline;
    const bool isListed = m_session.functions().isListed();
    const auto count = static_cast<int>(m_session.functions().size());
    if (me && !m_answeredAfter) {
        m_answeredAfter = m_sinceSeen.elapsed();
    }
    m_state->setText(hasFailed  ? tr("not running")
                     : !me      ? tr("starting")
                     : isListed ? tr("running, %n functions", nullptr, count)
                                : tr("running"));
    m_state->setInk(hasFailed ? Ink::Bad : me ? Ink::Ok : Ink::Secondary);
    m_problem->setText(hasFailed ? connectionError(m_session).sentence : QString());
    m_problem->setVisible(hasFailed);
    const QLocale locale;
    if (hasFailed) {
        m_process->set(u"close"_s, Ink::Bad, tr("does not answer"));
    } else if (m_answeredAfter) {
        m_process->set(
            u"check"_s, Ink::Ok,
            tr("%1 s").arg(locale.toString(static_cast<double>(*m_answeredAfter) / msPerSecond, 'f', 1)));
    } else {
        m_process->set(u"spin"_s, Ink::Dim, {});
    }
    m_version->set(me ? u"check"_s : u"ring"_s, me ? Ink::Ok : Ink::Dim,
                   me ? QString::fromStdString(me->platformVersion) : QString());
    m_functions->set(isListed ? u"check"_s : u"ring"_s, isListed ? Ink::Ok : Ink::Dim,
                     isListed ? locale.toString(count) : QString());
    const auto status = connectionStatus(m_session);
    const bool isSafe = me && me->functionsCanStart;
    m_sandbox->set(!me      ? u"ring"_s
                   : isSafe ? u"check"_s
                            : u"alert"_s,
                   !me      ? Ink::Dim
                   : isSafe ? Ink::Ok
                            : Ink::Warn,
                   status.isolationSentence);
    m_sandbox->setToolTip(status.isolationDetail);
}

void LocalPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    painter.fillRect(rect(), theme.surface.window);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.border.subtle);
}

} // namespace nest::console
