// plan what-if: compares a plan before and after changes.
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/plan_difference.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

[[noreturn]] void Unreadable(const std::string& option, const std::string& given,
                             const std::string& form) {
  throw Usage(Tr("$0 $1 can't be read; write it like $2.", {option, given, form}));
}

// Splits `KEY=VALUE`.
std::pair<std::string, std::string> Pair(const std::string& option, const std::string& given,
                                         const std::string& form) {
  const size_t equals = given.rfind('=');
  if (equals == std::string::npos || equals == 0) Unreadable(option, given, form);
  return {given.substr(0, equals), given.substr(equals + 1)};
}

int WholeNumber(const std::string& option, const std::string& given, const std::string& text,
                const std::string& form) {
  const bool digits = !text.empty() && text.size() <= 4 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) Unreadable(option, given, form);
  return std::stoi(text);
}

double Decimal(const std::string& option, const std::string& given, const std::string& text,
               const std::string& form) {
  double number = 0;
  size_t read = 0;
  try {
    number = std::stod(text, &read);
  } catch (const std::exception&) {
    read = 0;
  }
  if (read == 0 || read != text.size()) Unreadable(option, given, form);
  return number;
}

double Share(const std::string& given, std::string text) {
  const bool percent = text.ends_with("%");
  if (percent) text.pop_back();
  const double share = Decimal("--share", given, text, "0.5");
  return percent ? share / 100 : share;
}

// Reads `2025-06-02..2025-06-06`, or one day.
std::pair<std::string, std::string> Days(const std::string& option, const std::string& given,
                                         const std::string& text, const std::string& form) {
  const size_t dots = text.find("..");
  if (text.empty()) Unreadable(option, given, form);
  if (dots == std::string::npos) return {text, text};
  return {text.substr(0, dots), text.substr(dots + 2)};
}

struct WhatIfFlags {
  std::string plan;
  std::vector<std::string> phase_delays;
  std::vector<std::string> gate_delays;
  std::vector<std::string> deadlines;
  std::vector<std::string> teams_away;
  std::vector<std::string> shares;
  std::vector<std::string> blackouts;
  std::vector<std::string> team_minutes;
  std::vector<std::string> team_devices;
  std::vector<std::string> pool_limits;
  std::string calendar_until;
  std::string help_desk;
};

// Adds the changes that raise teams and pools.
void AddRaises(const WhatIfFlags& flags, v1::SimulatePlanRequest& request) {
  constexpr const char* kMore = "a=30";
  for (const std::string& given : flags.team_minutes) {
    const auto [team, minutes] = Pair("--team-minutes", given, kMore);
    auto* const change = request.add_changes()->mutable_raise();
    change->set_team(team);
    change->set_add_minutes(WholeNumber("--team-minutes", given, minutes, kMore));
  }
  for (const std::string& given : flags.team_devices) {
    const auto [team, devices] = Pair("--team-devices", given, kMore);
    auto* const change = request.add_changes()->mutable_raise();
    change->set_team(team);
    change->set_add_devices(WholeNumber("--team-devices", given, devices, kMore));
  }
  for (const std::string& given : flags.pool_limits) {
    const auto [pool, limit] = Pair("--pool-limit", given, "総務部/総務課=3");
    auto* const change = request.add_changes()->mutable_pool_limit();
    change->set_pool(pool);
    change->set_daily_limit(WholeNumber("--pool-limit", given, limit, "総務部/総務課=3"));
  }
}

// Turns the flags into changes, in the order of the flags' list.
void AddChanges(const WhatIfFlags& flags, v1::SimulatePlanRequest& request) {
  constexpr const char* kDelay = "managers=10";
  for (const std::string& given : flags.phase_delays) {
    const auto [phase, days] = Pair("--phase-delay", given, kDelay);
    auto* const change = request.add_changes()->mutable_phase_delay();
    change->set_phase(phase);
    change->set_open_days(WholeNumber("--phase-delay", given, days, kDelay));
  }
  for (const std::string& given : flags.gate_delays) {
    const auto [phase, days] = Pair("--gate-delay", given, kDelay);
    auto* const change = request.add_changes()->mutable_gate_delay();
    change->set_phase(phase);
    change->set_open_days(WholeNumber("--gate-delay", given, days, kDelay));
  }
  for (const std::string& given : flags.deadlines) {
    const auto [phase, day] = Pair("--deadline", given, "managers=2025-07-04");
    auto* const change = request.add_changes()->mutable_deadline();
    change->set_phase(phase);
    change->set_deadline(day);
  }
  constexpr const char* kAway = "a=2025-06-02..2025-06-06";
  for (const std::string& given : flags.teams_away) {
    const auto [team, days] = Pair("--team-away", given, kAway);
    auto* const change = request.add_changes()->mutable_team_away();
    const auto [from, to] = Days("--team-away", given, days, kAway);
    change->set_team(team);
    change->set_from(from);
    change->set_to(to);
  }
  for (const std::string& given : flags.shares) {
    const size_t equals = given.rfind('=');
    auto* const change = request.add_changes()->mutable_share();
    if (equals != std::string::npos) change->set_pool(given.substr(0, equals));
    change->set_share(Share(given, given.substr(equals == std::string::npos ? 0 : equals + 1)));
  }
  constexpr const char* kBlackout = "総務部/総務課=2025-06-02..2025-06-06";
  for (const std::string& given : flags.blackouts) {
    const auto [department, days] = Pair("--blackout", given, kBlackout);
    auto* const change = request.add_changes()->mutable_blackout();
    const auto [from, to] = Days("--blackout", given, days, kBlackout);
    change->set_department(department);
    change->set_from(from);
    change->set_to(to);
  }
  AddRaises(flags, request);
  if (!flags.calendar_until.empty()) {
    request.add_changes()->set_calendar_last_day(flags.calendar_until);
  }
  if (!flags.help_desk.empty()) {
    request.add_changes()->set_help_desk_limit(
        Decimal("--help-desk", flags.help_desk, flags.help_desk, "12"));
  }
  if (request.changes().empty()) {
    throw Usage(
        Tr("Name at least one change: --phase-delay, --gate-delay, --deadline, --team-away, "
           "--team-minutes, --team-devices, --share, --pool-limit, --blackout, "
           "--calendar-until or --help-desk."));
  }
}

