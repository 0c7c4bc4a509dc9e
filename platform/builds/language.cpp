// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/language.h"

#include "platform/builds/boxscripts.h"

#include <algorithm>
#include <array>
#include <format>

namespace nest::builds {

namespace {

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

bool isNodeScript(std::string_view path)
{
    return path.ends_with(".js") || path.ends_with(".mjs") || path.ends_with(".cjs");
}

/// As `node --test` looks for them.
bool isNodeTest(std::string_view path)
{
    if (!isNodeScript(path) || path.starts_with("node_modules/") || path.contains("/node_modules/")) {
        return false;
    }
    const auto name = fileName(path.substr(0, path.rfind('.')));
    const bool isInTestFolder = path.starts_with("test/") || path.contains("/test/");
    return isInTestFolder || name == "test" || name.starts_with("test-") ||
           std::ranges::any_of(std::array{".test", "-test", "_test"},
                               [&](const char *end) { return name.ends_with(end); });
}

bool isPythonScript(std::string_view path)
{
    return path.ends_with(".py");
}

/// As box/tests.py looks for them.
bool isPythonTest(std::string_view path)
{
    if (!isPythonScript(path) || path.starts_with("site-packages/") || path.contains("/site-packages/")) {
        return false;
    }
    const auto name = fileName(path.substr(0, path.size() - 3));
    return name == "test" || name.starts_with("test_") || name.ends_with("_test");
}

bool isJavaSource(std::string_view path)
{
    return path.ends_with(".java");
}

/// As nest.build.Sources looks for them.
bool isJavaTest(std::string_view path)
{
    if (!isJavaSource(path) || path.starts_with("lib/")) {
        return false;
    }
    const auto name = fileName(path.substr(0, path.size() - 5));
    return path.starts_with("test/") || path.starts_with("src/test/") || name.ends_with("Test") ||
           name.ends_with("Tests");
}

/// What `java @FILE` reads of a program: quick to start, and within the memory of a build's box.
std::string javaArguments(std::string_view program)
{
    return std::format("-XX:TieredStopAtLevel=1\n-XX:+UseSerialGC\n-XX:-UsePerfData\n-Xmx256m\n"
                       "-Xlog:disable\n{}\n",
                       program);
}

/// Not in the file above: paths are those of the box in its environment, wherever its files lie.
std::string javaClassPath()
{
    std::string path = "/runtime/nest-build.jar:/runtime/nest-guest.jar:/runtime/nest-functions.jar:"
                       "/runtime/gson.jar";
    for (const auto *jar :
         {"junit-jupiter-api", "junit-jupiter-engine", "junit-jupiter-params", "junit-platform-commons",
          "junit-platform-engine", "junit-platform-launcher", "opentest4j", "apiguardian-api"}) {
        path += std::string(":/usr/share/java/") + jar + ".jar";
    }
    return path;
}

} // namespace

const Language &languageOf(std::string_view runtime)
{
    static const Language node{.isScript = isNodeScript,
                               .isTest = isNodeTest,
                               .endings = ".js, .mjs or .cjs",
                               .checkCommand = {"/usr/bin/node", "--experimental-vm-modules",
                                                "--disable-warning=ExperimentalWarning", "/nest/check.mjs",
                                                "/work"},
                               .testCommand = "node --test --test-reporter=tap"};
    static const Language python{.isScript = isPythonScript,
                                 .isTest = isPythonTest,
                                 .endings = ".py",
                                 .checkCommand = {"/usr/bin/python3", "-I", "-S", "/nest/check.py", "/work"},
                                 .testCommand = "python3 -S -B /nest/tests.py"};
    static const Language java{.isScript = isJavaSource,
                               .isTest = isJavaTest,
                               .endings = ".java",
                               .checkCommand = {"/usr/bin/java", "@/nest/compile.args", "/work"},
                               .testCommand = "java -Djava.io.tmpdir=/tmp @/nest/tests.args /work",
                               .runtimeFolder = "java",
                               .environment = {{"CLASSPATH", javaClassPath()}},
                               .made = "classes"};
    return runtime.starts_with("python") ? python : runtime.starts_with("java") ? java : node;
}

const BuildFiles &boxScripts()
{
    static const BuildFiles scripts{{"check.mjs", checkScript},
                                    {"check.py", pythonCheckScript},
                                    {"tests.py", pythonTestsScript},
                                    {"compile.args", javaArguments("nest.build.Compile")},
                                    {"tests.args", javaArguments("nest.build.Tests")}};
    return scripts;
}

} // namespace nest::builds
