// HTTP/2 on a connection.
#pragma once

#include <memory>
#include <string_view>

#include "service/http/engine.h"

namespace kirikae::http {

class Connection;

/// The first bytes of a connection of HTTP/2 (RFC 9113, 3.4).
inline constexpr std::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

std::unique_ptr<Engine> MakeHttp2Engine(Connection& connection);

}  // namespace kirikae::http
