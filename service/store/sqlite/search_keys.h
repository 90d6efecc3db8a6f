// The tables of search keys: one in the order of look-up, one with the packed keys of each device.
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

/// Collects the key changes of one act and writes them sorted by primary key; written device by
/// device, they would touch pages all over the table. All but the constructor may throw
/// SQLite::Exception.
class KeyChanges {
 public:
  explicit KeyChanges(Connection& connection) : connection_(connection) {}

  /// Replaces a device's keys; `is_new`: the device has no keys yet.
  void Replace(const std::string& asset_tag, const std::vector<SearchKey>& keys, bool is_new);
  /// Removes all keys of a device.
  void Remove(const std::string& asset_tag);
  /// Writes the collected changes.
  void Flush();

 private:
  // A change of one row of search_keys. The key is in `keys_` as packed text, the device's asset
  // tag in `tags_`. `beginning` decides the order of most rows, so that sorting seldom reads the
  // whole key.
  struct Row {
    std::array<uint64_t, 2> beginning;  // of tier and key
    uint32_t at;                        // in keys_
    uint32_t device;                    // in devices_, counted as they come
    uint8_t tier;
    uint8_t field;
    bool whole;  // `beginning` holds all of the key
    bool added;
  };
  void Collect(const std::string& asset_tag, std::string_view packed, bool added);
  std::string_view KeyOf(const Row& row) const;
  std::string_view Tag(size_t device) const;
  // Negative, 0 or positive: row `a` is before, at or after row `b` in the table.
  int Compare(const Row& a, const Row& b) const;
  // Writes the added rows, or the removed rows. `sql` writes `at_once` rows.
  void Write(bool added, size_t at_once, const std::string& sql);

  Connection& connection_;
  std::vector<Row> rows_;
  std::string keys_;
  std::string tags_;
  std::vector<uint32_t> devices_;  // where each one's tag begins in tags_
  bool ascending_ = true;          // devices came in the order of their tags
};

/// A key as stored in `device_keys` and `search_keys`.
struct StoredKey {
  int64_t tier = 0;
  std::string key;
  int64_t field = 0;  ///< the code of the search field

  auto operator<=>(const StoredKey&) const = default;
};

/// The keys in a row of `device_keys`, each once, in order.
std::set<StoredKey> UnpackKeys(std::string_view packed);

}  // namespace kirikae::store
