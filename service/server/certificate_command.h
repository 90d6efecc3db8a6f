// `kirikaed certificate`: a private certificate authority and a server certificate, for a ward that
// has none.
#pragma once

#include "service/server/config.h"

namespace kirikae::server {

/// Makes the authority in the folder where it is missing, and a new key and certificate for the
/// hosts. Prints what to install where. Returns the exit code: 0 done, 1 it could not.
int MakeCertificate(const Config& config);

}  // namespace kirikae::server
