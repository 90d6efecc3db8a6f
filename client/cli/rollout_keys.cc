#include "client/cli/rollout_keys.h"

#include "client/cli/catalogue.h"

namespace kirikae::cli {
namespace {

using Keys = std::vector<RolloutKey>;

std::string Day() { return Tr("day, YYYY-MM-DD"); }
std::string DayList() { return Tr("list of days, YYYY-MM-DD"); }
std::string Share() { return Tr("share, such as 34% or 0.34"); }
std::string Text() { return Tr("text"); }
std::string Texts() { return Tr("list of texts"); }
std::string Whole() { return Tr("whole number"); }
std::string Days() { return Tr("whole number, working days"); }
std::string OpenDays() { return Tr("whole number, open days, 1 to 250"); }
std::string Minutes() { return Tr("whole number, minutes"); }
std::string Devices() { return Tr("whole number, devices"); }
std::string Selector() { return Tr("filter over devices, as in kirikae device list --filter"); }
std::string YesOrNo() { return Tr("true or false"); }
std::string Map() { return Tr("keys with values"); }
std::string List() { return Tr("list of entries"); }
std::string None() { return Tr("none"); }

void AddTop(Keys& keys) {
  keys.push_back({"rollout", Tr("text: small letters, digits, - and _"), "", "face2025",
                  Tr("The rollout's name in commands and in the record. It never changes.")});
  keys.push_back({"title", Text(), None(), "管理職端末等への顔認証導入",
                  Tr("What people read in lists, on the page and in the report.")});
  keys.push_back({"from", Tr("log-on method"), "", "IC_CARD_AND_PASSWORD",
                  Tr("The method before. Devices with another method are left out of plans.")});
  keys.push_back({"to", Tr("log-on method"), "", "FACE_AND_PASSWORD",
                  Tr("The method after: what kirikae mark migrated sets.")});
  keys.push_back({"scope", Selector(), Tr("all devices"), "state = ACTIVE AND network != INTERNET",
                  Tr("Which devices the rollout is about. No phase reaches beyond it.")});
}

void AddGate(Keys& keys) {
  keys.push_back({"phases.gate", Map(), Tr("a gate that opens by itself"), "{ approval: true }",
                  Tr("What must hold before the next phase opens. A phase whose gate does not hold "
                     "is held.")});
  keys.push_back({"phases.gate.success_rate", Tr("share such as 97%, or a number of devices"),
                  None(), "97%",
                  Tr("Of the devices that were tried, so many must be switched. Once the sample is "
                     "reached, a lower rate holds the phase.")});
  keys.push_back({"phases.gate.minimum_sample", Devices(), "0", "20",
                  Tr("So many devices must have been tried before the rate says anything.")});
  keys.push_back({"phases.gate.incidents", Whole(), Tr("no limit"), "3",
                  Tr("More failed devices than this hold the phase at once.")});
  keys.push_back({"phases.gate.approval", YesOrNo(), "false", "true",
                  Tr("A person must open the gate: kirikae phase release.")});
  keys.push_back({"phases.gate.confidence", Tr("share from 50% to below 100%"), None(), "95%",
                  Tr("The tried devices must prove the success_rate with this confidence, not only "
                     "reach it.")});
  keys.push_back({"phases.gate.sequential", Map(), None(), "{ good: 99%, bad: 95%, error: 5% }",
                  Tr("Decides after each device whether the rate is good or bad, so that a clear "
                     "case needs few devices.")});
  keys.push_back({"phases.gate.sequential.good", Share(), "", "99%",
                  Tr("A true rate like this shall open the gate.")});
  keys.push_back({"phases.gate.sequential.bad", Share(), "", "95%",
                  Tr("A true rate like this shall keep it closed. It is below good.")});
  keys.push_back({"phases.gate.sequential.error", Tr("share below 50%"), "", "5%",
                  Tr("How often the decision may be wrong, either way.")});
}

void AddPhases(Keys& keys) {
  keys.push_back({"phases", List(), "", "[ { id: pilot } ]",
                  Tr("The steps, in their order. A device belongs to the first phase that selects "
                     "it.")});
  keys.push_back({"phases.id", Text(), "", "managers", Tr("The phase's name in commands.")});
  keys.push_back({"phases.title", Text(), None(), "管理職端末", Tr("What people read.")});
  keys.push_back({"phases.select", Selector(), Tr("all devices of the scope"),
                  "kind = MANAGER_TERMINAL", Tr("Which devices of the scope the phase has.")});
  keys.push_back({"phases.not_before", Day(), Tr("as soon as the phase before allows"),
                  "2025-05-01", Tr("No device of the phase is planned before it.")});
  keys.push_back({"phases.deadline", Day(), None(), "2025-06-30",
                  Tr("The plan says which devices do not fit before it, and why.")});
  keys.push_back({"phases.soak_days", Days(), "0", "5",
                  Tr("So long the phase waits after its last device before its gate may open.")});
  AddGate(keys);
}

void AddPolicy(Keys& keys) {
  keys.push_back({"policy", Map(), Tr("its keys' own"), "{ visit_minutes: 30 }",
                  Tr("What each day's work must respect.")});
  keys.push_back({"policy.department_daily_share", Share(), "100%", "34%",
                  Tr("At most this part of a department's devices is switched on one day, but one "
                     "always.")});
  keys.push_back({"policy.counter_daily_share", Share(), Tr("no limit of its own"), "50%",
                  Tr("The same for the shared counter terminals of a department.")});
  keys.push_back(
      {"policy.visit_minutes", Minutes(), "0", "30",
       Tr("What a team needs to get to a place, once for all devices there in a slot.")});
  keys.push_back({"policy.minutes", Map(), "{ default: 20 }",
                  "{ default: 20, SHARED_COUNTER_TERMINAL: 35 }",
                  Tr("What one device takes, by kind of device; default is for the others.")});
  keys.push_back({"policy.minutes.default", Tr("whole number, minutes, 1 to 1,440"), "20", "20",
                  Tr("What a device takes whose kind is not listed.")});
  keys.push_back({"policy.group_by", Tr("a label, labels.NAME"), None(), "labels.bundle",
                  Tr("Devices with the same value of the label are switched in one visit.")});
  keys.push_back({"policy.minimum_os", Tr("text, such as Windows 11"), None(), "Windows 11",
                  Tr("Devices with an older OS are blocked until they are updated.")});
  keys.push_back(
      {"policy.expect", Map(), Tr("nothing is expected"), "{ enrolment: 15, camera: 30, os: 20 }",
       Tr("Plans devices that are not ready yet, no earlier than this many open days from "
          "the day of planning. The plan marks them and says what they wait for.")});
  keys.push_back({"policy.expect.enrolment", OpenDays(), Tr("not expected"), "15",
                  Tr("So long it takes at most until a user's face is registered.")});
  keys.push_back({"policy.expect.camera", OpenDays(), Tr("not expected"), "30",
                  Tr("So long it takes at most until a camera is there or repaired.")});
  keys.push_back({"policy.expect.os", OpenDays(), Tr("not expected"), "20",
                  Tr("So long it takes at most until an OS older than minimum_os is renewed.")});
  keys.push_back({"policy.ready_before", Tr("whole number, open days, 0 to 20"), "2", "2",
                  Tr("So many open days before its wave a device has to be ready. With this key or "
                     "expect, a device that is not leaves the wave when that day is over; 0 = it "
                     "stays.")});
  keys.push_back({"policy.help_desk", Map(), Tr("no limit"),
                  "{ tickets_per_device: [0.08, 0.04, 0.02], daily_limit: 20 }",
                  Tr("Keeps the help desk's calls on each day within what it can take.")});
  keys.push_back({"policy.help_desk.tickets_per_device", Tr("list of numbers, calls a device"),
                  None(), "[0.08, 0.04, 0.02]",
                  Tr("The calls that a device brings on its day, on the next working day, and so "
                     "on.")});
  keys.push_back({"policy.help_desk.daily_limit", Tr("number, calls a day"), Tr("no limit"), "20",
                  Tr("More calls than this are planned for no day.")});
  keys.push_back({"policy.objectives", Tr("list of PLACED, FINISH, STABILITY, VISITS, LEVEL"),
                  Tr("in that order"), "[PLACED, FINISH, VISITS]",
                  Tr("What matters more to the planner comes first: devices with a date, an early "
                     "end, dates that stay, few visits, even days.")});
}

void AddTeams(Keys& keys) {
  keys.push_back(
      {"teams", List(), "", "[ { id: a, minutes_per_slot: 210 } ]", Tr("Who switches devices.")});
  keys.push_back({"teams.id", Text(), "", "a", Tr("The team's name in commands and lists.")});
  keys.push_back({"teams.minutes_per_slot", Minutes(), Tr("devices_per_slot is needed then"), "210",
                  Tr("The team's time in a slot, for visits and devices.")});
  keys.push_back({"teams.devices_per_slot", Devices(), Tr("minutes_per_slot is needed then"), "12",
                  Tr("At most so many devices in a slot.")});
  keys.push_back({"teams.sites", Texts(), Tr("all sites"), "[本庁舎]",
                  Tr("The team goes to these sites only.")});
  keys.push_back(
      {"teams.changes", List(), None(),
       "[ { from: 2025-05-06, to: 2025-06-30, weekday: TUE, add_minutes: -120 } ]",
       Tr("The team's time on certain days. Every matching entry counts: the last one that "
          "sets, then the sum of those that add.")});
  keys.push_back({"teams.changes.from", Day(), Tr("the first day"), "2025-05-06",
                  Tr("The first day of the change.")});
  keys.push_back({"teams.changes.to", Day(), Tr("the last day"), "2025-06-30",
                  Tr("The last day of the change.")});
  keys.push_back({"teams.changes.weekday", Tr("MON to SUN"), Tr("every day"), "TUE",
                  Tr("Only on this day of the week.")});
  keys.push_back({"teams.changes.slot", Tr("one of calendar.slots"), Tr("every slot"), "am",
                  Tr("Only in this slot.")});
  keys.push_back({"teams.changes.set_minutes", Minutes(), None(), "0",
                  Tr("The team's time instead of minutes_per_slot; 0 = away.")});
  keys.push_back({"teams.changes.set_devices", Devices(), None(), "0",
                  Tr("The limit instead of devices_per_slot.")});
  keys.push_back({"teams.changes.add_minutes", Minutes(), "0", "-120",
                  Tr("So much more, or with a minus less.")});
  keys.push_back({"teams.changes.add_devices", Devices(), "0", "-3",
                  Tr("So many more, or with a minus fewer.")});
}

void AddPools(Keys& keys) {
  keys.push_back({"pools", List(), None(), "[ { id: 総務部/総務課, daily_limit: 2 } ]",
                  Tr("Limits for groups of devices, beside those of the departments.")});
  keys.push_back({"pools.id", Tr("text: a department, or a name of your own"), "", "総務部/総務課",
                  Tr("The pool's name. A department's path means its devices.")});
  keys.push_back({"pools.select", Selector(), Tr("the department's devices"),
                  "labels.assembly = yes", Tr("Which devices the pool has.")});
  keys.push_back({"pools.size", Devices(), Tr("as many as it has"), "20",
                  Tr("What daily_share is a part of.")});
  keys.push_back({"pools.daily_share", Share(), Tr("daily_limit is needed then"), "10%",
                  Tr("At most this part of the pool on one day, but one always.")});
  keys.push_back({"pools.daily_limit", Devices(), Tr("daily_share is needed then"), "2",
                  Tr("At most so many devices of the pool on one day.")});
}

void AddCalendar(Keys& keys) {
  keys.push_back({"calendar", Map(), Tr("its keys' own"), "{ slots: [am, pm] }",
                  Tr("When work is done. Holidays come from kirikae calendar.")});
  keys.push_back({"calendar.slots", Texts(), "[day]", "[am, pm]",
                  Tr("The parts of a working day, in their order.")});
  keys.push_back({"calendar.weekly_open", Tr("list of MON to SUN"), "[MON, TUE, WED, THU, FRI]",
                  "[MON, TUE, WED, THU, FRI]", Tr("The days of the week on which work is done.")});
  keys.push_back({"calendar.open_days", DayList(), None(), "[2025-05-24]",
                  Tr("Work is done on these days though they are closed otherwise.")});
  keys.push_back({"calendar.closed_days", DayList(), None(), "[2025-08-12]",
                  Tr("No work is done on these days.")});
  keys.push_back({"calendar.first_day", Day(), Tr("the day of planning"), "2025-05-01",
                  Tr("Nothing is planned before it.")});
  keys.push_back(
      {"calendar.last_day", Day(), None(), "2026-03-31", Tr("Nothing is planned after it.")});
  keys.push_back({"calendar.blackouts", List(), None(),
                  "[ { from: 2025-06-09, to: 2025-06-20, department: 区議会事務局, why: 定例会 } ]",
                  Tr("Days on which a department, a site, a phase or everyone is left alone.")});
  keys.push_back({"calendar.blackouts.from", Day(), "", "2025-06-09", Tr("The first day.")});
  keys.push_back({"calendar.blackouts.to", Day(), "", "2025-06-20", Tr("The last day.")});
  keys.push_back({"calendar.blackouts.department", Text(), Tr("every department"), "区議会事務局",
                  Tr("Only this department and those below it.")});
  keys.push_back(
      {"calendar.blackouts.site", Text(), Tr("every site"), "本庁舎", Tr("Only this site.")});
  keys.push_back({"calendar.blackouts.phase", Tr("id of a phase"), Tr("every phase"), "managers",
                  Tr("Only this phase.")});
  keys.push_back({"calendar.blackouts.why", Text(), None(), "定例会",
                  Tr("What people read where a date is explained.")});
}

}  // namespace

std::vector<RolloutKey> RolloutKeys() {
  Keys keys;
  AddTop(keys);
  AddPhases(keys);
  AddPolicy(keys);
  AddTeams(keys);
  AddPools(keys);
  AddCalendar(keys);
  return keys;
}

}  // namespace kirikae::cli
