// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/environmenteditor.h"

#include "app/console/look.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
// The limits of the platform.
constexpr qsizetype longestName = 128;
constexpr qsizetype mostBytes = 32 * 1024; // of all names and values
constexpr int nameWidth = 220;
constexpr int valueWidth = 300;
} // namespace

struct EnvironmentEditor::Row
{
    QWidget *box = nullptr;
    QLineEdit *name = nullptr;
    QLineEdit *value = nullptr;
    Label *note = nullptr;
    QPushButton *act = nullptr; // remove, or reset
    bool isOnPlatform = false;
    bool isRemoved = false;

    [[nodiscard]] bool isBlank() const { return name->text().isEmpty() && value->text().isEmpty(); }
    [[nodiscard]] std::string key() const { return name->text().toStdString(); }
};

struct EnvironmentEditor::Default
{
    QWidget *box = nullptr;
    std::string name;
    QString value;
    Label *note = nullptr;
    QPushButton *act = nullptr;
};

EnvironmentEditor::EnvironmentEditor(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_none(new Label({}, TextStyle::Body, Ink::Dim))
    , m_add(new QPushButton(widgets::themedIcon(u"plus"_s), tr("Add variable"), this))
    , m_defaultList(new QVBoxLayout)
{
    m_none->setObjectName("noOverride"_L1);
    m_defaultList->setSpacing(widgets::space::chip);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    m_list->setSpacing(widgets::space::chip);
    column->addLayout(m_defaultList);
    column->addWidget(m_none);
    column->addLayout(m_list);
    m_add->setObjectName("addVariable"_L1);
    widgets::setSmall(m_add);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({}, {}, false)->name->setFocus();
        check();
        Q_EMIT changed();
    });
}

EnvironmentEditor::~EnvironmentEditor() = default;

void EnvironmentEditor::setEnvironment(const wire::Environment &base, const wire::Environment &mine)
{
    for (const auto &row : m_rows) {
        delete row->box;
    }
    m_rows.clear();
    m_base = base;
    for (const auto &[name, value] : base) {
        const auto now = mine.find(name);
        Row *row = addRow(toText(name), toText(now == mine.end() ? value : now->second), true);
        row->isRemoved = now == mine.end();
    }
    for (const auto &[name, value] : mine) {
        if (!base.contains(name)) {
            addRow(toText(name), toText(value), false);
        }
    }
    check();
}

void EnvironmentEditor::setDefaults(const wire::Environment &defaults, int version)
{
    m_version = version;
    for (const auto &each : m_defaults) {
        delete each->box;
    }
    m_defaults.clear();
    for (const auto &[name, value] : defaults) {
        auto made = std::make_unique<Default>();
        made->name = name;
        made->value = toText(value);
        made->box = new QWidget(this);
        made->note = new Label({}, TextStyle::Caption, Ink::Dim);
        made->note->setObjectName("defaultNote"_L1);
        made->act = new QPushButton(tr("Override"));
        made->act->setObjectName("overrideDefault"_L1);
        made->act->setAccessibleName(tr("Override %1").arg(toText(name)));
        widgets::setButtonKind(made->act, widgets::ButtonKind::Link);
        auto *key = new Label(toText(name), TextStyle::Log, Ink::Secondary);
        auto *shown = new Label({}, TextStyle::Log, Ink::Dim);
        shown->setObjectName("defaultValue"_L1);
        shown->setText(shown->fontMetrics().elidedText(made->value, Qt::ElideRight, valueWidth - 16));
        shown->setToolTip(made->value);
        key->setFixedWidth(nameWidth);
        shown->setFixedWidth(valueWidth);
        for (Label *text : {key, shown}) {
            text->setTextFormat(Qt::PlainText);
            text->setIndent(widgets::space::control); // as the fields below
        }
        auto *line = new QHBoxLayout(made->box);
        line->setContentsMargins({});
        line->setSpacing(widgets::space::panel);
        line->addWidget(key);
        line->addWidget(shown);
        line->addWidget(made->act);
        line->addWidget(made->note, 1);
        m_defaultList->addWidget(made->box);
        connect(made->act, &QPushButton::clicked, this, [this, name] { overrideDefault(name); });
        m_defaults.push_back(std::move(made));
    }
    showDefaults();
}

void EnvironmentEditor::overrideDefault(const std::string &name)
{
    const auto found = std::ranges::find(m_defaults, name, [](const auto &each) { return each->name; });
    Row *row = addRow(toText(name), (*found)->value, false);
    row->value->setFocus();
    row->value->selectAll();
    check();
    Q_EMIT changed();
}

void EnvironmentEditor::showDefaults()
{
    m_none->setText(m_version == 0 ? tr("No override. The function sees what its version brings.")
                    : m_defaults.empty()
                        ? tr("No override, and the manifest of v%1 has no variable.").arg(m_version)
                        : tr("No override: the values above hold."));
    m_none->setVisible(m_rows.empty());
    for (const auto &each : m_defaults) {
        const bool isOverridden = std::ranges::any_of(
            m_rows, [&](const auto &row) { return !row->isRemoved && row->key() == each->name; });
        each->act->setVisible(!isOverridden);
        each->note->setText(isOverridden ? tr("from the manifest of v%1, overridden below").arg(m_version)
                                         : tr("from the manifest of v%1").arg(m_version));
    }
}

