// replay CORPUS: runs a fuzz target on every seed of the folder, and on mutations of them that are
// the same on every machine. It stops when they are done or the time for them is over.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "service/planner/dice.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

constexpr int kMutations = 20'000;
constexpr std::chrono::milliseconds kTime(3'000);
constexpr size_t kLongest = size_t{64} << 10U;

std::vector<std::string> Seeds(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

// Changes a bit or a byte, or removes, repeats or inserts some bytes.
void Mutate(const std::string& other, planner::Dice& dice, std::string& input) {
  using namespace std::string_view_literals;
  constexpr std::string_view kTelling = "\0\xFF\x7F\x80\"',;:=()[]{}-.\r\n\t 019"sv;
  constexpr size_t kMostBytes = 16;
  const size_t at = input.empty() ? 0 : dice.Below(input.size());
  const size_t count = std::min(1 + dice.Below(kMostBytes), input.size() - at);
  switch (dice.Below(6)) {
    case 0:
      if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1U << dice.Below(8)));
      break;
    case 1:
      if (!input.empty()) input[at] = kTelling[dice.Below(kTelling.size())];
      break;
    case 2:
      input.erase(at, count);
      break;
    case 3:
      input.insert(at, input.substr(at, count));
      break;
    case 4:
      input.insert(at, 1, kTelling[dice.Below(kTelling.size())]);
      break;
    default: {
      const size_t from = other.empty() ? 0 : dice.Below(other.size());
      input.insert(at, other.substr(from, 1 + dice.Below(kMostBytes)));
    }
  }
}

void RunOn(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

int Replay(const std::string& folder) {
  const std::vector<std::string> seeds = Seeds(folder);
  if (seeds.empty()) {
    std::fprintf(stderr, "%s has no seed\n", folder.c_str());
    return 1;
  }
  for (const std::string& seed : seeds) RunOn(seed);
  const auto end = std::chrono::steady_clock::now() + kTime;
  planner::Dice dice(1);
  int done = 0;
  for (; done < kMutations && std::chrono::steady_clock::now() < end; ++done) {
    std::string input = seeds[dice.Below(seeds.size())];
    for (size_t left = 1 + dice.Below(4); left > 0; --left) {
      Mutate(seeds[dice.Below(seeds.size())], dice, input);
    }
    if (input.size() <= kLongest) RunOn(input);
  }
  std::printf("%zu seeds, %d mutations\n", seeds.size(), done);
  return 0;
}

}  // namespace
}  // namespace kirikae::fuzz

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s CORPUS\n", arguments[0]);
    return 2;
  }
  return kirikae::fuzz::Replay(arguments[1]);
}
