// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palette.h"

#include "widgets/shell/palettemodel.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <KFuzzyMatcher>

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr QSize panelSize{720, 540};
constexpr int mostOfASection = 8; // more are found by typing more

/// Whether the letters that were found are more than chance.
bool isMeant(const QString &query, const QString &title)
{
    if (query.size() < 2) {
        return true;
    }
    const auto ranges = KFuzzyMatcher::matchedRanges(query, title);
    if (ranges.isEmpty()) {
        return false;
    }
    const qsizetype span = ranges.last().start + ranges.last().length - ranges.first().start;
    if (span <= 2 * query.size()) {
        return true;
    }
    return std::ranges::all_of(ranges, [&title](const KFuzzyMatcher::Range &range) {
        return range.start == 0 || !title.at(range.start - 1).isLetterOrNumber();
    });
}

struct Scored
{
    int score = 0;
    PaletteEntry entry;
};

/// Those that match, what can be done now before what cannot, best first; all in their order without a query.
QList<PaletteEntry> matching(const QList<PaletteEntry> &entries, const QString &query, qsizetype most)
{
    if (query.isEmpty()) {
        return entries.first(std::min(most, entries.size()));
    }
    std::vector<Scored> found;
    for (const PaletteEntry &entry : entries) {
        if (const auto score = paletteScore(query, entry.title)) {
            found.push_back({*score, entry});
        }
    }
    std::ranges::stable_sort(found, std::greater(), [](const Scored &each) {
        return std::pair(each.entry.reason.isEmpty(), each.score);
    });
    QList<PaletteEntry> best;
    for (const Scored &each : found) {
        if (best.size() < most) {
            best.append(each.entry);
        }
    }
    return best;
}

/// Together again what belongs to one section, in the order of the best of each.
QList<PaletteEntry> bySection(const QList<PaletteEntry> &entries)
{
    QStringList sections;
    for (const PaletteEntry &entry : entries) {
        if (!sections.contains(entry.section)) {
            sections.append(entry.section);
        }
    }
    QList<PaletteEntry> sorted = entries;
    std::ranges::stable_sort(
        sorted, {}, [&sections](const PaletteEntry &entry) { return sections.indexOf(entry.section); });
    return sorted;
}
} // namespace

std::optional<int> paletteScore(const QString &query, const QString &title)
{
    const auto result = KFuzzyMatcher::match(query, title);
    return result.matched && isMeant(query, title) ? std::optional(result.score) : std::nullopt;
}

Palette::Palette(PaletteContent content, QWidget *window)
    : ModalLayer(window)
    , m_content(std::move(content))
    , m_field(new QLineEdit(panel()))
    , m_scope(new Label({}, TextStyle::Body, Ink::Accent, panel()))
    , m_model(new PaletteModel(this))
    , m_list(new QListView(panel()))
    , m_nothing(new Label({}, TextStyle::Body, Ink::Secondary, panel()))
{
    setObjectName("palette"_L1);
    setPanelSize(panelSize);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::page, space::control, space::page, space::control);
    head->addWidget(m_scope);
    head->addWidget(m_field, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::page, space::control, space::page, space::control);
    foot->addWidget(new Label(tr("↑ ↓ choose   ↵ open   Tab actions"), TextStyle::Caption, Ink::Dim));
    foot->addStretch();
    foot->addWidget(
        new Label(tr("> commands   @ versions   ? keys   Esc close"), TextStyle::Caption, Ink::Dim));
    auto *column = new QVBoxLayout(panel());
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(makeLine(Qt::Horizontal, panel()));
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1, Qt::AlignCenter);
    column->addWidget(makeLine(Qt::Horizontal, panel()));
    column->addLayout(foot);

    m_scope->hide();
    m_nothing->hide();
    m_nothing->setObjectName("paletteNothing"_L1);
    m_field->setObjectName("paletteField"_L1);
    m_field->setAccessibleName(tr("Search or run a command"));
    m_field->setPlaceholderText(tr("Search or run a command"));
    m_field->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setObjectName("paletteList"_L1);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(false);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_field, &QLineEdit::textChanged, this, &Palette::find);
    connect(m_list, &QListView::clicked, this, &Palette::runCurrent);
}

