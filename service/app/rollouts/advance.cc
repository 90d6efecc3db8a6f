#include "service/app/rollouts/advance.h"

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/app/rollouts/count.h"
#include "service/app/rollouts/own_draft.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/reconcile.h"
#include "service/app/rollouts/unready.h"
#include "service/app/rollouts/waves.h"
#include "service/domain/rollout_states.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PhaseState;
using domain::PlacementState;
using domain::RolloutState;

using Due = absl::StatusOr<std::optional<store::Draft>>;

// A larger change set would hold up other writes for too long.
constexpr size_t kMostEdits = 5000;
// Catching up on a year takes some hundred steps. Steps beyond this limit wait for the next call.
constexpr int kMostSteps = 10'000;
// Of a wave with many open devices, so many are looked at before all are.
constexpr int kFirstLooked = 8;
constexpr char kWritten[] = "written";

Due EndExceptions(const Ward& ward, store::ReadView& view) {
  const absl::Time now = ward.now();
  ASSIGN_OR_RETURN(const std::vector<std::string> tags, view.TagsWithException());
  // By the instant at which the exceptions ended: each change set covers one instant.
  std::map<absl::Time, std::vector<domain::Device>> ended;
  for (const std::string& tag : tags) {
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, view.FindDevice(tag));
    if (!device.has_value() || device->exception->until > now) continue;
    std::vector<domain::Device>& together = ended[device->exception->until];
    together.push_back(*std::move(device));
  }
  if (ended.empty()) return std::optional<store::Draft>();
  store::Draft draft = OwnDraft(ward, domain::Act::kExceptionEnded, ended.begin()->first);
  for (domain::Device& device : ended.begin()->second) {
    if (draft.edits.size() == kMostEdits) break;
    device.exception.reset();
    draft.edits.emplace_back(store::DeviceEdit{std::move(device), std::nullopt});
  }
  return std::optional(std::move(draft));
}

// Finds the next step of one rollout.
class Steps {
 public:
  Steps(const Ward& ward, store::ReadView& view, const domain::Rollout& rollout,
        const ParsedRollout& file)
      : ward_(ward), view_(view), rollout_(rollout), file_(file), today_(ward.Today()) {}

  Due Next() {
    ASSIGN_OR_RETURN(std::vector<domain::PhaseStatus> statuses, StatusesOf(view_, rollout_, file_));
    ASSIGN_OR_RETURN(auto counts, view_.CountPlacements(rollout_.id));
    for (const store::PlacementCount& count : counts)
      tallies_[count.phase].Add(count.state, count.count);
    for (const domain::PhaseStatus& status : statuses) states_[status.id] = status.state;
    using Step = Due (Steps::*)();
    for (const Step step : {&Steps::DropUnready, &Steps::StartWave, &Steps::FinishDeserted,
                            &Steps::AdvancePhase, &Steps::Verify, &Steps::Complete}) {
      ASSIGN_OR_RETURN(auto due, (this->*step)());
      if (due.has_value()) return due;
    }
    return std::optional<store::Draft>();
  }

 private:
  bool MayStart(const domain::Wave& wave) const {
    if (wave.state != domain::WaveState::kPlanned || wave.day > today_) return false;
    if (rollout_.state == RolloutState::kPaused &&
        !(rollout_.waves_go_on_until.has_value() && wave.day <= *rollout_.waves_go_on_until)) {
      return false;
    }
    const auto state = states_.find(wave.phase);
    return state != states_.end() && domain::Runs(state->second);
  }

  Due DropUnready() { return app::DropUnready(ward_, view_, rollout_, file_); }

