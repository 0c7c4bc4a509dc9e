// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/syntax.h"

#include "widgets/theme/theme.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <QTextBlock>
#include <QTextBlockUserData>

namespace nest::widgets {

namespace {

using Style = KSyntaxHighlighting::Theme::TextStyle;

/// The state at the end of a line, kept with its block.
class LineState final : public QTextBlockUserData
{
public:
    KSyntaxHighlighting::State state;
};

KSyntaxHighlighting::Repository &languages()
{
    static KSyntaxHighlighting::Repository repository; // an index of files, read only after this
    return repository;
}

/// An invalid colour: as the text around it.
QColor colourOf(const Theme &theme, Style style)
{
    switch (style) {
    case Style::Keyword:
    case Style::ControlFlow:
    case Style::Import:
    case Style::Preprocessor:
        return theme.syntax.keyword;
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Char:
    case Style::SpecialChar:
        return theme.syntax.string;
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float:
    case Style::Constant:
        return theme.syntax.number;
    case Style::Function:
    case Style::BuiltIn:
        return theme.syntax.function;
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
        return theme.syntax.comment;
    case Style::Attribute:
    case Style::Variable:
    case Style::DataType:
        return theme.syntax.property;
    case Style::Error:
        return theme.bad.text;
    default:
        return {};
    }
}

} // namespace

SyntaxColourer::SyntaxColourer(QTextDocument *document, const QWidget *view)
    : QSyntaxHighlighter(document), m_view(view)
{}

SyntaxColourer::~SyntaxColourer() = default;

void SyntaxColourer::setFileName(const QString &name)
{
    const auto language = languages().definitionForFileName(name);
    if (language != definition()) {
        setDefinition(language);
        rehighlight();
    }
}

void SyntaxColourer::highlightBlock(const QString &text)
{
    KSyntaxHighlighting::State state;
    const QTextBlock before = currentBlock().previous();
    if (const auto *data = before.isValid() ? static_cast<LineState *>(before.userData()) : nullptr) {
        state = data->state;
    }
    state = highlightLine(text, state);
    auto *data = static_cast<LineState *>(currentBlockUserData());
    if (data == nullptr) {
        data = new LineState;
        setCurrentBlockUserData(data);
    }
    if (data->state != state) {
        data->state = state;
        setCurrentBlockState(currentBlockState() + 1); // the next line has to be coloured again
    }
}

void SyntaxColourer::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    if (const QColor colour = colourOf(themeOf(m_view), format.textStyle()); colour.isValid()) {
        setFormat(offset, length, colour);
    }
}

} // namespace nest::widgets