Palette::~Palette() = default;

void Palette::openWith(const QString &text)
{
    m_commands = m_content.commands();
    m_field->setText(text);
    find();
    open();
    m_field->setFocus();
}

void Palette::escape()
{
    if (m_object.isEmpty()) {
        finish();
        return;
    }
    m_object.clear();
    m_scope->hide();
    m_field->clear();
    find();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            move(mostOfASection);
            return true;
        case Qt::Key_PageUp:
            move(-mostOfASection);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        case Qt::Key_Tab:
            showActions();
            return true;
        default:
            break;
        }
    }
    return ModalLayer::eventFilter(watched, event);
}

void Palette::find()
{
    QString query = m_field->text().trimmed();
    QList<PaletteEntry> found;
    QString nothing = tr("Nothing matches. Type less, or > for commands.");
    if (!m_object.isEmpty()) {
        found = bySection(matching(m_content.actionsOn(m_object), query, 100));
    } else if (query.startsWith(u'>')) {
        query = query.mid(1).trimmed();
        found = bySection(matching(m_commands, query, 200));
    } else if (query.startsWith(u'?')) {
        query = query.mid(1).trimmed();
        QList<PaletteEntry> withKeys;
        std::ranges::copy_if(m_commands, std::back_inserter(withKeys),
                             [](const PaletteEntry &entry) { return !entry.keys.isEmpty(); });
        found = bySection(matching(withKeys, query, 200));
    } else if (query.startsWith(u'@') && m_content.versions) {
        query = query.mid(1).trimmed();
        const PaletteVersions versions = m_content.versions(this, [this] {
            if (m_field->text().startsWith(u'@')) {
                find();
            }
        });
        found = bySection(matching(versions.entries, query, 200));
        nothing = versions.missing.isEmpty() ? nothing : versions.missing;
    } else {
        found = m_content.objects(query, mostOfASection);
        if (!query.isEmpty() && !found.isEmpty() && found.front().hasActions) {
            found += m_content.actionsOn(found.front().id);
        }
        const QString inView = m_content.objectInView ? m_content.objectInView() : QString();
        if (!query.isEmpty() && !inView.isEmpty() && (found.isEmpty() || found.front().id != inView)) {
            found += matching(m_content.actionsOn(inView), query, mostOfASection);
        }
        found += bySection(matching(m_commands, query, query.isEmpty() ? 200 : 2 * mostOfASection));
    }
    m_model->setEntries(found, query);
    m_list->setVisible(!found.isEmpty());
    m_nothing->setText(nothing);
    m_nothing->setVisible(found.isEmpty());
    m_list->setCurrentIndex(m_model->index(1)); // below the first head
    m_list->scrollToTop();
}

void Palette::runCurrent()
{
    const PaletteEntry *entry = m_model->entry(m_list->currentIndex().row());
    if (entry == nullptr || !entry->reason.isEmpty() || !entry->run) {
        return;
    }
    const auto run = entry->run; // the entry goes with the palette
    finish();
    run();
}

void Palette::showActions()
{
    const PaletteEntry *entry = m_model->entry(m_list->currentIndex().row());
    if (entry == nullptr || !entry->hasActions) {
        return;
    }
    m_object = entry->id;
    m_scope->setText(entry->title);
    m_scope->show();
    m_field->clear();
    find();
}

/// Past the heads, from one end to the other.
void Palette::move(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0) {
        return;
    }
    const int step = rows > 0 ? 1 : -1;
    int at = std::clamp(m_list->currentIndex().row() + rows, 0, count - 1);
    while (at >= 0 && at < count && m_model->entry(at) == nullptr) {
        at += step;
    }
    if (at < 0) {
        m_list->scrollToTop();
        return;
    }
    if (at < count) {
        m_list->setCurrentIndex(m_model->index(at));
    }
}

} // namespace nest::widgets
