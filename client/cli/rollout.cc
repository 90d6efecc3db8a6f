#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/file_difference.h"
#include "client/cli/forecast.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/rollout_record.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/text_option.h"
#include "client/cli/yaml_lines.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

Table Rows(const v1::ListRolloutsResponse& all) {
  Table table{{{"rollout", Tr("rollout")},
               {"title", Tr("title"), Fit::kWrap},
               {"state", Tr("state")},
               {"method_before", Tr("method before"), Fit::kSpare},
               {"method_after", Tr("method after"), Fit::kSpare},
               {"approved_plan", Tr("approved plan")}},
              {},
              {}};
  for (const v1::Rollout& rollout : all.rollouts()) {
    table.rows.push_back({Cell(ShortName(rollout.name()), rollout.name()), rollout.title(),
                          TermCell(rollout.state()), TermCell(rollout.from_method()),
                          TermCell(rollout.to_method()),
                          Cell(ShortName(rollout.approved_plan()), rollout.approved_plan())});
    table.names.push_back(rollout.name());
  }
  return table;
}

void Apply(Session& session, const std::string& path) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::ApplyRolloutRequest request;
  request.set_content(ReadTextFile(path));
  session.line_of = [yaml = request.content()](const std::string& field) {
    return LineOf(yaml, field);
  };
  *request.mutable_options() = session.Options();
  // Shows the difference before anything is written.
  v1::ApplyRolloutRequest check = request;
  check.mutable_options()->set_validate_only(true);
  v1::ApplyRolloutResponse answer;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ApplyRollout(&context, check, &answer); });
  if (session.ForPeople() && !answer.created()) {
    PrintFileDifference(ReadRollout(session, answer.rollout().name()).source(), request.content());
  }
  if (answer.differences().empty()) session.Note(Tr("Nothing differs."));
  if (!session.dry_run) {
    if (!answer.created() && !answer.differences().empty()) {
      session.Confirm(Tr("The rollout $0 will change.", {answer.rollout().name()}), "yes");
    }
    request.set_etag(answer.created() ? "" : answer.rollout().etag());
    session.Call([&](grpc::ClientContext& context) {
      return stub->ApplyRollout(&context, request, &answer);
    });
  }
  v1::ListRolloutsResponse one;
  *one.add_rollouts() = answer.rollout();
  session.Print(Rows(one), answer, "");
  if (answer.created() || !answer.differences().empty()) {
    session.Next("kirikae plan create " + ShortName(answer.rollout().name()));
  }
}

void List(Session& session) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListRolloutsRequest, v1::ListRolloutsResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListRollouts(context, asked, page);
      });
  session.Print(Rows(all), all, "rollouts");
}

void Show(Session& session, const std::string& given) {
  const v1::Rollout rollout = ReadRollout(session, RolloutName(session, given));
  Table table{{{"phase", Tr("phase")},
               {"title", Tr("title"), Fit::kSpare},
               {"state", Tr("state")},
               {"devices_chosen", Tr("devices chosen"), Fit::kWrap},
               {"not_before", Tr("not before")},
               {"deadline", Tr("deadline")},
               {"soak_days", Tr("soak days")}},
              {},
              {rollout.name()}};
  for (const v1::Phase& phase : rollout.phases()) {
    table.rows.push_back({phase.id(), phase.title(), TermCell(phase.state()), phase.selector(),
                          phase.not_before(), phase.deadline(), std::to_string(phase.soak_days())});
  }
  if (session.ForPeople()) {
    std::cout << rollout.name() << "  " << rollout.title() << "  " << Term(rollout.state()) << "\n"
              << Term(rollout.from_method()) << " -> " << Term(rollout.to_method()) << "\n";
  }
  session.Print(table, rollout, "");
}

