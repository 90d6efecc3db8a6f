// Instants as callers write them.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace kirikae::domain {

/// The earliest instant that a caller may name: 2000-01-01T00:00:00Z.
absl::Time EarliestInstant();

/// Reads RFC 3339 with a year of four digits, `2025-05-01T09:00:00+09:00`, from EarliestInstant()
/// on; nothing for anything else.
std::optional<absl::Time> ReadRfc3339(std::string_view text);

}  // namespace kirikae::domain
