// Who acts, why and when: part of every write.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The caller.
struct Caller {
  std::string actor;
  domain::Role role = domain::Role::kViewer;
  int64_t token = 0;         ///< id of the caller's token; 0 = none
  bool approves = false;     ///< whether the caller may sign as an approver
  std::string session = {};  ///< hash of the session that the caller showed; "" = none
  absl::Time expire_time = absl::InfiniteFuture();  ///< of the token or, before it, the session
};

/// The caller, reason and times of a write.
struct WriteContext {
  Caller caller;
  absl::Time now;        ///< when it is recorded
  absl::Time effective;  ///< when it happened
  std::string reason;

  /// A draft with the caller, reason and times filled in.
  store::Draft NewDraft(domain::Act act) const;
};

}  // namespace kirikae::app
