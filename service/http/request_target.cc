#include "service/http/request_target.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "service/absl_view.h"

namespace kirikae::http {
namespace {

bool IsVisible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Cuts scheme and host off a whole URI; false when the host is none.
bool CutOrigin(std::string_view& target, Request& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(AbslView(target), AbslView(scheme))) continue;
    target.remove_prefix(scheme.size());
    const std::string_view host = target.substr(0, target.find_first_of("/?"));
    request.authority = host;
    target.remove_prefix(host.size());
    return IsAuthority(host);
  }
  return true;
}

}  // namespace

bool IsAuthority(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("-._~%!$&'()*+,;=:[]").find(c) != std::string_view::npos;
  });
}

bool TakeTarget(std::string_view target, Request& request) {
  if (!IsVisible(target) || target.find('#') != std::string_view::npos) return false;
  if (request.method == "CONNECT") return true;
  const bool is_uri = !target.starts_with('/');
  if (target == "*" && request.method == "OPTIONS") {
    request.path = target;
    return true;
  }
  if (is_uri && (target.find("://") == std::string_view::npos || !CutOrigin(target, request))) {
    return false;
  }
  const size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
  if (is_uri && request.path.empty()) request.path = "/";
  return request.path.starts_with('/');
}

}  // namespace kirikae::http
