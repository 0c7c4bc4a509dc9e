// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/templatewords.h"

#include "app/console/look.h"

#include <QCoreApplication>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

/// "HTTP API" of "HTTP API (Node.js)": the language is said by the form.
QString plainTitle(const std::string &title)
{
    const QString text = toText(title);
    const qsizetype bracket = text.indexOf(u" ("_s);
    return bracket < 0 ? text : text.left(bracket);
}

struct Templates
{
    Q_DECLARE_TR_FUNCTIONS(Templates)
};

} // namespace

QString familyOf(const wire::Template &each)
{
    return toText(each.id.substr(0, each.id.rfind('-')));
}

QString descriptionOf(const wire::Template &each)
{
    const QString family = familyOf(each);
    if (family == u"empty"_s) {
        return Templates::tr("A handler that answers nothing yet.");
    }
    if (family == u"http-api"_s) {
        return Templates::tr("Answers JSON with a greeting, the path and the query; comes with tests.");
    }
    if (family == u"server-rendering"_s) {
        return Templates::tr(
            "Renders an HTML page on the server and streams it, the frame before the data; comes with "
            "tests.");
    }
    if (family == u"scheduled-job"_s) {
        return Templates::tr(
            "Takes the event of a schedule and reports on the day before it; comes with tests.");
    }
    if (family == u"queue-consumer"_s) {
        return Templates::tr(
            "Takes messages of a queue as CloudEvents, each once, and lays bad ones aside; comes with "
            "tests.");
    }
    if (family == u"data-processing"_s) {
        return Templates::tr("Sums up rows of CSV or JSON by a column; comes with tests.");
    }
    return toText(each.description);
}

QString titleOf(const wire::Template &each)
{
    const QString family = familyOf(each);
    return family == u"empty"_s              ? Templates::tr("Empty")
           : family == u"http-api"_s         ? Templates::tr("HTTP API")
           : family == u"server-rendering"_s ? Templates::tr("Web page")
           : family == u"scheduled-job"_s    ? Templates::tr("Scheduled job")
           : family == u"queue-consumer"_s   ? Templates::tr("Queue consumer")
           : family == u"data-processing"_s  ? Templates::tr("Data processing")
                                             : plainTitle(each.title);
}

QString iconOf(const wire::Template &each)
{
    const std::string &id = each.id;
    return id.starts_with("http")        ? u"http"_s
           : id.starts_with("empty")     ? u"file"_s
           : id.starts_with("scheduled") ? u"cron"_s
           : id.starts_with("queue")     ? u"queue"_s
                                         : u"code"_s;
}

} // namespace nest::console
