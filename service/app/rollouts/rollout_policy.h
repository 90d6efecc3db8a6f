// The part of a rollout file that says by what rules plans are made.
#pragma once

#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/yaml_reader.h"

namespace kirikae::app {

/// Reads the map `policy`, or the usual policy from an empty one. Faults go to the reader's list.
PolicySpec ReadPolicy(YamlReader map);

}  // namespace kirikae::app
