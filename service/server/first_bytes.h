// What a client speaks, by the first bytes that it sends.
#pragma once

#include <string_view>

namespace kirikae::server {

enum class Spoken {
  kUnknown,  ///< too few bytes to tell
  kHttp2,    ///< the preface of HTTP/2, as gRPC's clients send it
  kHttp1,    ///< a request of HTTP/1
  kTls,      ///< the hello of a TLS client
  kOther,
};

/// What begins with these bytes. Four are enough to tell.
Spoken SpokenBy(std::string_view first_bytes);

}  // namespace kirikae::server
