// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/groupmatrix.h"

#include "models/deploy/deployplan.h"
#include "models/deploy/deploytexts.h"
#include "widgets/shell/shellstate.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QStyleOptionButton>

#include <map>
#include <set>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::TextStyle;

namespace {

constexpr int cellHeight = 40;
constexpr int boxSize = 14;
constexpr int textLeft = 32;

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

void paintLines(QPainter &painter, const widgets::Theme &theme, const QRect &in)
{
    painter.fillRect(QRect(in.left(), in.bottom(), in.width(), 1), theme.border.subtle);
    painter.fillRect(QRect(in.right(), in.top(), 1, in.height()), theme.border.subtle);
}

} // namespace

/// A name at the edge of the grid.
class GroupMatrix::Head final : public QWidget
{
public:
    Head(const QString &text, TextStyle style, widgets::Ink ink, QWidget *parent)
        : QWidget(parent), m_text(text), m_style(style), m_ink(ink)
    {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(widgets::themeOf(this).font(m_style));
        return {metrics.horizontalAdvance(m_text) + 2 * widgets::space::panel, 34};
    }
    QSize minimumSizeHint() const override { return {60, 34}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        painter.setFont(theme.font(m_style));
        painter.setPen(theme.ink(m_ink));
        const QRect in = rect().adjusted(widgets::space::panel, 0, -4, 0);
        painter.drawText(in, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_text, Qt::ElideRight, in.width()));
        paintLines(painter, theme, rect());
    }

private:
    QString m_text;
    TextStyle m_style;
    widgets::Ink m_ink;
};

class GroupMatrix::Cell final : public QAbstractButton
{
public:
    Cell(std::size_t row, QWidget *parent) : QAbstractButton(parent), m_row(row)
    {
        setCheckable(true);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    [[nodiscard]] std::size_t row() const { return m_row; }
    QSize sizeHint() const override { return {180, cellHeight}; }
    QSize minimumSizeHint() const override { return {120, cellHeight}; }

    void show(const models::DeployPlan &plan)
    {
        const models::DeployRow &row = plan.rows()[m_row];
        const QString version = u"v%1"_s.arg(plan.version());
        const bool isKnown = plan.version() > 0;
        m_before = row.present ? models::weightsText(row.present->weights) : QString();
        m_after = row.isChosen ? models::weightsText(plan.weights(row)) : QString();
        if (!row.present) {
            m_detail = row.isChosen ? GroupMatrix::tr("new in this group") : GroupMatrix::tr("not deployed");
        } else {
            const int ready = row.present->status ? row.present->status->ready : 0;
            m_detail =
                isKnown && row.hasAlready(plan.version())
                    ? GroupMatrix::tr("%1 ready, already there").arg(QLocale().toString(ready))
                    : GroupMatrix::tr("%1 ready, reserved %2")
                          .arg(QLocale().toString(ready), QLocale().toString(row.present->scaling.reserved));
        }
        if (row.isChangedMeanwhile) {
            m_detail = GroupMatrix::tr("changed meanwhile, choose again");
        }
        m_isWarned = row.isChangedMeanwhile;
        const bool canChoose = isKnown && plan.canChoose(m_row);
        setEnabled(canChoose);
        setChecked(row.isChosen);
        setToolTip(isKnown || canChoose ? QString() : GroupMatrix::tr("Choose a version first."));
        const QString group = toText(toString(row.group));
        setObjectName(u"cell:"_s + group);
        setAccessibleName(group);
        setAccessibleDescription(QStringList{m_before, m_after, m_detail}.join(u' ').simplified());
        update();
    }
    void setStale(bool isStale)
    {
        m_isStale = isStale;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        if (isChecked()) {
            painter.fillRect(rect(), theme.accent.tint);
        } else if (underMouse() && isEnabled()) {
            painter.fillRect(rect(), theme.surface.rowHover);
        }
        if (isEnabled() || !m_before.isEmpty()) {
            QStyleOptionButton box;
            box.initFrom(this);
            box.rect = QRect(10, (height() - boxSize) / 2, boxSize, boxSize);
            box.state.setFlag(isChecked() ? QStyle::State_On : QStyle::State_Off);
            box.state.setFlag(QStyle::State_HasFocus, false);
            style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, this);
        }
        const QColor strong = isEnabled() && !m_isStale ? theme.text.primary : theme.text.dim;
        QRect first(textLeft, 4, width() - textLeft - 6, height() / 2 - 4);
        const QRect second(textLeft, height() / 2, width() - textLeft - 6, height() / 2 - 4);
        const auto word = [&painter, &first](const QString &text, const QColor &pen) {
            painter.setPen(pen);
            painter.drawText(first, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, first.width()));
            first.setLeft(first.left() + painter.fontMetrics().horizontalAdvance(text + u' '));
        };
        painter.setFont(theme.font(TextStyle::Log));
        if (m_before.isEmpty() && m_after.isEmpty()) {
            painter.setFont(theme.font(TextStyle::Body));
            painter.setPen(m_isWarned ? theme.warn.text : theme.text.dim);
            painter.drawText(rect().adjusted(textLeft, 0, 0, 0), Qt::AlignVCenter, m_detail);
        } else {
            if (!m_before.isEmpty()) {
                word(m_before, strong);
            }
            if (!m_after.isEmpty()) {
                if (!m_before.isEmpty()) {
                    word(u"→"_s, theme.text.dim);
                }
                word(m_after, theme.accent.text);
            }
            painter.setFont(theme.font(TextStyle::Caption));
            painter.setPen(m_isWarned    ? theme.warn.text
                           : isEnabled() ? theme.text.secondary
                                         : theme.text.dim);
            painter.drawText(second, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, second.width()));
        }
        paintLines(painter, theme, rect());
        if (hasFocus()) {
            widgets::paintFocusRing(painter, theme, rect().adjusted(0, 0, -1, -1), theme.size.radiusSmall);
        }
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    std::size_t m_row;
    QString m_before, m_after, m_detail;
    bool m_isWarned = false;
    bool m_isStale = false;
};

