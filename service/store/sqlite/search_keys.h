// The tables of search keys: one in the order of look-up, one with the packed keys of each device.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/background_task.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/key_run.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Collects the key changes of one act and writes them sorted by primary key; written device by
/// device, they would touch pages all over the table. They are sorted in runs by a second thread
/// while more are collected. All but the constructor may throw SQLite::Exception. Not thread-safe.
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
  struct Place {
    const KeyRun* run;
    const KeyRow* row;
  };
  void Collect(const std::string& asset_tag, std::string_view packed, bool added);
  // The rows of all runs in the order of the table; of several changes of one row, the last one.
  std::vector<Place> Merged() const;
  // Writes the added rows, or the removed rows. `sql` writes `at_once` rows.
  void Write(const std::vector<Place>& places, bool added, size_t at_once, const std::string& sql);

  Connection& connection_;
  std::deque<KeyRun> runs_;  // all but the last one are given to `sorting_`
  size_t bytes_ = 0;         // of the keys in those
  BackgroundTask sorting_;   // behind what it reads, so that it ends first
};

/// A key in a row of `device_keys`.
struct PackedKey {
  uint8_t field = 0;  ///< the code of the search field
  uint8_t tier = 0;
  std::string_view key;
};

/// Reads the keys in a row of `device_keys`, which must outlive it.
class KeyUnpacker {
 public:
  explicit KeyUnpacker(std::string_view packed) : rest_(packed) {}
  /// The next key; absent behind the last one. Throws SQLite::Exception where it can't be read.
  std::optional<PackedKey> Next();

 private:
  std::string_view rest_;
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
