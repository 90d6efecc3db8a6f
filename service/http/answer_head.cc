#include "service/http/answer_head.h"

#include <algorithm>
#include <utility>
// Beast 1.74 needs <utility> before it.
#include <boost/beast/http/status.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "service/absl_view.h"

namespace kirikae::http {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;
constexpr int kFirstFinal = 200;

constexpr std::string_view kOfTheEngine[] = {"date",       "connection", "transfer-encoding",
                                             "keep-alive", "upgrade",    "proxy-connection"};

// RFC 9110, 5.6.2, in lower case, as HTTP/2 wants it.
bool IsName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace

bool HasNoBody(int status) {
  return status < kFirstFinal || status == kNoContent || status == kNotModified;
}

Headers Sendable(Headers headers) {
  std::erase_if(headers, [](const auto& field) {
    return !IsName(field.first) || std::find(std::begin(kOfTheEngine), std::end(kOfTheEngine),
                                             field.first) != std::end(kOfTheEngine);
  });
  for (auto& [name, value] : headers) {
    std::replace_if(
        value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; },
        ' ');
  }
  return headers;
}

std::optional<uint64_t> LengthIn(const Headers& headers) {
  uint64_t length = 0;
  const std::string_view text = HeaderValue(headers, "content-length");
  if (text.empty() || !absl::SimpleAtoi(AbslView(text), &length)) return std::nullopt;
  return length;
}

std::string PlainBody(int status) {
  return std::to_string(status) + " " + std::string(ReasonOf(status)) + "\n";
}

std::string_view ReasonOf(int status) {
  const auto reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  return {reason.data(), reason.size()};
}

}  // namespace kirikae::http
