// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The secrets of a function: their names, who set them and who gets them; one is set, replaced or removed at
// once, as nobody can look at a value in a review.
//
// Invariants: a value is in its field alone, masked, until it was sent; it is kept when that fails, and gone
// when another function is shown. Nothing is written over that is newer than what is shown. Thread: UI.
// Owner: the tab; the session outlives it.

#include "api/wire/function.h"
#include "api/wire/result.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class Label;
}

namespace nest::console {

class SecretsBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretsBox)

public:
    SecretsBox(models::Session &session, const models::Guard &guard, QWidget *parent = nullptr);
    ~SecretsBox() override;

    void setFunction(const QString &function);
    /// Empty: secrets may be set.
    void setDisabledReason(const QString &reason);
    /// Asks the platform again.
    void read();

Q_SIGNALS:
    /// What there is, by name; what groups can hand over.
    void namesRead(const QStringList &names);

private:
    struct Row;

    void show(Result<std::vector<wire::Secret>> &&answer);
    void addRow(const wire::Secret &secret);
    void begin(const QString &name);
    void set();
    void remove(const QString &name);
    void done(const QString &name, const Result<> &done, const QString &sentence);
    void showState();
    /// Of the one that is shown; nothing: there is none of that name.
    [[nodiscard]] std::optional<std::string> etagOf(const QString &name) const;

    models::Session &m_session;
    const models::Guard &m_guard;
    QString m_function;
    QString m_disabled;
    int m_generation = 0;
    bool m_isSending = false;
    std::vector<std::unique_ptr<Row>> m_rows;
    std::string m_shown;    // as the platform told it
    widgets::Label *m_note; // instead of rows: none yet, being read, not readable
    QVBoxLayout *m_list;
    QLineEdit *m_name;
    QLineEdit *m_value;
    QPushButton *m_set;
    widgets::Label *m_done;
    widgets::Label *m_problem;
};

} // namespace nest::console
