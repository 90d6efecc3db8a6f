#include "service/connect/metadata.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "service/connect/base64.h"
#include "service/connect/errors.h"
#include "service/connect/field_list.h"

namespace kirikae::connect {
namespace {

// Each belongs to a layer above or below the call.
constexpr std::array kOthersNames = {
    "connection", "cookie",     "date",    "dnt",
    "expect",     "forwarded",  "host",    "http2-settings",
    "keep-alive", "origin",     "pragma",  "priority",
    "referer",    "te",         "trailer", "transfer-encoding",
    "upgrade",    "user-agent", "server",  "via",
};
constexpr std::array kOthersPrefixes = {
    ":",   "accept",   "access-control-", "cache-", "connect-", "content-",    "grpc-",
    "if-", "kirikae-", "proxy-",          "sec-",   "trailer-", "x-forwarded-"};

bool IsAnothers(std::string_view name) {
  return std::any_of(kOthersNames.begin(), kOthersNames.end(),
                     [&](std::string_view other) { return name == other; }) ||
         std::any_of(kOthersPrefixes.begin(), kOthersPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// What gRPC ends the process over where a name has anything else.
bool IsMetadataName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' || c == '_' || c == '.';
  });
}

// The same for a value that is not bytes.
bool IsMetadataValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// The names that the request itself says end at this connection.
std::vector<std::string> OfTheConnection(const http::Headers& headers) {
  std::vector<std::string> names;
  for (const auto& [name, value] : headers) {
    if (name != "connection") continue;
    for (const std::string& one : PartsOf(value, ',')) {
      names.push_back(absl::AsciiStrToLower(one));
    }
  }
  return names;
}

bool IsBinary(std::string_view name) { return name.ends_with("-bin"); }

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// The value in a header or in JSON.
std::string Written(std::string_view name, std::string_view value) {
  return IsBinary(name) ? ToBase64(value) : std::string(value);
}

}  // namespace

absl::StatusOr<http::Headers> RequestMetadata(const http::Headers& headers) {
  const std::vector<std::string> ending = OfTheConnection(headers);
  http::Headers metadata;
  for (const auto& [name, value] : headers) {
    if (IsAnothers(name) || !IsMetadataName(name) || !IsMetadataValue(value) ||
        std::find(ending.begin(), ending.end(), name) != ending.end()) {
      continue;
    }
    if (!IsBinary(name)) {
      metadata.emplace_back(name, value);
      continue;
    }
    // Several values may stand in one header.
    for (const std::string& one : PartsOf(value, ',')) {
      std::optional<std::string> bytes = FromBase64(one);
      if (!bytes.has_value()) return BadHeader(name);
      metadata.emplace_back(name, *std::move(bytes));
    }
  }
  return metadata;
}

void AddAnswerHeaders(const Metadata& metadata, std::string_view prefix, http::Headers& headers) {
  for (const auto& [key, value] : metadata) {
    const std::string_view name = View(key);
    if (IsAnothers(name)) continue;
    headers.emplace_back(std::string(prefix).append(name), Written(name, View(value)));
  }
}

nlohmann::ordered_json MetadataJson(const Metadata& metadata) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [key, value] : metadata) {
    const std::string_view name = View(key);
    if (!IsAnothers(name)) json[std::string(name)].push_back(Written(name, View(value)));
  }
  return json;
}

}  // namespace kirikae::connect
