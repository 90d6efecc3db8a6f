#include "client/cli/left_groups.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"
#include "client/cli/words.h"

namespace kirikae::cli {
namespace {

// So many of a row's items are named.
constexpr int kMostItems = 3;

struct Row {
  Cell why = "";
  std::string department;
  int64_t items = 0;
  int64_t groups = 0;
  std::string named = {};
};

Cell WhyCell(const v1::PlanLeftGroup& group) {
  Cell why("");
  for (const std::string& code : group.codes()) {
    const Cell one = LeftCell(code);
    why = {why.text + (why.text.empty() ? "" : "; ") + one.text,
           why.code + (why.code.empty() ? "" : " ") + one.code};
  }
  return why;
}

std::vector<Row> RowsOf(const v1::PlanSolution& solution) {
  std::map<std::pair<std::string, std::string>, size_t> known;
  std::vector<Row> rows;
  for (const v1::PlanLeftGroup& group : solution.left_groups()) {
    const Cell why = WhyCell(group);
    const auto [at, is_new] = known.emplace(std::pair(group.department(), why.code), rows.size());
    if (is_new) rows.push_back({why, group.department()});
    Row& row = rows[at->second];
    for (const std::string& item : group.items()) {
      if (row.items < kMostItems) row.named += (row.items == 0 ? "" : ", ") + item;
      ++row.items;
    }
    row.groups += group.group().empty() ? 0 : 1;
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.items > b.items; });
  return rows;
}

std::string ChangeOf(const v1::PlanRelaxation& step) {
  const bool japanese = CurrentLanguage() == Language::kJapanese && !step.change_ja().empty();
  return japanese ? step.change_ja() : step.change();
}

// What a step achieves, with those before it.
std::string EffectOf(const v1::PlanRelaxation& step) {
  std::string effect =
      step.left_count() == 0
          ? Tr("all are planned")
          : Tr("$0 more are planned, all but $1",
               {std::to_string(step.places_size()), std::to_string(step.left_count())});
  if (step.leaves_size() > 0) {
    effect +=
        "; " + Tr("in place of $0 that are planned now", {std::to_string(step.leaves_size())});
  }
  return effect;
}

}  // namespace

Table LeftGroups(const v1::PlanSolution& solution) {
  Table table{{{"devices", Tr("devices")},
               {"groups", Tr("in groups"), Fit::kSpare},
               {"department", Tr("department")},
               {"why", Tr("why"), Fit::kWrap},
               {"such_as", Tr("such as"), Fit::kSpare}},
              {},
              {}};
  for (const Row& row : RowsOf(solution)) {
    table.rows.push_back({std::to_string(row.items),
                          row.groups == 0 ? "" : std::to_string(row.groups), row.department,
                          row.why, row.named});
    table.names.push_back(row.department);
  }
  return table;
}

Table LeftItems(const v1::PlanSolution& solution) {
  Table table{{{"asset_tag", Tr("tag")}, {"why", Tr("why"), Fit::kWrap}}, {}, {}};
  for (const v1::PlanLeft& left : solution.left()) {
    table.rows.push_back({left.item(), ReasonsCell(left.reasons())});
    table.names.push_back("devices/" + left.item());
  }
  return table;
}

void PrintSteps(const Session& session, const v1::PlanSolution& solution) {
  if (solution.relaxation_steps().empty()) return;
  std::cout << Tr("What would place them, one change after the other:") << "\n";
  Table table{{{"step", Tr("step")},
               {"change", Tr("change"), Fit::kWrap},
               {"effect", Tr("effect"), Fit::kWrap}},
              {},
              {}};
  for (const v1::PlanRelaxation& step : solution.relaxation_steps()) {
    table.rows.push_back({std::to_string(table.rows.size() + 1), ChangeOf(step), EffectOf(step)});
  }
  cli::Print(session.form, !session.no_headers, table, solution, "relaxation_steps");
  const int rest = solution.relaxation_steps().rbegin()->left_count();
  if (rest > 0) {
    std::cout << Trn("$0 device is placed by no change that was tried.",
                     "$0 devices are placed by no change that was tried.", rest)
              << "\n";
  }
}

}  // namespace kirikae::cli
