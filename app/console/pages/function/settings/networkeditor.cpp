// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/networkeditor.h"

#include "app/console/look.h"
#include "app/console/pages/function/settings/networkrules.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 220; // as the names and values of the environment
constexpr int hostWidth = 300;
constexpr int portWidth = 72;
constexpr int askedWidth = 900;        // of a sentence with many addresses
constexpr int mostTyped = 300;         // more than the platform takes, so that too much is said, not cut
constexpr qsizetype shownSetting = 36; // of a setting's name in a note

QString shortened(const QString &name)
{
    return name.size() <= shownSetting
               ? name
               : name.first(shownSetting / 2) + u'…' + name.last(shownSetting / 2 - 1);
}

QLineEdit *field(const QString &id, const QString &text, const QString &name, const QString &hint, int width)
{
    auto *line = new QLineEdit(text);
    line->setObjectName(id);
    line->setAccessibleName(name);
    line->setPlaceholderText(hint);
    line->setFixedWidth(width);
    line->setMaxLength(mostTyped);
    line->setCursorPosition(0); // of a long one the begin is in view
    return line;
}
} // namespace

struct NetworkEditor::Row
{
    QWidget *box = nullptr;
    QLineEdit *name = nullptr;
    QLineEdit *host = nullptr;
    QLineEdit *port = nullptr;
    Label *note = nullptr;
    QPushButton *act = nullptr; // remove, or reset
    QString refused;            // by the platform, as it is
    bool isOnPlatform = false;
    bool isRemoved = false;

    [[nodiscard]] bool isBlank() const
    {
        return name->text().isEmpty() && host->text().isEmpty() && port->text().isEmpty();
    }
    [[nodiscard]] bool isCounted() const { return !isRemoved && !isBlank(); }
    [[nodiscard]] wire::NetworkGrant grant() const
    {
        return {name->text().toStdString(), host->text().trimmed().toStdString(), port->text().toInt()};
    }
};

NetworkEditor::NetworkEditor(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_none(new Label(tr("No address is granted."), TextStyle::Body, Ink::Dim))
    , m_askedBox(new QWidget)
    , m_askedText(new Label({}, TextStyle::Body, Ink::Dim))
    , m_takeOver(new QPushButton(tr("Take over")))
    , m_add(new QPushButton(widgets::themedIcon(u"plus"_s), tr("Add address"), this))
    , m_egress(new widgets::SegmentedControl)
    , m_meaning(new Label({}, TextStyle::Body, Ink::Dim))
    , m_refused(new Label({}, TextStyle::Caption, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    m_none->setObjectName("noGrant"_L1);
    m_askedText->setObjectName("askedNetwork"_L1);
    m_askedText->setTextFormat(Qt::PlainText);
    m_takeOver->setObjectName("takeAsked"_L1);
    widgets::setButtonKind(m_takeOver, widgets::ButtonKind::Link);
    auto *asked = new QHBoxLayout(m_askedBox);
    asked->setContentsMargins({});
    asked->setSpacing(widgets::space::panel);
    asked->addWidget(m_askedText);
    asked->addWidget(m_takeOver);
    asked->addStretch();
    column->addWidget(m_askedBox);
    connect(m_takeOver, &QPushButton::clicked, this, [this] {
        setNetwork(wire::Network(m_base), m_asked);
        Q_EMIT changed();
    });
    column->addWidget(m_none);
    m_list->setSpacing(widgets::space::chip);
    column->addLayout(m_list);
    m_add->setObjectName("addGrant"_L1);
    widgets::setSmall(m_add);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    m_egress->setObjectName("egress"_L1);
    m_egress->setAccessibleName(tr("What else the function reaches"));
    m_egress->addSegment(tr("Only what is granted"), u"granted"_s);
    m_egress->addSegment(tr("Open, but not to this machine"), u"open"_s);
    m_meaning->setObjectName("egressMeaning"_L1);
    m_meaning->setWordWrap(true);
    m_refused->setObjectName("networkRefused"_L1);
    m_refused->setWordWrap(true);
    m_refused->setTextFormat(Qt::PlainText);
    auto *choice = new QHBoxLayout;
    choice->setSpacing(widgets::space::panel);
    choice->addWidget(m_egress);
    choice->addWidget(m_meaning, 1);
    column->addLayout(choice);
    column->addWidget(m_refused);
    connect(m_egress, &widgets::SegmentedControl::currentChanged, this, &NetworkEditor::edited);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({}, false)->name->setFocus();
        check();
        Q_EMIT changed();
    });
    check();
}

NetworkEditor::~NetworkEditor() = default;

