// Drafts of changes that the service makes by itself.
#pragma once

#include <algorithm>

#include "absl/time/time.h"
#include "service/app/ward.h"
#include "service/domain/act.h"
#include "service/store/store.h"

namespace kirikae::app {

/// An empty draft of an act of the service itself, recorded now. What happened at `effective`
/// happened no later than that.
inline store::Draft OwnDraft(const Ward& ward, domain::Act act, absl::Time effective) {
  store::Draft draft;
  draft.actor = "kirikaed";
  draft.role = "SYSTEM";
  draft.act = act;
  draft.recorded_time = ward.now();
  draft.effective_time = std::min(effective, draft.recorded_time);
  return draft;
}

}  // namespace kirikae::app
