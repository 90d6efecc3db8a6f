// Where in a YAML text a path stands.
#pragma once

#include <string>

namespace kirikae::cli {

/// The line, from 1, of `phases[1].gate.success_rate`; of a path that is not there, the line of the
/// nearest part before it that is. 0 for a text that is no YAML.
int LineOf(const std::string& yaml, const std::string& path);

}  // namespace kirikae::cli
