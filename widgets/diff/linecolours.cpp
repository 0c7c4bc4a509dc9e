// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diff/linecolours.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <optional>

namespace nest::widgets {

namespace {

using Style = KSyntaxHighlighting::Theme::TextStyle;
using Colour = LineSpan::Colour;

std::optional<Colour> colourOf(Style style)
{
    switch (style) {
    case Style::Keyword:
    case Style::ControlFlow:
    case Style::Import:
    case Style::Preprocessor:
        return Colour::Keyword;
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Char:
    case Style::SpecialChar:
        return Colour::String;
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float:
    case Style::Constant:
        return Colour::Number;
    case Style::Function:
    case Style::BuiltIn:
    case Style::Extension:
        return Colour::Function;
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
        return Colour::Comment;
    case Style::DataType:
    case Style::Attribute:
    case Style::Variable:
        return Colour::Property;
    default:
        return std::nullopt;
    }
}

/// One for all: reading the list of languages takes a tenth of a second.
KSyntaxHighlighting::Repository &repository()
{
    static KSyntaxHighlighting::Repository languages;
    return languages;
}

} // namespace

class LineColours::Highlighter final : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    std::vector<LineSpan> run(const QString &line)
    {
        m_spans.clear();
        m_state = highlightLine(line, m_state);
        return std::move(m_spans);
    }
    void reset() { m_state = KSyntaxHighlighting::State(); }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        const auto colour = colourOf(format.textStyle());
        if (length > 0 && colour) {
            m_spans.push_back({offset, length, *colour});
        }
    }

private:
    KSyntaxHighlighting::State m_state;
    std::vector<LineSpan> m_spans;
};

const QColor &syntaxColour(const Theme &theme, LineSpan::Colour colour)
{
    switch (colour) {
    case Colour::Keyword:
        return theme.syntax.keyword;
    case Colour::String:
        return theme.syntax.string;
    case Colour::Number:
        return theme.syntax.number;
    case Colour::Function:
        return theme.syntax.function;
    case Colour::Comment:
        return theme.syntax.comment;
    case Colour::Property:
        return theme.syntax.property;
    }
    return theme.text.primary;
}

LineColours::LineColours() : m_highlighter(std::make_unique<Highlighter>()) {}

LineColours::~LineColours() = default;

void LineColours::setFile(const QString &path)
{
    m_highlighter->setDefinition(repository().definitionForFileName(path));
    m_highlighter->reset();
}

bool LineColours::isPlain() const
{
    return !m_highlighter->definition().isValid();
}

void LineColours::beginRun()
{
    m_highlighter->reset();
}

std::vector<LineSpan> LineColours::next(const QString &line)
{
    return isPlain() ? std::vector<LineSpan>() : m_highlighter->run(line);
}

} // namespace nest::widgets
