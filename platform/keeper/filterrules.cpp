// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/filterrules.h"

#include <cerrno>
#include <cstring>
#include <memory>

namespace nest::keeper {
namespace {

struct ContextRelease
{
    void operator()(void *context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, ContextRelease>;

std::unexpected<Error> filterFailure(int negativeErrno)
{
    return failure("keeper/seccomp", std::string("The system call filter could not be made: ") +
                                         std::strerror(-negativeErrno) +
                                         ". Check that libseccomp matches this kernel.");
}

} // namespace

void FilterRules::add(const char *name, int error, std::initializer_list<scmp_arg_cmp> comparisons)
{
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) {
        return;
    }
    const int result = seccomp_rule_add_array(m_context, SCMP_ACT_ERRNO(static_cast<unsigned>(error)), number,
                                              static_cast<unsigned>(comparisons.size()), comparisons.begin());
    m_worst = m_worst < 0 ? m_worst : result;
}

Result<std::string> filterProgram(const std::function<int(FilterRules &)> &addRules)
{
    const Context context(seccomp_init(SCMP_ACT_ALLOW));
    if (!context) {
        return filterFailure(-ENOMEM);
    }
    // A balanced tree instead of a list: the calls a function makes most pass in a few steps.
    seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    FilterRules rules(context.get());
    if (const int result = addRules(rules); result < 0) {
        return filterFailure(result);
    }
    std::size_t length = 0;
    if (const int result = seccomp_export_bpf_mem(context.get(), nullptr, &length); result < 0) {
        return filterFailure(result);
    }
    std::string program(length, '\0');
    if (const int result = seccomp_export_bpf_mem(context.get(), program.data(), &length); result < 0) {
        return filterFailure(result);
    }
    program.resize(length);
    return program;
}

} // namespace nest::keeper
