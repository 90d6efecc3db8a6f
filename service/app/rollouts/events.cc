#include "service/app/rollouts/events.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "service/api/call/page.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 10'000;
constexpr int kMostSets = 1'000;
constexpr size_t kEnough = 500;

// Whether a change set may hold changes of a rollout's records. Those of other acts are not read:
// they may have a change for every device. The act of a newer program is unknown and may.
bool TouchesRollouts(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return !act.has_value() || domain::TraitsOf(*act).touches_rollouts;
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone());
}

// The part of a field's name that says that it is the record's state.
bool IsState(std::string_view field) {
  if (field.starts_with(domain::kPastPrefix)) field.remove_prefix(domain::kPastPrefix.size());
  return field == "state" || field == "placement.state";
}

}  // namespace

absl::StatusOr<RolloutEvents> RolloutEvents::FromNow(store::ReadView& view, std::string rollout) {
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const auto sets, view.ListChangeSets(newest));
  return RolloutEvents(std::move(rollout), sets.empty() ? 1 : sets.front().id + 1, 0);
}

absl::StatusOr<RolloutEvents> RolloutEvents::After(const std::string& token, std::string rollout) {
  const auto position = api::ReadPageToken(token, "watch?" + rollout);
  std::vector<std::string> parts;
  if (position.ok()) parts = absl::StrSplit(*position, ':');
  int64_t change_set = 0;
  int64_t given = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &change_set) ||
      !absl::SimpleAtoi(parts[1], &given) || change_set < 1 || given < 0) {
    return domain::InvalidField(
        "resume_token",
        domain::Sentence("This is no token of this rollout's events; leave it out to begin now."));
  }
  return RolloutEvents(std::move(rollout), change_set, given);
}

std::string RolloutEvents::TokenAt(int64_t change_set, int64_t given) const {
  return api::MakePageToken(std::to_string(change_set) + ":" + std::to_string(given),
                            "watch?" + rollout_);
}

std::string RolloutEvents::Token() const { return TokenAt(change_set_, given_); }

absl::StatusOr<std::vector<v1::RolloutEvent>> RolloutEvents::EventsOf(
    store::ReadView& view, const domain::ChangeSet& set) const {
  std::vector<v1::RolloutEvent> events;
  if (!TouchesRollouts(set.act)) return events;
  if (set.undoes != 0) {
    ASSIGN_OR_RETURN(const auto undone, view.FindChangeSet(set.undoes));
    if (undone.has_value() && !TouchesRollouts(undone->act)) return events;
  }
  const std::string own = domain::RolloutName(rollout_);
  int64_t position = 0;
  while (true) {
    ASSIGN_OR_RETURN(const auto changes, view.ChangesOf({set.id, position}, kBatch));
    for (const domain::Change& change : changes) {
      if (change.record != own && !change.record.starts_with(own + "/")) continue;
      if (events.empty() || events.back().record() != change.record) {
        v1::RolloutEvent& event = events.emplace_back();
        event.set_record(change.record);
        event.set_change_set(domain::ChangeSetName(set.id));
        event.set_act(set.act);
        event.set_actor(set.actor);
        event.set_record_time(TimeText(set.recorded_time));
        event.set_effective_time(TimeText(set.effective_time));
        if (set.undoes != 0) event.set_undoes(domain::ChangeSetName(set.undoes));
      }
      if (!IsState(change.field)) continue;
      events.back().set_old_state(change.old_value);
      events.back().set_new_state(change.new_value);
    }
    if (changes.size() < static_cast<size_t>(kBatch)) break;
    position = changes.back().position + 1;
  }
  for (size_t i = 0; i < events.size(); ++i) {
    events[i].set_resume_token(TokenAt(set.id, static_cast<int64_t>(i) + 1));
  }
  return events;
}

absl::StatusOr<std::vector<v1::RolloutEvent>> RolloutEvents::Next(store::ReadView& view) {
  std::vector<v1::RolloutEvent> events;
  for (int i = 0; i < kMostSets && events.size() < kEnough; ++i) {
    ASSIGN_OR_RETURN(const auto set, view.FindChangeSet(change_set_));
    if (!set.has_value()) break;
    ASSIGN_OR_RETURN(std::vector<v1::RolloutEvent> all, EventsOf(view, *set));
    const auto skip = std::min<int64_t>(given_, static_cast<int64_t>(all.size()));
    std::move(all.begin() + skip, all.end(), std::back_inserter(events));
    ++change_set_;
    given_ = 0;
  }
  return events;
}

}  // namespace kirikae::app
