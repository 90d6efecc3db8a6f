#include "service/store/sqlite/search_keys.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <optional>
#include <utility>

#include "service/store/history/packed_text.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

// A field's code is its index here, plus 1. New names are added at the end; no name ever changes
// its index.
constexpr std::string_view kFields[] = {"asset_tag",    "host_name", "serial",
                                        "staff_number", "name",      "kana"};

constexpr size_t kMostBytes = size_t{48} << 20U;  // of keys collected before they are written
constexpr size_t kBulk = 32;                      // rows a statement

constexpr char kSearch[] = R"sql(
SELECT asset_tag, field, key FROM search_keys
WHERE tier = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, asset_tag LIMIT ?4
)sql";
constexpr char kFindPacked[] = "SELECT keys FROM device_keys WHERE asset_tag = ?1";
constexpr char kPutPacked[] = R"sql(
INSERT INTO device_keys (asset_tag, keys) VALUES (?1, ?2)
ON CONFLICT (asset_tag) DO UPDATE SET keys = excluded.keys
)sql";
constexpr char kDropPacked[] = "DELETE FROM device_keys WHERE asset_tag = ?1";
constexpr char kDropKey[] = R"sql(
DELETE FROM search_keys WHERE tier = ?1 AND key = ?2 AND asset_tag = ?3 AND field = ?4
)sql";
constexpr std::string_view kPutKeys =
    "INSERT OR IGNORE INTO search_keys (tier, key, asset_tag, field) VALUES ";

// A statement for several rows of `search_keys`. It binds without the copies that SQLiteCpp makes;
// they would be a large part of the work.
class RowStatement {
 public:
  RowStatement(Connection& connection, const std::string& sql)
      : database_(connection.database().getHandle()) {
    Check(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement_, nullptr), SQLITE_OK);
  }
  ~RowStatement() { sqlite3_finalize(statement_); }
  RowStatement(const RowStatement&) = delete;
  RowStatement& operator=(const RowStatement&) = delete;

  // The text must stay until Run().
  void Bind(std::string_view text) {
    Check(sqlite3_bind_text(statement_, ++bound_, text.empty() ? "" : text.data(),
                            static_cast<int>(text.size()), SQLITE_STATIC),
          SQLITE_OK);
  }
  void Bind(int64_t number) { Check(sqlite3_bind_int64(statement_, ++bound_, number), SQLITE_OK); }
  void Run() {
    Check(sqlite3_step(statement_), SQLITE_DONE);
    Check(sqlite3_reset(statement_), SQLITE_OK);
    bound_ = 0;
  }

 private:
  void Check(int code, int wanted) const {
    if (code != wanted) throw SQLite::Exception(database_, code);
  }

  sqlite3* const database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

std::string PutKeys(size_t rows) {
  std::string sql(kPutKeys);
  for (size_t i = 0; i < rows; ++i) sql += i == 0 ? "(?, ?, ?, ?)" : ", (?, ?, ?, ?)";
  return sql;
}

int64_t CodeOf(std::string_view field) {
  const auto* const name = std::find(std::begin(kFields), std::end(kFields), field);
  if (name == std::end(kFields)) {
    throw SQLite::Exception("no search field " + std::string(field), SQLITE_MISUSE);
  }
  return name - std::begin(kFields) + 1;
}

// The field for a code in `search_keys`; "" for an unknown code.
std::string_view FieldOf(int64_t code) {
  return code >= 1 && code <= std::ssize(kFields) ? kFields[code - 1] : std::string_view();
}

// Packs a device's keys: field, tier and key of each.
std::string PackKeys(const std::vector<SearchKey>& keys) {
  std::string packed;
  for (const SearchKey& key : keys) {
    packed.push_back(static_cast<char>(CodeOf(key.field)));
    packed.push_back(static_cast<char>(key.tier));
    PackText(key.key, packed);
  }
  return packed;
}

[[noreturn]] void Malformed() {
  throw SQLite::Exception("a device's stored search keys can't be read", SQLITE_CORRUPT);
}

constexpr size_t kBeginning = 15;  // bytes of a key, behind its tier

// The tier and the first bytes of the key, as numbers in the same order as the bytes.
std::array<uint64_t, 2> Beginning(uint8_t tier, std::string_view key) {
  std::array<unsigned char, kBeginning + 1> bytes{tier};
  std::memcpy(bytes.data() + 1, key.data(), std::min(key.size(), kBeginning));
  std::array<uint64_t, 2> beginning{};
  for (size_t i = 0; i < bytes.size(); ++i) beginning[i / 8] = beginning[i / 8] << 8U | bytes[i];
  return beginning;
}

}  // namespace

void KeyChanges::Replace(const std::string& asset_tag, const std::vector<SearchKey>& keys,
                         bool is_new) {
  const std::string packed = PackKeys(keys);
  if (!is_new) {
    Query find = connection_.Use(kFindPacked);
    if (find.Bind(asset_tag).Next()) {
      const std::string old = find.Text(0);
      if (old == packed) return;
      Collect(asset_tag, old, false);
    }
  }
  connection_.Use(kPutPacked).Bind(asset_tag).BindBlob(packed).Run();
  Collect(asset_tag, packed, true);
}

