// What an error says beside its code: carried inside an absl::Status, read at the edge.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// One fault of an input.
struct Violation {
  std::string field;  ///< path, `items[3].phase`
  Sentence sentence;
};

/// The details of an error.
struct ErrorDetail {
  std::string reason;  ///< UPPER_SNAKE
  Sentence sentence;
  std::map<std::string, std::string> metadata;
  std::vector<Violation> violations;  ///< all of them
  std::string resource;               ///< the missing record's name, `devices/TSM-00123`
};

/// A status that carries its details. `code` is not OK.
absl::Status MakeError(absl::StatusCode code, const ErrorDetail& detail);

/// The details of a status made by MakeError; nothing for another.
std::optional<ErrorDetail> DetailOf(const absl::Status& status);

}  // namespace kirikae::domain
