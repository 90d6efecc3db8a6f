// What a handler gets: the call without the transport, so that tests can make one.
// The handler of a read is `absl::Status Name(const Call&, const Request&, Response*)`; of a write,
// `absl::StatusOr<store::Draft> Name(const WriteCall&, const Request&, Response*)`; of an answer in
// parts, `absl::StatusOr<Parts<Response>> Name(const Call&, const Request&)`. It checks, converts,
// calls a use case of service/app and converts back. How and on which thread it runs is decided
// where its service is put together (see run.h).
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/api/call/environment.h"
#include "service/app/act.h"
#include "service/store/store.h"

namespace kirikae::api {

/// A read. Lives as long as its handler runs.
struct Call {
  Environment& env;
  app::Caller caller;
  store::ReadView& view;  ///< one snapshot
  absl::Time now;         ///< when the call began
  /// Whether nobody waits for the answer any more: work that takes long asks it from time to time
  /// and then ends with any error. Null = somebody does. The view asks it by itself.
  store::StopWhen abandoned = nullptr;

  const app::Ward& ward() const { return env.ward; }
};

/// A write, on the writer's thread. Its handler may run twice for one call, so it may change only
/// its answer.
struct WriteCall {
  Environment& env;
  const app::WriteContext& context;
  store::ReadView& view;
  int64_t change_set;  ///< the id that the act will have if it changes anything

  const app::Ward& ward() const { return env.ward; }
};

/// What a write is prepared with, away from the writer's thread. It opens the snapshots that it
/// needs.
struct Preparation {
  Environment& env;
  store::StopWhen abandoned;  ///< as in Call
};

/// An answer in parts: fills the next part, which comes empty; false at the end. Called on one
/// thread at a time.
template <typename Response>
using Parts = std::function<absl::StatusOr<bool>(Response& part)>;

}  // namespace kirikae::api
