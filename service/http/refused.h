// Why a port is not served.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "service/domain/error_detail.h"

namespace kirikae::http {

/// FAILED_PRECONDITION, START_REFUSED.
inline absl::Status Refused(domain::Sentence sentence) {
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, "START_REFUSED",
                           std::move(sentence));
}

}  // namespace kirikae::http
