#include "service/http/same_origin.h"

#include <algorithm>
#include <string_view>

namespace kirikae::http {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool EqualWithoutCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

bool IsSameOrigin(const Request& request) {
  return std::all_of(request.headers.begin(), request.headers.end(), [&](const auto& field) {
    const std::string_view value = field.second;
    if (field.first == "sec-fetch-site") return value == "same-origin" || value == "none";
    if (field.first != "origin") return true;
    // A proxy in front may speak TLS with the browser, so only the host and port are compared.
    const size_t scheme = value.find("://");
    return scheme != std::string_view::npos &&
           EqualWithoutCase(value.substr(scheme + 3), request.authority);
  });
}

}  // namespace kirikae::http