  // Starts the waves of the earliest day that has waves to start.
  Due StartWave() {
    ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view_.ListWaves(rollout_.id));
    store::Draft draft;
    std::optional<absl::CivilDay> day;
    for (domain::Wave wave : waves) {
      if (!MayStart(wave)) continue;
      if (!day.has_value()) {
        day = wave.day;
        draft = OwnDraft(ward_, domain::Act::kStartWave, absl::FromCivil(*day, ward_.zone));
      }
      if (wave.day != *day || draft.edits.size() >= kMostEdits) break;
      RETURN_IF_ERROR(StartWaveEdits(view_, std::move(wave), draft.edits));
    }
    if (!day.has_value()) return std::optional<store::Draft>();
    return std::optional(std::move(draft));
  }

  absl::StatusOr<std::vector<domain::Placement>> OpenIn(const domain::Wave& wave, int limit) {
    return view_.ListPlacements({.rollout = rollout_.id,
                                 .team = "",
                                 .until = std::nullopt,
                                 .open_only = true,
                                 .wave = wave.number,
                                 .limit = limit});
  }

  // Whether a device of these placements is still to be done. Usually the first one is.
  absl::StatusOr<bool> HasWork(const std::vector<domain::Placement>& open) {
    for (const domain::Placement& placement : open) {
      ASSIGN_OR_RETURN(const auto device, view_.FindDevice(placement.asset_tag));
      if (device.has_value() && IsToBeDone(file_, *device)) return true;
    }
    return false;
  }

  // Whether an open device of the wave is still to be done.
  absl::StatusOr<bool> HasWork(const domain::Wave& wave) {
    for (const int limit : {kFirstLooked, 0}) {
      ASSIGN_OR_RETURN(const std::vector<domain::Placement> open, OpenIn(wave, limit));
      ASSIGN_OR_RETURN(const bool any, HasWork(open));
      if (any) return true;
      if (open.size() < size_t{kFirstLooked}) break;
    }
    return false;
  }

  // Finishes a wave whose last open devices are out of use or out of the scope: they leave it, as
  // when a person finishes it.
  Due FinishDeserted() {
    ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view_.ListWaves(rollout_.id));
    for (const domain::Wave& wave : waves) {
      if (wave.state != domain::WaveState::kInProgress) continue;
      ASSIGN_OR_RETURN(const bool has_work, HasWork(wave));
      if (has_work) continue;
      ASSIGN_OR_RETURN(std::vector<domain::Placement> open, OpenIn(wave, 0));
      if (open.empty()) continue;
      store::Draft draft = OwnDraft(ward_, domain::Act::kFinishWave, ward_.now());
      for (domain::Placement& placement : open) {
        draft.edits.emplace_back(Dropped(std::move(placement)));
      }
      RETURN_IF_ERROR(ReconcileWavesAndPhases(view_, draft));
      return std::optional(std::move(draft));
    }
    return std::optional<store::Draft>();
  }

  // Whether the phase has a planned device that is still to be done.
  absl::StatusOr<bool> IsWorkedOn(const std::string& phase) {
    const auto tally = tallies_.find(phase);
    if (tally == tallies_.end() ||
        tally->second.Count(PlacementState::kPlanned) + tally->second.Count(PlacementState::kDue) ==
            0) {
      return false;
    }
    // Usually the first device of the first wave with open devices is to be done.
    ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view_.ListWaves(rollout_.id));
    for (const domain::Wave& wave : waves) {
      if (wave.phase != phase) continue;
      ASSIGN_OR_RETURN(const bool has_work, HasWork(wave));
      if (has_work) return true;
    }
    return false;
  }

  // Whether the counts allow that a phase has to move. Only then are its devices read.
  absl::StatusOr<bool> MayMove() {
    bool before_passed = true;
    for (const PhaseSpec& spec : file_.file().phases) {
      const PhaseState state = states_.at(spec.id);
      const bool counts = spec.gate.success_count.has_value();
      if (state == PhaseState::kWaiting && before_passed &&
          rollout_.state == RolloutState::kActive) {
        return true;
      }
      if (state == PhaseState::kSoaking || state == PhaseState::kGate) return true;
      if (state == PhaseState::kOpen) {
        if (counts) return true;
        ASSIGN_OR_RETURN(const bool worked_on, IsWorkedOn(spec.id));
        if (!worked_on) return true;
      }
      before_passed = state == PhaseState::kPassed;
    }
    return false;
  }

  Due AdvancePhase() {
    ASSIGN_OR_RETURN(const bool may_move, MayMove());
    if (!may_move) return std::optional<store::Draft>();
    ASSIGN_OR_RETURN(const std::vector<PhaseNow> phases, PhasesNow(ward_, view_, rollout_, file_));
    for (const PhaseNow& phase : phases) {
      const auto next = domain::Advance(phase.status, PolicyOf(phase.spec), phase.facts);
      if (!next.has_value()) continue;
      store::Draft draft = OwnDraft(ward_, domain::ActOf(next->state), ward_.now());
      draft.edits.emplace_back(*next);
      return std::optional(std::move(draft));
    }
    return std::optional<store::Draft>();
  }

  // Verifies devices that were switched at least their phase's soak ago, once the soak of the whole
  // phase is over.
  Due Verify() {
    bool any = false;
    for (const auto& [phase, tally] : tallies_) any = any || CanVerify(phase, tally);
    if (!any) return std::optional<store::Draft>();
    ASSIGN_OR_RETURN(
        const std::vector<domain::Placement> placements,
        view_.ListPlacements(
            {.rollout = rollout_.id, .team = "", .until = std::nullopt, .open_only = false}));
    ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view_));
    std::map<std::pair<absl::CivilDay, int>, bool> passed;  // by day and soak
    store::Draft draft = OwnDraft(ward_, domain::Act::kSoakPassed, ward_.now());
    for (domain::Placement placement : placements) {
      if (draft.edits.size() == kMostEdits) break;
      if (placement.state != PlacementState::kMigrated || !placement.marked_time.has_value() ||
          !IsPastSoak(placement.phase)) {
        continue;
      }
      const PhaseSpec* const spec = file_.FindPhase(placement.phase);
      const absl::CivilDay done_on = ward_.DayOf(*placement.marked_time);
      const auto [known, is_new] = passed.try_emplace({done_on, spec->soak_days}, false);
      if (is_new) {
        known->second = SoakPassed(file_.file().calendar, office, done_on, spec->soak_days, today_);
      }
      if (!known->second) continue;
      const auto next = domain::AfterEvent(placement.state, domain::PlacementEvent::kSoakPassed);
      if (!next.has_value() || *next == placement.state) continue;
      placement.state = *next;
      draft.edits.emplace_back(std::move(placement));
    }
    if (draft.edits.empty()) return std::optional<store::Draft>();
    return std::optional(std::move(draft));
  }

  bool IsPastSoak(const std::string& phase) const {
    const auto state = states_.find(phase);
    return state != states_.end() &&
           (state->second == PhaseState::kGate || state->second == PhaseState::kPassed);
  }
  bool CanVerify(const std::string& phase, const domain::Tally& tally) const {
    return IsPastSoak(phase) && tally.Count(PlacementState::kMigrated) > 0;
  }

  Due Complete() {
    for (const auto& [phase, state] : states_) {
      if (state != PhaseState::kPassed) return std::optional<store::Draft>();
    }
    const auto next = domain::AfterEvent(rollout_.state, domain::RolloutEvent::kComplete);
    if (!next.has_value() || *next == rollout_.state) return std::optional<store::Draft>();
    store::Draft draft = OwnDraft(ward_, domain::Act::kCompleteRollout, ward_.now());
    domain::Rollout rollout = rollout_;
    rollout.state = *next;
    draft.edits.emplace_back(std::move(rollout));
    return std::optional(std::move(draft));
  }

  const Ward& ward_;
  store::ReadView& view_;
  const domain::Rollout& rollout_;
  const ParsedRollout& file_;
  const absl::CivilDay today_;
  std::map<std::string, domain::Tally> tallies_;
  std::map<std::string, PhaseState> states_;
};

