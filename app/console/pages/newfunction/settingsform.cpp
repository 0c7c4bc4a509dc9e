// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/settingsform.h"

#include "app/console/look.h"
#include "app/console/pages/newfunction/functionname.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
// The limits of function.yaml, docs/decisions.md 5.
constexpr int leastMemory = 64;
constexpr int mostMemory = 8192;
constexpr int longestTimeout = 900;
constexpr int mostInstances = 10'000;
constexpr int longestService = 40;
constexpr int labelWidth = 100;

/// A note in a box of its own.
class NoteBox final : public QWidget
{
public:
    explicit NoteBox(QWidget *inside)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(widgets::space::panel, 10, widgets::space::panel, 10);
        column->addWidget(inside);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintBox(painter, rect(), theme.size.radiusControl, theme.surface.panel,
                          theme.border.subtle);
    }
};

QWidget *boxed(QWidget *inside)
{
    return new NoteBox(inside);
}
} // namespace

SettingsForm::SettingsForm(QWidget *parent)
    : QWidget(parent)
    , m_languageBox(new QWidget(this))
    , m_name(new FunctionName(this))
    , m_service(new QComboBox(this))
    , m_groupChip(new widgets::CellWidget(this))
    , m_groupMenu(new QMenu(this))
    , m_memory(number(tr("Memory"), u"memory"_s, leastMemory, mostMemory, 256))
    , m_timeout(number(tr("Time limit"), u"timeout"_s, 1, longestTimeout, 10))
    , m_reserved(number(tr("Reserved instances"), u"reserved"_s, 0, mostInstances, 0))
    , m_maximum(number(tr("Maximum instances"), u"maximum"_s, 1, mostInstances, 10))
    , m_zero(new Label({}, TextStyle::Body, Ink::Secondary, this))
    , m_problem(new Label({}, TextStyle::Body, Ink::Bad, this))
{
    m_memory->setSuffix(u" MB"_s);
    m_timeout->setSuffix(u" s"_s);
    m_service->setEditable(true);
    m_service->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_service->setObjectName("service"_L1);
    m_service->setAccessibleName(tr("Service"));
    m_service->lineEdit()->setMaxLength(longestService);
    m_service->addItem(u"default"_s);
    m_groupChip->setObjectName("group"_L1);
    m_groupChip->setMenu(m_groupMenu);
    m_zero->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->setObjectName("problem"_L1);
    new QHBoxLayout(m_languageBox);
    m_languageBox->layout()->setContentsMargins({});

    auto *group = new QWidget(this);
    auto *groupRow = new QHBoxLayout(group);
    groupRow->setContentsMargins({});
    groupRow->addWidget(m_groupChip);
    groupRow->addStretch();
    auto *add = new QPushButton(tr("Add group…"), group);
    widgets::setButtonKind(add, widgets::ButtonKind::Link);
    groupRow->addWidget(add);

    auto *form = new QGridLayout(this);
    form->setContentsMargins({});
    form->setHorizontalSpacing(widgets::space::control);
    form->setVerticalSpacing(widgets::space::page);
    form->setColumnStretch(1, 1);
    const auto row = [&](const QString &name, QWidget *field) {
        auto *label = new Label(name, TextStyle::Body, Ink::Secondary);
        label->setFixedSize(labelWidth, widgets::themeOf(this).size.input);
        label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        form->addWidget(label, form->rowCount(), 0, Qt::AlignTop);
        form->addWidget(field, form->rowCount() - 1, 1);
    };
    row(tr("Language"), m_languageBox);
    row(tr("Name"), m_name);
    row(tr("Service"), m_service);
    row(tr("Group"), group);
    row(tr("Memory"), numbers({}, m_memory, tr("Time limit"), m_timeout));
    row(tr("Instances"), numbers(tr("reserved"), m_reserved, tr("maximum"), m_maximum));
    row({}, boxed(m_zero));
    row({}, m_problem);

    connect(m_name, &FunctionName::nameChanged, this, &SettingsForm::changed);
    connect(m_service, &QComboBox::currentTextChanged, this, &SettingsForm::changed);
    connect(add, &QPushButton::clicked, this, &SettingsForm::addGroupRequested);
    setRuntimes({u"node20"_s});
    setGroups({wire::GroupName{}});
    showZero();
}

