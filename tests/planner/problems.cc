#include "tests/planner/problems.h"

#include <algorithm>

#include "tests/planner/dice.h"

namespace kirikae::planner {
namespace {

const absl::CivilDay kMonday(2025, 5, 12);

/// The size of a problem. `scale` multiplies the capacity of a small problem's teams, pools and
/// help desk.
struct Sizes {
  int least_items;
  int most_items;
  int least_days;
  int most_days;
  int scale;
};

class RandomProblem {
 public:
  RandomProblem(uint64_t seed, const Sizes& sizes) : dice_(seed + 1), sizes_(sizes) {
    for (int i = 0; i < 5; ++i) dice_.Next();
  }

  PlanProblem Make() {
    MakeCalendar();
    MakeTeams();
    MakePhases();
    MakeItems();
    MakePoolsAndPolicy();
    if (dice_.Chance(30)) MakeBlackouts();
    if (dice_.Chance(25)) FixOne();
    if (dice_.Chance(15)) {
      problem_.policy.objectives = {Objective::kPlaced, Objective::kStability, Objective::kFinish};
    }
    return problem_;
  }

 private:
  absl::CivilDay AnyDay() { return problem_.calendar.first_day + dice_.Below(span_); }

  void MakeCalendar() {
    Calendar& calendar = problem_.calendar;
    calendar.first_day = kMonday + dice_.Below(7);
    span_ = dice_.From(sizes_.least_days, sizes_.most_days);
    calendar.last_day = calendar.first_day + (span_ - 1);
    if (dice_.Chance(60)) {
      for (int w = 0; w < 7; ++w) {
        if (dice_.Chance(80)) calendar.weekly_open.push_back(static_cast<absl::Weekday>(w));
      }
    } else if (dice_.Chance(90)) {
      calendar.weekly_open = MondayToFriday();
    }
    if (dice_.Chance(30)) calendar.closed_days.push_back(AnyDay());
    calendar.open_days.push_back(AnyDay());
    std::erase(calendar.closed_days, calendar.open_days.front());
    if (dice_.Chance(40)) calendar.slots = {"am", "pm"};
  }

  void MakeTeams() {
    const int teams = dice_.From(1, 2);
    for (int t = 0; t < teams; ++t) {
      Team team;
      team.id = std::string(1, static_cast<char>('a' + t));
      const int kind = dice_.Below(4);
      if (kind != 0) team.minutes_per_slot = sizes_.scale * (30 + 10 * dice_.Below(5));
      if (kind <= 1) team.devices_per_slot = sizes_.scale * dice_.From(1, 3);
      if (dice_.Chance(25)) team.sites = {dice_.Chance(50) ? "main" : "branch"};
      for (int c = dice_.Chance(30) ? dice_.From(1, 2) : 0; c > 0; --c) {
        CapacityChange change;
        if (dice_.Chance(60)) change.from = AnyDay();
        if (dice_.Chance(50)) change.to = change.from.value_or(AnyDay()) + dice_.Below(3);
        if (dice_.Chance(25)) change.weekday = absl::GetWeekday(AnyDay());
        if (!problem_.calendar.slots.empty() && dice_.Chance(40)) change.slot = "am";
        if (dice_.Chance(50)) change.set_minutes = sizes_.scale * 10 * dice_.Below(8);
        if (dice_.Chance(50)) change.add_minutes = 10 * dice_.From(-4, 4);
        if (dice_.Chance(20)) change.set_devices = dice_.Below(4);
        if (dice_.Chance(20)) change.add_devices = dice_.From(-1, 1);
        team.changes.push_back(change);
      }
      problem_.teams.push_back(team);
    }
  }

  void MakePhases() {
    const int phases = dice_.From(1, 3);
    for (int p = 0; p < phases; ++p) {
      Phase phase;
      phase.id = "p" + std::to_string(p);
      if (dice_.Chance(25)) phase.not_before = AnyDay();
      if (dice_.Chance(25)) phase.deadline = phase.not_before.value_or(AnyDay()) + dice_.Below(4);
      if (dice_.Chance(40)) phase.soak_days = dice_.Below(3);
      problem_.phases.push_back(phase);
    }
  }

