// What must hold of every table that is read, whatever its bytes.
#pragma once

#include <string_view>

#include "service/tabular/table.h"

namespace kirikae::fuzz {

/// Limits small enough that a small input reaches each of them.
tabular::ReadOptions SmallLimits();

/// Reads the bytes as a table and its rows as devices, staff and enrolments, and requires what must
/// hold: texts are well-formed UTF-8, cells fit the header, cells together hold no more bytes than
/// the limit, usable rows have a key, can be kept in a preview and can be exported and read back.
void CheckTable(std::string_view bytes, const tabular::ReadOptions& options);

}  // namespace kirikae::fuzz
