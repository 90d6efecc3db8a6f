// Whether a new ward may begin in a state directory.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace kirikae::store {

/// Who opens a directory without a database may have named the wrong one, or lost the right one. OK
/// when nothing is in the directory but what a start leaves (hidden files, logs, the lock, an audit
/// key), or when `init` says so. FAILED_PRECONDITION, DIRECTORY_NOT_EMPTY, otherwise.
absl::Status MayBegin(const std::string& directory, bool init);

}  // namespace kirikae::store
