// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/secretchoice.h"

#include "app/console/look.h"
#include "widgets/theme/controls.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

SecretChoice::SecretChoice(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout(this))
    , m_none(new Label(tr("The function has no secrets. They are set below, then chosen here."),
                       TextStyle::Body, Ink::Dim))
{
    m_list->setContentsMargins({});
    m_list->setSpacing(widgets::space::chip);
    m_none->setObjectName("noSecretToChoose"_L1);
    m_list->addWidget(m_none);
}

void SecretChoice::setKnown(const QStringList &names)
{
    if (names != m_known) {
        m_known = names;
        build();
    }
}

void SecretChoice::setSecrets(const wire::Environment &base, const wire::Environment &mine)
{
    m_base = base;
    m_mine = mine;
    build();
}

void SecretChoice::build()
{
    std::set<std::string> all; // one that is handed over is there, even when the list is not read yet
    for (const QString &name : m_known) {
        all.insert(name.toStdString());
    }
    for (const auto *named : {&m_base, &m_mine}) {
        for (const auto &[name, secret] : *named) {
            all.insert(secret);
        }
    }
    m_none->setVisible(all.empty());
    // Few and seldom: made anew, but for those that are there already, which may have the focus.
    for (QCheckBox *box : findChildren<QCheckBox *>(Qt::FindDirectChildrenOnly)) {
        if (!all.contains(box->property("secret").toString().toStdString())) {
            box->setObjectName({});
            box->hide();
            box->deleteLater(); // it may be the one that was just clicked
        }
    }
    int at = 1;
    for (const std::string &secret : all) {
        const QString id = u"hand."_s + toText(secret);
        auto *box = findChild<QCheckBox *>(id, Qt::FindDirectChildrenOnly);
        if (box == nullptr) {
            box = new QCheckBox(this);
            box->setObjectName(id);
            box->setProperty("secret", toText(secret));
            m_list->insertWidget(at, box);
            connect(box, &QCheckBox::toggled, this,
                    [this, secret](bool isHanded) { choose(secret, isHanded); });
        }
        ++at;
        QStringList names; // by which it is read
        for (const auto &[name, named] : m_mine) {
            if (named == secret) {
                names.append(toText(name));
            }
        }
        QString taken; // why it cannot be chosen
        if (names.isEmpty()) {
            for (const auto &[name, named] : namesOf(secret)) {
                if (const auto other = m_mine.find(name); other != m_mine.end()) {
                    taken = tr("The function reads %2 as %1. Take that out first.")
                                .arg(toText(name), toText(other->second));
                }
            }
        }
        box->setEnabled(taken.isEmpty());
        box->setToolTip(taken);
        const QSignalBlocker quiet(box);
        box->setChecked(!names.isEmpty());
        box->setText(names.isEmpty() || names == QStringList(toText(secret))
                         ? toText(secret)
                         : tr("%1, read as %2").arg(toText(secret), names.join(u", "_s)));
    }
}

wire::Environment SecretChoice::namesOf(const std::string &secret) const
{
    wire::Environment names;
    std::ranges::copy_if(m_base, std::inserter(names, names.end()),
                         [&](const auto &entry) { return entry.second == secret; });
    return names.empty() ? wire::Environment{{secret, secret}} : names;
}

void SecretChoice::choose(const std::string &secret, bool isHanded)
{
    std::erase_if(m_mine, [&](const auto &entry) { return entry.second == secret; });
    if (isHanded) {
        m_mine.merge(namesOf(secret));
    }
    build();
    Q_EMIT changed();
}

} // namespace nest::console
