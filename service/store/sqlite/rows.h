// The rows that a query gives, as records.
#pragma once

#include <optional>
#include <vector>

#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The first row as `read` reads it; nothing where there is no row.
template <typename Read>
auto One(Query& query, Read read) -> std::optional<decltype(read(query))> {
  if (!query.Next()) return std::nullopt;
  return read(query);
}

/// All rows in the query's order.
template <typename Read>
auto All(Query& query, Read read) -> std::vector<decltype(read(query))> {
  std::vector<decltype(read(query))> rows;
  while (query.Next()) rows.push_back(read(query));
  return rows;
}

/// The number that a query gives in its only row.
inline int64_t Number(Query query) {
  query.Next();
  return query.Number(0);
}

}  // namespace kirikae::store
