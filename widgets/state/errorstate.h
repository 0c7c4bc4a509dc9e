// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A part of a page that could not be shown: what failed, what still works, what to do in numbered steps,
// Retry, and the request's id to copy. The rest of the page keeps working.
//
// Thread: GUI.

#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace nest::widgets {

class Label;
class CommandLine;

struct ErrorText
{
    QString title;     // "Metrics could not be read"
    QString sentence;  // what failed and what still works
    QStringList steps; // what to do, without numbers
    QString requestId; // empty: none to show
    bool canRetry = true;
    bool operator==(const ErrorText &) const = default;
};

class ErrorState final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ErrorState)

public:
    explicit ErrorState(QWidget *parent = nullptr);

    void setError(const ErrorText &text);
    [[nodiscard]] const ErrorText &error() const { return m_error; }
    /// A further way out beside Retry. The caller connects it.
    QPushButton *addButton(const QString &text, const QString &icon = {});

Q_SIGNALS:
    void retryRequested();

private:
    class Steps;
    ErrorText m_error;
    Label *m_title;
    Label *m_sentence;
    Steps *m_steps;
    QPushButton *m_retry;
    QHBoxLayout *m_foot;
    CommandLine *m_requestId;
};

} // namespace nest::widgets
