// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// There is data, but the filter hides all of it: says which filter hides how many, and takes it away with one
// button.
//
// Thread: GUI.

#include <QWidget>

class QPushButton;

namespace nest::widgets {

class Label;

class NoResult final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoResult)

public:
    explicit NoResult(QWidget *parent = nullptr);

    /// "1,287 functions are hidden by region:tokyo." The sentence is the caller's, as it knows the noun.
    void setSentence(const QString &sentence);
    /// The button, "Clear the filter" unless told otherwise.
    void setClearText(const QString &text);

Q_SIGNALS:
    void clearRequested();

private:
    Label *m_sentence;
    QPushButton *m_clear;
};

} // namespace nest::widgets
