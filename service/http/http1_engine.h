// HTTP/1.1 and HTTP/1.0 on a connection.
#pragma once

#include <memory>

#include "service/http/engine.h"

namespace kirikae::http {

class Connection;

/// One exchange at a time: a client that sends its next request early waits for the first answer.
std::unique_ptr<Engine> MakeHttp1Engine(Connection& connection);

}  // namespace kirikae::http
