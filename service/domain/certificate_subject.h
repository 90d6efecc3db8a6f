// The subject of a certificate as text.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::domain {

/// The subject in the form of RFC 2253 with characters as they are: `\E6\B5\85` becomes 浅, so
/// that both spellings that RFC 2253 allows compare equal. Other escapes stay.
std::string ReadableSubject(std::string_view subject);

}  // namespace kirikae::domain
