// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/functionname.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int longestInput = 60; // more than a name may have, so that pasting one that is too long is seen
} // namespace

/// A tick or a cross, and the rule. Nothing is ticked or crossed while there is no name.
class FunctionName::Rule final : public QWidget
{
public:
    Rule(const QString &text, QWidget *parent)
        : QWidget(parent), m_text(new Label(text, TextStyle::Caption, Ink::Secondary, this))
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(16, 0, 0, 0);
        row->addWidget(m_text);
    }
    void setText(const QString &text) { m_text->setText(text); }
    void setState(bool isAsked, bool isKept)
    {
        m_icon = !isAsked ? u"ring"_s : isKept ? u"check"_s : u"close"_s;
        m_ink = !isAsked ? Ink::Dim : isKept ? Ink::Ok : Ink::Bad;
        m_text->setInk(isAsked && !isKept ? Ink::Bad : Ink::Secondary);
        setAccessibleName(!isAsked ? m_text->text()
                          : isKept ? tr("%1: kept").arg(m_text->text())
                                   : tr("%1: broken").arg(m_text->text()));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        widgets::paintIcon(painter, QRect(0, 0, 12, height()), m_icon, 11, widgets::themeOf(this).ink(m_ink));
    }

private:
    Label *m_text;
    QString m_icon = u"ring"_s;
    Ink m_ink = Ink::Dim;
};

FunctionName::FunctionName(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_state(new Label({}, TextStyle::Body, Ink::Ok, m_edit))
    , m_letters(new Rule(tr("a to z, 0 to 9, dash"), this))
    , m_length(new Rule(tr("3 to 40 long"), this))
    , m_free(new Rule(tr("not used yet"), this))
    , m_way(new QPushButton(this))
{
    auto *inside = new QHBoxLayout(m_edit);
    inside->setContentsMargins(0, 0, widgets::space::control, 0);
    inside->addStretch();
    inside->addWidget(m_state);
    m_state->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_edit->setObjectName("name"_L1);
    m_edit->setAccessibleName(tr("Name"));
    m_edit->setMaxLength(longestInput);
    m_edit->setFont(widgets::themeOf(this).font(TextStyle::Code));
    m_edit->setPlaceholderText(u"hello-price"_s);
    m_edit->setTextMargins(0, 0, 70, 0);
    auto *rules = new QHBoxLayout;
    rules->setSpacing(widgets::space::panel);
    for (Rule *rule : {m_letters, m_length, m_free}) {
        rules->addWidget(rule);
        rule->setState(false, false);
    }
    rules->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    column->addWidget(m_edit);
    column->addLayout(rules);
    column->addWidget(m_way, 0, Qt::AlignLeft);
    widgets::setButtonKind(m_way, widgets::ButtonKind::Link);
    m_way->setObjectName("nameWayOut"_L1);
    m_way->hide();
    connect(m_edit, &QLineEdit::textChanged, this, &FunctionName::nameChanged);
    connect(m_edit, &QLineEdit::returnPressed, this, &FunctionName::entered);
    connect(m_way, &QPushButton::clicked, this, [this] {
        if (m_check.mended.empty()) {
            Q_EMIT openRequested(name());
        } else {
            m_edit->setText(QString::fromStdString(m_check.mended));
            m_edit->setFocus();
        }
    });
}

QString FunctionName::name() const
{
    return m_edit->text();
}

void FunctionName::setName(const QString &name)
{
    m_edit->setText(name);
}

void FunctionName::setWhere(const QString &connection)
{
    m_free->setText(tr("not used in %1").arg(connection));
}

void FunctionName::focusName()
{
    m_edit->setFocus();
    m_edit->selectAll();
}

void FunctionName::setCheck(const models::NameCheck &check)
{
    m_check = check;
    const bool isAsked = !name().isEmpty();
    m_letters->setState(isAsked, check.hasGoodLetters);
    m_length->setState(isAsked, check.hasGoodLength);
    m_free->setState(isAsked, check.isFree);
    const bool isTaken = isAsked && !check.isFree;
    m_state->setText(!isAsked ? QString() : isTaken ? tr("taken") : check.isGood() ? tr("free") : QString());
    m_state->setInk(isTaken ? Ink::Bad : Ink::Ok);
    const bool canMend = isAsked && !check.mended.empty();
    m_way->setVisible(canMend || isTaken);
    m_way->setText(canMend ? tr("Use %1").arg(QString::fromStdString(check.mended))
                           : tr("Open %1 instead").arg(name()));
}

} // namespace nest::console
