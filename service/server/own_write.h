// What the daemon writes by itself.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/domain/act.h"
#include "service/store/store.h"

namespace kirikae::server {

/// The holder of the first token.
inline constexpr char kFirstHolder[] = "admin";

/// An act of the daemon itself.
store::Draft OwnDraft(domain::Act act, absl::Time now);

/// Runs a write and waits for it. Not on the writer's thread.
absl::Status WriteNow(store::Store& store, store::WriteRequest request);

}  // namespace kirikae::server
