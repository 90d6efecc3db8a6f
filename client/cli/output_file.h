// Writes the files of commands.
#pragma once

#include <string>

namespace kirikae::cli {

/// Writes a whole file, or writes to standard output when `path` is "-". The file is first written
/// under another name and then renamed, so that no incomplete file stays. Throws FileUnwritable.
void WriteOutput(const std::string& path, const std::string& bytes);

}  // namespace kirikae::cli