void NetworkEditor::setNetwork(const wire::Network &base, const wire::Network &mine)
{
    for (const auto &row : m_rows) {
        delete row->box;
    }
    m_rows.clear();
    m_base = base;
    const auto in = [](const wire::Network &network, const std::string &name) {
        return std::ranges::find(network.grants, name, &wire::NetworkGrant::name);
    };
    for (const auto &grant : base.grants) {
        const auto now = in(mine, grant.name);
        Row *row = addRow(now == mine.grants.end() ? grant : *now, true);
        row->isRemoved = now == mine.grants.end();
    }
    for (const auto &grant : mine.grants) {
        if (in(base, grant.name) == base.grants.end()) {
            addRow(grant, false);
        }
    }
    {
        const QSignalBlocker quiet(m_egress);
        m_egress->setCurrent(mine.egress == wire::Egress::Open ? u"open"_s : u"granted"_s);
    }
    m_refused->clear();
    check();
}

void NetworkEditor::setEnvironment(const wire::Environment &environment)
{
    m_environment = environment;
    check();
}

void NetworkEditor::setAsked(const wire::Network &asked, int version)
{
    m_asked = asked;
    m_version = version;
    check();
}

void NetworkEditor::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    check();
}

NetworkEditor::Row *NetworkEditor::addRow(const wire::NetworkGrant &grant, bool isOnPlatform)
{
    auto made = std::make_unique<Row>();
    Row *row = made.get();
    row->isOnPlatform = isOnPlatform;
    row->box = new QWidget(this);
    row->name = field(u"grantName"_s, toText(grant.name), tr("Name of the address"), tr("name"), nameWidth);
    row->host =
        field(u"grantHost"_s, toText(grant.host), tr("Host: an IP address or a name"), tr("host"), hostWidth);
    row->port = field(u"grantPort"_s, grant.port == 0 ? QString() : QString::number(grant.port), tr("Port"),
                      tr("port"), portWidth);
    row->note = new Label({}, TextStyle::Caption, Ink::Dim);
    row->note->setObjectName("grantNote"_L1);
    row->note->setTextFormat(Qt::PlainText);
    row->note->setWordWrap(true);
    row->act = new QPushButton;
    row->act->setObjectName("grantAct"_L1);
    widgets::setButtonKind(row->act, widgets::ButtonKind::Link);
    auto *line = new QHBoxLayout(row->box);
    line->setContentsMargins({});
    line->setSpacing(widgets::space::panel);
    for (QWidget *each : {static_cast<QWidget *>(row->name), static_cast<QWidget *>(row->host),
                          static_cast<QWidget *>(row->port), static_cast<QWidget *>(row->act)}) {
        line->addWidget(each);
    }
    line->addWidget(row->note, 1);
    m_list->addWidget(row->box);
    m_rows.push_back(std::move(made));
    for (QLineEdit *each : {row->name, row->host, row->port}) {
        connect(each, &QLineEdit::textChanged, this, [this, row] {
            row->refused.clear();
            edited();
        });
    }
    connect(row->act, &QPushButton::clicked, this, [this, row] { act(row); });
    return row;
}

void NetworkEditor::act(Row *row)
{
    const auto *old = baseOf(*row);
    if (row->isOnPlatform && (row->isRemoved || row->grant() != *old)) {
        row->isRemoved = false;
        row->refused.clear();
        const QSignalBlocker quietHost(row->host);
        const QSignalBlocker quietPort(row->port);
        row->host->setText(toText(old->host));
        row->port->setText(QString::number(old->port));
    } else if (row->isOnPlatform) {
        row->isRemoved = true;
    } else {
        row->box->hide();
        row->box->deleteLater();
        std::erase_if(m_rows, [row](const auto &each) { return each.get() == row; });
    }
    edited();
}

void NetworkEditor::edited()
{
    m_refused->clear();
    check();
    Q_EMIT changed();
}

const wire::NetworkGrant *NetworkEditor::baseOf(const Row &row) const
{
    const auto found =
        std::ranges::find(m_base.grants, row.name->text().toStdString(), &wire::NetworkGrant::name);
    return row.isOnPlatform && found != m_base.grants.end() ? &*found : nullptr;
}

bool NetworkEditor::isOpen() const
{
    return m_egress->current() == "open"_L1;
}

wire::Network NetworkEditor::network() const
{
    wire::Network network{.grants = {}, .egress = isOpen() ? wire::Egress::Open : wire::Egress::Granted};
    for (const auto &row : m_rows) {
        if (row->isCounted() && problemOf(*row).isEmpty()) {
            network.grants.push_back(row->grant());
        }
    }
    return network;
}

bool NetworkEditor::isValid() const
{
    return std::ranges::all_of(m_rows, [this](const auto &row) { return problemOf(*row).isEmpty(); });
}

