// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a developer writes: groups, functions, draft files, templates. Server-written fields lie under
// `status` and are ignored in requests, as is `etag` (If-Match carries it).

#include "api/wire/common.h"

namespace nest::wire {

struct GroupStatus
{
    int deployments = 0;
    std::optional<Time> createdAt;
};
BOOST_DESCRIBE_STRUCT(GroupStatus, (), (deployments, createdAt))

struct Group
{
    std::string set = "default";
    std::string lane = "main";
    std::string region = "local";
    std::string description;
    std::string owner;             // of a lane; empty otherwise
    std::optional<Time> expiresAt; // of a lane: deleted then, with its deployments
    std::optional<std::string> etag;
    std::optional<GroupStatus> status;
};
BOOST_DESCRIBE_STRUCT(Group, (), (set, lane, region, description, owner, expiresAt, etag, status))

struct FunctionStatus
{
    std::optional<Time> createdAt;
    std::optional<Time> draftChangedAt;
    std::optional<int> latestBuild;
    std::optional<int> latestVersion;
    std::string url; // where the gateway answers for it
};
BOOST_DESCRIBE_STRUCT(FunctionStatus, (), (createdAt, draftChangedAt, latestBuild, latestVersion, url))

struct Function
{
    std::string name;
    std::string service = "default";
    std::string description;
    std::string owner;
    std::string runtime = "node20";
    std::optional<std::string> etag;
    std::optional<FunctionStatus> status;
};
BOOST_DESCRIBE_STRUCT(Function, (), (name, service, description, owner, runtime, etag, status))

BOOST_DEFINE_ENUM_CLASS(FileEncoding, Utf8, Base64)

struct FileStatus
{
    std::int64_t sizeBytes = 0;
    std::optional<Time> changedAt;
};
BOOST_DESCRIBE_STRUCT(FileStatus, (), (sizeBytes, changedAt))

/// A draft file. Lists leave `content` empty.
struct File
{
    std::string path;
    FileEncoding encoding = FileEncoding::Utf8;
    std::string content;
    std::optional<std::string> etag;
    std::optional<FileStatus> status;
};
BOOST_DESCRIBE_STRUCT(File, (), (path, encoding, content, etag, status))

/// Body of POST /v1/functions. The draft begins with the template's files or with `files`, never both;
/// without either it is empty.
struct CreateFunction
{
    std::string name;
    std::string service = "default";
    std::string description;
    std::string owner;
    std::optional<std::string> runtime; // absent: the one that the manifest among the files names
    std::optional<std::string> templateId;
    std::vector<File> files;
};
BOOST_DESCRIBE_STRUCT(CreateFunction, (), (name, service, description, owner, runtime, templateId, files))

struct Template
{
    std::string id;
    std::string title;
    std::string description;
    std::string runtime;
    std::vector<std::string> files;
    std::vector<File> contents; // empty in lists; @NAME@ stands for the function's name
};
BOOST_DESCRIBE_STRUCT(Template, (), (id, title, description, runtime, files, contents))

BOOST_DEFINE_ENUM_CLASS(EventKind, Http, CloudEvent)
BOOST_DEFINE_ENUM_CLASS(Visibility, Private, Shared)

struct TestEventStatus
{
    std::string owner;
    std::optional<Time> changedAt;
};
BOOST_DESCRIBE_STRUCT(TestEventStatus, (), (owner, changedAt))

/// A request kept with a function to try it with. A private one is seen by its owner alone.
struct TestEvent
{
    std::string name;
    EventKind kind = EventKind::Http;
    Visibility visibility = Visibility::Private;
    std::string method = "POST";
    std::string path = "/"; // with its query
    std::map<std::string, std::string> headers;
    std::string body; // of a CloudEvent: the whole event in its structured form
    std::optional<std::string> etag;
    std::optional<TestEventStatus> status;
};
BOOST_DESCRIBE_STRUCT(TestEvent, (), (name, kind, visibility, method, path, headers, body, etag, status))

/// What a PUT of a secret has. It goes one way only.
struct SecretValue
{
    std::string value;
};
BOOST_DESCRIBE_STRUCT(SecretValue, (), (value))

struct SecretStatus
{
    std::optional<Time> changedAt;
    std::string changedBy;
    std::vector<GroupName> usedBy; // groups whose deployment names it
    std::string problem;           // a sentence when its value cannot be read, else empty
};
BOOST_DESCRIBE_STRUCT(SecretStatus, (), (changedAt, changedBy, usedBy, problem))

/// A secret of a function, without its value, which nobody is told again.
struct Secret
{
    std::string name;
    std::optional<std::string> etag;
    std::optional<SecretStatus> status;
};
BOOST_DESCRIBE_STRUCT(Secret, (), (name, etag, status))

} // namespace nest::wire
