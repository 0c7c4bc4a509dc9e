// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// openapi.yaml against the golden lists of routes and problem types, and against its own rules: nothing
// public appears or vanishes unseen, and no operation forgets what others of its kind say.

#include "tests/api/contract/document.h"

#include <QRegularExpression>
#include <QtTest>

#include <set>
#include <vector>

using namespace nest;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

using contract::resolved;
using contract::text;

struct Operation
{
    std::string route; // "GET /v1/…"
    std::string path;
    std::string method;
    const json::object *object = nullptr;
    std::vector<const json::object *> parameters;

    [[nodiscard]] bool hasParameter(std::string_view where, std::string_view name) const
    {
        return std::ranges::any_of(parameters, [&](const json::object *parameter) {
            return text(*parameter, "in") == where && text(*parameter, "name") == name;
        });
    }
};

QStringList goldenLines(const char *name)
{
    QFile file(QString::fromUtf8(NEST_SOURCE_DIR "/tests/api/contract/") + QString::fromUtf8(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("%s: %s", qUtf8Printable(file.fileName()), qUtf8Printable(file.errorString()));
    }
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

void collectReferences(const json::value &value, std::set<std::string> &references)
{
    if (value.is_object()) {
        for (const auto &entry : value.get_object()) {
            if (entry.key() == "$ref" && entry.value().is_string()) {
                references.emplace(entry.value().get_string());
            }
            collectReferences(entry.value(), references);
        }
    } else if (value.is_array()) {
        for (const auto &item : value.get_array()) {
            collectReferences(item, references);
        }
    }
}

} // namespace

class TestContractDocument final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void hasTheGoldenRoutes();
    void hasTheGoldenProblemTypes();
    void describesEachOperation_data();
    void describesEachOperation();
    void answersWithKnownProblems_data();
    void answersWithKnownProblems();
    void asksForAPreconditionInEachWrite();
    void tellsWhereTheWatchGoesOnFromEachList();
    void usesEachProblemType();
    void usesEachComponent();

private:
    [[nodiscard]] const json::object &problemType(const std::string &type) const;
    void operationRows() const;
    const Operation &operation(const QString &route) const;

    json::object m_document;
    std::vector<Operation> m_operations;
};

void TestContractDocument::initTestCase()
{
    m_document = contract::readDocument();
    QVERIFY(!m_document.empty());
    QCOMPARE(text(m_document, "openapi"), "3.1.0");
    for (const auto &path : m_document.at("paths").as_object()) {
        const auto &item = path.value().as_object();
        const auto addParameters = [&](const json::object &from, Operation &to) {
            if (const auto *parameters = from.if_contains("parameters")) {
                for (const auto &parameter : parameters->as_array()) {
                    to.parameters.push_back(&resolved(m_document, parameter));
                }
            }
        };
        for (const auto &entry : item) {
            if (entry.key() == "parameters") {
                continue;
            }
            Operation operation;
            operation.method = QString::fromStdString(std::string(entry.key())).toUpper().toStdString();
            operation.path = path.key();
            operation.route = operation.method + ' ' + operation.path;
            operation.object = &entry.value().as_object();
            addParameters(item, operation);
            addParameters(*operation.object, operation);
            m_operations.push_back(std::move(operation));
        }
    }
    std::ranges::sort(m_operations, {}, &Operation::route);
}

const json::object &TestContractDocument::problemType(const std::string &type) const
{
    static const json::object none;
    for (const auto &entry : m_document.at("x-problem-types").as_array()) {
        if (text(entry.as_object(), "type") == type) {
            return entry.as_object();
        }
    }
    return none;
}

void TestContractDocument::operationRows() const
{
    QTest::addColumn<QString>("route");
    for (const auto &operation : m_operations) {
        QTest::newRow(operation.route.c_str()) << QString::fromStdString(operation.route);
    }
}

const Operation &TestContractDocument::operation(const QString &route) const
{
    return *std::ranges::find(m_operations, route.toStdString(), &Operation::route);
}

void TestContractDocument::hasTheGoldenRoutes()
{
    QStringList routes;
    for (const auto &operation : m_operations) {
        routes << QString::fromStdString(operation.route);
    }
    QCOMPARE(routes, goldenLines("routes.txt"));
}

void TestContractDocument::hasTheGoldenProblemTypes()
{
    QStringList types;
    for (const auto &entry : m_document.at("x-problem-types").as_array()) {
        const auto &type = entry.as_object();
        QVERIFY2(!text(type, "description").empty(), text(type, "type").c_str());
        types << u"%1 %2 %3"_s.arg(QString::fromStdString(text(type, "type")))
                     .arg(type.at("status").as_int64())
                     .arg(QString::fromStdString(text(type, "title")));
    }
    QCOMPARE(types, goldenLines("problems.txt"));
    QVERIFY(std::ranges::is_sorted(types));
}

void TestContractDocument::describesEachOperation_data()
{
    operationRows();
}

