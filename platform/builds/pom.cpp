// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/pom.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>
#include <array>
#include <format>
#include <map>

using namespace Qt::StringLiterals;

namespace nest::builds {

namespace {

constexpr std::size_t mostProblems = 20;
constexpr std::size_t mostDependencies = 500;
constexpr std::size_t longestWord = 200;
constexpr int mostNested = 10; // of a property in a property

/// An element as it was read: its own text, its children in their order.
struct Element
{
    std::string name, text;
    std::vector<Element> children;
    int line = 0;

    [[nodiscard]] const Element *child(std::string_view wanted) const
    {
        const auto found = std::ranges::find(children, wanted, &Element::name);
        return found == children.end() ? nullptr : &*found;
    }
};

class Reader final
{
public:
    explicit Reader(Pom &pom) : m_pom(pom) {}

    void read(std::string_view text);

private:
    static Element elementOf(QXmlStreamReader &xml, int depth = 0);
    void readProperties(const Element &properties);
    void readAll(const Element *list, bool isManaged, std::vector<PomDependency> &to);
    void readDependency(const Element &element, bool isManaged, std::vector<PomDependency> &to);
    void readExclusions(const Element &element, PomDependency &to);
    void checkVersion(const PomDependency &dependency);
    /// The text of a child with its properties filled in; empty without it.
    std::string word(const Element &element, std::string_view name);
    std::string filled(const std::string &text, int line);
    void problem(int line, std::string message);

    Pom &m_pom;
    std::map<std::string, std::string, std::less<>> m_properties;
};

/// What Maven allows in a name or a version, without what begins a range.
bool isWord(std::string_view text)
{
    return text.size() <= longestWord && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-' || c == '+';
           });
}

void Reader::problem(int line, std::string message)
{
    if (m_pom.problems.size() < mostProblems) {
        m_pom.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                  .path = std::string(pomPath),
                                  .line = line,
                                  .column = line > 0 ? 1 : 0,
                                  .message = std::move(message)});
    }
}

Element Reader::elementOf(QXmlStreamReader &xml, int depth)
{
    constexpr int deepest = 40;
    Element element{.name = xml.name().toString().toStdString(),
                    .text = {},
                    .children = {},
                    .line = static_cast<int>(xml.lineNumber())};
    QString text;
    if (depth > deepest) {
        xml.raiseError(u"elements lie too deep in one another"_s);
    }
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            element.children.push_back(elementOf(xml, depth + 1));
        } else if (token == QXmlStreamReader::EndElement) {
            break;
        } else if (token == QXmlStreamReader::Characters) {
            text += xml.text();
        }
    }
    element.text = text.trimmed().toStdString();
    return element;
}

void Reader::read(std::string_view text)
{
    QXmlStreamReader xml(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    Element project;
    while (!xml.atEnd() && project.name.empty()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::DTD) {
            xml.raiseError(u"a DOCTYPE has no place in it"_s);
        } else if (token == QXmlStreamReader::StartElement) {
            project = elementOf(xml);
        }
    }
    while (!xml.atEnd()) {
        xml.readNext();
    }
    if (xml.hasError()) {
        problem(static_cast<int>(xml.lineNumber()), std::format("This is no XML that can be read: {}",
                                                                xml.errorString().trimmed().toStdString()));
        return;
    }
    if (project.name != "project") {
        problem(project.line, "A pom.xml is one element 'project'");
        return;
    }
    if (const auto *parent = project.child("parent")) {
        problem(parent->line,
                "A parent is not read: import its versions instead, with a dependency of type pom "
                "and scope import in dependencyManagement");
    }
    for (const auto *name : {"repositories", "profiles", "modules"}) {
        if (const auto *section = project.child(name)) {
            problem(section->line,
                    std::format("'{}' cannot be used here: {}", name,
                                std::string_view(name) == "repositories"
                                    ? "nestd fetches from one repository, which its operator sets "
                                      "(--maven-repository)"
                                    : "write the dependencies into the project itself"));
        }
    }
    for (const auto *name : {"build", "pluginRepositories", "reporting", "distributionManagement"}) {
        if (project.child(name)) {
            m_pom.notes.push_back(std::format(
                "pom.xml: '{}' has no effect here; javac compiles the draft and no plugin runs.", name));
        }
    }
    if (const auto *properties = project.child("properties")) {
        readProperties(*properties);
    }
    if (const auto *management = project.child("dependencyManagement")) {
        readAll(management->child("dependencies"), true, m_pom.managed);
    }
    readAll(project.child("dependencies"), false, m_pom.dependencies);
}