QSpinBox *SettingsForm::number(const QString &name, const QString &id, int least, int most, int value)
{
    auto *box = new QSpinBox(this);
    box->setFrame(false); // the field inside has one
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setRange(least, most);
    box->setValue(value);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    connect(box, &QSpinBox::valueChanged, this, [this] {
        showZero();
        Q_EMIT changed();
    });
    return box;
}

QWidget *SettingsForm::numbers(const QString &firstName, QSpinBox *first, const QString &secondName,
                               QSpinBox *second)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::control);
    if (!firstName.isEmpty()) {
        row->addWidget(new Label(firstName, TextStyle::Body, Ink::Secondary));
    }
    row->addWidget(first, 1);
    row->addSpacing(widgets::space::control);
    row->addWidget(new Label(secondName, TextStyle::Body, Ink::Secondary));
    row->addWidget(second, 1);
    return box;
}

models::NewFunction SettingsForm::settings() const
{
    models::NewFunction function;
    function.name = m_name->name().toStdString();
    function.service = m_service->currentText().trimmed().toStdString();
    function.runtime = (m_language != nullptr ? m_language->current() : u"node20"_s).toStdString();
    function.group = m_group;
    function.memoryMegabytes = m_memory->value();
    function.timeoutSeconds = m_timeout->value();
    function.reserved = m_reserved->value();
    function.maximum = m_maximum->value();
    return function;
}

void SettingsForm::clear()
{
    const models::NewFunction fresh;
    m_name->setName({});
    m_memory->setValue(fresh.memoryMegabytes);
    m_timeout->setValue(fresh.timeoutSeconds);
    m_reserved->setValue(fresh.reserved);
    m_maximum->setValue(fresh.maximum);
}

void SettingsForm::setRuntimes(const QStringList &runtimes)
{
    if (runtimes == m_runtimes) {
        return;
    }
    m_runtimes = runtimes;
    const QString before = m_language != nullptr ? m_language->current() : QString();
    delete m_language;
    m_language = new widgets::SegmentedControl(m_languageBox);
    for (const QString &runtime : runtimes) {
        m_language->addSegment(runtimeName(runtime.toStdString()), runtime);
    }
    if (runtimes.contains(before)) {
        m_language->setCurrent(before);
    }
    m_language->setObjectName("language"_L1);
    m_languageBox->layout()->addWidget(m_language);
    m_languageBox->layout()->setAlignment(m_language, Qt::AlignLeft);
    connect(m_language, &widgets::SegmentedControl::currentChanged, this, &SettingsForm::changed);
}

void SettingsForm::setServices(const QStringList &services)
{
    const QString typed = m_service->currentText();
    const QSignalBlocker quiet(m_service);
    m_service->clear();
    m_service->addItems(services);
    m_service->setCurrentText(typed);
}

void SettingsForm::setGroups(const std::vector<wire::GroupName> &groups)
{
    m_groups = groups;
    if (!groups.empty() && !std::ranges::contains(groups, m_group)) {
        m_group = groups.front();
    }
    m_groupMenu->clear();
    for (const wire::GroupName &group : m_groups) {
        QAction *choice = m_groupMenu->addAction(toText(toString(group)));
        choice->setCheckable(true);
        choice->setChecked(group == m_group);
        connect(choice, &QAction::triggered, this, [this, group] { setGroup(group); });
    }
    showGroup();
}

void SettingsForm::setGroup(const wire::GroupName &group)
{
    m_group = group;
    for (QAction *choice : m_groupMenu->actions()) {
        choice->setChecked(choice->text() == toText(toString(group)));
    }
    showGroup();
    Q_EMIT changed();
}

void SettingsForm::setColdStart(const std::optional<double> &milliseconds)
{
    m_coldStart = milliseconds;
    showZero();
}

void SettingsForm::showGroup()
{
    m_groupChip->setCell(groupCell(m_group));
}

void SettingsForm::showZero()
{
    m_problem->setText(toText(models::numbersProblem(settings())));
    m_problem->setVisible(!m_problem->text().isEmpty());
    const int reserved = m_reserved->value();
    const QString wait =
        m_coldStart
            ? tr("The next request waits about <b>%1</b> for a start.").arg(durationText(*m_coldStart))
            : tr("The next request waits for a start.");
    m_zero->setText(
        reserved == 0 ? tr("<b>Scales to zero.</b> Without a request for 10 min no instance runs and nothing "
                           "is used.") +
                            u' ' + wait
                      : tr("<b>%n instances always run</b>, also without a request. No request waits for a "
                           "start until they are busy.",
                           nullptr, reserved));
}

} // namespace nest::console
