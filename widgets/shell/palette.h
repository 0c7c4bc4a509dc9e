// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The command palette: one field that finds things, places and actions, over the window. What cannot be done
// now stays in the list with its reason.
//
// Objects can be many: the content finds them itself and makes entries of the few that are shown; matching is
// fuzzy (KFuzzyMatcher). "> " shows commands alone, "@" the versions, "?" the keys. Thread: GUI. Owner: the
// window it covers; it deletes itself when closed.

#include "widgets/state/modallayer.h"
#include "widgets/theme/theme.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <optional>

class QLineEdit;
class QListView;

namespace nest::widgets {

class PaletteModel;
class Label;

struct PaletteEntry
{
    QString id;      // of the object or action
    QString section; // translated: "Functions"
    QString icon{};
    QString title;
    QString detail{}; // dim, behind the title
    QString note{};   // at the right: a state in words
    Tone noteTone = Tone::Neutral;
    QStringList keys{};          // key caps at the right
    QString reason{};            // why it is off; empty: it is on
    std::function<void()> run{}; // on Enter or a click
    bool hasActions = false;     // Tab shows those
};

/// How well it fits; nothing when it does not. The letters of the query stand in the title in their order,
/// and either close together or at the beginnings of words: letters picked from all over a long title are
/// chance.
[[nodiscard]] std::optional<int> paletteScore(const QString &query, const QString &title);

struct PaletteVersions
{
    QList<PaletteEntry> entries;
    QString missing{}; // why there are none; empty: there are
};

struct PaletteContent
{
    /// The best that fit, at most so many; the first by name without a query.
    std::function<QList<PaletteEntry>(const QString &query, qsizetype most)> objects;
    std::function<QList<PaletteEntry>(const QString &objectId)> actionsOn;
    std::function<QList<PaletteEntry>()> commands;
    /// The thing in view, whose actions are found without naming it; empty: none.
    std::function<QString()> objectInView{};
    /// Those of the thing in view. They may come later: `refresh` is called then, while the palette is there.
    std::function<PaletteVersions(QObject *palette, const std::function<void()> &refresh)> versions{};
};

class Palette final : public ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Palette)

public:
    Palette(PaletteContent content, QWidget *window);
    ~Palette() override;

    /// Opens with that typed already.
    void openWith(const QString &text);

protected:
    void escape() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find();
    void runCurrent();
    void showActions();
    void move(int rows);

    PaletteContent m_content;
    QList<PaletteEntry> m_commands;
    QString m_object; // whose actions are shown; empty: everything
    QLineEdit *m_field;
    Label *m_scope;
    PaletteModel *m_model;
    QListView *m_list;
    Label *m_nothing;
};

} // namespace nest::widgets
