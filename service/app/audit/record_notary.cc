#include "service/app/audit/record_notary.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "service/domain/act.h"
#include "service/domain/record_fields.h"
#include "service/proof/record_keys.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kHashesAtATime = 4096;
constexpr int kMostKeys = 1000;

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
  ASSIGN_OR_RETURN(const auto history, view.History(proof::kKeysSubject, std::nullopt, kMostKeys));
  return proof::KeysIn(history);
}

store::Draft UseKey(store::Draft draft, const proof::PublicKey& key) {
  draft.edits.emplace_back(
      store::PastChange{.subject = proof::kKeysSubject,
                        .change = {.record = proof::kKeysSubject,
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
