// What a caller is told whose call would be too much.
#pragma once

#include <cstddef>

#include "absl/status/status.h"

namespace kirikae::api {

/// RESOURCE_EXHAUSTED, TOO_MUCH_AT_ONCE: all callers together ask for too much.
absl::Status TooMuchAtOnce();
/// RESOURCE_EXHAUSTED, TOO_MANY_OF_ONE_CALLER: the caller has `limit` calls of this kind open.
absl::Status TooManyOfOneCaller(size_t limit);
/// RESOURCE_EXHAUSTED, UPLOADS_FULL: all uploads together hold as many bytes as they may.
absl::Status UploadsFull();
/// RESOURCE_EXHAUSTED, ANSWERS_UNREAD: the caller reads less than it asks for.
absl::Status AnswersUnread();
/// UNAVAILABLE, STOPPING: the service stops.
absl::Status Stopping();

}  // namespace kirikae::api
