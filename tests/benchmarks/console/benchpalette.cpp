// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long the UI thread is held by the palette on a platform with 50,000 functions, each deployed once: from
// Ctrl+K to its list, and for each letter that is typed. Prints lines `name value` in milliseconds, medians.
#include "app/console/palette/palettecontent.h"
#include "tests/models/sessionbench.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/palette.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace nest;
using namespace Qt::StringLiterals;

namespace {

constexpr int functions = 50'000;

double median(std::vector<double> times)
{
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication app(argc, argv);
    const int runs = argc > 1 ? std::atoi(argv[1]) : 9;
    const widgets::ThemeController theme(*widgets::loadTokens(), widgets::ThemeController::Choice::Dark);
    tests::SessionBench bench;
    QList<QByteArray> items;
    QList<QByteArray> deployments;
    for (int i = 0; i < functions; ++i) {
        const std::string name = "function-" + std::to_string(i);
        items.append(QByteArray::fromStdString(tests::functionJson(name)));
        deployments.append(QByteArray::fromStdString(wire::write(tests::deploymentOf(name))));
    }
    bench.platform.setList("/v1/functions", items, 500);
    bench.platform.setList("/v1/deployments", deployments, 500);
    bench.session->start();
    const bool isThere = QTest::qWaitFor(
        [&] {
            return bench.session->functions().size() == functions &&
                   bench.session->deployments().size() == functions;
        },
        120'000);
    if (!isThere) {
        std::fputs("the functions were not listed\n", stderr);
        return 1;
    }
    QWidget window;
    window.resize(1440, 900);
    window.show();
    widgets::ActionRegistry actions(&window);
    std::vector<double> opened;
    std::vector<double> typed;
    for (int run = 0; run < runs; ++run) {
        QElapsedTimer clock;
        clock.start();
        auto *palette = new widgets::Palette(console::paletteContent(*bench.session, actions, {}), &window);
        palette->openWith({});
        opened.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        auto *field = palette->findChild<QLineEdit *>(u"paletteField"_s);
        for (const QChar letter : u"fun49"_s) {
            clock.restart();
            QTest::keyClick(field, letter.toLatin1());
            typed.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        palette->finish();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    std::printf("opened %.1f\ntyped %.1f\nworst %.1f\n", median(opened), median(typed),
                *std::ranges::max_element(typed));
    return 0;
}
