// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/answerbox.h"

#include "app/console/look.h"
#include "widgets/code/codeview.h"
#include "widgets/state/commandline.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QUrl>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;
using widgets::Tone;

namespace {

constexpr int longestBody = 160; // of the answer in one line; the whole is in the test panel
constexpr int logHeight = 150;

QString oneLine(const wire::Invocation &answer)
{
    if (answer.bodyEncoding != wire::FileEncoding::Utf8) {
        return AnswerBox::tr("a body that is no text");
    }
    QString text = toText(answer.body).simplified();
    if (text.size() > longestBody) {
        text = text.left(longestBody) + u'…';
    }
    return text;
}

QString logText(const wire::Build &build)
{
    QStringList lines;
    for (const std::string &line : build.log) {
        lines.append(toText(line));
    }
    for (const wire::BuildProblem &problem : build.problems) {
        lines.append(u"%1:%2:%3: %4"_s.arg(toText(problem.path))
                         .arg(problem.line)
                         .arg(problem.column)
                         .arg(toText(problem.message)));
    }
    return lines.join(u'\n');
}

} // namespace

AnswerBox::AnswerBox(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label({}, TextStyle::Title, Ink::Primary, this))
    , m_took(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_address(new widgets::CommandLine(this))
    , m_open(new QPushButton(tr("Open"), this))
    , m_curl(new widgets::CommandLine(this))
    , m_status(new widgets::CellWidget(this))
    , m_duration(new Label({}, TextStyle::Strong, Ink::Primary, this))
    , m_cold(new widgets::CellWidget(this))
    , m_body(new Label({}, TextStyle::Log, Ink::Secondary, this))
    , m_note(new Label({}, TextStyle::Body, Ink::Secondary, this))
    , m_log(new widgets::CodeView(this))
    , m_load(new QPushButton(tr("Put load on it"), this))
    , m_ask(new QPushButton(tr("Send a request"), this))
{
    using widgets::space::control;
    using widgets::space::panel;
    auto *head = new QHBoxLayout;
    head->setContentsMargins(34, 0, 0, 0);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_took);
    auto *address = new QHBoxLayout;
    address->setSpacing(control);
    address->addWidget(m_address, 1);
    address->addWidget(m_open);
    auto *answer = new QHBoxLayout;
    answer->setSpacing(control);
    answer->addWidget(m_status);
    answer->addWidget(m_duration);
    answer->addWidget(m_cold);
    answer->addWidget(m_body, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(control);
    buttons->addWidget(m_ask);
    buttons->addWidget(m_load);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(panel);
    column->addLayout(head);
    column->addLayout(address);
    column->addWidget(m_curl);
    column->addLayout(answer);
    column->addWidget(m_note);
    column->addWidget(m_log);
    column->addLayout(buttons);

    m_address->setObjectName("address"_L1);
    m_curl->setObjectName("curl"_L1);
    m_open->setIcon(widgets::themedIcon(u"external"_s));
    m_open->setToolTip(tr("Open in the browser"));
    m_log->setFixedHeight(logHeight);
    m_log->setLineNumbers(false);
    m_log->hide();
    m_note->setWordWrap(true);
    m_note->setObjectName("note"_L1);
    m_body->setObjectName("answerBody"_L1);
    m_body->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_body->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setObjectName("answerTitle"_L1);
    m_ask->setObjectName("ask"_L1);
    m_ask->setIcon(widgets::themedIcon(u"test"_s));
    m_load->setObjectName("load"_L1);
    m_load->setIcon(widgets::themedIcon(u"play"_s));
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(m_url)); });
    connect(m_ask, &QPushButton::clicked, this, &AnswerBox::askRequested);
    connect(m_load, &QPushButton::clicked, this, [this] {
        m_isNotDeployed ? Q_EMIT deployRequested()
        : m_isLoaded    ? Q_EMIT stopLoadRequested()
                        : Q_EMIT loadRequested();
    });
    clearAnswer();
    showCreation(nullptr);
}

void AnswerBox::setUrl(const QString &url, const QStringList &headers)
{
    m_url = url;
    m_needsHeaders = !headers.isEmpty();
    m_address->setCommand(url);
    QString curl = url.isEmpty() ? QString() : u"curl '%1'"_s.arg(url);
    for (const QString &header : headers) {
        curl += u" -H '%1'"_s.arg(header);
    }
    m_curl->setCommand(curl);
    showButtons();
}

void AnswerBox::setNotDeployed(bool isNotDeployed)
{
    m_isNotDeployed = isNotDeployed;
    showButtons();
}

