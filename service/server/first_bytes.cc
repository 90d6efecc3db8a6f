#include "service/server/first_bytes.h"

#include <algorithm>
#include <iterator>

namespace kirikae::server {
namespace {

constexpr char kTlsHandshake = '\x16';
constexpr std::string_view kHttp2Preface = "PRI ";
// The first four letters of each method.
constexpr std::string_view kMethods[] = {"GET ", "HEAD", "POST", "PUT ", "DELE",
                                         "OPTI", "PATC", "CONN", "TRAC"};

}  // namespace

Spoken SpokenBy(std::string_view first_bytes) {
  if (first_bytes.empty()) return Spoken::kUnknown;
  if (first_bytes.front() == kTlsHandshake) return Spoken::kTls;
  const std::string_view start = first_bytes.substr(0, kHttp2Preface.size());
  const bool whole = start.size() == kHttp2Preface.size();
  if (kHttp2Preface.starts_with(start)) return whole ? Spoken::kHttp2 : Spoken::kUnknown;
  if (std::any_of(std::begin(kMethods), std::end(kMethods),
                  [&](std::string_view method) { return method.starts_with(start); })) {
    return whole ? Spoken::kHttp1 : Spoken::kUnknown;
  }
  return Spoken::kOther;
}

}  // namespace kirikae::server
