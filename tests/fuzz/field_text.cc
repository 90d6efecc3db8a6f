// The texts of fields in history, from which an undo reads values back.
#include <map>
#include <string>
#include <vector>

#include "service/domain/fields/value_text.h"
#include "service/domain/labels.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace domain = kirikae::domain;
  namespace fuzz = kirikae::fuzz;
  const std::string_view text = fuzz::Input(data, size);

  std::vector<domain::DeviceUser> users;
  if (domain::ReadUsers(text, users)) {
    fuzz::Require(domain::UsersText(users) == text, "users have exactly one text");
  }
  int64_t number = 0;
  if (domain::ReadNumber(text, number)) {
    int64_t again = -1;
    fuzz::Require(domain::ReadNumber(std::to_string(number), again) && again == number,
                  "a number is read back as it was written");
  }
  const std::map<std::string, std::string> labels = domain::UnpackLabels(text);
  fuzz::Require(domain::UnpackLabels(domain::PackLabels(labels)) == labels,
                "labels are read back as they were written");
  absl::Time time;
  if (domain::ReadInstant(text, time) && time != absl::InfiniteFuture() &&
      time != absl::InfinitePast()) {
    const std::string kept = domain::InstantText(time);
    absl::Time again;
    fuzz::Require(domain::ReadInstant(kept, again) && domain::InstantText(again) == kept,
                  "an instant is read back as it was written");
  }
  return 0;
}
