// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One thing to start from: icon, name, a sentence, and the languages it comes in.
//
// A radio button by nature: checkable, one of its group. Thread: UI.

#include <QAbstractButton>
#include <QStringList>

namespace nest::console {

struct TemplateLook
{
    QString title;
    QString sentence;
    QString icon;
    QStringList runtimes; // icons of the languages
};

class TemplateCard final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplateCard)

public:
    explicit TemplateCard(TemplateLook look, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    TemplateLook m_look;
};

} // namespace nest::console
