// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/versions/differencespanel.h"

#include "app/console/changes/codechanges.h"
#include "app/console/changes/configchanges.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/table/cellpainter.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::TextStyle;

namespace {
constexpr int letterBox = 16;
} // namespace

/// "A v64 → B v65"
class DifferencesPanel::Pair final : public QWidget
{
public:
    using QWidget::QWidget;
    void set(const QString &before, const QString &after)
    {
        m_before = before;
        m_after = after;
        setAccessibleName(before + u" → "_s + after);
        updateGeometry();
        update();
    }
    QSize sizeHint() const override
    {
        const widgets::Theme &theme = widgets::themeOf(this);
        const QFontMetrics metrics(theme.font(TextStyle::Log));
        return {2 * letterBox + metrics.horizontalAdvance(m_before + m_after + u" → "_s) + 24,
                theme.size.tabs};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (m_after.isEmpty()) {
            return;
        }
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        QRect rest = rect();
        const auto side = [&](const QString &letter, const QString &version, bool isNew) {
            widgets::paintCell(painter, theme, QRect(rest.left(), 0, letterBox, height()),
                               widgets::PickCell{.letter = letter, .isNew = isNew});
            rest.setLeft(rest.left() + letterBox + 6);
            painter.setFont(theme.font(TextStyle::Log));
            painter.setPen(isNew ? theme.accent.text : theme.text.primary);
            painter.drawText(rest, Qt::AlignVCenter, version);
            rest.setLeft(rest.left() + painter.fontMetrics().horizontalAdvance(version + u' '));
        };
        if (!m_before.isEmpty()) {
            side(u"A"_s, m_before, false);
            painter.setPen(theme.text.dim);
            painter.drawText(rest, Qt::AlignVCenter, u"→"_s);
            rest.setLeft(rest.left() + painter.fontMetrics().horizontalAdvance(u"→ "_s));
        }
        side(u"B"_s, m_after, true);
    }

private:
    QString m_before, m_after;
};

DifferencesPanel::DifferencesPanel(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_pair(new Pair(this))
    , m_tabs(new widgets::TabStrip(this))
    , m_mode(new widgets::SegmentedControl(this))
    , m_stack(new QStackedWidget)
    , m_code(new CodeChanges(session, CodeChanges::Layout::FilesLeft))
    , m_config(new ConfigChanges)
{
    m_pair->setObjectName("pair"_L1);
    m_tabs->addTab(u"code"_s, tr("Code"));
    m_tabs->addTab(u"config"_s, tr("Config"));
    m_mode->setObjectName("diffMode"_L1);
    m_mode->addSegment(tr("Side by side"), u"side"_s);
    m_mode->addSegment(tr("One column"), u"one"_s);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    head->setSpacing(widgets::space::page);
    head->addWidget(m_pair);
    head->addWidget(m_tabs, 1);
    head->addWidget(m_mode);
    auto *config = new QWidget;
    auto *margins = new QVBoxLayout(config);
    margins->setContentsMargins(widgets::space::page, widgets::space::panel, widgets::space::page,
                                widgets::space::panel);
    margins->addWidget(m_config);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(config);
    m_code->setHint(tr("Choose two versions to see what differs."));
    m_stack->addWidget(m_code);
    m_stack->addWidget(scroll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_stack, 1);
    connect(m_tabs, &widgets::TabStrip::currentChanged, this,
            [this](const QString &id) { m_stack->setCurrentIndex(id == "code"_L1 ? 0 : 1); });
    connect(m_mode, &widgets::SegmentedControl::currentChanged, this, [this](const QString &id) {
        m_code->setMode(id == "one"_L1 ? widgets::DiffMode::OneColumn : widgets::DiffMode::SideBySide);
    });
    connect(m_code, &CodeChanges::countChanged, this, [this] {
        const auto count = m_code->count();
        m_tabs->setBadge(u"code"_s, count ? QString::number(*count) : QString());
    });
}

void DifferencesPanel::show(const wire::Version *before, const wire::Version *after)
{
    const auto name = [](const wire::Version *version) {
        return version != nullptr ? u"v%1"_s.arg(version->number) : QString();
    };
    const bool isPair = before != nullptr && after != nullptr;
    m_pair->set(name(before), name(after));
    m_code->compare(after != nullptr ? QString::fromStdString(after->function) : QString(),
                    before != nullptr ? before->number : 0, isPair ? after->number : 0);
    std::vector<ConfigChanges::Part> parts;
    if (isPair) {
        parts.push_back({{}, models::configDiff(*before, *after)});
    }
    m_config->show(std::move(parts));
    m_tabs->setBadge(u"config"_s, isPair ? QString::number(m_config->count()) : QString());
}

} // namespace nest::console
