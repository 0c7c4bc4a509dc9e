// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/groupsettings.h"

#include "app/console/look.h"
#include "models/deploy/deploytexts.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QSlider>

#include <algorithm>
#include <array>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::ScalingField;
using widgets::Ink;
using widgets::TextStyle;

namespace {

constexpr std::array fields{ScalingField::Reserved, ScalingField::Maximum, ScalingField::Threshold,
                            ScalingField::Utilisation};
constexpr int columnWidth = 107; // old value, arrow, field
constexpr int fieldWidth = 62;
constexpr int rowHeight = 32;

QString nameOfField(ScalingField field)
{
    switch (field) {
    case ScalingField::Reserved:
        return u"reserved"_s;
    case ScalingField::Maximum:
        return u"maximum"_s;
    case ScalingField::Threshold:
        return u"threshold"_s;
    case ScalingField::Utilisation:
        return u"utilisation"_s;
    }
    return {};
}

QString textOf(double value)
{
    return QLocale::c().toString(value, 'g', 12);
}

/// A box around rows, as a table has.
class Frame final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.panel, theme.border.control);
    }
};

QWidget *groupChip(const wire::GroupName &group, QWidget *parent)
{
    auto *chip = new widgets::CellWidget(parent);
    chip->setCell(groupCell(group));
    chip->setAttribute(Qt::WA_TransparentForMouseEvents);
    return chip;
}

} // namespace

/// One number: dim while it is as before, red while it is wrong.
class GroupSettings::Field final : public QLineEdit
{
public:
    explicit Field(bool isWhole, QWidget *parent) : QLineEdit(parent), m_isWhole(isWhole)
    {
        widgets::setSmall(this);
        setFixedWidth(fieldWidth);
        setAlignment(Qt::AlignRight);
    }
    /// Empty is a value too: what function.yaml says.
    void setOptional(bool isOptional)
    {
        m_isOptional = isOptional;
        setPlaceholderText(isOptional ? u"–"_s : QString());
    }
    [[nodiscard]] bool isLeftOut() const { return m_isOptional && text().trimmed().isEmpty(); }
    [[nodiscard]] bool isReadable() const { return isLeftOut() || value().has_value(); }
    /// Nothing: no number.
    [[nodiscard]] std::optional<double> value() const
    {
        bool isNumber = false;
        const QString text = this->text().trimmed();
        const double value = m_isWhole ? text.toInt(&isNumber) : QLocale::c().toDouble(text, &isNumber);
        return isNumber ? std::optional(value) : std::nullopt;
    }
    void setValue(double value)
    {
        if (this->value() != std::optional(value) && !hasFocus()) {
            setText(textOf(value));
        }
    }
    void setLook(bool isChanged, const QString &before, const QString &problem)
    {
        m_ink = !problem.isEmpty() ? Ink::Bad : isChanged ? Ink::Accent : Ink::Dim;
        setToolTip(!problem.isEmpty() ? problem
                   : isChanged        ? GroupSettings::tr("Was %1").arg(before)
                                      : QString());
        apply();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QLineEdit::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
            apply(); // another theme
        }
    }

private:
    void apply()
    {
        const QColor wanted = widgets::themeOf(this).ink(m_ink);
        if (palette().color(QPalette::Text) != wanted) {
            QPalette own;
            own.setColor(QPalette::Text, wanted);
            setPalette(own);
        }
    }

    bool m_isWhole;
    bool m_isOptional = false;
    Ink m_ink = Ink::Dim;
};

