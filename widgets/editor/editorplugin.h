// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the console asks of an editor component, and what the plugin library gives: documents with a widget
// each. The library is heavy (KTextEditor and what it brings), so it is loaded when the first file is shown;
// nothing outside widgets/editor/plugin includes its headers.
//
// Plain virtual classes and callbacks: no meta object crosses the border, so program and library need not
// share symbols. Colours come as plain values, as the library has no NestStyle of its own.
// Thread: GUI. Owner of the plugin object: Qt's plugin loader; of a document: TextEditor.

#include "widgets/theme/theme.h"

#include <QtPlugin>

#include <functional>
#include <memory>
#include <vector>

class QWidget;

namespace nest::widgets {

/// The look of the editor: the parts of a Theme that it paints with.
struct EditorLook
{
    bool isDark = true;
    SurfaceColors surface;
    BorderColors border;
    TextColors text;
    AccentColors accent;
    SyntaxColors syntax;
    QColor added, changed, error, warning;
    QFont font, noteFont;
    int lineHeight = 20;
};

enum class ProblemTone { Error, Warning };

/// Something wrong at a place; line and column count from 1, a column of 0 means the whole line.
struct EditorProblem
{
    ProblemTone tone = ProblemTone::Error;
    int line = 0;
    int column = 0;
    QString message;
    bool operator==(const EditorProblem &) const = default;
};

/// Both count from 1.
struct EditorPosition
{
    int line = 1;
    int column = 1;
    bool operator==(const EditorPosition &) const = default;
};

struct EditorFacts
{
    int indentWidth = 2;
    bool usesSpaces = true;
    QString encoding; // "UTF-8"
    QString language; // "JavaScript"
    bool operator==(const EditorFacts &) const = default;
};

struct EditorListener
{
    std::function<void()> textChanged;
    std::function<void()> modifiedChanged;
    std::function<void()> positionChanged;
};

/// One text with its view and its history.
class EditorDocument
{
public:
    EditorDocument() = default;
    virtual ~EditorDocument() = default;
    Q_DISABLE_COPY_MOVE(EditorDocument)

    /// Owned by the document.
    [[nodiscard]] virtual QWidget *widget() = 0;
    [[nodiscard]] virtual QString text() const = 0;
    /// One step of the history; the cursor stays near its line.
    virtual void replaceText(const QString &text) = 0;
    [[nodiscard]] virtual bool isModified() const = 0;
    virtual void setModified(bool isModified) = 0;
    virtual void setReadOnly(bool isReadOnly) = 0;
    /// The file has another name now: mode and highlighting follow it.
    virtual void setFileName(const QString &name) = 0;
    [[nodiscard]] virtual EditorPosition position() const = 0;
    virtual void setPosition(EditorPosition position) = 0;
    [[nodiscard]] virtual EditorFacts facts() const = 0;
    virtual void setProblems(const std::vector<EditorProblem> &problems) = 0;
    virtual void showFind() = 0;
    virtual void showReplace() = 0;
};

struct EditorSource
{
    QString fileName; // chooses the mode: "handler.js"
    QString text;
    EditorListener listener;
};

class EditorPlugin
{
public:
    EditorPlugin() = default;
    virtual ~EditorPlugin() = default;
    Q_DISABLE_COPY_MOVE(EditorPlugin)

    /// Once, before the first document; later calls do nothing. False: the temporary folder cannot be made.
    virtual bool start(const EditorLook &dark, const EditorLook &light) = 0;
    /// Every open document follows.
    virtual void setDark(bool isDark) = 0;
    [[nodiscard]] virtual std::unique_ptr<EditorDocument> createDocument(const EditorSource &source,
                                                                         QWidget *parent) = 0;
};

} // namespace nest::widgets

Q_DECLARE_INTERFACE(nest::widgets::EditorPlugin, "nest.EditorPlugin/1")
