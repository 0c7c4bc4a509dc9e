// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a request is written: method, path with its query, headers, body. Says as one types what is wrong.
//
// Invariants: the text stays as typed, also when it is not valid; event() has what is valid. Long bodies are
// checked on a worker. Thread: UI. Owner: a view of the panel.

#include "api/wire/function.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class PlainEdit;

class RequestEdit final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestEdit)

public:
    explicit RequestEdit(QWidget *parent = nullptr);

    void setEvent(const wire::TestEvent &event);
    /// As it is written now; name, visibility and etag are those of setEvent.
    [[nodiscard]] wire::TestEvent event() const;
    /// Why it cannot be sent at all (headers, method); a body that is no JSON can be.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void edited();

private:
    void noteEdit();
    void check();
    void showProblem(const QString &body);
    void showHeaderCount();

    wire::TestEvent m_base;
    QComboBox *m_method;
    QLineEdit *m_path;
    QToolButton *m_headersToggle;
    PlainEdit *m_headers;
    PlainEdit *m_body;
    widgets::Label *m_problem;
    QTimer m_checkDelay;
    int m_generation = 0; // of the text that is checked
    bool m_isSetting = false;
};

} // namespace nest::console
