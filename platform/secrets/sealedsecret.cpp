// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/secrets/sealedsecret.h"

#include <boost/describe/class.hpp>
#include <boost/json.hpp>

namespace nest::secrets {

BOOST_DESCRIBE_STRUCT(SealedSecret, (), (sealed, changedAt, changedBy))

std::string encode(const SealedSecret &secret)
{
    return boost::json::serialize(boost::json::value_from(secret));
}

SealedSecret decode(const std::string &text)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    if (error) {
        return {};
    }
    auto secret = boost::json::try_value_to<SealedSecret>(value);
    return secret.has_value() ? std::move(*secret) : SealedSecret{};
}

} // namespace nest::secrets
