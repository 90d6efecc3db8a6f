// The ward's own profiles for reading tables.
#include <string>
#include <vector>

#include "service/tabular/profile.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fuzz = kirikae::fuzz;
  namespace tabular = kirikae::tabular;
  const std::string_view yaml = fuzz::Input(data, size);
  std::vector<tabular::ProfileFault> faults;
  const auto profile = tabular::ParseProfile(yaml, &faults);
  fuzz::Require(profile.ok() == faults.empty(), "a refusal has its faults");
  if (!profile.ok()) return 0;
  const auto again = tabular::ParseProfile(tabular::ProfileYaml(*profile));
  fuzz::Require(again.ok() && *again == *profile, "a profile is read back as it was written");
  tabular::Bind(*profile, {"資産管理番号", "ホスト名", ""});
  return 0;
}
