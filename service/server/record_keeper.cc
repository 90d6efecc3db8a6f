#include "service/server/record_keeper.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "service/server/own_write.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

constexpr absl::Duration kEvery = absl::Minutes(15);
constexpr std::chrono::seconds kLookEvery(30);
// Looks at what was written at most so often.
constexpr std::chrono::seconds kRest(1);
constexpr int kSetsAtATime = 1000;

}  // namespace

RecordKeeper::RecordKeeper(const Options& options) : options_(options), last_(options.ward.now()) {
  subscription_ = options_.feed.Subscribe([this] { Wake(); });
  thread_ = std::thread([this] { Run(); });
}

RecordKeeper::~RecordKeeper() {
  options_.feed.Unsubscribe(subscription_);
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void RecordKeeper::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void RecordKeeper::Run() {
  while (true) {
    bool stopping = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kLookEvery, [this] { return woken_ || stopping_; });
      woken_ = false;
      stopping = stopping_;
    }
    if (const absl::Status status = Look(stopping); !status.ok()) {
      spdlog::warn("checkpoint status={}", status.ToString());
    }
    if (stopping) return;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kRest, [this] { return stopping_; });
  }
}

absl::StatusOr<bool> RecordKeeper::IsDue(store::ReadView& view, absl::Time now) {
  bool approved = false;
  store::ChangeSetQuery query;
  query.limit = kSetsAtATime;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view.ListChangeSets(query));
  // With more new ones than that, a checkpoint is due anyhow.
  if (!sets.empty() && sets.back().id > seen_ + 1) approved = seen_ != 0;
  for (const domain::ChangeSet& set : sets) {
    if (set.id > seen_ && seen_ != 0) approved = approved || app::IsApproval(set.act);
  }
  if (!sets.empty()) seen_ = sets.front().id;
  if (kept_ == 0) {
    ASSIGN_OR_RETURN(const std::vector<store::KeptCheckpoint> kept, view.ListCheckpoints(0, 1));
    if (!kept.empty()) kept_ = kept.front().size;
  }
  return seen_ > kept_ && (approved || now - last_ >= kEvery);
}

absl::Status RecordKeeper::Look(bool stopping) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, options_.store.Read());
  const absl::Time now = options_.ward.now();
  ASSIGN_OR_RETURN(const bool due, IsDue(*view, now));
  if (!due && !(stopping && seen_ > kept_)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const app::SignedCheckpoint checkpoint, options_.notary.Sign(*view));
  // The file comes first: where the disk of the database has failed, the other may be there.
  const absl::Status filed =
      options_.folder.empty()
          ? absl::OkStatus()
          : WriteNewFile(absl::StrFormat("%s/%012d.checkpoint", options_.folder, checkpoint.size),
                         checkpoint.note);
  const absl::Status kept = Keep(checkpoint, now);
  if (kept.ok() || filed.ok()) {
    kept_ = checkpoint.size;
    last_ = now;
  }
  RETURN_IF_ERROR(kept);
  return absl::IsAlreadyExists(filed) ? absl::OkStatus() : filed;
}

absl::Status RecordKeeper::Keep(const app::SignedCheckpoint& checkpoint, absl::Time now) {
  store::WriteRequest write;
  write.now = now;
  write.make = [checkpoint, now](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
    store::Draft draft;
    draft.edits.emplace_back(
        store::KeptCheckpoint{.size = checkpoint.size, .note = checkpoint.note, .time = now});
    return draft;
  };
  return WriteNow(options_.store, std::move(write));
}

}  // namespace kirikae::server
