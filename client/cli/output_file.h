// Files that commands write.
#pragma once

#include <string>

namespace kirikae::cli {

/// Writes a whole file, or to the standard output where `path` is "-". A file is written beside its
/// target and renamed, so that no half file stays. Throws FileUnwritable.
void WriteOutput(const std::string& path, const std::string& bytes);

}  // namespace kirikae::cli
