#include "service/app/rollouts/freed.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/app/rollouts/count.h"
#include "service/domain/act.h"
#include "service/domain/placement_states.h"
#include "service/domain/readiness.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr size_t kMostCandidates = 20;

// How many devices left each wave of the rollout, by the record.
absl::StatusOr<std::map<int64_t, int64_t>> Left(store::ReadView& view, const std::string& rollout) {
  // A wave is left a few days before its day, so the newest changes tell all.
  constexpr int kMostSets = 200;
  constexpr int kMostChanges = 50'000;
  store::ChangeSetQuery query;
  query.act = domain::Name(domain::Act::kDropUnready);
  query.limit = kMostSets;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view.ListChangeSets(query));
  const std::string own = domain::RolloutName(rollout) + "/";
  std::map<int64_t, int64_t> left;
  for (const domain::ChangeSet& set : sets) {
    ASSIGN_OR_RETURN(const auto changes, view.ChangesOf({set.id, 0}, kMostChanges));
    for (const domain::Change& change : changes) {
      int64_t wave = 0;
      if (change.field == "placement.wave" && change.record.starts_with(own) &&
          absl::SimpleAtoi(AbslView(change.old_value), &wave)) {
        ++left[wave];
      }
    }
  }
  return left;
}

bool Serves(const RolloutFile& file, const std::string& team, const std::string& site) {
  for (const TeamSpec& spec : file.teams) {
    if (spec.id != team) continue;
    return spec.sites.empty() ||
           std::find(spec.sites.begin(), spec.sites.end(), site) != spec.sites.end();
  }
  return false;
}

// A ready device that is planned.
struct Planned {
  absl::CivilDay day;
  std::string asset_tag;
  std::string phase;
  std::string site;
};

absl::StatusOr<std::vector<Planned>> ReadyDevices(store::ReadView& view,
                                                  const domain::Rollout& rollout,
                                                  const ParsedRollout& file) {
  std::vector<Planned> ready;
  RETURN_IF_ERROR(ForEachDevice(view, rollout, file, [&](const CountedDevice& counted) {
    if (!domain::IsOpen(counted.state) || !counted.placement->day.has_value()) return;
    const domain::Device& device = counted.device;
    if (!domain::Blockers(device, rollout.to_method, rollout.minimum_os).empty()) return;
    ready.push_back({*counted.placement->day, device.asset_tag, counted.phase, device.site});
  }));
  std::sort(ready.begin(), ready.end(), [](const Planned& a, const Planned& b) {
    return std::tie(b.day, a.asset_tag) < std::tie(a.day, b.asset_tag);
  });
  return ready;
}

}  // namespace

absl::StatusOr<std::vector<FreedPlace>> FreedPlaces(const Ward& ward, store::ReadView& view,
                                                    const domain::Rollout& rollout,
                                                    const ParsedRollout& file) {
  std::vector<FreedPlace> places;
  ASSIGN_OR_RETURN(const auto left, Left(view, rollout.id));
  const absl::CivilDay today = ward.Today();
  for (const auto& [number, devices] : left) {
    ASSIGN_OR_RETURN(std::optional<domain::Wave> wave, view.FindWave(rollout.id, number));
    if (!wave.has_value() || wave->plan != rollout.approved_plan || wave->day <= today) continue;
    places.push_back({*std::move(wave), devices, {}});
  }
  if (places.empty()) return places;
  ASSIGN_OR_RETURN(const std::vector<Planned> ready, ReadyDevices(view, rollout, file));
  for (FreedPlace& place : places) {
    for (const Planned& device : ready) {
      if (place.candidates.size() == kMostCandidates || device.day <= place.wave.day) break;
      if (device.phase != place.wave.phase || !Serves(file.file(), place.wave.team, device.site)) {
        continue;
      }
      place.candidates.push_back(device.asset_tag);
    }
  }
  std::sort(places.begin(), places.end(), [](const FreedPlace& a, const FreedPlace& b) {
    return std::tie(a.wave.day, a.wave.slot, a.wave.team) <
           std::tie(b.wave.day, b.wave.slot, b.wave.team);
  });
  return places;
}

}  // namespace kirikae::app
