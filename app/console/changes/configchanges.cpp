// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/changes/configchanges.h"

#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::TextStyle;

/// Removed over added, as lines of a diff are.
class ConfigChanges::Row final : public QWidget
{
public:
    Row(const models::ConfigRow &row, QWidget *parent) : QWidget(parent), m_row(row)
    {
        setAccessibleName(row.name);
        setAccessibleDescription(row.before + u" → "_s + row.after);
        setToolTip(row.name + u": "_s + row.before + u" → "_s + row.after);
        const int lines = (row.before.isEmpty() ? 0 : 1) + (row.after.isEmpty() ? 0 : 1);
        setFixedHeight(lines * lineHeight);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        painter.setFont(theme.font(TextStyle::Log));
        int y = 0;
        const auto line = [&](const QString &value, const QString &mark, const QColor &fill,
                              const QColor &pen) {
            if (value.isEmpty()) {
                return;
            }
            const QRect in(0, y, width(), lineHeight);
            painter.fillRect(in, fill);
            painter.setPen(pen);
            painter.drawText(in.adjusted(10, 0, 0, 0), Qt::AlignVCenter, mark);
            painter.setPen(theme.text.primary);
            painter.drawText(
                in.adjusted(30, 0, -8, 0), Qt::AlignVCenter,
                painter.fontMetrics().elidedText(m_row.name + u": "_s + value, Qt::ElideRight, width() - 38));
            y += lineHeight;
        };
        line(m_row.before, u"−"_s, theme.diff.removeFill, theme.diff.removeText);
        line(m_row.after, u"+"_s, theme.diff.addFill, theme.diff.addText);
    }

private:
    static constexpr int lineHeight = 20;
    models::ConfigRow m_row;
};

ConfigChanges::ConfigChanges(QWidget *parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    m_rows->setSpacing(0);
    column->addLayout(m_rows);
    column->addStretch();
}

int ConfigChanges::count() const
{
    std::size_t count = 0;
    for (const Part &part : m_parts) {
        count += part.rows.size();
    }
    return static_cast<int>(count);
}

void ConfigChanges::show(std::vector<Part> parts)
{
    if (parts == m_parts && m_rows->count() > 0) {
        return;
    }
    m_parts = std::move(parts);
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Part &part : m_parts) {
        if (!part.title.isEmpty()) {
            auto *title = new widgets::Label(part.title, TextStyle::Strong);
            title->setContentsMargins(0, m_rows->count() > 0 ? widgets::space::panel : 0, 0, 4);
            m_rows->addWidget(title);
        }
        for (const models::ConfigRow &row : part.rows) {
            m_rows->addWidget(new Row(row, this));
        }
        if (part.rows.empty()) {
            m_rows->addWidget(new widgets::Label(tr("No change."), TextStyle::Body, Ink::Dim));
        }
    }
}

} // namespace nest::console
