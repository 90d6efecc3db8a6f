// The parts of a workbook. The input is text: a line `--- NAME`, then the part with that name.
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/table_check.h"

namespace kirikae::fuzz {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

Parts SplitParts(std::string_view input) {
  constexpr std::string_view kMark = "--- ";
  constexpr size_t kMostParts = 12;
  Parts parts;
  while (!input.empty()) {
    std::string_view line = TakeLine(input);
    if (line.starts_with(kMark) && parts.size() < kMostParts) {
      parts.emplace_back(line.substr(kMark.size()), "");
    } else if (!parts.empty()) {
      parts.back().second += std::string(line) + "\n";
    }
  }
  return parts;
}

// An archive whose parts are stored as they are; "" where libzip makes none of them.
std::string Zip(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, body] : parts) {
    zip_source_t* const source = zip_source_buffer(archive, body.data(), body.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_OVERWRITE);
    if (index < 0) {
      zip_source_free(source);
      continue;
    }
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  std::string bytes;
  if (zip_close(archive) != 0) {
    zip_discard(archive);
  } else if (zip_source_open(target) == 0) {
    zip_source_seek(target, 0, SEEK_END);
    bytes.resize(static_cast<size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
  }
  zip_source_free(target);
  return bytes;
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kirikae::fuzz::CheckTable;
  using kirikae::fuzz::Input;
  using kirikae::fuzz::SmallLimits;
  using kirikae::fuzz::SplitParts;
  using kirikae::fuzz::Zip;
  const std::string workbook = Zip(SplitParts(Input(data, size)));
  if (workbook.empty()) return 0;
  CheckTable(workbook, SmallLimits());
  return 0;
}
