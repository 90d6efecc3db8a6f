// Refuses JSON that Protocol Buffers' own reader would take, or take long for.
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::connect {

/// How deep objects and lists may be nested in each other.
inline constexpr size_t kMostJsonDepth = 64;

/// Scans the text once. OK where it is one value by RFC 8259 in well-formed UTF-8 without lone
/// surrogates, nested at most kMostJsonDepth deep, and no object of it has a key twice, nor a field
/// of `message` by both its names (`page_size`, `pageSize`); where an Any begins with its `@type`,
/// which `message`'s file knows; and where no field mask has a parenthesis. Whether it fits the
/// message otherwise is not checked. Errors: NOT_JSON, JSON_TOO_DEEP, GIVEN_TWICE,
/// JSON_DOES_NOT_FIT. Thread-safe.
absl::Status CheckJson(std::string_view json, const google::protobuf::Descriptor& message);

}  // namespace kirikae::connect
