// What a write changes of a record, as its history keeps it.
#pragma once

#include <cstdint>
#include <string>

#include "service/store/history/record_fields.h"

namespace kirikae::store {

/// Adds to `packed` each field that differs between a record as stored, `before`, and as it shall
/// be, `now`, and gives the number of changes. A null `before` means that the record is new: its
/// history then begins with the field `exists` becoming `true`. Both have the same fields in the
/// same order, as FieldsOf gives them.
int64_t PackDifferences(const Fields* before, const Fields& now, std::string& packed);

/// Adds to `packed` the end of a record: each field that is not empty becomes empty, then `exists`.
/// Gives the number of changes.
int64_t PackEnd(const Fields& before, std::string& packed);

}  // namespace kirikae::store
