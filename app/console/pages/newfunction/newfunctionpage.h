// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From nothing to a function that answers: what to start from, the settings, the files as they will be.
//
// Makes nothing by itself: the button hands on a plan, and the page of the function shows how it is carried
// out. Thread: UI. Owner: the window; the session outlives it.

#include "models/functioncreator.h"
#include "widgets/shell/page.h"

#include <QPointer>

#include <map>

class QPushButton;
class QButtonGroup;
class QStackedWidget;
class QVBoxLayout;

namespace nest::widgets {
class Banner;
class ErrorState;
class Label;
} // namespace nest::widgets

namespace nest::console {

class FilesPreview;
class SettingsForm;

class NewFunctionPage final : public widgets::Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NewFunctionPage)

public:
    explicit NewFunctionPage(models::Session &session, QWidget *parent = nullptr);
    ~NewFunctionPage() override;

    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void setScope(const widgets::Scope &scope) override;
    void refresh() override;
    void focusFilter() override;
    /// The name and the rest as at first; for the next function.
    void clear();

Q_SIGNALS:
    void createRequested(const nest::models::CreationPlan &plan);
    void openRequested(const QString &function);
    void addGroupRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildHead();
    QWidget *buildTemplates();
    QWidget *buildSettings();
    void readTemplates();
    void take(Result<client::Page<wire::Template>> templates);
    [[nodiscard]] QStringList runtimesOf(const QString &family) const;
    void chooseFamily(const QString &family);
    void chooseTemplate();
    void showChanged();
    void showGroups();
    void chooseGroup(const std::vector<wire::GroupName> &groups);
    void showServices();
    void showColdStart();
    void create();
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] models::CreationPlan plan() const;

    models::Session &m_session;
    std::map<std::string, wire::Template> m_templates; // with contents, by id
    std::vector<wire::Template> m_listed;
    QString m_family;
    QString m_template;
    bool m_areTemplatesRead = false;
    bool m_isGroupChosen = false;
    widgets::ConnectionStatus m_status;
    widgets::Scope m_scope;
    QStackedWidget *m_stack;
    QVBoxLayout *m_cards;
    QButtonGroup *m_cardGroup;
    SettingsForm *m_form;
    FilesPreview *m_preview;
    widgets::Label *m_hint;
    QPushButton *m_create;
    widgets::ErrorState *m_error;
};

} // namespace nest::console
