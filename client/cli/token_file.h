// The file that holds a person's token.
#pragma once

#include <string>

namespace kirikae::cli {

/// The token in the file, without white space and a byte order mark around it. Throws Failure where
/// the file can't be read, where another account could read it, and where it holds no token; the
/// content never stands in the message.
std::string ReadTokenFile(const std::string& path);

}  // namespace kirikae::cli
