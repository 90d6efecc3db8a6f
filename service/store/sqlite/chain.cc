#include "service/store/sqlite/chain.h"

#include <sodium.h>

#include <array>
#include <cstdint>

namespace kirikae::store {
namespace {

constexpr char kSets[] = R"sql(
SELECT id, actor, role, act, reason, request_id, effective_time, recorded_time, change_count, hash,
       undoes, partial
FROM change_sets ORDER BY id
)sql";
constexpr char kChanges[] = R"sql(
SELECT subject, record, field, old_value, new_value FROM changes
WHERE change_set = ?1 ORDER BY position
)sql";

class Hasher {
 public:
  Hasher() { crypto_generichash_init(&state_, nullptr, 0, kBytes); }
  void Add(std::string_view text) {
    AddNumber(static_cast<int64_t>(text.size()));
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                              text.size());
  }
  void AddNumber(int64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<unsigned char>(static_cast<uint64_t>(number) >> (8 * i));
    }
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }
  std::string Hex() {
    std::array<unsigned char, kBytes> hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    std::string hex(kBytes * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
  }

 private:
  static constexpr size_t kBytes = 32;
  crypto_generichash_state state_;
};

}  // namespace

std::string ChangeSetHash(const std::string& predecessor, const domain::ChangeSet& set,
                          const std::vector<StoredChange>& changes) {
  Hasher hasher;
  hasher.Add(predecessor);
  hasher.AddNumber(set.id);
  for (const std::string* text : {&set.actor, &set.role, &set.act, &set.reason, &set.request_id}) {
    hasher.Add(*text);
  }
  hasher.AddNumber(absl::ToUnixMicros(set.effective_time));
  hasher.AddNumber(absl::ToUnixMicros(set.recorded_time));
  hasher.AddNumber(static_cast<int64_t>(changes.size()));
  // Sets of the first schema had no such column, and their hashes stay.
  if (set.undoes != 0) hasher.AddNumber(set.undoes);
  if (set.partial) hasher.AddNumber(1);
  for (const auto& [subject, change] : changes) {
    for (const std::string* text :
         {&subject, &change.record, &change.field, &change.old_value, &change.new_value}) {
      hasher.Add(*text);
    }
  }
  return hasher.Hex();
}

ChainReport VerifyChain(Connection& connection) {
  ChainReport report;
  Query sets = connection.Use(kSets);
  while (sets.Next()) {
    const domain::ChangeSet set = ReadChangeSet(sets);
    std::vector<StoredChange> changes;
    Query rows = connection.Use(kChanges);
    rows.Bind(set.id);
    while (rows.Next()) {
      changes.push_back({rows.Text(0), {rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4)}});
    }
    ++report.checked;
    const bool follows = ChangeSetHash(report.head_hash, set, changes) == set.hash &&
                         set.id == report.checked &&
                         set.change_count == static_cast<int64_t>(changes.size());
    if (!follows) {
      report.first_bad = set.id;
      return report;
    }
    report.head_hash = set.hash;
  }
  return report;
}

}  // namespace kirikae::store
