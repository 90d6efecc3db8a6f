#include "service/store/history/hasher.h"

#include <array>
#include <cstddef>

#include "absl/time/time.h"

namespace kirikae::store {
namespace {

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

}  // namespace kirikae::store