  void MakeItems() {
    const int items = dice_.From(sizes_.least_items, sizes_.most_items);
    const bool alike = dice_.Chance(30);
    for (int i = 0; i < items; ++i) {
      Item item;
      item.id = "i" + std::to_string(i);
      item.minutes = alike ? 20 : 5 * dice_.From(1, 9);
      item.phase = problem_.phases[dice_.Below(static_cast<int>(problem_.phases.size()))].id;
      const char* departments[] = {"A", "A/x", "B", ""};
      item.department = departments[dice_.Below(4)];
      item.site = dice_.Chance(70) ? "main" : "branch";
      if (dice_.Chance(25)) item.pools = {dice_.Chance(50) ? "counter" : "A"};
      if (dice_.Chance(20)) item.group = dice_.Chance(70) ? "g" : "h";
      if (dice_.Chance(20)) item.not_before = AnyDay();
      if (dice_.Chance(20)) item.not_after = item.not_before.value_or(AnyDay()) + dice_.Below(4);
      if (dice_.Chance(25)) item.weight = dice_.From(1, 4);
      if (dice_.Chance(30)) item.published = AnyPosition();
      problem_.items.push_back(item);
    }
  }

  Position AnyPosition() {
    const std::vector<std::string>& slots = problem_.calendar.slots;
    const std::string slot = slots.empty() ? "day" : slots[dice_.Below(2)];
    const int team = dice_.Below(static_cast<int>(problem_.teams.size()));
    return {AnyDay(), slot, problem_.teams[team].id};
  }

  void MakePoolsAndPolicy() {
    if (dice_.Chance(40)) {
      Pool pool;
      pool.id = "A";
      if (dice_.Chance(50)) pool.daily_share = 0.1 * dice_.From(0, 10);
      if (dice_.Chance(30)) pool.size = dice_.From(0, 8);
      if (dice_.Chance(40)) pool.daily_limit = sizes_.scale * dice_.From(1, 3);
      problem_.pools.push_back(pool);
    }
    if (dice_.Chance(40))
      problem_.pools.push_back({"counter", std::nullopt, std::nullopt, sizes_.scale});
    Policy& policy = problem_.policy;
    if (dice_.Chance(40)) policy.department_daily_share = 0.1 * dice_.From(0, 10);
    if (dice_.Chance(40)) policy.visit_minutes = 5 * dice_.From(1, 4);
    if (dice_.Chance(30)) {
      policy.help_desk.daily_limit = 0.1 * sizes_.scale * dice_.From(1, 6);
      for (int k = dice_.From(1, 3); k > 0; --k) {
        policy.help_desk.tickets_per_device.push_back(0.05 * dice_.From(0, 4));
      }
      for (int d = dice_.Chance(40) ? dice_.From(1, 4) : 0; d > 0; --d) {
        policy.help_desk.carried.push_back(0.05 * sizes_.scale * dice_.From(0, 8));
      }
    }
  }

  void MakeBlackouts() {
    for (int b = dice_.From(1, 2); b > 0; --b) {
      Blackout blackout;
      if (dice_.Chance(80)) blackout.from = AnyDay();
      if (dice_.Chance(80)) blackout.to = blackout.from.value_or(AnyDay()) + dice_.Below(3);
      if (dice_.Chance(60)) blackout.department = dice_.Chance(70) ? "A" : "A/x";
      if (dice_.Chance(30)) blackout.site = "main";
      if (dice_.Chance(30)) blackout.phase = problem_.phases.front().id;
      problem_.blackouts.push_back(blackout);
    }
  }

  void FixOne() {
    problem_.items[dice_.Below(static_cast<int>(problem_.items.size()))].fixed = AnyPosition();
  }