void WhatIf(Session& session, const WhatIfFlags& flags) {
  v1::SimulatePlanRequest request;
  AddChanges(flags, request);
  request.set_name(PlanName(session, flags.plan));
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::PlanSimulation result;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->SimulatePlan(&context, request, &result); },
      kLongSeconds);
  Table phases{{{"phase", Tr("phase")},
                {"last_day_before", Tr("last day before")},
                {"last_day_after", Tr("last day after")},
                {"open_days_later", Tr("open days later")}},
               {},
               {}};
  for (const v1::PhaseShift& shift : result.phases()) {
    phases.rows.push_back({shift.id(), shift.last_day_before(), shift.last_day_after(),
                           std::to_string(shift.open_days_later())});
    phases.names.push_back(shift.id());
  }
  if (!session.ForPeople()) {
    session.Print(phases, result, "phases");
    return;
  }
  std::cout << request.name() << "  " << PlanStatusWord(result.before().status()) << " -> "
            << PlanStatusWord(result.after().status()) << "\n";
  session.Print(phases, result, "phases");
  if (!result.newly_left().empty()) {
    Table left{{{"asset_tag", Tr("left out")}, {"why", Tr("why"), Fit::kWrap}}, {}, {}};
    for (const v1::PlanLeft& item : result.newly_left()) {
      left.rows.push_back({item.item(), ReasonsCell(item.reasons())});
    }
    session.Print(left, result, "newly_left");
  }
  if (result.difference().moves().empty()) {
    std::cout << Tr("Nobody moves.") << "\n";
  } else {
    session.Print(Departments(result.difference()), result.difference(), "departments");
  }
}

}  // namespace

void AddPlanWhatIf(CLI::App& plan, Session& session) {
  auto* const what_if = plan.add_subcommand("what-if", Tr("a plan before and after changes"));
  auto flags = std::make_shared<WhatIfFlags>();
  what_if->add_option("PLAN", flags->plan, Tr("ROLLOUT/N or N; the newest when left out"));
  what_if->add_option("--phase-delay", flags->phase_delays,
                      Tr("a phase begins this many open days later: managers=10"));
  what_if->add_option("--gate-delay", flags->gate_delays,
                      Tr("the gate after a phase costs this many open days: pilot=5"));
  what_if->add_option("--deadline", flags->deadlines,
                      Tr("another deadline, or none: managers=2025-07-04"));
  what_if->add_option("--team-away", flags->teams_away,
                      Tr("a team does not work: a=2025-06-02..2025-06-06"));
  what_if->add_option("--share", flags->shares,
                      Tr("another daily share, of all or one department: 0.5 or UNIT=0.5"));
  what_if->add_option("--blackout", flags->blackouts,
                      Tr("a department can't be touched: UNIT=2025-06-02..2025-06-06"));
  what_if->add_option("--team-minutes", flags->team_minutes,
                      Tr("a team has more minutes in each slot: a=30"));
  what_if->add_option("--team-devices", flags->team_devices,
                      Tr("a team takes more devices in each slot: a=2"));
  what_if->add_option("--pool-limit", flags->pool_limits,
                      Tr("another daily limit of a pool, 0 for none: UNIT=3"));
  what_if->add_option("--calendar-until", flags->calendar_until,
                      Tr("the calendar is extended to this day"));
  what_if->add_option("--help-desk", flags->help_desk,
                      Tr("tickets the help desk takes a day, 0 for any number"));
  what_if->callback([flags, &session] { WhatIf(session, *flags); });
}

}  // namespace kirikae::cli
