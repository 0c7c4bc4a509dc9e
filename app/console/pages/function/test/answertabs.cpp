// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/answertabs.h"

#include "app/console/look.h"
#include "app/console/pages/function/test/plainedit.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTextCursor>
#include <QToolButton>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t shownLines = 2'000; // of the log; the newest, the Logs page has all

void write(QTextCursor &cursor, const QString &text, const QColor &colour)
{
    QTextCharFormat format;
    format.setForeground(colour);
    cursor.insertText(text, format);
}

/// Since the request began: "+0.118".
QString offsetText(wire::Time at, wire::Time start)
{
    const double seconds = std::chrono::duration<double>(at - start).count();
    return (seconds < 0 ? u"−"_s : u"+"_s) + QString::number(std::abs(seconds), 'f', 3);
}

PlainEdit *readOnlyText(const QString &name, const QString &objectName, QWidget *parent)
{
    auto *text = new PlainEdit(parent);
    text->setReadOnly(true);
    text->setUndoRedoEnabled(false);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(name);
    text->setObjectName(objectName);
    text->setLeastLines(3);
    return text;
}

} // namespace

AnswerTabs::AnswerTabs(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new widgets::TabStrip(this))
    , m_stack(new QStackedWidget(this))
    , m_body(readOnlyText(tr("Body of the answer"), u"responseBody"_s, this))
    , m_note(new widgets::Label({}, widgets::TextStyle::Caption, widgets::Ink::Dim, this))
    , m_log(readOnlyText(tr("Log of the request"), u"responseLog"_s, this))
    , m_headers(readOnlyText(tr("Headers of the answer"), u"responseHeaders"_s, this))
{
    auto *bodyBox = new QWidget(this);
    auto *bodyColumn = new QVBoxLayout(bodyBox);
    bodyColumn->setContentsMargins({});
    bodyColumn->setSpacing(0);
    bodyColumn->addWidget(m_body, 1);
    bodyColumn->addWidget(m_note);
    m_note->setContentsMargins(widgets::space::panel, 2, widgets::space::panel, widgets::space::control);
    m_note->setWordWrap(true);
    m_note->setObjectName("responseNote"_L1);
    m_note->hide();

    auto *row = new QHBoxLayout;
    row->setContentsMargins(widgets::space::panel, 0, widgets::space::control, 0);
    row->setSpacing(widgets::space::page);
    m_tabs->setObjectName("answerTabs"_L1);
    m_tabs->addTab(u"response"_s, tr("Response"));
    m_tabs->addTab(u"log"_s, tr("Log"));
    m_tabs->addTab(u"headers"_s, tr("Headers"));
    m_stack->addWidget(bodyBox);
    m_stack->addWidget(m_log);
    m_stack->addWidget(m_headers);
    row->addWidget(m_tabs);
    row->addStretch();
    auto *copyButton = new QToolButton(this);
    copyButton->setIcon(widgets::themedIcon(u"copy"_s));
    copyButton->setAutoRaise(true);
    copyButton->setToolTip(tr("Copy this text"));
    copyButton->setAccessibleName(copyButton->toolTip());
    row->addWidget(copyButton);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);
    connect(m_tabs, &widgets::TabStrip::currentChanged, this, [this](const QString &id) {
        m_stack->setCurrentIndex(id == "log"_L1 ? 1 : id == "headers"_L1 ? 2 : 0);
    });
    connect(copyButton, &QToolButton::clicked, this, &AnswerTabs::copy);
}

void AnswerTabs::setAnswer(const wire::Invocation &answer)
{
    m_answer = answer;
    m_answer.body.clear(); // AnswerText has it
    m_text = {};
    m_body->clear();
    m_note->hide();
    m_tabs->setBadge(u"log"_s, answer.log.empty() ? QString() : QString::number(answer.log.size()));
    writeLog();
    writeHeaders();
}

void AnswerTabs::setBody(const AnswerText &text)
{
    m_text = text;
    m_body->setColoured(text.isJson);
    m_body->setPlainText(text.body);
    m_body->setPlaceholderText(tr("The body is empty"));
    m_note->setText(text.note);
    m_note->setVisible(!text.note.isEmpty());
}

void AnswerTabs::writeLog()
{
    const widgets::Theme &theme = widgets::themeOf(this);
    m_log->clear();
    m_log->setPlaceholderText(tr("This request wrote no log line"));
    QTextCursor cursor(m_log->document());
    cursor.beginEditBlock();
    const std::size_t first = m_answer.log.size() > shownLines ? m_answer.log.size() - shownLines : 0;
    if (first > 0) {
        write(cursor, tr("%n earlier lines are on the page Logs", nullptr, static_cast<int>(first)) + u'\n',
              theme.text.dim);
    }
    for (std::size_t i = first; i < m_answer.log.size(); ++i) {
        const auto &line = m_answer.log[i];
        write(cursor, (i > first ? u"\n"_s : QString()) + offsetText(line.time, m_answer.startedAt) + u' ',
              theme.text.dim);
        write(cursor, severityWord(line.severity).leftJustified(5) + u' ',
              theme.ink(severityInk(line.severity)));
        write(cursor, QString::fromStdString(line.message), theme.text.primary);
    }
    cursor.endEditBlock();
    m_log->moveCursor(QTextCursor::Start);
}

void AnswerTabs::writeHeaders()
{
    const widgets::Theme &theme = widgets::themeOf(this);
    m_headers->clear();
    m_headers->setPlaceholderText(tr("The answer has no header"));
    QTextCursor cursor(m_headers->document());
    for (std::size_t i = 0; i < m_answer.headers.size(); ++i) {
        const auto &header = m_answer.headers[i];
        write(cursor, (i > 0 ? u"\n"_s : QString()) + QString::fromStdString(header.name) + u": "_s,
              theme.text.dim);
        write(cursor, QString::fromStdString(header.value), theme.text.primary);
    }
    m_headers->moveCursor(QTextCursor::Start);
}

void AnswerTabs::copy()
{
    const int shown = m_stack->currentIndex();
    QGuiApplication::clipboard()->setText(shown == 0   ? QString::fromUtf8(m_text.raw)
                                          : shown == 1 ? m_log->toPlainText()
                                                       : m_headers->toPlainText());
}

void AnswerTabs::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_headers != nullptr) {
        writeLog();
        writeHeaders();
    }
}

} // namespace nest::console
