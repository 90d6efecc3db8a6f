// kirikae-make-ward --devices N --seed S --to DIR: writes an invented ward's files.

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "tests/support/ward_generator.h"

namespace {

int Usage() {
  std::fputs("usage: kirikae-make-ward --devices N --seed S --to DIR\n", stderr);
  return 2;
}

int Report(const absl::Status& status) {
  std::fprintf(stderr, "kirikae-make-ward: %s\n", std::string(status.message()).c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t devices = 700;
  uint64_t seed = 700;
  std::string directory;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (i + 1 == argc) return Usage();
    if (flag == "--devices" && absl::SimpleAtoi(argv[i + 1], &devices)) continue;
    if (flag == "--seed" && absl::SimpleAtoi(argv[i + 1], &seed)) continue;
    if (flag != "--to") return Usage();
    directory = argv[i + 1];
  }
  if (directory.empty()) return Usage();
  const auto files = kirikae::testing::MakeWard(devices, seed);
  if (!files.ok()) return Report(files.status());
  const absl::Status written = kirikae::testing::WriteWard(*files, directory);
  return written.ok() ? 0 : Report(written);
}
