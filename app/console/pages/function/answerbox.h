// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a function answers and how to try it: the address, a curl line that works, the last answer, and the
// two next steps. While the function is being made it says so; when that failed it says why.
//
// Thread: UI. Shows what it is told; asks by signals.

#include "api/wire/invocation.h"
#include "models/functioncreator.h"

#include <QWidget>

class QPushButton;

namespace nest::widgets {
class CellWidget;
class CodeView;
class CommandLine;
class Label;
} // namespace nest::widgets

namespace nest::console {

class AnswerBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerBox)

public:
    explicit AnswerBox(QWidget *parent = nullptr);

    /// The address as the platform tells it; empty: not known yet. The headers lead to the group; with some
    /// the address alone is not shown, as it leads elsewhere.
    void setUrl(const QString &url, const QStringList &headers);
    [[nodiscard]] QString url() const { return m_url; }
    /// Being made, done or failed; null: it was there already.
    void showCreation(const models::FunctionCreator *creator);
    void setNotDeployed(bool isNotDeployed);
    void setAnswer(const wire::Invocation &answer);
    void setAskError(const Error &error);
    void clearAnswer();
    /// A request is on its way.
    void setAsking(bool isAsking);
    /// Load runs on the function: the button ends it.
    void setLoaded(bool isLoaded);
    /// Empty: the two actions are on.
    void setDisabledReason(const QString &reason);

Q_SIGNALS:
    void askRequested();
    void loadRequested();
    void stopLoadRequested();
    void deployRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showButtons();

    QString m_url;
    QString m_reason;
    bool m_needsHeaders = false;
    bool m_isAsking = false;
    bool m_isLoaded = false;
    bool m_isNotDeployed = false;
    bool m_isGood = false; // answers: the frame is green
    widgets::Label *m_title;
    widgets::Label *m_took;
    widgets::CommandLine *m_address;
    QPushButton *m_open;
    widgets::CommandLine *m_curl;
    widgets::CellWidget *m_status;
    widgets::Label *m_duration;
    widgets::CellWidget *m_cold;
    widgets::Label *m_body;
    widgets::Label *m_note;
    widgets::CodeView *m_log;
    QPushButton *m_load;
    QPushButton *m_ask;
};

} // namespace nest::console