GroupMatrix::GroupMatrix(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_grid->setContentsMargins(1, 1, 0, 0);
    m_grid->setSpacing(0);
}

void GroupMatrix::show(const models::DeployPlan &plan)
{
    QStringList groups;
    for (const auto &row : plan.rows()) {
        groups.append(toText(toString(row.group)));
    }
    if (groups != m_groups) {
        m_groups = groups;
        rebuild(plan);
    }
    for (Cell *cell : m_cells) {
        cell->show(plan);
    }
}

void GroupMatrix::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    widgets::paintBox(painter, rect(), theme.size.radiusSmall, theme.surface.panel, theme.border.subtle);
}

void GroupMatrix::setStale(bool isStale)
{
    for (Cell *cell : m_cells) {
        cell->setStale(isStale);
    }
}

void GroupMatrix::rebuild(const models::DeployPlan &plan)
{
    m_cells.clear();
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    std::set<std::string> regions;
    std::map<std::pair<std::string, std::string>, std::map<std::string, std::size_t>> lines;
    for (std::size_t i = 0; i < plan.rows().size(); ++i) {
        const wire::GroupName &group = plan.rows()[i].group;
        regions.insert(group.region);
        lines[{group.set, group.lane}][group.region] = i;
    }
    const auto head = [this](const QString &text, int row, int column, TextStyle style, widgets::Ink ink) {
        auto *made = new Head(text, style, ink, this);
        m_grid->addWidget(made, row, column);
        return made;
    };
    head(tr("SET"), 0, 0, TextStyle::Caption, widgets::Ink::Secondary)
        ->setToolTip(widgets::wrappedTip(widgets::scopeTip(widgets::ScopePart::Set)));
    head(tr("Lane"), 0, 1, TextStyle::Caption, widgets::Ink::Secondary)
        ->setToolTip(widgets::wrappedTip(widgets::scopeTip(widgets::ScopePart::Lane)));
    int column = 2;
    std::map<std::string, int> columnOf;
    for (const std::string &region : regions) {
        columnOf[region] = column;
        m_grid->setColumnStretch(column, 1);
        head(toText(region), 0, column++, TextStyle::Caption, widgets::Ink::Secondary)
            ->setToolTip(widgets::wrappedTip(widgets::scopeTip(widgets::ScopePart::Region)));
    }
    int row = 1;
    std::string set;
    for (const auto &[name, cells] : lines) {
        head(row == 1 || name.first != set ? toText(name.first) : QString(), row, 0, TextStyle::Strong,
             widgets::Ink::Primary);
        set = name.first;
        head(toText(name.second), row, 1, TextStyle::Body,
             name.second == "main" ? widgets::Ink::Primary : widgets::Ink::Accent);
        for (const auto &[region, at] : columnOf) {
            const auto found = cells.find(region);
            if (found == cells.end()) {
                head(QString(), row, at, TextStyle::Body, widgets::Ink::Disabled);
                continue;
            }
            auto *cell = new Cell(found->second, this);
            connect(cell, &QAbstractButton::clicked, this,
                    [this, cell](bool isOn) { Q_EMIT toggled(cell->row(), isOn); });
            m_grid->addWidget(cell, row, at);
            m_cells.append(cell);
        }
        ++row;
    }
}

} // namespace nest::console
