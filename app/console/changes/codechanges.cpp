// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/changes/codechanges.h"

#include "widgets/diff/diffview.h"
#include "widgets/state/errorstate.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QAbstractListModel>
#include <QCoroTask>
#include <QHBoxLayout>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::TextStyle;

namespace {

constexpr int filesWidth = 232;
constexpr int rowHeight = 26;
constexpr int mostAbove = 5; // files that are seen at once above the differences
constexpr std::size_t mostKept = 16;

class FileList final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(files.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const models::FileDiff &file = files[static_cast<std::size_t>(index.row())];
        const QString path = QString::fromStdString(file.path);
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return path;
        case Qt::AccessibleTextRole:
            return u"%1, +%2, −%3"_s.arg(path).arg(file.added).arg(file.removed);
        default:
            return {};
        }
    }
    void set(std::vector<models::FileDiff> next)
    {
        beginResetModel();
        files = std::move(next);
        endResetModel();
    }

    std::vector<models::FileDiff> files;
};

/// Path, then the counts in the colours of the diff.
class FileDelegate final : public QStyledItemDelegate
{
public:
    explicit FileDelegate(FileList &list, QObject *parent) : QStyledItemDelegate(parent), m_list(list) {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {filesWidth, rowHeight};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const widgets::Theme &theme = widgets::themeOf(option.widget);
        const models::FileDiff &file = m_list.files[static_cast<std::size_t>(index.row())];
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected) {
            painter->fillRect(option.rect, theme.accent.tint);
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              theme.accent.fill);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->fillRect(option.rect, theme.surface.rowHover);
        }
        painter->setFont(theme.font(TextStyle::Caption));
        QRect rest = option.rect.adjusted(widgets::space::panel, 0, -widgets::space::control, 0);
        const auto fromRight = [&](const QString &text, const QColor &pen) {
            painter->setPen(pen);
            painter->drawText(rest, Qt::AlignVCenter | Qt::AlignRight, text);
            rest.setRight(rest.right() - painter->fontMetrics().horizontalAdvance(text) - 5);
        };
        if (file.isBinary) {
            fromRight(CodeChanges::tr("binary"), theme.text.dim);
        } else if (file.isTooLarge) {
            fromRight(CodeChanges::tr("too large"), theme.text.dim);
        } else {
            if (file.removed > 0) {
                fromRight(u"−%1"_s.arg(file.removed), theme.diff.removeText);
            }
            if (file.added > 0) {
                fromRight(u"+%1"_s.arg(file.added), theme.diff.addText);
            }
        }
        painter->setFont(theme.font(TextStyle::Log));
        painter->setPen(isSelected ? theme.text.primary : theme.text.secondary);
        painter->drawText(rest, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(QString::fromStdString(file.path),
                                                            Qt::ElideMiddle, rest.width()));
    }

private:
    FileList &m_list;
};

} // namespace

class CodeChanges::Files final : public QListView
{
public:
    explicit Files(QWidget *parent) : QListView(parent)
    {
        setObjectName("changedFiles"_L1);
        setAccessibleName(CodeChanges::tr("Changed files"));
        setFrameShape(QFrame::NoFrame);
        setUniformItemSizes(true);
        setMouseTracking(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setModel(&list);
        setItemDelegate(new FileDelegate(list, this));
    }

    FileList list;
};

CodeChanges::CodeChanges(models::Session &session, Layout layout, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_files(new Files(this))
    , m_sum(new widgets::Label({}, TextStyle::Caption, Ink::Dim))
    , m_view(new widgets::DiffView)
    , m_stack(new QStackedWidget)
    , m_note(new widgets::Label({}, TextStyle::Body, Ink::Secondary))
    , m_error(new widgets::ErrorState)
{
    m_view->setObjectName("diff"_L1);
    m_sum->setObjectName("diffSum"_L1);
    m_sum->setContentsMargins(widgets::space::panel, 6, widgets::space::panel, 6);
    m_sum->setWordWrap(true);
    m_note->setObjectName("diffNote"_L1);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page, 0);
    m_note->setWordWrap(true);
    auto *content = new QWidget;
    auto *files = new QVBoxLayout;
    files->setSpacing(0);
    files->addWidget(m_files);
    files->addWidget(m_sum);
    if (layout == Layout::FilesLeft) {
        auto *row = new QHBoxLayout(content);
        row->setContentsMargins({});
        row->setSpacing(0);
        m_files->setFixedWidth(filesWidth);
        m_sum->setFixedWidth(filesWidth);
        files->addStretch();
        row->addLayout(files);
        row->addWidget(widgets::makeLine(Qt::Vertical));
        row->addWidget(m_view, 1);
    } else {
        auto *column = new QVBoxLayout(content);
        column->setContentsMargins({});
        column->setSpacing(0);
        column->addLayout(files);
        column->addWidget(widgets::makeLine(Qt::Horizontal));
        column->addWidget(m_view, 1);
        m_view->setMode(widgets::DiffMode::OneColumn);
    }
    m_stack->addWidget(m_note);
    m_stack->addWidget(content);
    m_stack->addWidget(m_error);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_stack);
    connect(m_files->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid()) {
                    m_view->setDiff(m_files->list.files[static_cast<std::size_t>(current.row())]);
                }
            });
    connect(m_error, &widgets::ErrorState::retryRequested, this, &CodeChanges::retry);
    connect(&session, &models::Session::stateChanged, this, [this] {
        if (m_session.isConnected() && m_stack->currentWidget() == m_error) {
            retry();
        }
    });
    compare({}, 0, 0);
}

