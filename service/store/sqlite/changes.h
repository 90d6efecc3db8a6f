// The table of changes: what each change set did to each record.
#pragma once

#include <cstdint>
#include <string>

#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// Adds the changes of one record by a change set: `fields` as packed_changes.h writes them.
/// `position` is the number of fields that the set changed before them. `subject` is the record
/// under which they are listed. Throws SQLite::Exception.
void InsertChanges(Connection& connection, int64_t change_set, int64_t position,
                   const std::string& subject, const std::string& record,
                   const std::string& fields);

}  // namespace kirikae::store
