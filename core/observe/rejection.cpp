// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rejection.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

QLatin1StringView rejectionName(Rejection rejection)
{
    switch (rejection) {
    case Rejection::Capacity:
        return "capacity"_L1;
    case Rejection::GroupCapacity:
        return "group_capacity"_L1;
    case Rejection::Origin:
        return "origin"_L1;
    case Rejection::Unauthorized:
        return "unauthorized"_L1;
    case Rejection::BadRequest:
        return "bad_request"_L1;
    case Rejection::TooLarge:
        return "too_large"_L1;
    case Rejection::TimedOut:
        return "timed_out"_L1;
    case Rejection::ShuttingDown:
        return "shutting_down"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace LiveTemplate