CodeChanges::~CodeChanges()
{
    m_stop.request_stop();
}

void CodeChanges::setMode(widgets::DiffMode mode)
{
    m_view->setMode(mode);
}

void CodeChanges::setHint(const QString &hint)
{
    m_hint = hint;
    if (std::get<2>(m_pair) == 0) {
        m_note->setText(hint);
    }
}

std::optional<int> CodeChanges::count() const
{
    return m_shown ? std::optional(static_cast<int>(m_shown->files.size() + m_shown->notRead)) : std::nullopt;
}

void CodeChanges::compare(const QString &function, int before, int after)
{
    const Pair pair{function, before, after};
    if (pair == m_pair && !function.isEmpty()) {
        return;
    }
    m_stop.request_stop();
    m_stop = {};
    m_pair = pair;
    m_shown.reset();
    if (after == 0 || function.isEmpty()) {
        m_note->setText(m_hint);
        m_stack->setCurrentWidget(m_note);
    } else if (before == after) {
        show({});
    } else if (const auto kept = m_kept.find(pair); kept != m_kept.end()) {
        show(kept->second);
    } else {
        m_note->setText(tr("Reading the files of both versions…"));
        m_stack->setCurrentWidget(m_note);
        QCoro::connect(models::compareVersions(m_session.client(), function.toStdString(), before, after, {},
                                               m_stop.get_token()),
                       this,
                       [this, pair](Result<models::VersionDiff> &&answer) { take(pair, std::move(answer)); });
    }
    Q_EMIT countChanged();
}

void CodeChanges::take(const Pair &pair, Result<models::VersionDiff> &&answer)
{
    if (answer) {
        if (m_kept.size() >= mostKept) {
            m_kept.clear();
        }
        m_kept[pair] = *answer;
    }
    if (pair != m_pair) {
        return; // another pair was asked for meanwhile
    }
    answer ? show(*answer) : showError(answer.error());
    Q_EMIT countChanged();
}

void CodeChanges::show(const models::VersionDiff &diff)
{
    m_shown = diff;
    if (diff.files.empty() && diff.notRead == 0) {
        m_note->setText(tr("The code is the same."));
        m_stack->setCurrentWidget(m_note);
        return;
    }
    int added = 0;
    int removed = 0;
    for (const models::FileDiff &file : diff.files) {
        added += file.added;
        removed += file.removed;
    }
    const QLocale locale;
    QString sum = tr("%n lines added, %1 removed", nullptr, added).arg(locale.toString(removed));
    if (diff.notRead > 0) {
        sum += u' ' + tr("%n more files differ and were not read.", nullptr, static_cast<int>(diff.notRead));
    }
    m_sum->setText(sum);
    m_files->list.set(diff.files);
    m_files->setFixedHeight(rowHeight * std::clamp(static_cast<int>(diff.files.size()), 1,
                                                   m_files->maximumWidth() == filesWidth ? 12 : mostAbove) +
                            4);
    m_files->setCurrentIndex(m_files->list.index(0));
    m_stack->setCurrentIndex(1);
}

void CodeChanges::showError(const Error &error)
{
    m_error->setError({.title = tr("The code could not be compared"),
                       .sentence = QString::fromStdString(error.detail),
                       .steps = {tr("Retry; everything else on this page keeps working")},
                       .requestId = {}});
    m_stack->setCurrentWidget(m_error);
}

void CodeChanges::retry()
{
    const auto [function, before, after] = std::exchange(m_pair, {});
    compare(function, before, after);
}

void CodeChanges::nextChange()
{
    if (!m_shown || m_view->nextChange()) {
        return;
    }
    const int next = m_files->currentIndex().row() + 1;
    if (next < static_cast<int>(m_files->list.files.size())) {
        m_files->setCurrentIndex(m_files->list.index(next));
        m_view->nextChange();
    }
}

} // namespace nest::console
