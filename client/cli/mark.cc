#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "kirikae/v1/migration_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr size_t kAskAbove = 20;
constexpr size_t kBatch = 1000;

struct MarkFlags {
  std::vector<std::string> tags;
  std::string file;
  std::string cause;
  std::string when;
  std::string rollout;
  std::string until;
  bool override_blockers = false;
  bool partial = false;
  bool scan = false;
  bool lift = false;
};

struct Tally {
  int changed = 0;
  int unchanged = 0;
  int refused = 0;
};

std::vector<std::string> TagsOf(const MarkFlags& flags) {
  std::vector<std::string> tags;
  const auto add = [&tags](const std::string& path) {
    for (std::string& tag : ReadLines(path)) tags.push_back(std::move(tag));
  };
  for (const std::string& tag : flags.tags) {
    if (tag == "-") {
      add("-");
    } else {
      tags.push_back(tag);
    }
  }
  if (!flags.file.empty()) add(flags.file);
  return tags;
}

v1::MarkDevicesRequest NewRequest(Session& session, v1::MarkOutcome outcome,
                                  const MarkFlags& flags) {
  v1::MarkDevicesRequest request;
  request.set_outcome(outcome);
  request.set_rollout(flags.rollout);
  request.set_until(flags.until);
  request.set_override_blockers(flags.override_blockers);
  request.set_allow_partial(flags.partial);
  request.set_lift(flags.lift);
  *request.mutable_options() = session.Options();
  request.mutable_options()->set_effective_time(flags.when);
  if (!flags.cause.empty()) {
    std::string name = "FAILURE_CAUSE_" + flags.cause;
    std::replace(name.begin(), name.end(), '-', '_');
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    v1::FailureCause cause = v1::FAILURE_CAUSE_UNSPECIFIED;
    if (!v1::FailureCause_Parse(name, &cause)) {
      throw Failure{
          .code = kUsage,
          .reason = "UNKNOWN_CAUSE",
          .sentence = Tr("There is no cause $0. Use NO_CAMERA, CAMERA_FAULT, ENROLMENT_FAILED, "
                         "USER_ABSENT, SOFTWARE_FAULT, HARDWARE_FAULT, USER_REFUSED or OTHER.",
                         {flags.cause})};
    }
    request.set_cause(cause);
  }
  return request;
}

int MarkSome(Session& session, const v1::MarkDevicesRequest& request, v1::MarkDevicesResponse& all,
             Tally& tally) {
  const auto stub = v1::MigrationService::NewStub(session.Channel());
  v1::MarkDevicesResponse answer;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->MarkDevices(&context, request, &answer); });
  int code = kDone;
  for (const v1::MarkResult& result : answer.results()) {
    if (result.status().code() == 0) continue;
    const auto refusal = static_cast<grpc::StatusCode>(result.status().code());
    code = ExitCodeOf(refusal);
    // In JSON, the refusals are part of the results.
    if (IsJson(session.form)) continue;
    std::cerr << result.asset_tag() << ": ";
    session.Report(
        grpc::Status(refusal, result.status().message(), result.status().SerializeAsString()));
  }
  tally.changed += answer.changed();
  tally.unchanged += answer.unchanged();
  tally.refused += answer.refused();
  all.MergeFrom(answer);
  return code;
}

void PrintTally(const Session& session, const Tally& tally) {
  session.Note(Tr("$0 marked, $1 unchanged, $2 refused",
                  {std::to_string(tally.changed), std::to_string(tally.unchanged),
                   std::to_string(tally.refused)}));
}

void PrintResults(Session& session, const v1::MarkDevicesResponse& all) {
  Table table{{Tr("tag"), Tr("state"), Tr("changed"), Tr("off schedule")}, {}, {}};
  for (const v1::MarkResult& result : all.results()) {
    table.rows.push_back({result.asset_tag(), Term(result.state()),
                          result.changed() ? Tr("yes") : Tr("no"),
                          result.off_schedule() ? Tr("yes") : ""});
    table.names.push_back(result.asset_tag());
  }
  session.Print(table, all, "results");
}