// Prints the effect of a verb, including the waves.
void Tell(Session& session, const v1::ChangeRolloutResponse& answer) {
  if (!answer.changed()) session.Note(Tr("Nothing differs."));
  if (answer.running_waves() > 0 && answer.cancelled_waves() + answer.released_devices() == 0) {
    session.Note(answer.running_waves_go_on()
                     ? Trn("$0 wave has begun and goes on.", "$0 waves have begun and go on.",
                           answer.running_waves())
                     : Trn("$0 wave has begun and is stopped.",
                           "$0 waves have begun and are stopped.", answer.running_waves()));
  }
  if (answer.cancelled_waves() + answer.released_devices() > 0) {
    session.Note(Trn("$0 wave is cancelled.", "$0 waves are cancelled.", answer.cancelled_waves()));
    session.Note(Trn("$0 device is no longer planned. Switched devices stay switched.",
                     "$0 devices are no longer planned. Switched devices stay switched.",
                     answer.released_devices()));
  }
  v1::ListRolloutsResponse one;
  *one.add_rollouts() = answer.rollout();
  session.Print(Rows(one), answer, "");
}

// Sends a verb's request and prints the answer.
template <typename Request>
void Change(Session& session, Request request,
            grpc::Status (v1::RolloutService::Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                          v1::ChangeRolloutResponse*)) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  *request.mutable_options() = session.Options();
  v1::ChangeRolloutResponse answer;
  session.Call(
      [&](grpc::ClientContext& context) { return ((*stub).*rpc)(&context, request, &answer); });
  Tell(session, answer);
}

template <typename Request>
Request Naming(Session& session, const std::string& given) {
  Request request;
  request.set_name(RolloutName(session, given));
  return request;
}

void AddVerbs(CLI::App& rollout, Session& session) {
  const std::string help = Tr("id; may be left out when there is one");
  auto* const start = rollout.add_subcommand("start", Tr("start a rollout with an approved plan"));
  const auto started = Optional(*start, "ROLLOUT", help);
  start->callback([started, &session] {
    Change(session, Naming<v1::StartRolloutRequest>(session, *started),
           &v1::RolloutService::Stub::StartRollout);
  });
  auto* const pause = rollout.add_subcommand("pause", Tr("switch no device for now"));
  const auto paused = Optional(*pause, "ROLLOUT", help);
  const auto finish = std::make_shared<bool>(false);
  pause->add_flag("--let-running-waves-finish", *finish, Tr("waves that have begun go on"));
  pause->callback([paused, finish, &session] {
    auto request = Naming<v1::PauseRolloutRequest>(session, *paused);
    request.set_let_running_waves_finish(*finish);
    Change(session, request, &v1::RolloutService::Stub::PauseRollout);
  });
  auto* const resume = rollout.add_subcommand("resume", Tr("go on after a pause"));
  const auto resumed = Optional(*resume, "ROLLOUT", help);
  resume->callback([resumed, &session] {
    Change(session, Naming<v1::ResumeRolloutRequest>(session, *resumed),
           &v1::RolloutService::Stub::ResumeRollout);
  });
  auto* const cancel =
      rollout.add_subcommand("cancel", Tr("cancel a rollout for good; needs --reason"));
  const auto cancelled = Optional(*cancel, "ROLLOUT", help);
  cancel->callback([cancelled, &session] {
    const auto request = Naming<v1::CancelRolloutRequest>(session, *cancelled);
    if (!session.dry_run) {
      session.Confirm(Tr("The rollout $0 will be cancelled for good.", {request.name()}), "yes");
    }
    Change(session, request, &v1::RolloutService::Stub::CancelRollout);
  });
}

}  // namespace

void AddRollout(CLI::App& app, Session& session) {
  auto* const rollout =
      app.add_subcommand("rollout", Tr("moves of all devices to another log-on method"));
  rollout->require_subcommand(1);
  auto* const apply = rollout->add_subcommand("apply", Tr("make or change a rollout from a file"));
  const auto file = Required(*apply, "-f,--file", Tr("YAML file"));
  apply->callback([file, &session] { Apply(session, *file); });
  rollout->add_subcommand("list", Tr("list rollouts"))->callback([&session] { List(session); });
  auto* const show = rollout->add_subcommand("show", Tr("show a rollout and its phases"));
  const auto id = Optional(*show, "ROLLOUT", Tr("id; may be left out when there is one"));
  show->callback([id, &session] { Show(session, *id); });
  AddRolloutExplain(*rollout, session);
  AddProposals(*rollout, session);
  AddVerbs(*rollout, session);
  AddRolloutProgress(*rollout, session);
  AddForecast(*rollout, session);
}

}  // namespace kirikae::cli
