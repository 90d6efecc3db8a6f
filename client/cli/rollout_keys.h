// Every key of a rollout file, documented.
#pragma once

#include <string>
#include <vector>

namespace kirikae::cli {

struct RolloutKey {
  std::string path;     ///< `phases.gate.success_rate`; lists stand without their brackets
  std::string form;     ///< type and unit, in the chosen language
  std::string usual;    ///< what holds without it, in the chosen language; "" = it is needed
  std::string example;  ///< a value in YAML
  std::string does;     ///< what it does, in the chosen language
};

/// All keys, in the order of a file; a key that holds others stands before them.
std::vector<RolloutKey> RolloutKeys();

}  // namespace kirikae::cli