EnvironmentEditor::Row *EnvironmentEditor::addRow(const QString &name, const QString &value,
                                                  bool isOnPlatform)
{
    auto made = std::make_unique<Row>();
    Row *row = made.get();
    row->isOnPlatform = isOnPlatform;
    row->box = new QWidget(this);
    row->name = new QLineEdit(name);
    row->value = new QLineEdit(value);
    row->note = new Label({}, TextStyle::Caption, Ink::Dim);
    row->act = new QPushButton;
    row->name->setObjectName("variableName"_L1);
    row->name->setAccessibleName(tr("Name of the variable"));
    row->name->setPlaceholderText(tr("NAME"));
    row->name->setFixedWidth(nameWidth);
    row->name->setReadOnly(isOnPlatform); // another name is another variable
    row->value->setObjectName("variableValue"_L1);
    row->value->setAccessibleName(tr("Value of the variable"));
    row->value->setFixedWidth(valueWidth);
    row->value->setMaxLength(static_cast<int>(2 * mostBytes)); // so that too much is said, not cut
    row->note->setObjectName("variableNote"_L1);
    row->act->setObjectName("variableAct"_L1);
    widgets::setButtonKind(row->act, widgets::ButtonKind::Link);
    auto *line = new QHBoxLayout(row->box);
    line->setContentsMargins({});
    line->setSpacing(widgets::space::panel);
    line->addWidget(row->name);
    line->addWidget(row->value);
    line->addWidget(row->act);
    line->addWidget(row->note, 1);
    m_list->addWidget(row->box);
    m_rows.push_back(std::move(made));
    for (QLineEdit *field : {row->name, row->value}) {
        connect(field, &QLineEdit::textChanged, this, [this] {
            check();
            Q_EMIT changed();
        });
    }
    connect(row->act, &QPushButton::clicked, this, [this, row] {
        const auto old = m_base.find(row->key());
        if (row->isOnPlatform && (row->isRemoved || row->value->text() != toText(old->second))) {
            row->isRemoved = false;
            const QSignalBlocker quiet(row->value);
            row->value->setText(toText(old->second));
        } else if (row->isOnPlatform) {
            row->isRemoved = true;
        } else {
            row->box->hide();
            row->box->deleteLater();
            std::erase_if(m_rows, [row](const auto &each) { return each.get() == row; });
        }
        check();
        Q_EMIT changed();
    });
    return row;
}

wire::Environment EnvironmentEditor::environment() const
{
    wire::Environment environment;
    for (const auto &row : m_rows) {
        if (!row->isRemoved && !row->isBlank() && problemOf(*row).isEmpty()) {
            environment[row->key()] = row->value->text().toStdString();
        }
    }
    return environment;
}

bool EnvironmentEditor::isValid() const
{
    return std::ranges::all_of(m_rows, [this](const auto &row) { return problemOf(*row).isEmpty(); });
}

QString EnvironmentEditor::problemOf(const Row &row) const
{
    static const QRegularExpression good(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    if (row.isRemoved || row.isBlank()) {
        return {};
    }
    const QString name = row.name->text();
    if (name.isEmpty()) {
        return tr("Give it a name, or remove the row.");
    }
    if (!good.match(name).hasMatch()) {
        return tr("A name has letters, figures and _, and does not begin with a figure.");
    }
    if (name.size() > longestName) {
        return tr("A name has at most %1 characters.").arg(longestName);
    }
    if (name.startsWith("NEST_"_L1)) {
        return tr("Names that begin with NEST_ are the platform's.");
    }
    const bool isTwice = std::ranges::any_of(m_rows, [&](const auto &other) {
        return other.get() != &row && !other->isRemoved && other->name->text() == name;
    });
    if (isTwice) {
        return tr("This name is here twice; keep one.");
    }
    qsizetype bytes = 0;
    for (const auto &each : m_rows) {
        bytes +=
            each->isRemoved ? 0 : each->name->text().toUtf8().size() + each->value->text().toUtf8().size();
    }
    const qsizetype own = name.toUtf8().size() + row.value->text().toUtf8().size();
    if (bytes > mostBytes && own >= mostBytes / static_cast<qsizetype>(m_rows.size())) {
        return tr("All names and values together have at most 32 KiB; this makes %1 KiB. Shorten it.")
            .arg((bytes + 1023) / 1024);
    }
    return {};
}

void EnvironmentEditor::check()
{
    showDefaults();
    for (const auto &row : m_rows) {
        const auto old = m_base.find(row->key());
        const bool isChanged =
            row->isOnPlatform && old != m_base.end() && row->value->text() != toText(old->second);
        const QString problem = problemOf(*row);
        row->value->setEnabled(!row->isRemoved);
        row->act->setText(row->isRemoved || isChanged ? tr("Reset") : tr("Remove"));
        row->note->setInk(!problem.isEmpty() ? Ink::Bad : Ink::Accent);
        row->note->setText(!problem.isEmpty() ? problem
                           : row->isRemoved   ? tr("will be removed")
                           : isChanged        ? tr("was %1").arg(toText(old->second).left(60))
                           : !row->isOnPlatform && !row->isBlank() ? tr("new")
                                                                   : QString());
    }
}

} // namespace nest::console
