#include "service/server/own_clock.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "service/domain/record_fields.h"
#include "service/server/clock_command.h"
#include "service/server/own_write.h"
#include "service/status_macros.h"

namespace kirikae::server {

absl::StatusOr<absl::Time> NewestRecord(store::Store& store) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store.Read());
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view->ListChangeSets(newest));
  return sets.empty() ? absl::InfinitePast() : sets.front().recorded_time;
}

std::function<absl::Time()> NotQuiteBackwards(std::function<absl::Time()> clock) {
  // Shared by the copies of the clock.
  const auto latest = std::make_shared<std::atomic<int64_t>>(absl::ToUnixMicros(clock()));
  return [clock = std::move(clock), latest] {
    const int64_t now = absl::ToUnixMicros(clock());
    int64_t known = latest->load();
    while ((known < now || known - now >= absl::ToInt64Microseconds(absl::Minutes(1))) &&
           !latest->compare_exchange_weak(known, now)) {
    }
    return absl::FromUnixMicros(latest->load());
  };
}

void AcceptClock(const std::string& state_dir, ClockWatch& watch, const api::Environment& env) {
  const absl::StatusOr<absl::Time> accepted = TakeAcceptedClock(state_dir);
  if (!accepted.ok()) return;
  const absl::Time now = env.ward.now();
  if (absl::AbsDuration(*accepted - now) > absl::Minutes(10)) {
    spdlog::warn("clock accepted for another time");
    return;
  }
  watch.Accept();
  store::WriteRequest write;
  write.now = now;
  write.make = [now](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
    store::Draft draft = OwnDraft(domain::Act::kAcceptClock, now);
    draft.edits.emplace_back(store::PastChange{
        .subject = "clock",
        .change = {.record = "clock",
                   .field = std::string(domain::kPastPrefix) + "accepted",
                   .old_value = "",
                   .new_value = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone())}});
    return draft;
  };
  const absl::Status status = WriteNow(env.store, std::move(write));
  spdlog::warn("clock accepted status={}", status.ToString());
}

}  // namespace kirikae::server
