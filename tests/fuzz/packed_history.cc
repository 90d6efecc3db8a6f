// What a change set did to one record, as history keeps it.
#include <optional>
#include <string>

#include "service/store/history/packed_changes.h"
#include "service/store/history/packed_text.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace kirikae;
  const std::string_view bytes = fuzz::Input(data, size);

  std::string_view rest = bytes;
  std::string packed;
  while (const std::optional<std::string_view> text = store::TakeText(rest)) {
    store::PackText(*text, packed);
    fuzz::Require(bytes.starts_with(packed), "a text has exactly one packed form");
  }

  store::Unpacker changes(bytes);
  packed.clear();
  while (const std::optional<store::PackedChange> change = changes.Next()) {
    store::Pack(*change, packed);
  }
  fuzz::Require(!changes.Next().has_value(), "nothing follows the end");
  fuzz::Require(!changes.sound() || packed.size() == size, "sound bytes are read to their end");
  fuzz::Require(bytes.starts_with(packed), "what unpacks packs to the same bytes");
  return 0;
}
