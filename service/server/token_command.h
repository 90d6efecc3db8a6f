// `kirikaed token reset`: a way back in for who has the machine.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Makes a new token of the first administrator and writes it to DIR/admin.token, for its owner
/// only; the record says that it was made on the machine. The daemon must not run. Gives the exit
/// code.
int ResetToken(const Config& config);

}  // namespace kirikae::server
