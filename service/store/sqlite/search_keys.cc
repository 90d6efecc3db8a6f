#include "service/store/sqlite/search_keys.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
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
constexpr size_t kRun = size_t{1} << 18U;         // rows that are sorted at a time

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
  if (bytes_ > kMostBytes) Flush();
  if (runs_.empty()) runs_.emplace_back();
  runs_.back().Collect(asset_tag, packed, added);
  if (runs_.back().rows().size() < kRun) return;
  bytes_ += runs_.back().bytes();
  // Sorting can't fail.
  sorting_.Start([run = &runs_.back()] { return run->Sort(), absl::OkStatus(); }).IgnoreError();
  runs_.emplace_back();
}

std::vector<KeyChanges::Place> KeyChanges::Merged() const {
  // What is left of each run.
  struct Rest {
    const KeyRun* run;
    size_t at = 0;
    const KeyRow& row() const { return run->rows()[at]; }
  };
  std::vector<Rest> rests;
  size_t count = 0;
  for (const KeyRun& run : runs_) {
    count += run.rows().size();
    if (!run.rows().empty()) rests.push_back({&run});
  }
  std::vector<Place> places;
  places.reserve(count);
  while (!rests.empty()) {
    size_t first = 0;
    for (size_t i = 1; i < rests.size(); ++i) {
      const int order =
          rests[i].run->Compare(rests[i].row(), *rests[first].run, rests[first].row());
      if (order < 0) first = i;
    }
    Rest& rest = rests[first];
    const Place place{rest.run, &rest.row()};
    const bool again = !places.empty() &&
                       places.back().run->Compare(*places.back().row, *place.run, *place.row) == 0;
    if (again) {
      places.back() = place;
    } else {
      places.push_back(place);
    }
    if (++rest.at == rest.run->rows().size()) {
      rests.erase(rests.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }
  return places;
}

void KeyChanges::Flush() {
  if (runs_.empty()) return;
  runs_.back().Sort();
  sorting_.Wait().IgnoreError();
  const std::vector<Place> places = Merged();
  Write(places, false, 1, kDropKey);
  Write(places, true, kBulk, PutKeys(kBulk));
  runs_.clear();
  bytes_ = 0;
}

void KeyChanges::Write(const std::vector<Place>& places, bool added, size_t at_once,
                       const std::string& sql) {
  const auto rows =
      static_cast<size_t>(std::count_if(places.begin(), places.end(), [added](const Place& place) {
        return place.row->added == added;
      }));
  if (rows == 0) return;
  const size_t in_bulk = rows / at_once * at_once;
  RowStatement bulk(connection_, sql);
  RowStatement one(connection_, added ? PutKeys(1) : kDropKey);
  size_t done = 0;
  for (const Place& place : places) {
    if (place.row->added != added) continue;
    RowStatement& statement = done < in_bulk ? bulk : one;
    statement.Bind(int64_t{place.row->tier});
    statement.Bind(place.run->KeyOf(*place.row));
    statement.Bind(place.run->TagOf(*place.row));
    statement.Bind(int64_t{place.row->field});
    ++done;
    if (done > in_bulk || done % at_once == 0) statement.Run();
  }
}

std::optional<PackedKey> KeyUnpacker::Next() {
  if (rest_.empty()) return std::nullopt;
  if (rest_.size() <= 2) Malformed();
  PackedKey key{
      .field = static_cast<uint8_t>(rest_[0]), .tier = static_cast<uint8_t>(rest_[1]), .key = {}};
  rest_.remove_prefix(2);
  const std::optional<std::string_view> text = TakeText(rest_);
  if (!text.has_value()) Malformed();
  key.key = *text;
  return key;
}

std::set<StoredKey> UnpackKeys(std::string_view packed) {
  std::set<StoredKey> keys;
  KeyUnpacker unpacker(packed);
  while (const std::optional<PackedKey> key = unpacker.Next()) {
    keys.insert({.tier = key->tier, .key = std::string(key->key), .field = key->field});
  }
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