  TestDice dice_;
  const Sizes sizes_;
  PlanProblem problem_;
  int span_ = 0;
};

}  // namespace

std::vector<absl::Weekday> MondayToFriday() {
  return {absl::Weekday::monday, absl::Weekday::tuesday, absl::Weekday::wednesday,
          absl::Weekday::thursday, absl::Weekday::friday};
}

PlanProblem OneTeam(int days) {
  PlanProblem problem;
  problem.calendar.first_day = kMonday;
  problem.calendar.last_day = kMonday + (days - 1);
  for (int w = 0; w < 7; ++w) {
    problem.calendar.weekly_open.push_back(static_cast<absl::Weekday>(w));
  }
  Team team;
  team.id = "t";
  team.minutes_per_slot = 100;
  problem.teams.push_back(team);
  problem.phases.push_back({"one", std::nullopt, std::nullopt, 0});
  return problem;
}

Item& AddItem(PlanProblem& problem, const std::string& id, int64_t minutes) {
  Item item;
  item.id = id;
  item.minutes = minutes;
  item.phase = problem.phases.back().id;
  item.department = "D";
  item.site = "main";
  problem.items.push_back(item);
  return problem.items.back();
}

PlanProblem RandomSmall(uint64_t seed) { return RandomProblem(seed, {1, 6, 3, 8, 1}).Make(); }

PlanProblem RandomMiddling(uint64_t seed) { return RandomProblem(seed, {12, 30, 6, 14, 2}).Make(); }

PlanProblem RandomLarge(uint64_t seed) { return RandomProblem(seed, {15, 60, 8, 20, 3}).Make(); }

PlanProblem WardLike(uint64_t seed) {
  TestDice dice(seed + 17);
  PlanProblem problem;
  problem.calendar.weekly_open = MondayToFriday();
  problem.calendar.first_day = absl::CivilDay(2025, 5, 1);
  problem.calendar.last_day = absl::CivilDay(2025, 12, 26);
  problem.calendar.slots = {"am", "pm"};
  problem.calendar.closed_days = {absl::CivilDay(2025, 5, 5), absl::CivilDay(2025, 5, 6)};
  for (const char* id : {"a", "b"}) {
    Team team;
    team.id = id;
    team.minutes_per_slot = 210;
    problem.teams.push_back(team);
  }
  problem.teams[1].sites = {"site0", "site1"};
  problem.phases = {{"pilot", std::nullopt, std::nullopt, 5},
                    {"managers", std::nullopt, std::nullopt, 5},
                    {"promoters", std::nullopt, std::nullopt, 5},
                    {"everyone", absl::CivilDay(2025, 7, 1), std::nullopt, 0}};
  problem.policy.department_daily_share = 0.34;
  problem.policy.visit_minutes = 30;
  for (int i = 0; i < 700; ++i) {
    Item item;
    item.id = "TSM-" + std::to_string(10'000 + i);
    const int department = std::min(dice.Below(30), dice.Below(30));
    item.department = "dept" + std::to_string(department / 5) + "/" + std::to_string(department);
    item.site = "site" + std::to_string(department < 20 ? 0 : department % 6);
    item.minutes = dice.Chance(20) ? 35 : 20;
    item.phase = department == 3   ? "pilot"
                 : dice.Chance(15) ? "managers"
                 : dice.Chance(8)  ? "promoters"
                                   : "everyone";
    if (dice.Chance(4)) item.not_before = absl::CivilDay(2025, 5, 12) + dice.Below(40);
    problem.items.push_back(item);
  }
  problem.blackouts.push_back(
      {absl::CivilDay(2025, 6, 2), absl::CivilDay(2025, 6, 13), "dept0", "", ""});
  return problem;
}

PlanProblem Huge(int items, int departments, int teams) {
  TestDice dice(99);
  PlanProblem problem;
  problem.calendar.weekly_open = MondayToFriday();
  problem.calendar.first_day = absl::CivilDay(2025, 4, 1);
  problem.calendar.last_day = absl::CivilDay(2026, 12, 28);
  problem.calendar.slots = {"am", "pm"};
  for (int t = 0; t < teams; ++t) {
    Team team;
    team.id = "team" + std::to_string(t);
    team.minutes_per_slot = 210;
    for (int s = 0; t % 2 == 1 && s < 10; ++s) {
      team.sites.push_back("site" + std::to_string((t * 7 + s * 3) % 100));
    }
    problem.teams.push_back(team);
  }
  problem.phases = {{"first", std::nullopt, std::nullopt, 5},
                    {"rest", std::nullopt, std::nullopt, 0}};
  problem.policy.department_daily_share = 0.34;
  problem.policy.visit_minutes = 30;
  for (int i = 0; i < items; ++i) {
    Item item;
    item.id = "D-" + std::to_string(i);
    const int department = dice.Below(departments);
    item.department = "d" + std::to_string(department % 40) + "/" + std::to_string(department);
    item.site = "site" + std::to_string(department % 100);
    item.minutes = dice.Chance(15) ? 35 : dice.Chance(10) ? 50 : 20;
    item.phase = dice.Chance(10) ? "first" : "rest";
    problem.items.push_back(item);
  }
  return problem;
}

PlanProblem FarHorizon() {
  PlanProblem problem = OneTeam(3'600);
  for (int s = 0; s < 22; ++s) problem.calendar.slots.push_back("s" + std::to_string(s));
  problem.teams.clear();
  for (int t = 0; t < 50; ++t) {
    Team team;
    team.id = "t" + std::to_string(t);
    team.minutes_per_slot = 60;
    problem.teams.push_back(team);
  }
  for (int i = 0; i < 5; ++i) AddItem(problem, "i" + std::to_string(i), 20 + 10 * i);
  problem.policy.department_daily_share = 0.4;
  return problem;
}

SolveOptions WithoutRelaxations() {
  SolveOptions options;
  options.find_relaxations = false;
  return options;
}

}  // namespace kirikae::planner
