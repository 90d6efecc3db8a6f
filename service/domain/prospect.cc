#include "service/domain/prospect.h"

#include <algorithm>
#include <utility>

namespace kirikae::domain {
namespace {

void Add(Condition condition, std::vector<Condition>& conditions) {
  const auto known = std::find_if(conditions.begin(), conditions.end(), [&](const Condition& each) {
    return each.code == condition.code;
  });
  if (known == conditions.end()) {
    conditions.push_back(std::move(condition));
  } else if (known->day < condition.day) {
    *known = std::move(condition);
  }
}

}  // namespace

Prospect ProspectOf(const std::vector<Blocker>& blockers, const ExpectedDays& expected,
                    absl::CivilDay today) {
  Prospect prospect;
  for (const Blocker& blocker : blockers) {
    const bool passed = blocker.clears_on.has_value() && *blocker.clears_on < today;
    prospect.overdue = prospect.overdue || passed;
    const bool recorded = blocker.clears_on.has_value() && !passed;
    const auto usual = blocker.awaits.has_value() ? expected.find(*blocker.awaits) : expected.end();
    if (!recorded && usual == expected.end()) {
      prospect.blocked = true;
      continue;
    }
    const absl::CivilDay day = recorded ? *blocker.clears_on : usual->second;
    Add({blocker.code, day, recorded}, prospect.conditions);
    prospect.ready_on = std::max(prospect.ready_on.value_or(day), day);
  }
  return prospect;
}

}  // namespace kirikae::domain