// Reads one tag per line from a barcode reader and answers each at once; a refused tag does not
// stop it. With json and jsonl, each answer is a MarkResult on one line.
int Scan(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags) {
  Tally tally;
  int code = kDone;
  for (std::string bytes; std::getline(std::cin, bytes);) {
    std::string line;
    try {
      line = DecodedLine(bytes);
    } catch (const Failure& failure) {
      Say(session.form, failure);
      code = failure.code;
      ++tally.refused;
      continue;
    }
    if (line.empty()) continue;
    v1::MarkDevicesRequest request = NewRequest(session, outcome, flags);
    request.add_asset_tags(line);
    request.set_allow_partial(true);
    v1::MarkDevicesResponse answer;
    const int result = MarkSome(session, request, answer, tally);
    if (result != kDone) code = result;
    if (IsJson(session.form)) {
      std::cout << ToJson(answer.results(0), false) << std::endl;
    } else if (result == kDone) {
      const bool changed = answer.results(0).changed();
      std::cout << answer.results(0).asset_tag() << "  " << Term(answer.results(0).state()) << "  "
                << (changed ? Tr("marked") : Tr("already so")) << std::endl;
    }
  }
  PrintTally(session, tally);
  return code;
}

int Mark(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags) {
  if (flags.scan) return Scan(session, outcome, flags);
  const std::vector<std::string> tags = TagsOf(flags);
  if (tags.empty()) {
    throw Usage(Tr("Name at least one device."));
  }
  if (tags.size() > kBatch && !flags.partial) {
    throw Usage(Tr("More than $0 devices can't be marked in one act; add --partial.",
                   {std::to_string(kBatch)}));
  }
  if (tags.size() > kAskAbove) {
    session.Confirm(Tr("$0 devices will be marked.", {std::to_string(tags.size())}),
                    std::to_string(tags.size()));
  }
  Tally tally;
  v1::MarkDevicesResponse all;
  int code = kDone;
  for (size_t start = 0; start < tags.size(); start += kBatch) {
    v1::MarkDevicesRequest request = NewRequest(session, outcome, flags);
    for (size_t i = start; i < std::min(start + kBatch, tags.size()); ++i) {
      request.add_asset_tags(tags[i]);
    }
    if (const int result = MarkSome(session, request, all, tally); result != kDone) code = result;
  }
  PrintResults(session, all);
  PrintTally(session, tally);
  return code;
}

void AddOutcome(CLI::App& mark, Session& session, const std::string& name, v1::MarkOutcome outcome,
                const std::string& help) {
  auto* const verb = mark.add_subcommand(name, help);
  auto flags = std::make_shared<MarkFlags>();
  verb->add_option("TAG", flags->tags, Tr("asset tags; - reads them"));
  verb->add_option("--file", flags->file, Tr("file with one tag per line; - reads standard input"));
  verb->add_option("--when", flags->when,
                   Tr("when it happened, such as 2025-05-01T09:00:00+09:00"));
  verb->add_option("--rollout", flags->rollout, Tr("which rollout, where there are several"));
  verb->add_flag("--override", flags->override_blockers, Tr("despite blockers; needs --reason"));
  verb->add_flag("--partial", flags->partial, Tr("mark the devices that can be marked"));
  verb->add_flag("--scan", flags->scan, Tr("one tag per line from a barcode reader"));
  if (outcome == v1::MARK_OUTCOME_FAILED) {
    verb->add_option("--cause", flags->cause, Tr("why it failed, such as USER_ABSENT"))->required();
  }
  if (outcome == v1::MARK_OUTCOME_DEFERRED) {
    verb->add_option("--until", flags->until, Tr("not before this day, such as 2025-06-02"))
        ->required();
  }
  if (outcome == v1::MARK_OUTCOME_EXEMPT) {
    verb->add_flag("--lift", flags->lift, Tr("lift the exemption instead"));
  }
  verb->callback([flags, outcome, &session] {
    if (const int code = Mark(session, outcome, *flags); code != kDone) throw Exit{code};
  });
}

}  // namespace

void AddMark(CLI::App& app, Session& session) {
  auto* const mark = app.add_subcommand("mark", Tr("say what happened at devices"));
  mark->require_subcommand(1);
  AddOutcome(*mark, session, "migrated", v1::MARK_OUTCOME_MIGRATED, Tr("the new method is set"));
  AddOutcome(*mark, session, "failed", v1::MARK_OUTCOME_FAILED, Tr("it was tried and failed"));
  AddOutcome(*mark, session, "verified", v1::MARK_OUTCOME_VERIFIED,
             Tr("the new method was confirmed to work"));
  AddOutcome(*mark, session, "rolled-back", v1::MARK_OUTCOME_ROLLED_BACK,
             Tr("the method before is set again; needs --reason"));
  AddOutcome(*mark, session, "deferred", v1::MARK_OUTCOME_DEFERRED, Tr("put off until a day"));
  AddOutcome(*mark, session, "exempt", v1::MARK_OUTCOME_EXEMPT,
             Tr("out of the rollout; for approvers only, needs --reason"));
}

}  // namespace kirikae::cli
