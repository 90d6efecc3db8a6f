#include "tests/bench/planner/packing_files.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace kirikae::bench {
namespace {

namespace fs = std::filesystem;

/// Bins that every packing needs and bins of the best packing known.
struct Known {
  int64_t lower = 0;
  int64_t upper = 0;
};

std::map<std::string, Known> ReadOptima(const std::string& path) {
  std::map<std::string, Known> optima;
  if (path.empty()) return optima;
  std::ifstream file(path);
  std::string name;
  Known known;
  while (file >> name >> known.lower >> known.upper) optima[name] = known;
  if (!file.eof()) throw std::runtime_error("cannot read the optima in " + path);
  return optima;
}

Packing ReadPacking(const fs::path& path) {
  Packing packing;
  packing.name = path.stem().string();
  std::ifstream file(path);
  size_t count = 0;
  file >> count >> packing.capacity;
  packing.sizes.reserve(count);
  for (int64_t size = 0; packing.sizes.size() < count && file >> size;) {
    packing.sizes.push_back(size);
  }
  if (count == 0 || packing.sizes.size() != count) {
    throw std::runtime_error("cannot read a packing in " + path.string());
  }
  return packing;
}

}  // namespace

std::vector<PackingClass> ReadPackings(const std::string& folder, const std::string& optima) {
  const std::map<std::string, Known> known = ReadOptima(optima);
  std::map<std::string, std::map<std::string, Packing>> classes;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".txt" || !entry.is_regular_file()) continue;
    // The file of optima may lie among the packings.
    if (!optima.empty() && fs::equivalent(entry.path(), optima)) continue;
    Packing packing = ReadPacking(entry.path());
    const auto found = known.find(packing.name);
    if (found != known.end()) {
      packing.best_known = found->second.upper;
      if (found->second.lower == found->second.upper) packing.planted = found->second.upper;
    }
    classes[entry.path().parent_path().filename().string()][packing.name] = std::move(packing);
  }
  std::vector<PackingClass> sets;
  for (auto& [name, packings] : classes) {
    PackingClass& set = sets.emplace_back();
    set.name = name;
    for (auto& [unused, packing] : packings) set.packings.push_back(std::move(packing));
  }
  return sets;
}

}  // namespace kirikae::bench
