// The head of an answer, the same for both versions of HTTP.
#pragma once

#include <cstdint>
#include <optional>

#include "service/http/exchange.h"

namespace kirikae::http {

/// Whether an answer of that status never has a body: 1xx, 204, 304.
bool HasNoBody(int status);

/// The fields that a handler may send: without those that the engine writes (`date`, `connection`,
/// `transfer-encoding` and their like), and without line breaks and NUL in values, which would let
/// a value write fields of its own. A name that is not one loses its field.
Headers Sendable(Headers headers);

/// The `content-length` among the fields; nothing without a valid one.
std::optional<uint64_t> LengthIn(const Headers& headers);

/// A plain answer of the engine itself, such as `400 Bad Request`.
std::string PlainBody(int status);

/// `Bad Request`.
std::string_view ReasonOf(int status);

}  // namespace kirikae::http
