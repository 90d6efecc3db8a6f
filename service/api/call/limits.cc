#include "service/api/call/limits.h"

#include <string>

#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

}  // namespace

absl::Status TooMuchAtOnce() {
  return domain::MakeError(absl::StatusCode::kResourceExhausted, "TOO_MUCH_AT_ONCE",
                           Sentence("Too many long jobs are running. Try again in a moment."));
}

absl::Status TooManyOfOneCaller(size_t limit) {
  return domain::MakeError(
      absl::StatusCode::kResourceExhausted, "TOO_MANY_OF_ONE_CALLER",
      Sentence("You have $0 calls of this kind open, and more are not allowed. Wait for "
               "one to end, or end it.",
               {std::to_string(limit)}),
      {{"limit", std::to_string(limit)}});
}

absl::Status UploadsFull() {
  return domain::MakeError(
      absl::StatusCode::kResourceExhausted, "UPLOADS_FULL",
      Sentence("Other files are being sent and take all the room. Try again in a minute."));
}

absl::Status AnswersUnread() {
  return domain::MakeError(
      absl::StatusCode::kResourceExhausted, "ANSWERS_UNREAD",
      Sentence("You have asked for more than you have read. Read the answers, then ask again."));
}

absl::Status Stopping() {
  return domain::MakeError(absl::StatusCode::kUnavailable, "STOPPING",
                           Sentence("The service is stopping. Try again in a moment."));
}

}  // namespace kirikae::api
