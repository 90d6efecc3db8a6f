// The search keys that one act adds and removes.
#pragma once

#include <array>
#include <cstdint>
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
  // A change of one row. Its key and tag stand in `bytes_`, as packed texts; what decides its place
  // for most rows stands here, so that sorting seldom looks further.
  struct Row {
    std::array<uint64_t, 2> beginning;  // of tier and key
    uint32_t at;                        // in bytes_
    uint32_t device;                    // number of the device, counted as they come
    uint8_t tier;
    uint8_t field;
    bool whole;  // `beginning` holds all of the key
    bool added;
  };
  struct Content {
    std::string_view key;
    std::string_view asset_tag;
  };

  void Gather(const std::string& asset_tag, std::string_view packed, bool added);
  Content ContentOf(const Row& row) const;
  // The order of two rows' places in the table: below, at or above 0.
  int Compare(const Row& a, const Row& b) const;
  // Writes the rows that were added, or those that were removed, with a statement for so many at
  // once.
  void Write(bool added, size_t at_once, const std::string& sql);

  Connection& connection_;
  std::string bytes_;
  std::vector<Row> rows_;
  std::string last_tag_;
  uint32_t device_ = 0;    // number of last_tag_
  bool ascending_ = true;  // tags came in their order, so that devices' numbers have it too
};

/// The field of a code in `search_keys`; "" for an unknown one.
std::string_view SearchField(int64_t code);

}  // namespace kirikae::store