void TestContractDocument::describesEachOperation()
{
    QFETCH(QString, route);
    const auto &described = operation(route);
    const auto &object = *described.object;
    const auto id = text(object, "operationId");
    QVERIFY(!id.empty());
    QCOMPARE(std::ranges::count(m_operations, id,
                                [](const auto &each) { return text(*each.object, "operationId"); }),
             1);
    QVERIFY(!text(object, "summary").empty());

    const auto &tags = object.at("tags").as_array();
    QCOMPARE(tags.size(), 1U);
    QVERIFY(std::ranges::any_of(m_document.at("tags").as_array(), [&](const json::value &tag) {
        return tag.as_object().at("name") == tags.at(0);
    }));

    static const QRegularExpression placeholder(u"\\{(\\w+)\\}"_s);
    std::size_t placeholders = 0;
    for (auto match = placeholder.globalMatch(route); match.hasNext(); ++placeholders) {
        const auto name = match.next().captured(1).toStdString();
        QVERIFY2(described.hasParameter("path", name), name.c_str());
    }
    QCOMPARE(std::size_t(std::ranges::count_if(described.parameters,
                                               [](const auto *each) { return text(*each, "in") == "path"; })),
             placeholders);
    for (const auto *parameter : described.parameters) {
        QVERIFY2(!text(*parameter, "description").empty(), text(*parameter, "name").c_str());
        QVERIFY2(parameter->contains("schema"), text(*parameter, "name").c_str());
    }

    std::size_t successes = 0;
    for (const auto &entry : object.at("responses").as_object()) {
        const auto &response = resolved(m_document, entry.value());
        QVERIFY2(!text(response, "description").empty(), std::string(entry.key()).c_str());
        if (entry.key().starts_with('2')) {
            ++successes;
            QCOMPARE(response.contains("content"), entry.key() != "204");
        }
    }
    QVERIFY(successes > 0);
    QVERIFY(object.at("responses").as_object().contains("401"));
    QVERIFY(object.at("responses").as_object().contains("403"));
    QVERIFY(object.at("responses").as_object().contains("503"));
}

void TestContractDocument::answersWithKnownProblems_data()
{
    operationRows();
}

void TestContractDocument::answersWithKnownProblems()
{
    QFETCH(QString, route);
    for (const auto &entry : operation(route).object->at("responses").as_object()) {
        if (entry.key().starts_with('2')) {
            continue;
        }
        const std::string status(entry.key());
        const auto &response = resolved(m_document, entry.value());
        const auto &body = response.at("content").as_object().at("application/problem+json").as_object();
        QCOMPARE(text(body.at("schema").as_object(), "$ref"), "#/components/schemas/Problem");
        const auto &types = response.at("x-problem-types").as_array();
        QVERIFY2(!types.empty(), status.c_str());
        for (const auto &type : types) {
            const auto &known = problemType(std::string(type.as_string()));
            QVERIFY2(!known.empty(), std::string(type.as_string()).c_str());
            QCOMPARE(std::to_string(known.at("status").as_int64()), status);
        }
    }
}

void TestContractDocument::asksForAPreconditionInEachWrite()
{
    for (const auto &operation : m_operations) {
        if (operation.method != "PUT" && operation.method != "DELETE") {
            continue;
        }
        const auto &responses = operation.object->at("responses").as_object();
        QVERIFY2(operation.hasParameter("header", "If-Match"), operation.route.c_str());
        QVERIFY2(responses.contains("412") && responses.contains("428"), operation.route.c_str());
        QVERIFY2(operation.hasParameter("header", "If-None-Match") == responses.contains("201"),
                 operation.route.c_str());
        QVERIFY2(operation.method == "PUT" || responses.contains("204"), operation.route.c_str());
    }
}

void TestContractDocument::tellsWhereTheWatchGoesOnFromEachList()
{
    int lists = 0;
    for (const auto &operation : m_operations) {
        const auto &responses = operation.object->at("responses").as_object();
        if (!text(*operation.object, "operationId").starts_with("list")) {
            continue;
        }
        ++lists;
        const auto &page = responses.at("200").as_object();
        QVERIFY2(page.at("headers").as_object().contains("nest-watch-id"), operation.route.c_str());
        const auto &body = page.at("content").as_object().at("application/json").as_object();
        QVERIFY2(text(body.at("schema").as_object(), "$ref").ends_with("List"), operation.route.c_str());
        QVERIFY2(operation.hasParameter("query", "limit"), operation.route.c_str());
        QVERIFY2(operation.hasParameter("query", "cursor"), operation.route.c_str());
    }
    QCOMPARE(lists, 14);
}

void TestContractDocument::usesEachProblemType()
{
    std::set<std::string> used{
        "control/method-not-allowed"}; // no operation's own: the address has another method
    for (const auto &operation : m_operations) {
        for (const auto &entry : operation.object->at("responses").as_object()) {
            if (const auto *types = resolved(m_document, entry.value()).if_contains("x-problem-types")) {
                for (const auto &type : types->as_array()) {
                    used.emplace(type.as_string());
                }
            }
        }
    }
    for (const auto &type : m_document.at("x-problem-types").as_array()) {
        QVERIFY2(used.contains(text(type.as_object(), "type")), text(type.as_object(), "type").c_str());
    }
}

void TestContractDocument::usesEachComponent()
{
    // Data of events and files, which no operation's schema names.
    std::set<std::string> used{"#/components/schemas/ChangeEvent", "#/components/schemas/Heartbeat",
                               "#/components/schemas/Stats", "#/components/schemas/Endpoint"};
    collectReferences(m_document, used);
    for (const auto &kind : m_document.at("components").as_object()) {
        if (kind.key() == "securitySchemes") {
            continue;
        }
        for (const auto &entry : kind.value().as_object()) {
            const auto reference = "#/components/" + std::string(kind.key()) + '/' + std::string(entry.key());
            QVERIFY2(used.contains(reference), reference.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestContractDocument)
#include "tst_contract_document.moc"
