#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/progress_table.h"
#include "client/cli/rollout_name.h"
#include "client/cli/rollout_record.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

// What the phase waits for, or what holds it, in one line.
Cell Waits(const v1::Phase& phase) {
  Cell waits("");
  if (phase.has_hold()) {
    waits = SentenceCell(phase.hold().text());
    const std::string by =
        phase.hold().held_by().empty() ? "" : " (" + phase.hold().held_by() + ")";
    waits = {waits.text + by, waits.code + by};
  }
  for (const v1::GateCondition& condition : phase.open_conditions()) {
    const std::string gap = waits.code.empty() ? "" : " / ";
    waits.text += gap + InLanguage(condition.text());
    waits.code += gap + condition.text().en();
  }
  return waits;
}

Table Rows(const google::protobuf::RepeatedPtrField<v1::Phase>& phases) {
  Table table{{{"phase", Tr("phase")},
               {"title", Tr("title"), Fit::kSpare},
               {"state", Tr("state")},
               {"opened", Tr("opened")},
               {"work_done", Tr("work done")},
               {"passed", Tr("passed")},
               {"switched", Tr("switched")},
               {"attempted", Tr("attempted")},
               {"success_rate", Tr("success rate"), Fit::kSpare},
               {"proves_at_least", Tr("proves at least"), Fit::kSpare},
               {"waits_for", Tr("waits for"), Fit::kWrap}},
              {},
              {}};
  for (const v1::Phase& phase : phases) {
    table.rows.push_back(
        {phase.id(), phase.title(), TermCell(phase.state()), phase.opened_on(), phase.done_on(),
         phase.passed_on(), std::to_string(phase.succeeded()), std::to_string(phase.attempted()),
         phase.has_success_rate() ? PercentDown(phase.success_rate()) : "",
         phase.has_proven_rate() ? PercentDown(phase.proven_rate()) : "", Waits(phase)});
    table.names.push_back(phase.name());
  }
  return table;
}

void List(Session& session, const std::string& given) {
  const v1::Rollout rollout = ReadRollout(session, RolloutName(session, given));
  session.Print(Rows(rollout.phases()), rollout, "phases");
}

void PrintPhase(Session& session, const v1::Phase& phase) {
  v1::Rollout one;
  *one.add_phases() = phase;
  session.PrintOne(Rows(one.phases()), phase);
  if (!session.ForPeople()) return;
  for (const v1::GateCondition& condition : phase.open_conditions()) {
    if (condition.asset_tags().empty() && condition.commands().empty()) continue;
    std::cout << InLanguage(condition.text()) << "\n";
    for (const std::string& tag : condition.asset_tags()) std::cout << "  " << tag << "\n";
    for (const std::string& command : condition.commands()) std::cout << "  → " << command << "\n";
  }
}

void Show(Session& session, const std::string& given) {
  const std::string name = PhaseName(session, given);
  const v1::Rollout rollout = ReadRollout(session, name.substr(0, name.find("/phases/")));
  for (const v1::Phase& phase : rollout.phases()) {
    if (phase.name() != name) continue;
    PrintPhase(session, phase);
    return;
  }
  throw Failure{.code = kNotFound,
                .reason = "PHASE_NOT_FOUND",
                .sentence = Tr("There is no phase $0. List them: kirikae phase list", {name})};
}

void Hold(Session& session, const std::string& given) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::HoldPhaseRequest request;
  request.set_name(PhaseName(session, given));
  *request.mutable_options() = session.Options();
  v1::Phase phase;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->HoldPhase(&context, request, &phase); });
  PrintPhase(session, phase);
}

void Release(Session& session, const std::string& given, const std::string& remark, bool override) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::ReleasePhaseRequest request;
  request.set_name(PhaseName(session, given));
  request.set_remark(remark.empty() ? session.reason : remark);
  request.set_override(override);
  *request.mutable_options() = session.Options();
  if (override && !session.dry_run) {
    session.Confirm(Tr("The gate of $0 will open whatever its figures. The report will show it.",
                       {request.name()}),
                    "yes");
  }
  v1::Phase phase;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ReleasePhase(&context, request, &phase); });
  PrintPhase(session, phase);
}

}  // namespace

void AddPhase(CLI::App& app, Session& session) {
  auto* const phase = app.add_subcommand("phase", Tr("phases of a rollout and their gates"));
  phase->require_subcommand(1);
  auto* const list = phase->add_subcommand("list", Tr("list phases and what they wait for"));
  const auto rollout = Optional(*list, "ROLLOUT", Tr("id; may be left out when there is one"));
  list->callback([rollout, &session] { List(session, *rollout); });
  const std::string help = Tr("ROLLOUT/PHASE or PHASE");
  auto* const show =
      phase->add_subcommand("show", Tr("show a phase and what keeps its gate closed"));
  const auto shown = Required(*show, "PHASE", help);
  show->callback([shown, &session] { Show(session, *shown); });
  auto* const hold = phase->add_subcommand("hold", Tr("hold a phase; needs --reason"));
  const auto held = Required(*hold, "PHASE", help);
  hold->callback([held, &session] { Hold(session, *held); });
  auto* const release =
      phase->add_subcommand("release", Tr("release a held phase, or open its gate"));
  const auto released = Required(*release, "PHASE", help);
  const auto remark = Optional(*release, "--remark", Tr("why it may go on; required"));
  const auto override = std::make_shared<bool>(false);
  release->add_flag("--override", *override, Tr("open the gate whatever its figures"));
  release->callback([=, &session] { Release(session, *released, *remark, *override); });
}

}  // namespace kirikae::cli
