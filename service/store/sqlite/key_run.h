// A run of changes of search keys, sorted by itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::store {

/// A change of one row of `search_keys`. `beginning` decides the order of most rows, so that
/// sorting seldom reads the whole key.
struct KeyRow {
  std::array<uint64_t, 2> beginning;  ///< of tier and key
  uint32_t at;                        ///< where the packed key begins
  uint32_t device;                    ///< counted as they come
  uint8_t tier;
  uint8_t field;
  bool whole;  ///< `beginning` holds all of the key
  bool added;
};

/// Changes of keys in the order of the primary key, once sorted. Not thread-safe.
class KeyRun {
 public:
  /// Adds the keys in a row of `device_keys`. Throws SQLite::Exception where they can't be read.
  void Collect(std::string_view asset_tag, std::string_view packed, bool added);
  /// Sorts the rows; changes of one row keep the order in which they came.
  void Sort();

  const std::vector<KeyRow>& rows() const { return rows_; }
  std::string_view KeyOf(const KeyRow& row) const;
  std::string_view TagOf(const KeyRow& row) const { return Tag(row.device); }
  /// Bytes of the collected keys.
  size_t bytes() const { return keys_.size(); }

  /// Negative, 0 or positive: row `a` of this run is before, at or after row `b` of `other` in the
  /// table.
  int Compare(const KeyRow& a, const KeyRun& other, const KeyRow& b) const;

 private:
  std::string_view Tag(size_t device) const;

  std::vector<KeyRow> rows_;
  std::string keys_;
  std::string tags_;
  std::vector<uint32_t> devices_;  // where each one's tag begins in tags_
  bool ascending_ = true;          // devices came in the order of their tags
};

}  // namespace kirikae::store