std::vector<FieldError> NetworkEditor::showRefused(const std::vector<FieldError> &errors)
{
    std::vector<Row *> sent;
    for (const auto &row : m_rows) {
        if (row->isCounted() && problemOf(*row).isEmpty()) {
            sent.push_back(row.get());
        }
    }
    std::vector<FieldError> rest;
    QStringList whole;
    for (const FieldError &error : errors) {
        const QStringList parts = toText(error.pointer).split(u'/', Qt::SkipEmptyParts);
        if (parts.value(0) != "network"_L1) {
            rest.push_back(error);
            continue;
        }
        bool isIndex = false;
        const auto index = parts.value(2).toUInt(&isIndex);
        const QString said = toText(error.detail);
        if (parts.value(1) == "grants"_L1 && isIndex && index < sent.size()) {
            QString &refused = sent[index]->refused;
            refused += (refused.isEmpty() ? QString() : u"; "_s) + said;
        } else {
            whole.append(
                (parts.value(1) == "egress"_L1 ? tr("An open network %1") : tr("The network %1")).arg(said));
        }
    }
    m_refused->setText(whole.join(u'\n'));
    check();
    return rest;
}

QString NetworkEditor::problemOf(const Row &row) const
{
    if (!row.isCounted()) {
        return {};
    }
    const QString name = row.name->text();
    for (const QString &problem :
         {grantNameProblem(name), hostProblem(row.host->text().trimmed()), portProblem(row.port->text())}) {
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    const bool isTwice = std::ranges::any_of(m_rows, [&](const auto &other) {
        return other.get() != &row && other->isCounted() && other->name->text() == name;
    });
    if (isTwice) {
        return tr("This name is here twice; keep one.");
    }
    for (const QString &setting : settingNames(name)) {
        if (m_environment.contains(setting.toStdString())) {
            return tr("It gives the function %1, which the environment above sets too.")
                .arg(shortened(setting));
        }
    }
    return {};
}

void NetworkEditor::showNote(const Row &row) const
{
    const auto *old = baseOf(row);
    const QString problem = problemOf(row);
    const QStringList settings = settingNames(row.name->text());
    const bool isChanged = old != nullptr && row.grant() != *old;
    QStringList facts;
    if (row.isRemoved) {
        facts.append(tr("will be removed"));
    } else if (isChanged) {
        facts.append(tr("was %1").arg(toText(addressOf(*old))));
    } else if (old == nullptr && !row.isBlank()) {
        facts.append(tr("new"));
    }
    const bool isNews = !facts.isEmpty();
    if (row.isCounted()) {
        facts.append(tr("found by %1 and %2").arg(shortened(settings[0]), shortened(settings[1])));
    }
    row.note->setInk(!problem.isEmpty() || !row.refused.isEmpty() ? Ink::Bad
                     : isNews                                     ? Ink::Accent
                                                                  : Ink::Dim);
    row.note->setText(!problem.isEmpty()       ? problem
                      : !row.refused.isEmpty() ? tr("It %1", "a grant: 'is refused by …'").arg(row.refused)
                                               : facts.join(u" · "_s));
    row.note->setToolTip(row.isCounted() && problem.isEmpty() ? settings.join(u'\n') : QString());
    row.act->setText(row.isRemoved || isChanged ? tr("Reset") : tr("Remove"));
    row.act->setAccessibleName(row.act->text() + u' ' + row.name->text());
}

void NetworkEditor::check()
{
    const auto counted = std::ranges::count_if(m_rows, [](const auto &row) { return !row->isRemoved; });
    for (const auto &row : m_rows) {
        row->name->setReadOnly(row->isOnPlatform || !m_disabled.isEmpty()); // another name is another grant
        for (QLineEdit *each : {row->host, row->port}) {
            each->setEnabled(!row->isRemoved);
            each->setReadOnly(!m_disabled.isEmpty());
        }
        row->act->setEnabled(m_disabled.isEmpty());
        row->act->setToolTip(m_disabled);
        showNote(*row);
    }
    m_none->setVisible(m_rows.empty());
    const QString reason = !m_disabled.isEmpty() ? m_disabled
                           : counted >= mostGrants
                               ? tr("At most %1 addresses can be granted.").arg(mostGrants)
                               : QString();
    m_add->setEnabled(reason.isEmpty());
    m_add->setToolTip(reason);
    m_egress->setEnabled(m_disabled.isEmpty());
    m_egress->setToolTip(m_disabled);
    m_meaning->setText(
        isOpen()
            ? tr("It reaches everything by TCP and UDP over IPv4, names included, and what is granted, but "
                 "nothing else on the machine that it runs on.")
        : counted == 0 ? tr("It reaches the gateway and nothing else.")
                       : tr("It reaches the gateway and these addresses over TCP, and nothing else."));
    const QString asked =
        tr("function.yaml of v%1 asks for another network: %2.").arg(m_version).arg(networkText(m_asked));
    m_askedText->setText(m_askedText->fontMetrics().elidedText(asked, Qt::ElideRight, askedWidth));
    m_askedText->setToolTip(asked);
    const bool isOther = m_asked != wire::Network{} && m_asked != m_base && m_asked != network();
    m_askedBox->setVisible(m_version > 0 && isOther);
    m_takeOver->setEnabled(m_disabled.isEmpty());
    m_takeOver->setToolTip(m_disabled);
    m_refused->setVisible(!m_refused->text().isEmpty());
}

} // namespace nest::console
