// Reads a rollout's file.
#pragma once

#include <string>

namespace kirikae::cli {

/// The content of a file. Throws Failure when it can't be read.
std::string ReadRolloutFile(const std::string& path);

}  // namespace kirikae::cli
