#include "service/app/rollouts/events.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 10'000;
constexpr int kMostSets = 1'000;
constexpr size_t kEnough = 500;

// Whether a change set of this act may hold changes of a rollout's records. Other change sets are
// not read: they may have a change for every device. An act that this program does not know may
// hold such changes.
bool TouchesRollouts(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return !act.has_value() || domain::TraitsOf(*act).touches_rollouts;
}

// Whether a change's field is the record's state, present or past.
bool IsState(std::string_view field) {
  if (field.starts_with(domain::kPastPrefix)) field.remove_prefix(domain::kPastPrefix.size());
  return field == "state" || field == "placement.state";
}

}  // namespace

absl::StatusOr<EventPosition> RolloutEvents::Newest(store::ReadView& view) {
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const auto sets, view.ListChangeSets(newest));
  return EventPosition{.change_set = sets.empty() ? 1 : sets.front().id + 1, .given = 0};
}

absl::StatusOr<std::vector<RolloutEvent>> RolloutEvents::EventsOf(
    store::ReadView& view, const domain::ChangeSet& set) const {
  std::vector<RolloutEvent> events;
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
      if (events.empty() || events.back().record != change.record) {
        const auto given = static_cast<int64_t>(events.size()) + 1;
        events.push_back({.after = {set.id, given},
                          .record = change.record,
                          .set = set,
                          .old_state = "",
                          .new_state = ""});
      }
      if (!IsState(change.field)) continue;
      events.back().old_state = change.old_value;
      events.back().new_state = change.new_value;
    }
    if (changes.size() < static_cast<size_t>(kBatch)) return events;
    position = changes.back().position + 1;
  }
}

absl::StatusOr<std::vector<RolloutEvent>> RolloutEvents::Next(store::ReadView& view) {
  std::vector<RolloutEvent> events;
  for (int i = 0; i < kMostSets && events.size() < kEnough; ++i) {
    ASSIGN_OR_RETURN(const auto set, view.FindChangeSet(position_.change_set));
    if (!set.has_value()) break;
    ASSIGN_OR_RETURN(std::vector<RolloutEvent> all, EventsOf(view, *set));
    const auto skip = std::min<int64_t>(position_.given, static_cast<int64_t>(all.size()));
    std::move(all.begin() + skip, all.end(), std::back_inserter(events));
    ++position_.change_set;
    position_.given = 0;
  }
  return events;
}

}  // namespace kirikae::app
