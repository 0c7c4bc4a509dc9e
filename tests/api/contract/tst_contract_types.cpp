// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The wire types and components.schemas of openapi.yaml say the same, both ways: names, fields, types, which
// are required, enumerators, and defaults where the document names one.

#include "api/wire/types.h"
#include "api/wire/walker.h"
#include "tests/api/contract/document.h"

#include <QDir>
#include <QRegularExpression>
#include <QtTest>

#include <boost/core/type_name.hpp>

#include <map>
#include <set>

using namespace nest;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

using contract::text;

/// What is sent, answered or written as a whole; what these are made of is found from them.
using Roots = boost::mp11::mp_list<
    wire::Function, wire::CreateFunction, wire::File, wire::Template, wire::Build, wire::Version,
    wire::PublishVersion, wire::TestEvent, wire::Secret, wire::SecretValue, wire::Deployment, wire::Group,
    wire::Pool, wire::Instance, wire::Decision, wire::LogPage, wire::MetricsAnswer, wire::Stats, wire::Me,
    wire::Problem, wire::ChangeEvent, wire::Heartbeat, wire::Endpoint, wire::InvokeRequest, wire::Invocation,
    wire::FloorPlan, wire::FloorRequest, wire::Capacity, wire::SimulationRequest, wire::SimulationAnswer,
    wire::List<wire::Function>, wire::List<wire::File>, wire::List<wire::Template>,
    wire::List<wire::TestEvent>, wire::List<wire::Secret>, wire::List<wire::Build>, wire::List<wire::Version>,
    wire::List<wire::Deployment>, wire::List<wire::Group>, wire::List<wire::Pool>, wire::List<wire::Instance>,
    wire::List<wire::Decision>>;

struct Field
{
    std::string type;
    bool isRequired = true;
    std::string defaultJson; // of a default-constructed struct; empty for an absent optional
};

struct Schema
{
    std::map<std::string, Field> fields;
    std::vector<std::string> enumerators;
};

using Schemas = std::map<std::string, Schema>;

template <typename T>
struct ListItem
{
    using Type = void;
};
template <typename T>
struct ListItem<wire::List<T>>
{
    using Type = T;
};

template <typename T>
std::string nameOf()
{
    if constexpr (std::is_void_v<typename ListItem<T>::Type>) {
        const auto name = boost::core::type_name<T>();
        return name.substr(name.rfind(':') + 1);
    } else {
        return nameOf<typename ListItem<T>::Type>() + "List";
    }
}

/// The type of a field in the same words as `typeIn` has for a schema.
template <typename T>
std::string typeOf()
{
    if constexpr (std::is_same_v<T, bool>) {
        return "boolean";
    } else if constexpr (std::is_integral_v<T>) {
        return sizeof(T) == 8 ? "integer int64" : "integer int32";
    } else if constexpr (std::is_floating_point_v<T>) {
        return "number double";
    } else if constexpr (std::is_same_v<T, std::string>) {
        return "string";
    } else if constexpr (std::is_same_v<T, wire::Time>) {
        return "string date-time";
    } else if constexpr (std::is_same_v<T, wire::RawJson>) {
        return "anything";
    } else if constexpr (std::is_same_v<T, wire::Environment>) {
        return "a Environment";
    } else if constexpr (wire::detail::IsOptional<T>::value) {
        return typeOf<typename T::value_type>() + " or null";
    } else if constexpr (wire::detail::IsVector<T>::value) {
        return "array of " + typeOf<typename T::value_type>();
    } else {
        return "a " + nameOf<T>();
    }
}

std::string typeIn(const json::object &schema)
{
    if (const auto reference = text(schema, "$ref"); !reference.empty()) {
        return "a " + reference.substr(reference.rfind('/') + 1);
    }
    const auto *type = schema.if_contains("type");
    if (!type) {
        return "anything";
    }
    const bool isNullable = type->is_array();
    std::string name(isNullable ? type->get_array().at(0).as_string() : type->as_string());
    if (name == "array") {
        name += " of " + typeIn(schema.at("items").as_object());
    }
    if (const auto format = text(schema, "format"); !format.empty()) {
        name += ' ' + format;
    }
    return name + (isNullable ? " or null" : "");
}

template <typename T>
void collect(Schemas &schemas)
{
    if constexpr (wire::detail::IsOptional<T>::value || wire::detail::IsVector<T>::value) {
        collect<typename T::value_type>(schemas);
    } else if constexpr (wire::detail::DescribedEnum<T>) {
        schemas[nameOf<T>()].enumerators = wire::detail::enumNames<T>();
    } else if constexpr (wire::detail::DescribedStruct<T>) {
        auto [at, isNew] = schemas.try_emplace(nameOf<T>());
        if (!isNew) {
            return;
        }
        auto &fields = at->second.fields;
        boost::mp11::mp_for_each<wire::detail::Members<T>>([&](auto member) {
            using Member = std::decay_t<decltype(T{}.*member.pointer)>;
            const T fresh{};
            Field field;
            if constexpr (wire::detail::IsOptional<Member>::value) {
                field.type = typeOf<typename Member::value_type>();
                field.isRequired = false;
            } else {
                field.type = typeOf<Member>();
                wire::detail::writeValue(field.defaultJson, fresh.*member.pointer);
            }
            fields[member.name] = std::move(field);
            collect<Member>(schemas);
        });
    }
}

