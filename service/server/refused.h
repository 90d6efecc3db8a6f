// Why the daemon does not start.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "service/domain/error_detail.h"

namespace kirikae::server {

/// FAILED_PRECONDITION, START_REFUSED.
inline absl::Status Refused(domain::Sentence sentence) {
  domain::ErrorDetail detail;
  detail.reason = "START_REFUSED";
  detail.sentence = std::move(sentence);
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, detail);
}

}  // namespace kirikae::server
