// Reads a text that a person wrote: a rollout's file, a profile.
#pragma once

#include <string>

namespace kirikae::cli {

/// The content of a file in UTF-8. Throws Failure when it can't be read, and NOT_UTF8 with the
/// first line that is something else.
std::string ReadTextFile(const std::string& path);

/// Whether the whole text is UTF-8.
bool IsUtf8(const std::string& text);

}  // namespace kirikae::cli
