// Turns SQLite's exceptions into statuses.
#pragma once

#include <type_traits>

#include "absl/status/statusor.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The result of `body`, or the status of the exception that it threw.
template <typename Body>
absl::StatusOr<std::invoke_result_t<Body>> Guarded(Body&& body) {
  try {
    return body();
  } catch (const SQLite::Exception& exception) {
    return ToStatus(exception);
  }
}

}  // namespace kirikae::store
