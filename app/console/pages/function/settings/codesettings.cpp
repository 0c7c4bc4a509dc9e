// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/codesettings.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/table/cells.h"
#include "widgets/theme/controls.h"

#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 190;
constexpr int valueWidth = 260;

Label *value(const QString &id)
{
    auto *label = new Label(widgets::unknownText(), TextStyle::Body, Ink::Secondary);
    label->setObjectName(id);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setMinimumWidth(valueWidth);
    return label;
}

QString figure(std::optional<int> number, const QString &unit)
{
    return number ? QLocale().toString(*number) + u' ' + unit : widgets::unknownText();
}

QString lines(const std::optional<wire::Network> &network)
{
    if (!network) {
        return CodeSettings::tr("none");
    }
    QStringList texts;
    if (network->egress == wire::Egress::Open) {
        texts.append(CodeSettings::tr("open, but not to this machine"));
    }
    for (const auto &grant : network->grants) {
        texts.append(toText(grant.name) + u' ' + toText(addressOf(grant)));
    }
    return texts.join(u'\n');
}

QString lines(const wire::Environment &environment)
{
    QStringList texts;
    for (const auto &[name, text] : environment) {
        texts.append(toText(name) + u'=' + toText(text).left(60));
    }
    return texts.isEmpty() ? CodeSettings::tr("none") : texts.join(u'\n');
}
} // namespace

ManifestFigures readManifest(const std::string &text)
{
    static const QRegularExpression scalar(u"^(\\w+):\\s*([0-9]+)\\s*(#.*)?$"_s);
    static const QRegularExpression entry(u"^\\s+([A-Za-z_][A-Za-z0-9_]*):\\s*(.*?)\\s*$"_s);
    ManifestFigures figures;
    bool isInEnvironment = false;
    bool isInNetwork = false;
    for (const QString &each : toText(text).split(u'\n')) {
        const QString row = each.endsWith(u'\r') ? each.chopped(1) : each;
        const bool isBlank = row.trimmed().isEmpty() || row.trimmed().startsWith(u'#');
        isInNetwork = row.startsWith("network:"_L1) || (isInNetwork && (isBlank || row.at(0).isSpace()));
        const QString said = row.startsWith("network:"_L1) ? row.sliced(8).trimmed() : row.trimmed();
        if (isInNetwork && !isBlank && !said.isEmpty()) {
            figures.network.append(said);
        }
        if (const auto found = scalar.match(row); found.hasMatch()) {
            isInEnvironment = false;
            const int number = found.captured(2).toInt();
            if (found.captured(1) == "memory"_L1) {
                figures.memoryMegabytes = number;
            } else if (found.captured(1) == "timeout"_L1) {
                figures.timeoutSeconds = number;
            }
        } else if (row.startsWith("environment:"_L1)) {
            isInEnvironment = true;
        } else if (const auto in = entry.match(row); isInEnvironment && in.hasMatch()) {
            QString word = in.captured(2);
            if (word.size() >= 2 && (word.front() == u'"' || word.front() == u'\'') &&
                word.back() == word.front()) {
                word = word.sliced(1, word.size() - 2);
            }
            figures.environment[in.captured(1).toStdString()] = word.toStdString();
        } else if (!isBlank) {
            isInEnvironment = false;
        }
    }
    return figures;
}

