// The policy of a rollout file: the rules for making plans.
#pragma once

#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/yaml_reader.h"

namespace kirikae::app {

/// Reads the map `policy`; an empty map gives the default policy. Faults go to the reader's list.
PolicySpec ReadPolicy(YamlReader map);

}  // namespace kirikae::app
