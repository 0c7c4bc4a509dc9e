// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/connect/connectionform.h"

#include "app/console/sessionstatus.h"
#include "models/guard.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::AddressFacts;
using models::Guard;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int labelWidth = 130;
constexpr int longestToken = 4096;
constexpr int longestAddress = 500;
constexpr int stateWidth = 150;
constexpr double microsecondsPerMs = 1000;

/// How the environment guards a connection by itself.
QString guardText(Guard::Level level)
{
    switch (level) {
    case Guard::Level::Open:
        return ConnectionForm::tr("Changes are made without a question.");
    case Guard::Level::Confirm:
        return ConnectionForm::tr("Each change asks for a reason.");
    case Guard::Level::TypeName:
        break;
    }
    return ConnectionForm::tr("Each change asks for a reason and for the name of what is changed.");
}
} // namespace

ConnectionForm::ConnectionForm(const models::SavedConnections &saved, QWidget *parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_title(new Label(tr("Add a connection"), TextStyle::Strong, Ink::Primary, this))
    , m_name(new QLineEdit(this))
    , m_address(new QLineEdit(this))
    , m_addressState(new Label({}, TextStyle::Body, Ink::Dim, m_address))
    , m_addressDetail(new Label({}, TextStyle::Body, Ink::Bad, this))
    , m_certificateRow(new QWidget(this))
    , m_certificate(new Label({}, TextStyle::Body, Ink::Primary, m_certificateRow))
    , m_token(new QLineEdit(this))
    , m_showToken(new QPushButton(tr("Show"), m_token))
    , m_environment(new widgets::SegmentedControl(this))
    , m_protected(new QCheckBox(tr("Read-only until unlocked, 15 min at a time"), this))
    , m_protection(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_hint(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_test(new QPushButton(tr("Test"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_connect(new QPushButton(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    column->addWidget(m_title);
    auto *box = new QVBoxLayout;
    box->setContentsMargins(20, 20, 20, 16);
    box->setSpacing(widgets::space::page);
    box->addWidget(makeFields());
    box->addSpacing(widgets::space::control);
    box->addWidget(makeFoot());
    column->addLayout(box);

    connect(m_name, &QLineEdit::textChanged, this, &ConnectionForm::inputChanged);
    connect(m_address, &QLineEdit::textChanged, this, &ConnectionForm::inputChanged);
    connect(m_address, &QLineEdit::editingFinished, &m_check, &models::AddressCheck::checkNow);
    connect(m_token, &QLineEdit::textChanged, this, &ConnectionForm::inputChanged);
    connect(m_environment, &widgets::SegmentedControl::currentChanged, this, &ConnectionForm::refresh);
    connect(m_protected, &QCheckBox::toggled, this, [this](bool isOn) {
        m_isProtectionWanted = isOn;
        refresh();
    });
    connect(&m_check, &models::AddressCheck::changed, this, &ConnectionForm::refresh);
    connect(m_test, &QPushButton::clicked, &m_check, &models::AddressCheck::checkNow);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT cancelled();
    });
    connect(m_save, &QPushButton::clicked, this, [this] { submit(false); });
    connect(m_connect, &QPushButton::clicked, this, [this] { submit(true); });
    for (QLineEdit *edit : {m_name, m_address, m_token}) {
        connect(edit, &QLineEdit::returnPressed, this, [this] { submit(true); });
    }
    clear();
}

QWidget *ConnectionForm::makeFields()
{
    auto *fields = new QWidget(this);
    auto *form = new QGridLayout(fields);
    form->setContentsMargins({});
    form->setHorizontalSpacing(widgets::space::control);
    form->setVerticalSpacing(widgets::space::panel);
    form->setColumnStretch(1, 1);
    const auto row = [&](const QString &name, QWidget *field) {
        if (!name.isEmpty()) {
            auto *label = new Label(name, TextStyle::Body, Ink::Secondary);
            label->setFixedSize(labelWidth, widgets::themeOf(this).size.input);
            label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            form->addWidget(label, form->rowCount(), 0, Qt::AlignTop);
            form->addWidget(field, form->rowCount() - 1, 1);
        } else {
            form->addWidget(field, form->rowCount(), 1);
        }
    };
    m_name->setObjectName("connectionName"_L1);
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(u"nest-prod"_s);
    m_address->setObjectName("address"_L1);
    m_address->setAccessibleName(tr("Platform address"));
    m_address->setPlaceholderText(u"https://nest.example.com"_s);
    m_address->setFont(widgets::themeOf(this).font(TextStyle::Code));
    m_address->setMaxLength(longestAddress + 1);
    m_address->setTextMargins(0, 0, stateWidth, 0);
    m_addressState->setObjectName("addressState"_L1);
    m_addressState->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *inside = new QHBoxLayout(m_address);
    inside->setContentsMargins(0, 0, widgets::space::control, 0);
    inside->addStretch();
    inside->addWidget(m_addressState);
    m_addressDetail->setObjectName("addressDetail"_L1);
    m_addressDetail->setWordWrap(true);
    m_token->setObjectName("token"_L1);
    m_token->setAccessibleName(tr("Access token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setMaxLength(longestToken);
    m_token->setFont(widgets::themeOf(this).font(TextStyle::Code));
    m_token->setTextMargins(0, 0, 60, 0);
    m_showToken->setCheckable(true);
    m_showToken->setAccessibleName(tr("Show the token"));
    widgets::setButtonKind(m_showToken, widgets::ButtonKind::Ghost);
    widgets::setSmall(m_showToken);
    m_showToken->setFont(widgets::themeOf(this).font(TextStyle::Body)); // not that of the field it lies in
    auto *inToken = new QHBoxLayout(m_token);
    inToken->setContentsMargins(0, 0, 2, 0);
    inToken->addStretch();
    inToken->addWidget(m_showToken);
    connect(m_showToken, &QPushButton::toggled, this, [this](bool isShown) {
        m_token->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password);
        m_showToken->setText(isShown ? tr("Hide") : tr("Show"));
    });
    auto *certificate = new QHBoxLayout(m_certificateRow);
    certificate->setContentsMargins({});
    certificate->addWidget(m_certificate);
    certificate->addStretch();
    m_certificate->setObjectName("certificate"_L1);
    m_environment->setObjectName("environment"_L1);
    m_environment->addSegment(tr("Test"), u"TEST"_s);
    m_environment->addSegment(tr("Staging"), u"STAGING"_s);
    m_environment->addSegment(tr("Production"), u"PROD"_s);
    m_environment->addSegment(tr("Local"), u"LOCAL"_s);
    for (const QString &name : {u"TEST"_s, u"STAGING"_s, u"PROD"_s, u"LOCAL"_s}) {
        m_environment->setSwatch(name, environmentOf(name));
    }
    m_protected->setObjectName("protected"_L1);
    m_protection->setObjectName("protection"_L1);
    m_protection->setWordWrap(true);
    auto *environment = new QWidget(fields);
    auto *segments = new QHBoxLayout(environment);
    segments->setContentsMargins({});
    segments->addWidget(m_environment);
    segments->addStretch();
    row(tr("Name"), m_name);
    row(tr("Platform address"), m_address);
    row({}, m_addressDetail);
    row({}, m_certificateRow);
    row(tr("Access token"), m_token);
    row(tr("Environment"), environment);
    row(tr("Protection"), m_protected);
    row({}, m_protection);
    return fields;
}

QWidget *ConnectionForm::makeFoot()
{
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::control);
    m_hint->setObjectName("formHint"_L1);
    m_hint->setWordWrap(true);
    row->addWidget(m_hint, 1);
    m_test->setObjectName("test"_L1);
    m_cancel->setObjectName("cancel"_L1);
    m_save->setObjectName("save"_L1);
    m_connect->setObjectName("connect"_L1);
    widgets::setButtonKind(m_cancel, widgets::ButtonKind::Ghost);
    widgets::setButtonKind(m_connect, widgets::ButtonKind::Primary);
    for (QPushButton *button : {m_cancel, m_test, m_save, m_connect}) {
        row->addWidget(button);
    }
    return foot;
}

void ConnectionForm::clear()
{
    m_edited = {};
    m_said.clear();
    m_title->setText(tr("Add a connection"));
    for (QLineEdit *edit : {m_name, m_address, m_token}) {
        edit->clear();
    }
    m_showToken->setChecked(false);
    m_environment->setCurrent(u"TEST"_s);
    m_isProtectionWanted = false;
    refresh();
}

void ConnectionForm::edit(const models::SavedConnection &connection)
{
    clear();
    m_edited = connection;
    m_title->setText(tr("Edit %1").arg(connection.name));
    m_name->setText(connection.name);
    m_address->setText(connection.address);
    m_environment->setCurrent(connection.environment);
    m_isProtectionWanted = connection.isProtected;
    refresh();
    focusFirst();
}

void ConnectionForm::focusFirst()
{
    (isEditing() ? m_token : m_name)->setFocus();
}

void ConnectionForm::say(const QString &sentence)
{
    m_said = sentence;
    refresh();
}

void ConnectionForm::inputChanged()
{
    m_said.clear();
    m_check.setInput(m_address->text(), m_token->text());
    refresh();
}

/// A socket lets in whoever may open it.
bool ConnectionForm::takesToken() const
{
    const auto parsed = models::parseAddress(m_address->text());
    return !parsed || !parsed->isSocket();
}

void ConnectionForm::refresh()
{
    showAddress();
    showEnvironment();
    m_token->setEnabled(takesToken());
    m_token->setPlaceholderText(!takesToken() ? tr("A socket needs none")
                                : isEditing() ? tr("the token that is kept; type to replace it")
                                              : tr("given to you by whoever runs the platform"));
    m_cancel->setVisible(isEditing());
    m_connect->setText(isEditing() ? tr("Save and connect") : tr("Connect"));
    const QString noConnect = whyNot(true);
    const QString noSave = whyNot(false);
    m_connect->setEnabled(noConnect.isEmpty());
    m_connect->setToolTip(noConnect);
    m_save->setEnabled(noSave.isEmpty());
    m_save->setToolTip(noSave);
    m_test->setEnabled(models::parseAddress(m_address->text()).has_value());
    const bool isUntouched = m_name->text().isEmpty() && m_address->text().isEmpty();
    m_hint->setText(!m_said.isEmpty() ? m_said : isUntouched || noConnect.isEmpty() ? keeping() : noConnect);
    m_hint->setInk(m_said.isEmpty() ? Ink::Dim : Ink::Warn);
}

QString ConnectionForm::keeping() const
{
    return m_hasKeyring ? tr("Tokens are kept in the system keyring.")
                        : tr("No keyring runs here: tokens are kept until the console ends.");
}

void ConnectionForm::setHasKeyring(bool hasKeyring)
{
    m_hasKeyring = hasKeyring;
    refresh();
}

void ConnectionForm::showAddress()
{
    const AddressFacts &facts = m_check.facts();
    using State = AddressFacts::State;
    const auto set = [this](const QString &text, Ink ink, const QString &detail) {
        m_addressState->setText(text);
        m_addressState->setInk(ink);
        m_addressDetail->setText(detail);
    };
    m_addressDetail->setInk(Ink::Bad);
    const QString roundTrip =
        facts.roundTrip ? tr("%1 ms").arg(QLocale().toString(
                              static_cast<double>(facts.roundTrip->count()) / microsecondsPerMs, 'f', 0))
                        : u"–"_s;
    const bool keepsToken = isEditing() && m_token->text().isEmpty();
    switch (facts.state) {
    case State::Empty:
        set({}, Ink::Dim, {});
        break;
    case State::Malformed:
        set(tr("no address"), Ink::Bad, facts.sentence);
        break;
    case State::Checking:
        set(tr("looking…"), Ink::Dim, {});
        break;
    case State::Unreachable:
        set(tr("not reachable"), Ink::Bad, facts.sentence);
        break;
    case State::Gateway:
        set(tr("not the API"), Ink::Bad,
            tr("This is the gateway of a platform, where functions are called. Its API has an address of its "
               "own (nestd --api-port)."));
        break;
    case State::NotNest:
        set(tr("no platform"), Ink::Bad, tr("Something answers there, and it is not a Nest platform."));
        break;
    case State::NeedsToken:
        set(tr("reachable, %1").arg(roundTrip), Ink::Ok,
            keepsToken || !m_token->text().isEmpty() ? QString() : tr("It asks for a token."));
        m_addressDetail->setInk(Ink::Secondary);
        break;
    case State::WrongToken:
        set(tr("token refused"), Ink::Bad, tr("The platform answers, and does not take this token."));
        break;
    case State::Good:
        set(tr("reachable, %1").arg(roundTrip), Ink::Ok,
            tr("Nest %1, region %2, signed in as %3.")
                .arg(QString::fromStdString(facts.me->platformVersion),
                     QString::fromStdString(facts.me->region), QString::fromStdString(facts.me->user)));
        m_addressDetail->setInk(Ink::Secondary);
        break;
    }
    if (!facts.isPrivate && facts.state != State::Unreachable) {
        m_addressDetail->setText(tr("Not encrypted: whoever is on the way can read the token. Use https:// "
                                    "when the platform has it."));
        m_addressDetail->setInk(Ink::Warn);
    }
    m_addressDetail->setVisible(!m_addressDetail->text().isEmpty());
    m_certificateRow->setVisible(facts.certificate.has_value());
    if (facts.certificate) {
        m_certificate->setText(
            tr("Certificate valid until %1, from %2")
                .arg(facts.certificate->validUntil.date().toString(Qt::ISODate),
                     facts.certificate->issuer.isEmpty() ? u"–"_s : facts.certificate->issuer));
    }
}

void ConnectionForm::showEnvironment()
{
    const QString chosen = m_environment->current();
    const auto &me = m_check.facts().me;
    const QString said = me ? QString::fromStdString(me->environment) : chosen;
    const QString counts = Guard::stricter(chosen, said);
    const Guard::Level level = Guard::levelOf(counts);
    const bool isAlways = level == Guard::Level::TypeName;
    m_protected->setEnabled(!isAlways);
    {
        const QSignalBlocker silent(m_protected); // what the person chose comes back with another environment
        m_protected->setChecked(isAlways || m_isProtectionWanted);
    }
    const QString text = guardText(m_protected->isChecked() ? Guard::Level::TypeName : level);
    m_protection->setText(
        counts != chosen
            ? tr("The platform says that it is %1, so it is guarded as that. %2").arg(counts, text)
        : isAlways ? tr("Production is always read-only until unlocked. %1").arg(text)
                   : text);
}

/// Why the button cannot be pressed; empty: it can.
QString ConnectionForm::whyNot(bool opens) const
{
    if (const auto name = m_saved.checkName(m_name->text(), m_edited.id); !name) {
        return QString::fromStdString(name.error().detail);
    }
    if (const auto address = models::parseAddress(m_address->text()); !address) {
        return QString::fromStdString(address.error().detail);
    }
    const bool hasToken = !m_token->text().trimmed().isEmpty();
    if (opens && takesToken() && !hasToken && !isEditing() &&
        m_check.facts().state != AddressFacts::State::Good) {
        return tr("Type the access token.");
    }
    using State = AddressFacts::State;
    const State state = m_check.facts().state;
    if (opens && (state == State::Gateway || state == State::NotNest)) {
        return tr("Type the address of the platform's API.");
    }
    if (opens && state == State::Unreachable) {
        return tr("Nobody answers there now. Save it, and connect when the platform runs.");
    }
    if (opens && m_check.facts().state == AddressFacts::State::WrongToken) {
        return tr("The platform does not take this token.");
    }
    return {};
}

void ConnectionForm::submit(bool opens)
{
    if (!whyNot(opens).isEmpty()) {
        return;
    }
    models::SavedConnection connection = m_edited;
    connection.name = m_name->text().trimmed();
    connection.address = m_address->text().trimmed();
    connection.environment = m_environment->current();
    connection.isProtected = m_isProtectionWanted;
    std::optional<QString> token;
    if (const QString typed = m_token->text().trimmed(); !typed.isEmpty() || !isEditing()) {
        token = typed;
    }
    Q_EMIT saveRequested(connection, token, opens);
}

void ConnectionForm::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    const int top = m_title->geometry().bottom() + widgets::space::control;
    widgets::paintBox(painter, rect().adjusted(0, top, 0, 0), theme.size.radiusPanel, theme.surface.panel,
                      theme.border.subtle);
}

} // namespace nest::console
