#include "service/http/exchange.h"

namespace kirikae::http {

std::string_view HeaderValue(const Headers& headers, std::string_view name) {
  for (const auto& [field, value] : headers) {
    if (field == name) return value;
  }
  return {};
}

}  // namespace kirikae::http
