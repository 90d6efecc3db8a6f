// What an error says beside its code: carried inside an absl::Status, read at the edge.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// One fault of an input.
struct Violation {
  std::string field;  ///< path, `items[3].phase`
  Sentence sentence;
};

/// What programs read of an error besides its reason: values under snake_case keys. errors.h names
/// the keys.
using Metadata = std::map<std::string, std::string>;

/// The details of an error.
struct ErrorDetail {
  std::string reason;  ///< UPPER_SNAKE
  Sentence sentence;
  Metadata metadata;
  std::vector<Violation> violations;  ///< all of them
  std::string resource;               ///< the missing record's name, `devices/TSM-00123`
};

/// A status that carries its details, each text of the metadata, each violation's field and the
/// resource shortened like a sentence's argument (`Shortened`). `code` is not OK.
absl::Status MakeError(absl::StatusCode code, ErrorDetail detail);

/// The same for an error without violations and without a missing record.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, Sentence sentence,
                       Metadata metadata = {});

/// NOT_FOUND for the record with the name `resource`.
absl::Status MakeMissing(std::string_view reason, Sentence sentence, std::string resource,
                         Metadata metadata);

/// A list as one value of the metadata: whole names with commas between, at most 50 and as many as
/// fit; a last name "…" says that there are more.
std::string Names(const std::vector<std::string>& names);

/// The details of a status made by MakeError; nothing for another.
std::optional<ErrorDetail> DetailOf(const absl::Status& status);

}  // namespace kirikae::domain
