// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line above the text that tells something or asks: icon, fact, detail, up to three ways on and a cross.
//
// Never modal: the text below stays usable. Thread: UI.

#include "widgets/theme/theme.h"

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

struct NoticeChoice
{
    QString id;
    QString text;
    bool operator==(const NoticeChoice &) const = default;
};

struct Notice
{
    QString id; // of what it is about: "conflict"
    widgets::Tone tone = widgets::Tone::Info;
    QString fact;
    QString detail;
    QList<NoticeChoice> choices;
    bool canClose = true;
    bool operator==(const Notice &) const = default;
};

class NoticeBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBar)

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void show(const Notice &notice);
    void clear();
    /// Clears it if it is the one with this id.
    void clear(const QString &id);
    [[nodiscard]] const Notice &notice() const { return m_notice; }

Q_SIGNALS:
    /// "close" for the cross.
    void chosen(const QString &notice, const QString &choice);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Notice m_notice;
    widgets::Label *m_fact;
    widgets::Label *m_detail;
    QHBoxLayout *m_choices;
    QToolButton *m_close;
};

} // namespace nest::console
