// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/texteditor.h"

#include "widgets/editor/editorlibrary.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

namespace nest::widgets {

using namespace Qt::StringLiterals;

TextEditor::TextEditor(EditorLibrary &library, const QString &fileName, const QString &text, QWidget *parent)
    : QWidget(parent), m_library(library)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    const auto &plugin = library.plugin();
    if (plugin) {
        (*plugin)->setDark(themeOf(this).isDark);
        EditorListener listener{.textChanged =
                                    [this] {
                                        ++m_revision;
                                        Q_EMIT textChanged();
                                    },
                                .modifiedChanged = [this] { Q_EMIT modifiedChanged(isModified()); },
                                .positionChanged =
                                    [this] {
                                        Q_EMIT positionChanged();
                                    }};
        m_document = (*plugin)->createDocument({fileName, taken(text), std::move(listener)}, this);
        column->addWidget(m_document->widget());
        setFocusProxy(m_document->widget());
        QWidget *keys = m_document->widget();
        while (keys->focusProxy()) {
            keys = keys->focusProxy();
        }
        keys->installEventFilter(this);
    } else {
        m_plain = new QPlainTextEdit(taken(text), this);
        m_plain->setReadOnly(true);
        m_plain->setFrameShape(QFrame::NoFrame);
        m_plain->setFont(themeOf(this).font(TextStyle::Code));
        m_plain->setLineWrapMode(QPlainTextEdit::NoWrap);
        connect(m_plain, &QPlainTextEdit::cursorPositionChanged, this, &TextEditor::positionChanged);
        column->addWidget(m_plain);
        setFocusProxy(m_plain);
    }
}

TextEditor::~TextEditor()
{
    setFocusProxy(nullptr);
    m_document.reset(); // before the callbacks' target is gone
}

/// Without what the editor would normalise, which text() puts back.
QString TextEditor::taken(const QString &text)
{
    QString rest = text;
    m_hasByteOrderMark = rest.startsWith(QChar(QChar::ByteOrderMark));
    if (m_hasByteOrderMark) {
        rest.remove(0, 1);
    }
    m_hasCarriageReturns = rest.contains("\r\n"_L1);
    return m_hasCarriageReturns ? rest.replace("\r\n"_L1, "\n"_L1) : rest;
}

QString TextEditor::text() const
{
    QString text = m_document ? m_document->text() : m_plain->toPlainText();
    if (m_hasCarriageReturns) {
        text.replace(u'\n', "\r\n"_L1);
    }
    if (m_hasByteOrderMark) {
        text.prepend(QChar(QChar::ByteOrderMark));
    }
    return text;
}

void TextEditor::replaceText(const QString &text)
{
    if (m_document) {
        m_document->replaceText(taken(text));
    } else {
        m_plain->setPlainText(taken(text));
    }
}

bool TextEditor::isModified() const
{
    return m_document && m_document->isModified();
}

void TextEditor::setModified(bool isModified)
{
    if (m_document) {
        m_document->setModified(isModified);
    }
}

void TextEditor::setReadOnly(bool isReadOnly)
{
    if (m_document) {
        m_document->setReadOnly(isReadOnly);
    }
}

void TextEditor::setFileName(const QString &fileName)
{
    if (m_document) {
        m_document->setFileName(fileName);
    }
}

EditorPosition TextEditor::position() const
{
    if (m_document) {
        return m_document->position();
    }
    const QTextCursor cursor = m_plain->textCursor();
    return {cursor.blockNumber() + 1, cursor.positionInBlock() + 1};
}

void TextEditor::setPosition(EditorPosition position)
{
    if (m_document) {
        m_document->setPosition(position);
        return;
    }
    const QTextBlock block = m_plain->document()->findBlockByNumber(std::max(position.line, 1) - 1);
    if (block.isValid()) {
        QTextCursor cursor(block);
        cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                            std::clamp(position.column - 1, 0, block.length() - 1));
        m_plain->setTextCursor(cursor);
    }
}

EditorFacts TextEditor::facts() const
{
    return m_document
               ? m_document->facts()
               : EditorFacts{.indentWidth = 0, .usesSpaces = true, .encoding = u"UTF-8"_s, .language = {}};
}

void TextEditor::setProblems(const std::vector<EditorProblem> &problems)
{
    m_problems = problems;
    if (m_document) {
        m_document->setProblems(problems);
    }
}

void TextEditor::showFind()
{
    if (m_document) {
        m_document->showFind();
    }
}

void TextEditor::showReplace()
{
    if (m_document) {
        m_document->showReplace();
    }
}

void TextEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyTheme();
    }
    QWidget::changeEvent(event);
}

/// A letter is text here, whatever single-key shortcuts the window has.
bool TextEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (auto *keys = qobject_cast<QWidget *>(watched);
        event->type() == QEvent::MouseButtonPress && keys != nullptr && !keys->hasFocus()) {
        keys->setFocus(Qt::MouseFocusReason); // a caret that is drawn takes keys
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
        if (isPlain && !key->text().isEmpty() && key->text().front().isPrint()) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TextEditor::applyTheme()
{
    if (m_document && m_library.plugin()) {
        (*m_library.plugin())->setDark(themeOf(this).isDark);
    }
}

} // namespace nest::widgets
