// The table that keeps how many placements there are by wave, phase and state, so that a mark need
// not count them.
#pragma once

#include "service/domain/records.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// Counts a placement that was written or removed: null `old` = it is new, null `now` = it is
/// removed. To be called in the transaction that changes the placement's row. Throws
/// SQLite::Exception.
void CountPlacement(Connection& connection, const domain::Placement* old,
                    const domain::Placement* now);

}  // namespace kirikae::store
