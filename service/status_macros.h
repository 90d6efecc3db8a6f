// Early return of errors, for functions that return absl::Status or absl::StatusOr.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define KIRIKAE_CONCAT_INNER(a, b) a##b
#define KIRIKAE_CONCAT(a, b) KIRIKAE_CONCAT_INNER(a, b)

/// Returns the status of `expr` from the calling function unless it is OK.
#define RETURN_IF_ERROR(expr)                                 \
  do {                                                        \
    if (auto kirikae_status = (expr); !kirikae_status.ok()) { \
      return kirikae_status;                                  \
    }                                                         \
  } while (false)

/// Assigns the value of `expr` (an absl::StatusOr) to `lhs`, or returns its status.
#define ASSIGN_OR_RETURN(lhs, expr) \
  ASSIGN_OR_RETURN_IMPL(KIRIKAE_CONCAT(kirikae_or_, __LINE__), lhs, expr)
#define ASSIGN_OR_RETURN_IMPL(or_value, lhs, expr) \
  auto or_value = (expr);                          \
  if (!or_value.ok()) return or_value.status();    \
  lhs = *std::move(or_value)
