// The table of placement counts by wave, phase and state. With it, a mark need not count
// placements.
#pragma once

#include "service/domain/records.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// Counts a placement that was written or removed. Null `old`: it is new; null `now`: it is
/// removed. Call it in the transaction that changes the placement's row. Throws SQLite::Exception.
void CountPlacement(Connection& connection, const domain::Placement* old,
                    const domain::Placement* now);

}  // namespace kirikae::store