void Reader::readProperties(const Element &properties)
{
    for (const auto &each : properties.children) {
        m_properties[each.name] = each.text;
    }
}

std::string Reader::filled(const std::string &text, int line)
{
    std::string made = text;
    for (int i = 0; i < mostNested; ++i) {
        const auto begin = made.find("${");
        const auto end = begin == std::string::npos ? begin : made.find('}', begin);
        if (end == std::string::npos) {
            return made;
        }
        const auto name = made.substr(begin + 2, end - begin - 2);
        const auto found = m_properties.find(name);
        if (found == m_properties.end()) {
            problem(line, std::format("The property '{}' is not among 'properties'", name.substr(0, 60)));
            return {};
        }
        made.replace(begin, end + 1 - begin, found->second);
        if (made.size() > longestWord) {
            break;
        }
    }
    problem(line, std::format("'{}' holds too many properties in one another", text.substr(0, 60)));
    return {};
}

std::string Reader::word(const Element &element, std::string_view name)
{
    const auto *child = element.child(name);
    if (!child) {
        return {};
    }
    const auto before = m_pom.problems.size();
    auto text = filled(child->text, child->line);
    const bool isRange = name == "version" && text.find_first_of("[](),") != std::string::npos;
    if (m_pom.problems.size() == before && !isRange && !isWord(text)) {
        problem(child->line, std::format("'{}' is no {} of Maven", text.substr(0, 60), name));
        return {};
    }
    return text;
}

void Reader::checkVersion(const PomDependency &dependency)
{
    const auto &version = dependency.version;
    if (version == "LATEST" || version == "RELEASE" || version.ends_with("-SNAPSHOT") ||
        version.find_first_of("[](),") != std::string::npos) {
        problem(dependency.line, std::format("'{}' of {}:{} is not one version: write the one that is meant, "
                                             "so that every build has the same",
                                             version.substr(0, 60), dependency.group, dependency.artifact));
    }
}

void Reader::readExclusions(const Element &element, PomDependency &to)
{
    const auto *list = element.child("exclusions");
    if (!list) {
        return;
    }
    const auto part = [&](const Element &exclusion, std::string_view name) {
        const auto *child = exclusion.child(name);
        return child && child->text == "*" ? std::string("*") : word(exclusion, name);
    };
    for (const auto &exclusion : list->children) {
        const auto group = part(exclusion, "groupId");
        const auto artifact = part(exclusion, "artifactId");
        if (group.empty() || artifact.empty()) {
            problem(exclusion.line, "An exclusion has a groupId and an artifactId; either may be *");
        } else {
            to.exclusions.emplace_back(group, artifact);
        }
    }
}

void Reader::readDependency(const Element &element, bool isManaged, std::vector<PomDependency> &to)
{
    const auto before = m_pom.problems.size();
    PomDependency read{.group = word(element, "groupId"),
                       .artifact = word(element, "artifactId"),
                       .version = word(element, "version"),
                       .classifier = word(element, "classifier"),
                       .scope = word(element, "scope"),
                       .type = word(element, "type"),
                       .isOptional = word(element, "optional") == "true",
                       .exclusions = {},
                       .line = element.line};
    readExclusions(element, read);
    if (m_pom.problems.size() != before) {
        return;
    }
    if (read.group.empty() || read.artifact.empty()) {
        problem(element.line, "A dependency has a groupId and an artifactId");
        return;
    }
    const bool isImport = isManaged && read.scope == "import" && read.type == "pom";
    constexpr std::array<std::string_view, 5> scopes{"", "compile", "runtime", "provided", "test"};
    if (!isImport && !std::ranges::contains(scopes, read.scope)) {
        problem(element.line, std::format("The scope '{}' of {}:{} cannot be used here: compile, runtime, "
                                          "provided or test{}",
                                          read.scope, read.group, read.artifact,
                                          read.scope == "system" ? "; jars of your own lie in lib/" : ""));
    } else if (!isImport && !read.type.empty() && read.type != "jar") {
        problem(element.line, std::format("The type '{}' of {}:{} cannot be used here: jar alone", read.type,
                                          read.group, read.artifact));
    } else if (read.version.empty() && isManaged) {
        problem(element.line,
                std::format("{}:{} in dependencyManagement has no version", read.group, read.artifact));
    }
    checkVersion(read);
    to.push_back(std::move(read));
}

