#include "service/store/history/hasher.h"

#include "absl/time/time.h"

namespace kirikae::store {

ChangeSetHasher::ChangeSetHasher(const std::string& predecessor, const domain::ChangeSet& set) {
  hash_.Add(predecessor);
  hash_.AddNumber(set.id);
  for (const std::string* text : {&set.actor, &set.role, &set.act, &set.reason, &set.request_id}) {
    hash_.Add(*text);
  }
  hash_.AddNumber(absl::ToUnixMicros(set.effective_time));
  hash_.AddNumber(absl::ToUnixMicros(set.recorded_time));
  hash_.AddNumber(set.undoes);
  hash_.AddNumber(set.partial ? 1 : 0);
}

void ChangeSetHasher::Add(const StoredChanges& changes) {
  count_ += changes.count;
  for (const std::string_view text : {changes.subject, changes.record, changes.fields}) {
    hash_.Add(text);
  }
}

std::string ChangeSetHasher::Finish() {
  hash_.AddNumber(count_);
  return hash_.Finish();
}

}  // namespace kirikae::store
