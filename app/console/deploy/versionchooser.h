// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The row Version of the dialog Deploy: the published versions, and the newest build that is none yet, which
// is published here first, as a step of its own that is seen.
//
// Thread: UI. Owner: the dialog; the session outlives it.

#include "app/console/pages/function/functiontab.h"
#include "models/session.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace nest::widgets {
class CellWidget;
class Label;
} // namespace nest::widgets

namespace nest::console {

class VersionChooser final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VersionChooser)

public:
    VersionChooser(models::Session &session, const DeployRequest &request, QWidget *parent = nullptr);
    ~VersionChooser() override;

    /// Null while none is chosen, or a build that has to be published first.
    [[nodiscard]] const wire::Version *version() const;
    [[nodiscard]] const wire::Version *find(int number) const;
    /// A build is chosen that is not published yet.
    [[nodiscard]] bool wantsPublish() const;
    /// Why there is none; empty while there is one.
    [[nodiscard]] QString missing() const;

Q_SIGNALS:
    void versionChanged();

private:
    void fill();
    void showChosen();
    void showEvidence();
    void publish();
    [[nodiscard]] std::optional<int> publishable() const;
    [[nodiscard]] QString nextName() const;

    models::Session &m_session;
    DeployRequest m_request;
    std::unique_ptr<models::Collection<wire::Version>> m_versions;
    std::unique_ptr<models::Collection<wire::Build>> m_builds;
    QTimer m_ages; // the age of the version goes on while it is looked at
    QComboBox *m_combo;
    widgets::Label *m_evidence;
    widgets::CellWidget *m_tests;
    QWidget *m_publishRow;
    QLineEdit *m_description;
    QPushButton *m_publish;
    widgets::Label *m_result;
    int m_published = 0; // here, by this dialog; chosen as soon as the watch brings it
    bool m_isPublishing = false;
    bool m_hasChosen = false;
};

} // namespace nest::console
