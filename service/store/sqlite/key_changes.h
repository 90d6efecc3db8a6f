// The search keys that one act adds and removes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Gathers them, to write them in the order of the table: keys of a large act in the order of its
/// devices would go all over it. All but the constructor may throw SQLite::Exception.
class KeyChanges {
 public:
  explicit KeyChanges(Connection& connection) : connection_(connection) {}

  /// Replaces a device's keys; `is_new` where it is known to have none.
  void Replace(const std::string& asset_tag, const std::vector<SearchKey>& keys, bool is_new);
  /// Removes all of a device.
  void Remove(const std::string& asset_tag);
  /// Writes what was gathered.
  void Flush();

 private:
  // A change of one row. Its key stands in `keys_`, as packed text, its device's tag in `tags_`;
  // what decides its place for most rows stands here, so that sorting seldom looks further.
  struct Row {
    std::array<uint64_t, 2> beginning;  // of tier and key
    uint32_t at;                        // in keys_
    uint32_t device;                    // in devices_, counted as they come
    uint8_t tier;
    uint8_t field;
    bool whole;  // `beginning` holds all of the key
    bool added;
  };
  void Gather(const std::string& asset_tag, std::string_view packed, bool added);
  std::string_view KeyOf(const Row& row) const;
  std::string_view Tag(size_t device) const;
  // The order of two rows' places in the table: below, at or above 0.
  int Compare(const Row& a, const Row& b) const;
  // Writes the rows that were added, or those that were removed, with a statement for so many at
  // once.
  void Write(bool added, size_t at_once, const std::string& sql);

  Connection& connection_;
  std::vector<Row> rows_;
  std::string keys_;
  std::string tags_;
  std::vector<uint32_t> devices_;  // where each one's tag begins in tags_
  bool ascending_ = true;          // tags came in their order, so that devices' numbers have it too
};

/// A key as `device_keys` and `search_keys` have it.
struct StoredKey {
  int64_t tier = 0;
  std::string key;
  int64_t field = 0;  ///< its code

  auto operator<=>(const StoredKey&) const = default;
};

/// The keys in a row of `device_keys`, each once, in order.
std::set<StoredKey> UnpackKeys(std::string_view packed);

/// The field of a code in `search_keys`; "" for an unknown one.
std::string_view SearchField(int64_t code);

}  // namespace kirikae::store