void Reader::readAll(const Element *list, bool isManaged, std::vector<PomDependency> &to)
{
    if (!list) {
        return;
    }
    if (list->children.size() > mostDependencies) {
        problem(list->line, std::format("More than {} dependencies", mostDependencies));
        return;
    }
    for (const auto &each : list->children) {
        if (each.name == "dependency") {
            readDependency(each, isManaged, to);
        } else {
            problem(each.line, std::format("'{}' is no dependency", each.name.substr(0, 60)));
        }
    }
}

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

class Writer final
{
public:
    explicit Writer(QString &to) : m_xml(&to) {}

    void begin(const char *name) { m_xml.writeStartElement(QLatin1StringView(name)); }
    void end() { m_xml.writeEndElement(); }
    void text(const char *name, std::string_view value)
    {
        if (!value.empty()) {
            m_xml.writeTextElement(QLatin1StringView(name), fromUtf8(value));
        }
    }
    void dependencies(const std::vector<PomDependency> &list);
    void repository(const char *list, const char *element, std::string_view address,
                    std::string_view checksums);
    void copying(const char *id, std::string_view folder, const char *scope, std::string_view value);

private:
    QXmlStreamWriter m_xml;
};

void Writer::dependencies(const std::vector<PomDependency> &list)
{
    begin("dependencies");
    for (const auto &each : list) {
        begin("dependency");
        text("groupId", each.group);
        text("artifactId", each.artifact);
        text("version", each.version);
        text("type", each.type);
        text("classifier", each.classifier);
        text("scope", each.scope);
        text("optional", each.isOptional ? "true" : "");
        if (!each.exclusions.empty()) {
            begin("exclusions");
            for (const auto &[group, artifact] : each.exclusions) {
                begin("exclusion");
                text("groupId", group);
                text("artifactId", artifact);
                end();
            }
            end();
        }
        end();
    }
    end();
}

void Writer::repository(const char *list, const char *element, std::string_view address,
                        std::string_view checksums)
{
    begin(list);
    begin(element);
    text("id", "central"); // in the place of the one that Maven would add
    text("url", address);
    begin("releases");
    text("updatePolicy", "never");
    text("checksumPolicy", checksums);
    end();
    begin("snapshots");
    text("enabled", "false");
    end();
    end();
    end();
}

void Writer::copying(const char *id, std::string_view folder, const char *scope, std::string_view value)
{
    begin("execution");
    text("id", id);
    text("phase", "validate");
    begin("goals");
    text("goal", "copy-dependencies");
    end();
    begin("configuration");
    text(scope, value);
    text("outputDirectory", std::format("{}/dependency/{}", folder, id));
    end();
    end();
}

} // namespace

Pom readPom(std::string_view text)
{
    Pom pom;
    Reader(pom).read(text);
    return pom;
}

Pom pomOf(const BuildFiles &files)
{
    const auto file = std::ranges::find(files, pomPath, &BuildFile::path);
    if (file == files.end()) {
        return {};
    }
    auto pom = readPom(file->content);
    const auto own = std::ranges::find_if(
        files, [](const BuildFile &each) { return each.path.starts_with("dependency/"); });
    if (own != files.end()) {
        pom.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                .path = own->path,
                                .line = 0,
                                .column = 0,
                                .message =
                                    "the build makes the folder dependency/ from pom.xml: remove it, or "
                                    "move your own jars to lib/"});
    }
    return pom;
}

std::string pomText(const Pom &pom, std::string_view folder, std::string_view plugins,
                    std::string_view plugin, std::string_view repository)
{
    QString made;
    Writer xml(made);
    xml.begin("project");
    xml.text("modelVersion", "4.0.0");
    xml.text("groupId", "nest");
    xml.text("artifactId", "function");
    xml.text("version", "1");
    xml.text("packaging", "pom");
    if (!pom.managed.empty()) {
        xml.begin("dependencyManagement");
        xml.dependencies(pom.managed);
        xml.end();
    }
    xml.dependencies(pom.dependencies);
    xml.repository("repositories", "repository", repository, "fail");
    // The machine's own, whose packages were checked when they were installed; they have no sums beside them.
    xml.repository("pluginRepositories", "pluginRepository", std::format("file://{}", plugins), "ignore");
    xml.begin("build");
    xml.begin("plugins");
    xml.begin("plugin");
    xml.text("groupId", "org.apache.maven.plugins");
    xml.text("artifactId", "maven-dependency-plugin");
    xml.text("version", plugin);
    xml.begin("executions");
    xml.copying("runtime", folder, "includeScope", "runtime");
    xml.copying("build", folder, "excludeScope", "runtime");
    for (int open = 0; open < 5; ++open) {
        xml.end();
    }
    return made.toStdString();
}

} // namespace nest::builds
