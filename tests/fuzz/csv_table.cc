// CSV, TSV and semicolon files, in the encoding that their bytes show.
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/table_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = kirikae::fuzz::Input(data, size);
  kirikae::fuzz::CheckTable(bytes, kirikae::fuzz::SmallLimits());
  return 0;
}