class GroupSettings::Line final : public QWidget
{
public:
    Line(const wire::GroupName &group, GroupSettings *owner) : QWidget(owner)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(widgets::space::panel, 0, widgets::space::control, 0);
        row->setSpacing(0);
        row->addWidget(groupChip(group, this));
        row->addStretch();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const ScalingField field = fields[i];
            m_before[i] = new widgets::Label({}, TextStyle::Body, Ink::Dim);
            m_before[i]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_before[i]->setFixedWidth(columnWidth - fieldWidth - widgets::space::chip);
            row->addWidget(m_before[i]);
            auto *edit = new Field(field == ScalingField::Reserved || field == ScalingField::Maximum, this);
            edit->setObjectName(nameOfField(field) + u':' + QString::fromStdString(toString(group)));
            edit->setAccessibleName(edit->objectName());
            row->addSpacing(widgets::space::chip);
            row->addWidget(edit);
            m_edits[i] = edit;
            connect(edit, &QLineEdit::textEdited, owner, [owner, group, field, edit] {
                if (const auto value = edit->value()) {
                    Q_EMIT owner->scalingChanged(group, field, *value);
                } else if (edit->isLeftOut()) {
                    Q_EMIT owner->scalingLeftOut(group, field);
                }
                Q_EMIT owner->readableChanged();
            });
        }
        setFixedHeight(rowHeight);
    }
    void show(const models::DeployPlan &plan, std::size_t at,
              const std::vector<models::PlanProblem> &problems)
    {
        const models::DeployRow &row = plan.rows()[at];
        const wire::ScalingPolicy before = plan.presentScaling(at);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const ScalingField field = fields[i];
            const double old = models::DeployPlan::value(before, field);
            const double now = models::DeployPlan::value(row.scaling, field);
            const auto problem = std::ranges::find_if(problems, [&](const models::PlanProblem &one) {
                return one.row == at && one.field == field;
            });
            m_edits[i]->setOptional(row.usesManifest);
            if (!row.usesManifest || row.edited.contains(field)) {
                m_edits[i]->setValue(now);
            }
            QString sentence = problem != problems.end() ? problem->sentence : QString();
            if (!m_edits[i]->isReadable()) {
                sentence = GroupSettings::tr("“%1” is no number.").arg(m_edits[i]->text());
            }
            const bool isChanged = row.usesManifest ? row.edited.contains(field) : old != now;
            m_edits[i]->setLook(isChanged, row.usesManifest ? u"function.yaml"_s : textOf(old), sentence);
            if (row.usesManifest && !isChanged) {
                m_edits[i]->setToolTip(
                    GroupSettings::tr("As function.yaml has it. A number here takes its place."));
            }
            m_before[i]->setText(isChanged && !row.usesManifest ? textOf(old) + u" →"_s : QString());
            m_problem = m_problem.isEmpty() || i == 0 ? sentence : m_problem;
        }
    }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool hasUnreadable() const
    {
        return std::ranges::any_of(m_edits, [](const Field *edit) { return !edit->isReadable(); });
    }

private:
    std::array<Field *, fields.size()> m_edits{};
    std::array<widgets::Label *, fields.size()> m_before{};
    QString m_problem;
};

/// All to the new version, or a part of the requests.
class GroupSettings::Share final : public QWidget
{
public:
    Share(const wire::GroupName &group, GroupSettings *owner)
        : QWidget(owner)
        , m_choice(new widgets::SegmentedControl(this))
        , m_slider(new QSlider(Qt::Horizontal, this))
        , m_edit(new Field(true, this))
        , m_result(new widgets::Label({}, TextStyle::Log, Ink::Secondary))
    {
        const QString name = QString::fromStdString(toString(group));
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(widgets::space::panel, 0, widgets::space::control, 0);
        row->setSpacing(widgets::space::control);
        row->addWidget(groupChip(group, this));
        row->addWidget(m_choice);
        m_choice->setObjectName(u"split:"_s + name);
        m_choice->addSegment(GroupSettings::tr("All"), u"all"_s);
        m_choice->addSegment(GroupSettings::tr("Share"), u"share"_s);
        m_slider->setRange(1, 100);
        m_slider->setFixedWidth(120);
        m_slider->setObjectName(u"slider:"_s + name);
        m_slider->setAccessibleName(GroupSettings::tr("Share of the new version in %1").arg(name));
        m_edit->setFixedWidth(48);
        m_edit->setObjectName(u"share:"_s + name);
        m_edit->setAccessibleName(m_slider->accessibleName());
        row->addWidget(m_slider);
        row->addWidget(m_edit);
        row->addWidget(new widgets::Label(u"%"_s, TextStyle::Body, Ink::Dim));
        row->addStretch();
        m_result->setObjectName(u"weights:"_s + name);
        row->addWidget(m_result);
        setFixedHeight(rowHeight);
        connect(m_choice, &widgets::SegmentedControl::currentChanged, owner,
                [owner, group](const QString &id) {
                    Q_EMIT owner->shareChanged(group, id == "all"_L1 ? 100 : 20);
                });
        connect(m_slider, &QSlider::valueChanged, owner,
                [owner, group](int value) { Q_EMIT owner->shareChanged(group, value); });
        connect(m_edit, &QLineEdit::textEdited, owner, [this, owner, group] {
            if (const auto value = m_edit->value()) {
                Q_EMIT owner->shareChanged(group, static_cast<int>(*value));
            }
            Q_EMIT owner->readableChanged();
        });
    }
    void show(const models::DeployPlan &plan, std::size_t at,
              const std::vector<models::PlanProblem> &problems)
    {
        const models::DeployRow &row = plan.rows()[at];
        const bool canSplit = !row.others(plan.version()).empty();
        const auto problem = std::ranges::find_if(
            problems, [&](const models::PlanProblem &one) { return one.row == at && !one.field; });
        m_edit->setValue(row.share);
        m_problem = problem != problems.end() ? problem->sentence : QString();
        if (!m_edit->value()) {
            m_problem = GroupSettings::tr("“%1” is no number.").arg(m_edit->text());
        }
        const QSignalBlocker quietChoice(m_choice);
        const QSignalBlocker quietSlider(m_slider);
        m_choice->setEnabled(canSplit);
        m_choice->setToolTip(canSplit ? QString()
                                      : GroupSettings::tr("No other version is here to share with."));
        m_choice->setCurrent(row.share == 100 ? u"all"_s : u"share"_s);
        m_slider->setEnabled(canSplit && row.share != 100);
        m_edit->setEnabled(canSplit && (row.share != 100 || m_edit->hasFocus()));
        m_slider->setValue(row.share);
        m_edit->setLook(row.share != 100, u"100"_s, m_problem);
        m_result->setText(m_problem.isEmpty() ? models::weightsText(plan.weights(row)) : QString());
    }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool hasUnreadable() const { return m_edit->isEnabled() && !m_edit->value(); }

private:
    widgets::SegmentedControl *m_choice;
    QSlider *m_slider;
    Field *m_edit;
    widgets::Label *m_result;
    QString m_problem;
};

