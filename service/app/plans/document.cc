#include "service/app/plans/document.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_split.h"
#include "service/app/plans/document_ics.h"
#include "service/app/plans/kept_plan.h"
#include "service/domain/readiness.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"
#include "service/tabular/csv_writer.h"
#include "service/tabular/xlsx_writer.h"

namespace kirikae::app {
namespace {

using Row = std::vector<std::string>;

// The name of a plan's table and the headers of its columns.
struct Words {
  std::string name;
  Row headers;
};

Words WordsIn(catalogue::Language language) {
  // All words are one entry of the catalogue. As single entries they would also translate arguments
  // of sentences that happen to be the same word, such as a field's name.
  const domain::Sentence words("plan,day,slot,team,tag,host,department,site,floor,users,waits for");
  Row all = absl::StrSplit(catalogue::InLanguage(words, language), ',');
  Words split;
  split.name = std::move(all.front());
  all.erase(all.begin());
  split.headers = std::move(all);
  return split;
}

Row Cells(const PlannedDevice& device) {
  const planner::Placement& placement = device.placement;
  return {absl::FormatCivilTime(placement.day),
          placement.slot,
          placement.team,
          placement.item,
          device.host_name,
          device.department,
          device.site,
          device.floor,
          device.users,
          device.conditions};
}

std::vector<Row> Rows(const std::vector<PlannedDevice>& devices, Row headers) {
  std::vector<Row> rows = {std::move(headers)};
  for (const PlannedDevice& device : devices) rows.push_back(Cells(device));
  return rows;
}

// What each device that is not ready waits for, in words.
std::unordered_map<std::string, std::string> ConditionsOf(const stored::Plan& plan,
                                                          catalogue::Language language) {
  std::unordered_map<std::string, std::string> conditions;
  for (const auto& device : plan.conditional()) {
    std::string& words = conditions[device.asset_tag()];
    for (const auto& condition : device.conditions()) {
      const std::string word(domain::BlockerWord(condition.code()));
      words += (words.empty() ? "" : ", ") + catalogue::InLanguage(word, language) + " → " +
               condition.day();
    }
  }
  return conditions;
}

// The devices that the plan places, by day, slot, team and tag. DATA_LOSS when the plan's content
// can't be read.
absl::StatusOr<std::vector<PlannedDevice>> PlannedDevices(store::ReadView& view,
                                                          const domain::Plan& plan,
                                                          catalogue::Language language) {
  ASSIGN_OR_RETURN(const stored::Plan kept, KeptOf(plan));
  auto conditions = ConditionsOf(kept, language);
  ASSIGN_OR_RETURN(planner::PlanSolution solution, plan_form::FromProto(kept.solution()));
  std::vector<planner::Placement>& placements = solution.placements;
  std::sort(placements.begin(), placements.end(),
            [](const planner::Placement& a, const planner::Placement& b) {
              return std::tie(a.day, a.slot, a.team, a.item) <
                     std::tie(b.day, b.slot, b.team, b.item);
            });
  std::vector<PlannedDevice> devices;
  for (planner::Placement& placement : placements) {
    ASSIGN_OR_RETURN(const auto found, view.FindDevice(placement.item));
    PlannedDevice& row = devices.emplace_back();
    row.placement = std::move(placement);
    row.conditions = std::move(conditions[row.placement.item]);
    if (!found.has_value()) continue;
    row.host_name = found->host_name;
    row.department = found->department;
    row.site = found->site;
    row.floor = found->floor;
    for (const domain::DeviceUser& user : found->users) {
      row.users += (row.users.empty() ? "" : ", ") + user.name;
    }
  }
  return devices;
}

// The waves from `first` on that earlier plans have and `devices` lack, by day.
absl::StatusOr<std::vector<IcsWave>> RemovedWaves(store::ReadView& view, const domain::Plan& plan,
                                                  const std::vector<PlannedDevice>& devices,
                                                  absl::CivilDay first) {
  // Of a rollout with more plans, calendars have read the later ones.
  constexpr int64_t kPlans = 50;
  std::set<IcsWave> removed;
  for (int64_t number = std::max<int64_t>(1, plan.number - kPlans); number < plan.number;
       ++number) {
    ASSIGN_OR_RETURN(const std::optional<domain::Plan> earlier,
                     view.FindPlan(plan.rollout, number));
    if (!earlier.has_value()) continue;
    ASSIGN_OR_RETURN(const stored::Plan kept, KeptOf(*earlier));
    ASSIGN_OR_RETURN(const planner::PlanSolution solution, plan_form::FromProto(kept.solution()));
    for (const planner::Placement& placement : solution.placements) {
      if (placement.day >= first) removed.insert({placement.day, placement.slot, placement.team});
    }
  }
  for (const PlannedDevice& device : devices) {
    removed.erase({device.placement.day, device.placement.slot, device.placement.team});
  }
  return std::vector<IcsWave>(removed.begin(), removed.end());
}

}  // namespace

absl::StatusOr<PlanDocument> WritePlan(store::ReadView& view, const domain::Plan& plan,
                                       DocumentForm form, catalogue::Language language,
                                       absl::Time now, absl::CivilDay made_on) {
  ASSIGN_OR_RETURN(std::vector<PlannedDevice> devices, PlannedDevices(view, plan, language));
  PlanDocument document;
  document.devices = devices.size();
  if (form == DocumentForm::kIcs) {
    ASSIGN_OR_RETURN(std::vector<IcsWave> removed, RemovedWaves(view, plan, devices, made_on));
    document.bytes =
        ToIcs({plan.rollout, plan.number, std::move(devices), std::move(removed)}, language, now);
    return document;
  }
  Words words = WordsIn(language);
  const std::vector<Row> rows = Rows(devices, std::move(words.headers));
  if (form == DocumentForm::kXlsx) {
    ASSIGN_OR_RETURN(document.bytes, tabular::WriteWorkbook(words.name, rows));
    return document;
  }
  tabular::CsvWriter csv(tabular::CsvEncoding::kUtf8WithMark);
  for (const Row& row : rows) csv.AddRow(row);
  document.bytes = std::move(csv).Finish();
  return document;
}

}  // namespace kirikae::app
