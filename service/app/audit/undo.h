// Undoing a change set as one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The draft that undoes a change set, as far as it is not undone yet: the records that it changed
/// get their old values back, and those that it made are removed. With `records`, resource names,
/// only these are undone. The draft gives its edits record by record over `view`, which outlives
/// it. Only who made the change set may undo it, or an administrator (PERMISSION_DENIED).
///
/// Further errors, some of them only once the draft has gone through all records: NOT_FOUND for a
/// change set that there is not, or a named record that it did not change. FAILED_PRECONDITION
/// when it is undone already, is an undo itself, changed records that can't be undone, or when
/// fields were changed since: all of them are listed.
absl::StatusOr<store::Draft> UndoDraft(store::ReadView& view, int64_t change_set,
                                       const std::vector<std::string>& records,
                                       const WriteContext& context);

}  // namespace kirikae::app
