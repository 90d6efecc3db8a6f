#include "service/domain/errors.h"

#include <utility>

namespace kirikae::domain {
namespace {

using absl::StatusCode;

}  // namespace

absl::Status InvalidRequest(std::vector<Violation> violations, Metadata metadata) {
  const std::string count = std::to_string(violations.size());
  metadata.emplace("count", count);
  return MakeError(
      StatusCode::kInvalidArgument,
      {.reason = "INVALID_REQUEST",
       .sentence = Sentence("The request has $0 fault(s); each is listed with its field.", {count}),
       .metadata = std::move(metadata),
       .violations = std::move(violations),
       .resource = {}});
}

absl::Status InvalidField(std::string_view field, Sentence sentence, Metadata metadata) {
  metadata.emplace("field", field);
  return MakeError(StatusCode::kInvalidArgument, {.reason = "INVALID_REQUEST",
                                                  .sentence = sentence,
                                                  .metadata = std::move(metadata),
                                                  .violations = {{std::string(field), sentence}},
                                                  .resource = {}});
}

absl::Status BadPageToken() {
  return InvalidField("page_token",
                      Sentence("The page token is not of this query. Start again without one."));
}

absl::Status EtagMismatch(std::string_view record, std::string_view current) {
  return MakeError(
      StatusCode::kAborted, "ETAG_MISMATCH",
      Sentence("$0 has changed since it was read. Read it again.", {std::string(record)}),
      {{"record", std::string(record)}, {"etag", std::string(current)}});
}

absl::Status CountDiffers(int expected, int matched) {
  const std::string wanted = std::to_string(expected);
  const std::string found = std::to_string(matched);
  return MakeError(StatusCode::kAborted, "COUNT_DIFFERS",
                   Sentence("$1 devices match, not $0. Look at the list again.", {wanted, found}),
                   {{"expected", wanted}, {"matched", found}});
}

}  // namespace kirikae::domain
