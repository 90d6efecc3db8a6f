// Undoing a change set as one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/api/call/legacy_call.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The draft that undoes a change set, as far as it is not undone yet: every record it changed gets
/// its old values back, records it made are removed. The draft gives its edits one by one, over
/// `view`, which outlives it. Only its actor may, or an administrator. Errors, some only once the
/// draft has gone through all records: NOT_FOUND; FAILED_PRECONDITION when it was undone already,
/// is an undo, changed records that can't be undone, or when any of its fields or new records
/// changed since (all of them are listed). With `records`, only those, each a resource name;
/// NOT_FOUND for one that it did not change.
absl::StatusOr<store::Draft> UndoDraft(store::ReadView& view, int64_t change_set,
                                       const std::vector<std::string>& records,
                                       const WriteContext& context);

}  // namespace kirikae::app
