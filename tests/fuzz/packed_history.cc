// What a change set did to one record, as history keeps it.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/history/packed_changes.h"
#include "service/store/history/packed_text.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

using Change = std::array<std::string, 3>;

std::vector<Change> Unpack(std::string_view bytes) {
  store::Unpacker unpacker(bytes);
  std::vector<Change> changes;
  while (const std::optional<store::PackedChange> change = unpacker.Next()) {
    changes.push_back({std::string(change->field), std::string(change->old_value),
                       std::string(change->new_value)});
  }
  Require(!unpacker.Next().has_value(), "nothing follows the end");
  return changes;
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fuzz = kirikae::fuzz;
  namespace store = kirikae::store;
  const std::string_view bytes = fuzz::Input(data, size);

  std::string_view rest = bytes;
  std::string packed;
  while (const std::optional<std::string_view> text = store::TakeText(rest)) {
    store::PackText(*text, packed);
    fuzz::Require(bytes.starts_with(packed), "a text has exactly one packed form");
  }

  const std::vector<fuzz::Change> changes = fuzz::Unpack(bytes);
  packed.clear();
  for (const auto& [field, old_value, new_value] : changes) {
    store::Pack({field, old_value, new_value}, packed);
  }
  // The bytes may differ: earlier programs wrote the name of a field that has a byte by now.
  fuzz::Require(packed.size() <= size, "a change does not grow");
  fuzz::Require(fuzz::Unpack(packed) == changes, "what unpacks packs to the same changes");
  return 0;
}
