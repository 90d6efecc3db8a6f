// How many bytes of large answers may be on their way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

#include "absl/status/status.h"

namespace kirikae::api {

/// The memory of large answers that were given to the transport and that their callers have not
/// taken yet: who asks for much and reads nothing gets no more of the service's memory.
/// Thread-safe.
class AnswerRoom {
 public:
  struct Limits {
    size_t a_caller = size_t{32} << 20U;
    size_t in_all = size_t{128} << 20U;
  };

  AnswerRoom() : AnswerRoom(Limits()) {}
  explicit AnswerRoom(const Limits& limits) : limits_(limits) {}

  /// Makes room for an answer to the caller with this token id. RESOURCE_EXHAUSTED where the
  /// caller, or all callers together, have too many bytes on their way. One answer always has room.
  absl::Status Enter(int64_t token, size_t bytes);
  /// The answer has left.
  void Leave(int64_t token, size_t bytes);

 private:
  const Limits limits_;
  std::mutex mutex_;
  std::map<int64_t, size_t> callers_;  // without those that have nothing on its way
  size_t all_ = 0;
};

}  // namespace kirikae::api
