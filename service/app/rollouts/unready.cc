#include "service/app/rollouts/unready.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/own_draft.h"
#include "service/app/rollouts/reconcile.h"
#include "service/app/rollouts/waves.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/placement_states.h"
#include "service/domain/prospect.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// The codes of what keeps a device from its wave on `day`; "" when nothing does.
std::string Unmet(const domain::Rollout& rollout, const domain::Device& device, absl::CivilDay day,
                  absl::CivilDay today) {
  const auto blockers = domain::Blockers(device, rollout.to_method, rollout.minimum_os);
  // Here nobody expects anything any more: only the records count.
  const domain::Prospect prospect = domain::ProspectOf(blockers, {}, today);
  if (!prospect.blocked && prospect.ready_on.value_or(day) <= day) return "";
  std::set<std::string> seen;
  std::string codes;
  for (const domain::Blocker& blocker : blockers) {
    if (seen.insert(blocker.code).second) codes += (codes.empty() ? "" : " ") + blocker.code;
  }
  return codes;
}

// The placements of a wave by what keeps their devices from it.
using ByCodes = std::map<std::string, std::vector<domain::Placement>>;

absl::StatusOr<ByCodes> UnreadyIn(store::ReadView& view, const domain::Rollout& rollout,
                                  const ParsedRollout& file, const domain::Wave& wave,
                                  absl::CivilDay today) {
  ASSIGN_OR_RETURN(std::vector<domain::Placement> placements, PlacementsIn(view, wave));
  ByCodes unready;
  for (domain::Placement& placement : placements) {
    if (!domain::IsOpen(placement.state)) continue;
    ASSIGN_OR_RETURN(const auto device, view.FindDevice(placement.asset_tag));
    // A device that is out of use or out of the scope leaves its wave by another rule.
    if (!device.has_value() || !IsToBeDone(file, *device)) continue;
    const std::string codes = Unmet(rollout, *device, wave.day, today);
    if (!codes.empty()) unready[codes].push_back(std::move(placement));
  }
  return unready;
}

// Adds the edits by which the placements leave their wave.
absl::Status Leave(store::ReadView& view, domain::Wave wave,
                   std::vector<domain::Placement> placements, std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> all, PlacementsIn(view, wave));
  const bool is_left = placements.size() == all.size();
  for (domain::Placement& placement : placements) {
    edits.emplace_back(Dropped(std::move(placement)));
  }
  if (!is_left) return absl::OkStatus();
  const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kCancel);
  if (!next.has_value()) return absl::OkStatus();
  wave.state = *next;
  edits.emplace_back(std::move(wave));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<store::Draft>> DropUnready(const Ward& ward, store::ReadView& view,
                                                        const domain::Rollout& rollout,
                                                        const ParsedRollout& file) {
  // Larger change sets would hold up other writes for too long.
  constexpr size_t kMostEdits = 5000;
  if (!file.file().policy.LeavesUnready() || rollout.state != domain::RolloutState::kActive) {
    return std::optional<store::Draft>();
  }
  const absl::CivilDay today = ward.Today();
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(rollout.id));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  std::map<absl::CivilDay, absl::CivilDay> ready_by;  // by the wave's day
  std::optional<store::Draft> draft;
  std::string codes;
  absl::CivilDay day;
  for (const domain::Wave& wave : waves) {
    if (wave.state != domain::WaveState::kPlanned) continue;
    if (draft.has_value() && (wave.day != day || draft->edits.size() >= kMostEdits)) continue;
    const auto [known, is_new] = ready_by.try_emplace(wave.day, wave.day);
    if (is_new) known->second = ReadyBy(file.file(), office, wave.day);
    if (known->second >= today) continue;
    ASSIGN_OR_RETURN(ByCodes unready, UnreadyIn(view, rollout, file, wave, today));
    if (unready.empty()) continue;
    if (!draft.has_value()) {
      day = wave.day;
      codes = unready.begin()->first;
      draft =
          OwnDraft(ward, domain::Act::kDropUnready, absl::FromCivil(known->second + 1, ward.zone));
      draft->reason = codes;
    }
    const auto same = unready.find(codes);
    if (same == unready.end()) continue;
    RETURN_IF_ERROR(Leave(view, wave, std::move(same->second), draft->edits));
  }
  if (draft.has_value()) RETURN_IF_ERROR(ReconcileWavesAndPhases(view, *draft));
  return draft;
}

}  // namespace kirikae::app