// Writes the next change that is due when the writer runs; false when nothing was due.
absl::StatusOr<bool> WriteNext(const Ward& ward, store::Store& store) {
  std::promise<absl::StatusOr<std::string>> written;
  store::WriteRequest request;
  request.now = ward.now();
  request.make = [&ward](store::ReadView& view, int64_t) -> absl::StatusOr<store::Draft> {
    ASSIGN_OR_RETURN(std::optional<store::Draft> due, NextDue(ward, view));
    if (!due.has_value()) return store::Draft();
    due->response = kWritten;
    return *std::move(due);
  };
  store.Write(std::move(request), [&written](absl::StatusOr<std::string> answer) {
    written.set_value(std::move(answer));
  });
  ASSIGN_OR_RETURN(const std::string response, written.get_future().get());
  return response == kWritten;
}

}  // namespace

absl::StatusOr<std::optional<store::Draft>> NextDue(const Ward& ward, store::ReadView& view) {
  ASSIGN_OR_RETURN(auto exceptions, EndExceptions(ward, view));
  if (exceptions.has_value()) return exceptions;
  ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                   view.ListRollouts({.after = "", .limit = 1000}));
  for (const domain::Rollout& rollout : rollouts) {
    if (rollout.state != RolloutState::kActive && rollout.state != RolloutState::kPaused) continue;
    ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
    ASSIGN_OR_RETURN(auto due, Steps(ward, view, rollout, *file).Next());
    if (due.has_value()) return due;
  }
  return std::optional<store::Draft>();
}

absl::Status CatchUp(const Ward& ward, store::Store& store) {
  for (int step = 0; step < kMostSteps; ++step) {
    {
      // Most of the time nothing is due. A snapshot shows that without the writer.
      ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store.Read());
      ASSIGN_OR_RETURN(const auto due, NextDue(ward, *view));
      if (!due.has_value()) return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const bool any, WriteNext(ward, store));
    if (!any) return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace kirikae::app
