// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Adds a connection or changes one: name, address and token, looked at while they are typed; environment and
// protection. Says why it cannot be saved and what would mend it.
//
// The token leaves the form only for the keyring and the platform of the address. Thread: UI. Owner: its
// page.

#include "models/connections/addresscheck.h"
#include "models/connections/savedconnections.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace nest::widgets {
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class ConnectionForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionForm)

public:
    explicit ConnectionForm(const models::SavedConnections &saved, QWidget *parent = nullptr);

    /// Empty, for a new one.
    void clear();
    /// Filled with that one; its token is kept unless another is typed.
    void edit(const models::SavedConnection &connection);
    [[nodiscard]] bool isEditing() const { return !m_edited.id.isEmpty(); }
    [[nodiscard]] QString editedId() const { return m_edited.id; }
    void focusFirst();
    /// Something that concerns the form, from outside: the keyring.
    void say(const QString &sentence);
    /// As the last token that was kept has shown.
    void setHasKeyring(bool hasKeyring);

Q_SIGNALS:
    /// The token is nothing when the one that is kept stays.
    void saveRequested(const models::SavedConnection &connection, const std::optional<QString> &token,
                       bool opens);
    void cancelled();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeFields();
    QWidget *makeFoot();
    void inputChanged();
    void refresh();
    void showAddress();
    void showEnvironment();
    void submit(bool opens);
    [[nodiscard]] QString whyNot(bool opens) const;
    [[nodiscard]] bool takesToken() const;
    [[nodiscard]] QString keeping() const;

    const models::SavedConnections &m_saved;
    models::SavedConnection m_edited;
    models::AddressCheck m_check;
    QString m_said;
    bool m_isProtectionWanted = false;
    bool m_hasKeyring = true;
    widgets::Label *m_title;
    QLineEdit *m_name;
    QLineEdit *m_address;
    widgets::Label *m_addressState;
    widgets::Label *m_addressDetail;
    QWidget *m_certificateRow;
    widgets::Label *m_certificate;
    QLineEdit *m_token;
    QPushButton *m_showToken;
    widgets::SegmentedControl *m_environment;
    QCheckBox *m_protected;
    widgets::Label *m_protection;
    widgets::Label *m_hint;
    QPushButton *m_test;
    QPushButton *m_cancel;
    QPushButton *m_save;
    QPushButton *m_connect;
};

} // namespace nest::console
