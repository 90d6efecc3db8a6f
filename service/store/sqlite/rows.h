// Reads the rows of a query as records.
#pragma once

#include <optional>
#include <vector>

#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The first row, read by `read`; absent when there is no row.
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

/// The number in a query's only row.
inline int64_t Number(Query query) {
  query.Next();
  return query.Number(0);
}

}  // namespace kirikae::store