Schemas wireSchemas()
{
    Schemas schemas;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Roots>>(
        [&](auto root) { collect<typename decltype(root)::type>(schemas); });
    return schemas;
}

bool isSameValue(const json::value &one, const json::value &other)
{
    return one.is_number() && other.is_number() ? one.to_number<double>() == other.to_number<double>()
                                                : one == other;
}

} // namespace

class TestContractTypes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void walksEveryDescribedType();
    void hasTheSameSchemas();
    void hasTheSameFields_data();
    void hasTheSameFields();
    void saysWhatEachSchemaIs();

private:
    json::object m_document;
    Schemas m_schemas;
};

void TestContractTypes::initTestCase()
{
    m_document = contract::readDocument();
    QVERIFY(!m_document.empty());
    m_schemas = wireSchemas();
}

void TestContractTypes::walksEveryDescribedType()
{
    static const QRegularExpression described(u"^BOOST_(?:DESCRIBE_STRUCT|DEFINE_ENUM_CLASS)\\((\\w+),"_s,
                                              QRegularExpression::MultilineOption);
    const QDir wire(QString::fromUtf8(NEST_SOURCE_DIR "/api/wire"));
    std::set<std::string> found;
    for (const auto &name : wire.entryList({u"*.h"_s}, QDir::Files)) {
        QFile header(wire.filePath(name));
        QVERIFY(header.open(QIODevice::ReadOnly));
        const auto source = QString::fromUtf8(header.readAll());
        for (auto match = described.globalMatch(source); match.hasNext();) {
            found.insert(match.next().captured(1).toStdString());
        }
    }
    QVERIFY(found.size() > 40);
    for (const auto &name : found) {
        QVERIFY2(m_schemas.contains(name),
                 (name + " is in api/wire, but nothing in Roots leads to it").c_str());
    }
}

void TestContractTypes::hasTheSameSchemas()
{
    QStringList differences;
    const auto &documented = contract::at(m_document, "#/components/schemas").as_object();
    for (const auto &[name, schema] : m_schemas) {
        if (!documented.contains(name)) {
            differences << QString::fromStdString(name) + u" is missing in openapi.yaml"_s;
        }
    }
    for (const auto &entry : documented) {
        const std::string name(entry.key());
        if (name != "Environment" && !m_schemas.contains(name)) { // a map in C++, no type of its own
            differences << QString::fromStdString(name) + u" is in openapi.yaml, but no wire type"_s;
        }
    }
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
    const auto &environment = documented.at("Environment").as_object();
    QCOMPARE(text(environment, "type"), "object");
    QCOMPARE(typeIn(environment.at("additionalProperties").as_object()), "string");
}

void TestContractTypes::hasTheSameFields_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &[name, schema] : m_schemas) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestContractTypes::hasTheSameFields()
{
    QFETCH(QString, name);
    const auto &type = m_schemas.at(name.toStdString());
    const auto &schema = contract::at(m_document, "#/components/schemas/" + name.toStdString()).as_object();
    if (!type.enumerators.empty()) {
        QCOMPARE(text(schema, "type"), "string");
        std::vector<std::string> documented;
        for (const auto &value : schema.at("enum").as_array()) {
            documented.emplace_back(value.as_string());
        }
        QCOMPARE(documented, type.enumerators);
        return;
    }
    QCOMPARE(text(schema, "type"), "object");
    std::set<std::string> required;
    if (const auto *names = schema.if_contains("required")) {
        for (const auto &field : names->as_array()) {
            required.emplace(field.as_string());
        }
    }
    const auto &properties = schema.at("properties").as_object();
    QStringList differences;
    const auto differ = [&](const std::string &field, const std::string &what) {
        differences << QString::fromStdString(field + ' ' + what);
    };
    for (const auto &[field, expected] : type.fields) {
        const auto *property = properties.if_contains(field);
        if (!property) {
            differ(field, "is missing in openapi.yaml");
            continue;
        }
        const auto documented = typeIn(property->as_object());
        if (documented != expected.type) {
            differ(field, "is " + expected.type + ", in openapi.yaml " + documented);
        }
        if (required.contains(field) != expected.isRequired) {
            differ(field,
                   expected.isRequired ? "must be required" : "is optional, but required in openapi.yaml");
        }
        const auto *fallback = property->as_object().if_contains("default");
        if (fallback &&
            (expected.defaultJson.empty() || !isSameValue(*fallback, json::parse(expected.defaultJson)))) {
            differ(field, "has the default " + expected.defaultJson + ", in openapi.yaml " +
                              json::serialize(*fallback));
        }
    }
    for (const auto &property : properties) {
        if (!type.fields.contains(property.key())) {
            differ(property.key(), "is in openapi.yaml only");
        }
    }
    for (const auto &field : required) {
        if (!type.fields.contains(field)) {
            differ(field, "is required in openapi.yaml, but no field");
        }
    }
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

void TestContractTypes::saysWhatEachSchemaIs()
{
    for (const auto &entry : contract::at(m_document, "#/components/schemas").as_object()) {
        QVERIFY2(!text(entry.value().as_object(), "description").empty(), std::string(entry.key()).c_str());
    }
}

QTEST_GUILESS_MAIN(TestContractTypes)
#include "tst_contract_types.moc"
