// What a change set did to one record, as the bytes that history keeps.
// Each change is a byte for the field (0: its name follows), the old value and the new value; texts
// as packed_text.h writes them. Changes are in the order in which they were made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kirikae::store {

/// One field's change. The texts point into the packed bytes.
struct PackedChange {
  std::string_view field;
  std::string_view old_value;
  std::string_view new_value;
};

/// Adds a change to `packed`.
void Pack(const PackedChange& change, std::string& packed);

/// Reads the changes of a record one by one. `packed` must outlive it.
class Unpacker {
 public:
  explicit Unpacker(std::string_view packed) : rest_(packed) {}

  /// The next change. Absent at the end and where the bytes can't be read: sound() tells which.
  std::optional<PackedChange> Next();
  /// Whether all that was read was well-formed.
  bool sound() const { return sound_; }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace kirikae::store