void KeyChanges::Remove(const std::string& asset_tag) {
  {
    Query find = connection_.Use(kFindPacked);
    if (!find.Bind(asset_tag).Next()) return;
    Collect(asset_tag, find.Text(0), false);
  }
  connection_.Use(kDropPacked).Bind(asset_tag).Run();
}

void KeyChanges::Collect(const std::string& asset_tag, std::string_view packed, bool added) {
  if (keys_.size() > kMostBytes) Flush();
  const std::string_view last = devices_.empty() ? std::string_view() : Tag(devices_.size() - 1);
  if (devices_.empty() || asset_tag != last) {
    ascending_ = ascending_ && asset_tag > last;
    devices_.push_back(static_cast<uint32_t>(tags_.size()));
    tags_ += asset_tag;
  }
  const auto device = static_cast<uint32_t>(devices_.size() - 1);
  while (packed.size() > 2) {
    const auto field = static_cast<uint8_t>(packed[0]);
    const auto tier = static_cast<uint8_t>(packed[1]);
    packed.remove_prefix(2);
    const std::optional<std::string_view> key = TakeText(packed);
    if (!key.has_value()) Malformed();
    // A key that ends in NUL has the same `beginning` as the key without it.
    const bool whole = key->size() <= kBeginning && !key->ends_with('\0');
    rows_.push_back({Beginning(tier, *key), static_cast<uint32_t>(keys_.size()), device, tier,
                     field, whole, added});
    PackText(*key, keys_);
  }
  if (!packed.empty()) Malformed();
}

std::string_view KeyChanges::KeyOf(const Row& row) const {
  std::string_view rest(keys_);
  rest.remove_prefix(row.at);
  return TakeText(rest).value_or("");
}

std::string_view KeyChanges::Tag(size_t device) const {
  const size_t begin = devices_[device];
  const size_t end = device + 1 < devices_.size() ? devices_[device + 1] : tags_.size();
  return std::string_view(tags_).substr(begin, end - begin);
}

int KeyChanges::Compare(const Row& a, const Row& b) const {
  if (a.beginning != b.beginning) return a.beginning < b.beginning ? -1 : 1;
  if (!a.whole || !b.whole) {
    if (const int order = KeyOf(a).compare(KeyOf(b)); order != 0) return order;
  }
  if (a.device != b.device) {
    if (ascending_) return a.device < b.device ? -1 : 1;
    const int order = Tag(a.device).compare(Tag(b.device));
    if (order != 0) return order;
  }
  return int{a.field} - int{b.field};
}

void KeyChanges::Flush() {
  std::sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
    const int order = Compare(a, b);
    return order != 0 ? order < 0 : a.at < b.at;
  });
  // Of several changes of one row, the last one counts.
  size_t kept = 0;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (i + 1 < rows_.size() && Compare(rows_[i], rows_[i + 1]) == 0) continue;
    rows_[kept++] = rows_[i];
  }
  rows_.resize(kept);
  Write(false, 1, kDropKey);
  Write(true, kBulk, PutKeys(kBulk));
  rows_.clear();
  keys_.clear();
  tags_.clear();
  devices_.clear();
  ascending_ = true;
}

void KeyChanges::Write(bool added, size_t at_once, const std::string& sql) {
  const auto rows = static_cast<size_t>(std::count_if(
      rows_.begin(), rows_.end(), [&](const Row& row) { return row.added == added; }));
  if (rows == 0) return;
  const size_t in_bulk = rows / at_once * at_once;
  RowStatement bulk(connection_, sql);
  RowStatement one(connection_, added ? PutKeys(1) : kDropKey);
  size_t done = 0;
  for (const Row& row : rows_) {
    if (row.added != added) continue;
    RowStatement& statement = done < in_bulk ? bulk : one;
    statement.Bind(int64_t{row.tier});
    statement.Bind(KeyOf(row));
    statement.Bind(Tag(row.device));
    statement.Bind(int64_t{row.field});
    ++done;
    if (done > in_bulk || done % at_once == 0) statement.Run();
  }
}

std::set<StoredKey> UnpackKeys(std::string_view packed) {
  std::set<StoredKey> keys;
  while (packed.size() > 2) {
    StoredKey key{.tier = packed[1], .key = {}, .field = packed[0]};
    packed.remove_prefix(2);
    const std::optional<std::string_view> text = TakeText(packed);
    if (!text.has_value()) Malformed();
    key.key = std::string(*text);
    keys.insert(std::move(key));
  }
  if (!packed.empty()) Malformed();
  return keys;
}

absl::StatusOr<std::vector<SearchHit>> SqliteView::Search(int tier, const KeyRange& range,
                                                          int limit) {
  return Guarded([&] {
    Query query = connection_.Use(kSearch);
    query.Bind(tier).Bind(range.from).Bind(range.until).Bind(limit);
    return All(query, [tier](const Query& row) {
      return SearchHit{row.Text(0), std::string(FieldOf(row.Number(1))), tier, row.Text(2)};
    });
  });
}

}  // namespace kirikae::store