GroupSettings::GroupSettings(QWidget *parent)
    : QWidget(parent), m_problem(new widgets::Label({}, TextStyle::Caption, Ink::Bad))
{
    const auto title = [](const QString &text, const QString &note) {
        auto *row = new QHBoxLayout;
        row->setSpacing(widgets::space::control);
        row->addWidget(new widgets::Label(text, TextStyle::Strong));
        row->addWidget(new widgets::Label(note, TextStyle::Body, Ink::Dim));
        row->addStretch();
        return row;
    };
    const auto box = [this](QVBoxLayout *&rows) {
        auto *frame = new Frame(this);
        rows = new QVBoxLayout(frame);
        rows->setContentsMargins(1, 1, 1, 1);
        rows->setSpacing(0);
        return frame;
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    column->addLayout(title(tr("Requests per group"), tr("what the new version gets")));
    column->addWidget(box(m_shares));
    column->addSpacing(widgets::space::control);
    column->addLayout(title(tr("Instances per group"), tr("unchanged values stay dim")));
    auto *frame = box(m_lines);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::panel, 4, widgets::space::control, 4);
    head->setSpacing(0);
    head->addWidget(new widgets::Label(tr("Group"), TextStyle::Caption, Ink::Secondary));
    head->addStretch();
    for (const QString &name : {tr("Reserved"), tr("Maximum"), tr("Threshold"), tr("Utilisation")}) {
        auto *label = new widgets::Label(name, TextStyle::Caption, Ink::Secondary);
        label->setAlignment(Qt::AlignRight);
        label->setFixedWidth(columnWidth);
        head->addWidget(label);
    }
    m_lines->addLayout(head);
    m_lines->addWidget(widgets::makeLine(Qt::Horizontal, frame));
    column->addWidget(frame);
    m_problem->setObjectName("settingsProblem"_L1);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
}

GroupSettings::~GroupSettings() = default;

void GroupSettings::show(const models::DeployPlan &plan)
{
    const auto problems = plan.problems();
    QString sentence;
    std::map<wire::GroupName, std::size_t> wanted;
    for (const std::size_t at : plan.chosen()) {
        wanted[plan.rows()[at].group] = at;
    }
    const auto sync = [&](auto &widgetOf, QVBoxLayout *rows) {
        std::erase_if(widgetOf, [&wanted](const auto &entry) {
            if (!wanted.contains(entry.first)) {
                entry.second->hide();
                entry.second->deleteLater();
                return true;
            }
            return false;
        });
        for (const auto &[group, at] : wanted) {
            auto &widget = widgetOf[group];
            if (widget == nullptr) {
                widget = new std::remove_reference_t<decltype(*widget)>(group, this);
                rows->addWidget(widget);
            }
            widget->show(plan, at, problems);
            widget->setVisible(true);
            sentence = sentence.isEmpty() ? widget->problem() : sentence;
        }
    };
    sync(m_shareOf, m_shares);
    sync(m_lineOf, m_lines);
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    setVisible(!wanted.empty());
}

bool GroupSettings::hasUnreadable() const
{
    return std::ranges::any_of(m_lineOf, [](const auto &entry) { return entry.second->hasUnreadable(); }) ||
           std::ranges::any_of(m_shareOf, [](const auto &entry) { return entry.second->hasUnreadable(); });
}

} // namespace nest::console
