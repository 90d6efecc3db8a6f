// Workbooks as whole files: the archive around the parts. xlsx_parts.cc is about the parts.
#include <string>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/table_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Every input begins like an archive, or it would be read as text.
  std::string bytes(kirikae::fuzz::Input(data, size));
  bytes.replace(0, 4, "PK\x03\x04");
  kirikae::fuzz::CheckTable(bytes, kirikae::fuzz::SmallLimits());
  return 0;
}
