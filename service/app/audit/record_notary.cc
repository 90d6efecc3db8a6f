#include "service/app/audit/record_notary.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "service/domain/act.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kHashesAtATime = 4096;
constexpr int kMostKeys = 1000;
// Keys are in the history of this name; there is no record of it.
constexpr char kSubject[] = "audit";

}  // namespace

absl::StatusOr<SignedCheckpoint> RecordNotary::Sign(store::ReadView& view) {
  const std::lock_guard lock(mutex_);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<std::string> hashes,
                     view.HashesFrom(tree_.size() + 1, kHashesAtATime));
    for (const std::string& hash : hashes) tree_.Append(proof::LeafOf(hash));
    if (hashes.size() < static_cast<size_t>(kHashesAtATime)) break;
  }
  const proof::Checkpoint checkpoint{
      .origin = origin(), .size = tree_.size(), .root = tree_.Root()};
  return SignedCheckpoint{tree_.size(), key_.Sign(checkpoint.Text())};
}

absl::StatusOr<std::vector<proof::PublicKey>> KnownKeys(store::ReadView& view) {
  ASSIGN_OR_RETURN(const auto history, view.History(kSubject, std::nullopt, kMostKeys));
  std::vector<proof::PublicKey> keys;
  for (const domain::HistoryEntry& entry : history) {
    std::optional<proof::PublicKey> key = proof::PublicKey::Parse(entry.change.new_value);
    if (key.has_value()) keys.push_back(*std::move(key));
  }
  return keys;
}

store::Draft UseKey(store::Draft draft, const proof::PublicKey& key) {
  draft.edits.emplace_back(
      store::PastChange{.subject = kSubject,
                        .change = {.record = kSubject,
                                   .field = std::string(domain::kPastPrefix) + "key",
                                   .old_value = "",
                                   .new_value = key.Text()}});
  return draft;
}

bool IsApproval(std::string_view act) {
  constexpr domain::Act kApprovals[] = {domain::Act::kApprovePlan, domain::Act::kAcceptProposal,
                                        domain::Act::kReleasePhase, domain::Act::kOverrideGate};
  return std::any_of(std::begin(kApprovals), std::end(kApprovals),
                     [&](domain::Act approval) { return domain::Name(approval) == act; });
}

}  // namespace kirikae::app