CodeSettings::CodeSettings(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_versionHead(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_memory(value(u"version.memory"_s))
    , m_draftMemory(value(u"draft.memory"_s))
    , m_timeout(value(u"version.timeout"_s))
    , m_draftTimeout(value(u"draft.timeout"_s))
    , m_environment(value(u"version.environment"_s))
    , m_draftEnvironment(value(u"draft.environment"_s))
    , m_network(value(u"version.network"_s))
    , m_draftNetwork(value(u"draft.network"_s))
    , m_problem(new Label({}, TextStyle::Caption, Ink::Bad))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(widgets::space::panel);
    grid->setVerticalSpacing(widgets::space::control);
    grid->setColumnMinimumWidth(0, nameWidth);
    grid->setColumnStretch(3, 1);
    grid->addWidget(m_versionHead, 0, 1);
    grid->addWidget(new Label(tr("Draft"), TextStyle::Caption, Ink::Dim), 0, 2);
    const auto row = [&](const QString &name, Label *version, Label *draft) {
        const int at = grid->rowCount();
        grid->addWidget(new Label(name, TextStyle::Body, Ink::Secondary), at, 0, Qt::AlignTop);
        grid->addWidget(version, at, 1, Qt::AlignTop);
        grid->addWidget(draft, at, 2, Qt::AlignTop);
    };
    row(tr("Memory"), m_memory, m_draftMemory);
    row(tr("Time limit"), m_timeout, m_draftTimeout);
    row(tr("Default environment"), m_environment, m_draftEnvironment);
    row(tr("Default network"), m_network, m_draftNetwork);
    auto *change = new QPushButton(tr("Change in function.yaml"));
    change->setObjectName("changeInCode"_L1);
    widgets::setButtonKind(change, widgets::ButtonKind::Link);
    grid->addWidget(change, grid->rowCount(), 0, 1, 3, Qt::AlignLeft);
    grid->addWidget(m_problem, grid->rowCount(), 0, 1, 4);
    connect(change, &QPushButton::clicked, this, &CodeSettings::changeRequested);
    showVersion(nullptr, false);
}

void CodeSettings::setFunction(const QString &function)
{
    if (function != m_function) {
        m_function = function;
        showVersion(nullptr, false);
        showDraft(nullptr);
    }
}

void CodeSettings::read()
{
    if (m_function.isEmpty() || !m_session.isConnected()) {
        return;
    }
    const int generation = ++m_generation;
    m_problem->clear();
    QCoro::connect(m_session.client().versions(m_function.toStdString()), this,
                   [this, generation](Result<client::Page<wire::Version>> &&page) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!page) {
                           m_problem->setText(
                               tr("The versions could not be read: %1").arg(toText(page.error().detail)));
                           return;
                       }
                       const auto newest = std::ranges::max_element(page->items, {}, &wire::Version::number);
                       showVersion(newest == page->items.end() ? nullptr : &*newest, true);
                   });
    QCoro::connect(m_session.client().file(m_function.toStdString(), "function.yaml"), this,
                   [this, generation](Result<wire::File> &&file) {
                       if (generation == m_generation) {
                           const auto figures = file ? readManifest(file->content) : ManifestFigures();
                           showDraft(file ? &figures : nullptr);
                       }
                   });
}

void CodeSettings::showVersion(const wire::Version *version, bool isKnown)
{
    m_versionHead->setText(version != nullptr ? tr("v%1, the newest version").arg(version->number)
                           : isKnown          ? tr("No version yet")
                                              : tr("Newest version"));
    const auto number = [&](int wire::Version::*member) {
        return version != nullptr ? std::optional(version->*member) : std::nullopt;
    };
    m_memory->setText(figure(number(&wire::Version::memoryMegabytes), u"MB"_s));
    m_timeout->setText(figure(number(&wire::Version::timeoutSeconds), u"s"_s));
    m_environment->setText(version != nullptr ? lines(version->environment) : widgets::unknownText());
    m_network->setText(version != nullptr ? lines(version->network) : widgets::unknownText());
}

void CodeSettings::showDraft(const ManifestFigures *draft)
{
    m_draftMemory->setText(draft != nullptr ? figure(draft->memoryMegabytes, u"MB"_s)
                                            : widgets::unknownText());
    m_draftTimeout->setText(draft != nullptr ? figure(draft->timeoutSeconds, u"s"_s)
                                             : widgets::unknownText());
    m_draftEnvironment->setText(draft != nullptr ? lines(draft->environment) : widgets::unknownText());
    m_draftNetwork->setText(draft == nullptr           ? widgets::unknownText()
                            : draft->network.isEmpty() ? tr("none")
                                                       : draft->network.join(u'\n'));
}

} // namespace nest::console
