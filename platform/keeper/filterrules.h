// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// libseccomp, as the filters of boxes use it: all is allowed but what a rule denies.

#include "api/wire/result.h"

#include <seccomp.h>

#include <functional>
#include <initializer_list>
#include <string>

namespace nest::keeper {

class FilterRules final
{
public:
    /// context belongs to the caller.
    explicit FilterRules(void *context) : m_context(context) {}

    /// A name that this machine's kernel does not know is no call here, and left out.
    void deny(const char *name, int error) { add(name, error, {}); }
    template <typename... Comparison>
    void deny(const char *name, int error, Comparison... comparison)
    {
        add(name, error, {comparison...});
    }
    /// The first rule that could not be made, as a negative errno; 0 when all could.
    int worst() const { return m_worst; }

private:
    void add(const char *name, int error, std::initializer_list<scmp_arg_cmp> comparisons);

    void *m_context;
    int m_worst = 0;
};

/// The program in the kernel's BPF form. addRules gives FilterRules::worst().
Result<std::string> filterProgram(const std::function<int(FilterRules &)> &addRules);

} // namespace nest::keeper
