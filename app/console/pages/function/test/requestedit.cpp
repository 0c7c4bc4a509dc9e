// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/requestedit.h"

#include "api/client/onworker.h"
#include "app/console/pages/function/test/plainedit.h"
#include "app/console/pages/function/test/requesttext.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QCoroTask>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t longBody = 64 * 1024; // bytes; a longer one is checked on a worker
constexpr int checkDelayMs = 150;           // after the last key

QCoro::Task<QString> problemLater(wire::TestEvent event)
{
    co_return co_await client::OnWorker([event = std::move(event)] { return bodyProblem(event); });
}

} // namespace

RequestEdit::RequestEdit(QWidget *parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_headersToggle(new QToolButton(this))
    , m_headers(new PlainEdit(this))
    , m_body(new PlainEdit(this))
    , m_problem(new widgets::Label({}, widgets::TextStyle::Caption, widgets::Ink::Warn, this))
{
    for (const QString &method :
         {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s}) {
        m_method->addItem(method);
    }
    widgets::setSmall(m_method);
    widgets::setSmall(m_path);
    m_method->setAccessibleName(tr("Method"));
    m_path->setAccessibleName(tr("Path and query"));
    m_path->setPlaceholderText(u"/?name=world"_s);
    m_headersToggle->setCheckable(true);
    m_headersToggle->setAutoRaise(true);
    widgets::setSmall(m_headersToggle);
    m_headers->setAccessibleName(tr("Headers, one a line"));
    m_headers->setPlaceholderText(u"content-type: application/json"_s);
    m_headers->setLeastLines(2);
    m_headers->setMaximumHeight(72);
    m_headers->hide();
    m_body->setAccessibleName(tr("Body"));
    m_body->setPlaceholderText(tr("No body"));
    m_body->setLeastLines(4);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_method->setObjectName("method"_L1);
    m_path->setObjectName("path"_L1);
    m_headersToggle->setObjectName("headersToggle"_L1);
    m_headers->setObjectName("headers"_L1);
    m_body->setObjectName("body"_L1);
    m_problem->setObjectName("requestProblem"_L1);

    auto *line = new QHBoxLayout;
    line->setSpacing(widgets::space::control);
    line->addWidget(m_method);
    line->addWidget(m_path, 1);
    line->addWidget(m_headersToggle);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control - 2);
    column->addLayout(line);
    column->addWidget(m_headers);
    column->addWidget(m_body, 1);
    column->addWidget(m_problem);

    m_checkDelay.setSingleShot(true);
    m_checkDelay.setInterval(checkDelayMs);
    connect(&m_checkDelay, &QTimer::timeout, this, &RequestEdit::check);
    connect(m_method, &QComboBox::currentTextChanged, this, &RequestEdit::noteEdit);
    connect(m_path, &QLineEdit::textChanged, this, &RequestEdit::noteEdit);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &RequestEdit::noteEdit);
    connect(m_body, &QPlainTextEdit::textChanged, this, &RequestEdit::noteEdit);
    connect(m_headersToggle, &QToolButton::toggled, m_headers, &QWidget::setVisible);
    setEvent(eventTemplates().first().event);
}

void RequestEdit::setEvent(const wire::TestEvent &event)
{
    m_isSetting = true;
    m_base = event;
    const QString method = QString::fromStdString(event.method);
    if (m_method->findText(method) < 0) {
        m_method->addItem(method);
    }
    m_method->setCurrentText(method);
    m_path->setText(QString::fromStdString(event.path));
    m_headers->setPlainText(headersText(event.headers));
    m_body->setPlainText(QString::fromStdString(event.body));
    m_body->setColoured(isJsonBody(event));
    m_isSetting = false;
    showHeaderCount();
    check();
}

wire::TestEvent RequestEdit::event() const
{
    wire::TestEvent event = m_base;
    event.method = m_method->currentText().toStdString();
    event.path = m_path->text().trimmed().toStdString();
    event.headers = parseHeaders(m_headers->toPlainText()).headers;
    event.body = m_body->toPlainText().toStdString();
    return event;
}

QString RequestEdit::problem() const
{
    return parseHeaders(m_headers->toPlainText()).problem;
}

void RequestEdit::noteEdit()
{
    if (m_isSetting) {
        return;
    }
    m_checkDelay.start();
    showHeaderCount();
    Q_EMIT edited();
}

void RequestEdit::showHeaderCount()
{
    const auto count = parseHeaders(m_headers->toPlainText()).headers.size();
    m_headersToggle->setText(count == 0 ? tr("Headers") : tr("Headers %1").arg(count));
}

void RequestEdit::check()
{
    const wire::TestEvent now = event();
    const int generation = ++m_generation;
    m_body->setColoured(isJsonBody(now));
    if (now.body.size() <= longBody) {
        showProblem(bodyProblem(now));
        return;
    }
    QCoro::connect(problemLater(now), this, [this, generation](QString &&text) {
        if (generation == m_generation) {
            showProblem(text);
        }
    });
}

void RequestEdit::showProblem(const QString &body)
{
    const QString headers = problem();
    m_problem->setText(headers.isEmpty() ? body : headers);
    m_problem->setVisible(!m_problem->text().isEmpty());
}

} // namespace nest::console
