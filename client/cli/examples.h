// Examples of every command: the beginning of its help and of its man page.
#pragma once

#include <string>
#include <vector>

namespace kirikae::cli {

struct Example {
  std::string line;  ///< as it is typed
  std::string does;  ///< in the chosen language; "" = the line says it
};

/// Those of a command, such as `plan show`; "" is the program itself.
std::vector<Example> ExamplesOf(const std::string& command);

}  // namespace kirikae::cli
