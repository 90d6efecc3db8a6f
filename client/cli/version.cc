#include "client/cli/version.h"

namespace kirikae::cli {

std::string Version() { return KIRIKAE_VERSION; }

}  // namespace kirikae::cli
