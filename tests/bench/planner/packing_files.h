// Reads packings from files, such as the published sets.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/planner/packings.h"

namespace kirikae::bench {

/// Reads every `*.txt` below `folder`: the number of sizes, the capacity, then the sizes, separated
/// by white space. BPPLIB (Delorme, Iori and Martello 2018) publishes the sets of Falkenauer,
/// Scholl, Schwerin, Waescher and Hard28 in this form. One class per folder; classes and packings
/// are sorted by name. `optima`, when not empty, is a file with a line per packing: its file's name
/// without `.txt`, the best known lower bound and the fewest known bins; when the two are equal
/// they are the optimum. Throws std::runtime_error with the file's name when a file can't be read.
std::vector<PackingClass> ReadPackings(const std::string& folder, const std::string& optima);

}  // namespace kirikae::bench
