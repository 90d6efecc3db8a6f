// Why the daemon does not start.
#pragma once

#include "service/http/refused.h"

namespace kirikae::server {

using http::Refused;

}  // namespace kirikae::server