void AnswerBox::showCreation(const models::FunctionCreator *creator)
{
    const bool isMaking = creator != nullptr && !creator->isDone();
    const bool hasFailed = isMaking && !creator->error().type.empty();
    m_title->setText(hasFailed  ? tr("It does not answer yet")
                     : isMaking ? tr("Your function is being made")
                                : tr("Your function answers at"));
    m_isGood = !isMaking && !m_isNotDeployed;
    m_took->setText(
        creator != nullptr && creator->isDone()
            ? tr("created and running in %1").arg(durationText(static_cast<double>(creator->total().count())))
            : QString());
    const bool hasLog =
        isMaking && creator->build() &&
        creator->step(models::FunctionCreator::Step::Build).state != models::FunctionCreator::State::Done;
    m_log->setVisible(hasLog);
    if (hasLog) {
        m_log->setCode({}, logText(*creator->build()));
    }
    if (hasFailed) {
        m_note->setText(toText(creator->error().detail));
        m_note->setInk(Ink::Bad);
        m_note->show();
    } else if (isMaking) {
        m_note->hide();
    }
    showButtons();
    update();
}

void AnswerBox::setAnswer(const wire::Invocation &answer)
{
    const bool isGood = answer.status >= 200 && answer.status < 400;
    m_status->setCell(
        widgets::PillCell{.text = answer.status == 0 ? tr("no answer") : QString::number(answer.status),
                          .icon = isGood ? u"check"_s : u"reject"_s,
                          .tone = isGood ? Tone::Ok : Tone::Bad});
    m_duration->setText(durationText(answer.durationMs));
    m_cold->setVisible(answer.isCold.has_value());
    if (answer.isCold) {
        m_cold->setCell(
            *answer.isCold
                ? widgets::PillCell{.text = tr("Cold start"), .icon = u"freeze"_s, .tone = Tone::Info}
                : widgets::PillCell{.text = tr("Warm")});
    }
    m_body->setText(oneLine(answer));
    for (QWidget *part : std::initializer_list<QWidget *>{m_status, m_duration, m_body}) {
        part->show();
    }
    QString note = toText(answer.reason);
    if (answer.group && answer.wantedGroup && *answer.group != *answer.wantedGroup) {
        note = tr("Answered by %1: the function is not deployed in %2.")
                   .arg(toText(toString(*answer.group)), toText(toString(*answer.wantedGroup)));
    }
    m_note->setText(note);
    m_note->setInk(answer.status == 0 ? Ink::Bad : Ink::Secondary);
    m_note->setVisible(!note.isEmpty());
}

void AnswerBox::setAskError(const Error &error)
{
    clearAnswer();
    m_note->setText(toText(error.detail));
    m_note->setInk(Ink::Bad);
    m_note->show();
}

void AnswerBox::clearAnswer()
{
    for (QWidget *part : std::initializer_list<QWidget *>{m_status, m_duration, m_cold, m_body, m_note}) {
        part->hide();
    }
}

void AnswerBox::setAsking(bool isAsking)
{
    m_isAsking = isAsking;
    showButtons();
}

void AnswerBox::setLoaded(bool isLoaded)
{
    if (isLoaded != m_isLoaded) {
        m_isLoaded = isLoaded;
        showButtons();
    }
}

void AnswerBox::setDisabledReason(const QString &reason)
{
    m_reason = reason;
    showButtons();
}

void AnswerBox::showButtons()
{
    const bool hasUrl = !m_url.isEmpty();
    // Alone the address leads to another group: the line with the headers is the one to take.
    m_address->setVisible(hasUrl && !m_needsHeaders);
    m_open->setVisible(hasUrl && !m_needsHeaders);
    m_curl->setVisible(hasUrl);
    m_load->setText(m_isNotDeployed ? tr("Deploy…")
                    : m_isLoaded    ? tr("Stop the load")
                                    : tr("Put load on it"));
    m_load->setIcon(widgets::themedIcon(m_isNotDeployed ? u"deploy"_s : m_isLoaded ? u"stop"_s : u"play"_s));
    const bool isOn = m_reason.isEmpty() && hasUrl;
    m_ask->setText(m_isAsking ? tr("Waiting for the answer…") : tr("Send a request"));
    m_ask->setEnabled(isOn && !m_isAsking && !m_isNotDeployed);
    m_load->setEnabled(m_reason.isEmpty());
    widgets::setButtonKind(m_load, m_isLoaded && !m_isNotDeployed ? widgets::ButtonKind::Danger
                                                                  : widgets::ButtonKind::Primary);
    for (QPushButton *button : {m_ask, m_load}) {
        button->setToolTip(m_reason);
    }
}

void AnswerBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.panel,
                      m_isGood ? theme.ok.border : theme.border.subtle);
    widgets::paintIcon(painter, QRect(20, 16, 22, 24), m_isGood ? u"approve"_s : u"spin"_s, 20,
                       m_isGood ? theme.ok.text : theme.text.dim);
}

} // namespace nest::console
