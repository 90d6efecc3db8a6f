#include "service/store/sqlite/chain.h"

#include <array>
#include <cstdint>

#include "service/store/sqlite/packed_changes.h"

namespace kirikae::store {
namespace {

constexpr char kSets[] = R"sql(
SELECT id, actor, role, act, reason, request_id, effective_time, recorded_time, change_count, hash,
       undoes, partial
FROM change_sets ORDER BY id
)sql";
constexpr char kChanges[] = R"sql(
SELECT subject, record, fields, position FROM changes
WHERE change_set = ?1 ORDER BY position
)sql";

constexpr size_t kHashBytes = 32;

}  // namespace

ChangeSetHasher::ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set) {
  crypto_generichash_init(&state_, nullptr, 0, kHashBytes);
  Add(predecessor);
  AddNumber(set.id);
  for (const std::string* text : {&set.actor, &set.role, &set.act, &set.reason, &set.request_id}) {
    Add(*text);
  }
  AddNumber(absl::ToUnixMicros(set.effective_time));
  AddNumber(absl::ToUnixMicros(set.recorded_time));
  AddNumber(set.undoes);
  AddNumber(set.partial ? 1 : 0);
}

void ChangeSetHasher::Add(const StoredChanges& changes) {
  count_ += changes.count;
  for (const std::string_view text : {changes.subject, changes.record, changes.fields}) Add(text);
}

std::string ChangeSetHasher::Finish() {
  AddNumber(count_);
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash_final(&state_, hash.data(), hash.size());
  std::string hex(kHashBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

void ChangeSetHasher::Add(std::string_view text) {
  AddNumber(static_cast<int64_t>(text.size()));
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                            text.size());
}

void ChangeSetHasher::AddNumber(int64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(static_cast<uint64_t>(number) >> (8 * i));
  }
  crypto_generichash_update(&state_, bytes.data(), bytes.size());
}

namespace {

// Hashes a stored set's changes; false where one is malformed or not in its place.
bool AddStored(Connection& connection, int64_t change_set, ChangeSetHasher& hasher) {
  Query rows = connection.Use(kChanges);
  rows.Bind(change_set);
  while (rows.Next()) {
    const std::string subject = rows.Text(0);
    const std::string record = rows.Text(1);
    const std::string fields = rows.Text(2);
    Unpacker unpacker(fields);
    StoredChanges changes{subject, record, fields, 0};
    while (unpacker.Next().has_value()) ++changes.count;
    if (!unpacker.sound() || rows.Number(3) != hasher.count()) return false;
    hasher.Add(changes);
  }
  return true;
}

}  // namespace

ChainReport VerifyChain(Connection& connection) {
  ChainReport report;
  Query sets = connection.Use(kSets);
  while (sets.Next()) {
    const domain::ChangeSet set = ReadChangeSet(sets);
    ChangeSetHasher hasher(report.head_hash, set);
    const bool sound = AddStored(connection, set.id, hasher);
    ++report.checked;
    const bool follows = sound && set.change_count == hasher.count() && set.id == report.checked &&
                         hasher.Finish() == set.hash;
    if (!follows) {
      report.first_bad = set.id;
      return report;
    }
    report.head_hash = set.hash;
  }
  return report;
}

}  // namespace kirikae::store
