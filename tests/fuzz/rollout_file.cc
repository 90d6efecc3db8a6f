// The rollout file.
#include "service/app/rollouts/rollout_file.h"

#include <string>

#include "service/app/rollouts/parsed_file.h"
#include "service/domain/error_detail.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace app = kirikae::app;
  namespace domain = kirikae::domain;
  namespace fuzz = kirikae::fuzz;
  const std::string yaml(fuzz::Input(data, size));
  const auto file = app::ParseRolloutFile(yaml);
  if (!file.ok()) {
    const auto detail = domain::DetailOf(file.status());
    fuzz::Require(detail.has_value() && !detail->violations.empty(),
                  "a refusal has its violations");
    return 0;
  }
  fuzz::Require(!file->id.empty() && !file->phases.empty() && !file->teams.empty(),
                "a file has an id, phases and teams");
  for (const app::BlackoutSpec& blackout : file->calendar.blackouts) {
    fuzz::Require(blackout.from <= blackout.to, "a blackout begins before it ends");
  }
  fuzz::Require(app::DifferingFields(yaml, yaml).empty(), "a file does not differ from itself");
  const auto parsed = app::ParsedRollout::Parse(yaml);
  fuzz::Require(parsed.ok(), "the filters of a file that was read can be read");
  for (const app::PhaseSpec& phase : file->phases) {
    fuzz::Require((*parsed)->FindPhase(phase.id) != nullptr, "a phase is found by its id");
  }
  (*parsed)->PhaseOf(domain::Device());
  return 0;
}
