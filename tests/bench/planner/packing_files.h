// Packings read from files, such as the published sets.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/planner/packings.h"

namespace kirikae::bench {

/// Reads every `*.txt` below `folder`: a number of sizes, the capacity, then the sizes, apart by
/// white space; this is how BPPLIB (Delorme, Iori and Martello 2018) publishes the sets of
/// Falkenauer, Scholl, Schwerin, Waescher and Hard28. One class a folder, both sorted by name.
/// `optima`, when not empty, is a file with a line a packing: its file's name without `.txt`, the
/// greatest known lower bound and the fewest bins known; where the two are equal they are the
/// optimum. Throws std::runtime_error that names the file when one cannot be read.
std::vector<PackingClass> ReadPackings(const std::string& folder, const std::string& optima);

}  // namespace kirikae::bench
