#include "service/api/call/answer_room.h"

#include "service/api/call/limits.h"

namespace kirikae::api {

absl::Status AnswerRoom::Enter(int64_t token, size_t bytes) {
  const std::lock_guard lock(mutex_);
  const auto own = callers_.find(token);
  const size_t has = own == callers_.end() ? 0 : own->second;
  if (has > 0 && has + bytes > limits_.a_caller) return AnswersUnread();
  if (all_ > 0 && all_ + bytes > limits_.in_all) return TooMuchAtOnce();
  callers_[token] += bytes;
  all_ += bytes;
  return absl::OkStatus();
}

void AnswerRoom::Leave(int64_t token, size_t bytes) {
  const std::lock_guard lock(mutex_);
  all_ -= bytes;
  const auto own = callers_.find(token);
  own->second -= bytes;
  if (own->second == 0) callers_.erase(own);
}

}  // namespace kirikae::api
