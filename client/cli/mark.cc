#include "client/cli/mark.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

constexpr size_t kAskAbove = 20;
constexpr size_t kBatch = 1000;
constexpr size_t kMostNamed = 5;

void Append(std::vector<std::string> more, std::vector<std::string>& tags) {
  for (std::string& tag : more) tags.push_back(std::move(tag));
}

std::vector<std::string> TagsOf(const MarkFlags& flags) {
  std::vector<std::string> tags;
  for (const std::string& tag : flags.tags) {
    Append(tag == "-" ? ReadTags("-") : TagsOfLine(tag), tags);
  }
  if (!flags.file.empty()) Append(ReadTags(flags.file), tags);
  return tags;
}

// Says which tags a file or a list gave.
void NameWhatWasRead(const Session& session, const MarkFlags& flags,
                     const std::vector<std::string>& tags) {
  const bool read = !flags.file.empty() ||
                    std::find(flags.tags.begin(), flags.tags.end(), "-") != flags.tags.end();
  if (!read || !session.ForPeople()) return;
  const std::set<std::string> different(tags.begin(), tags.end());
  const std::string range = tags.size() == 1 ? tags[0] : tags.front() + " … " + tags.back();
  session.Note(Printable(
      Trn("Read $0 tag: $1", "Read $0 tags: $1", static_cast<int64_t>(tags.size()), {range})));
  if (different.size() < tags.size()) {
    session.Note(Trn("$0 of them stands there more than once.",
                     "$0 of them stand there more than once.",
                     static_cast<int64_t>(tags.size() - different.size())));
  }
}

// Asks before devices are marked in a phase that has not begun, or weeks before their day.
void ConfirmTime(Session& session, const std::vector<v1::MarkResult>& untimely) {
  if (untimely.empty()) return;
  std::string question;
  for (size_t i = 0; i < std::min(untimely.size(), kMostNamed); ++i) {
    question += Printable(WhyUntimely(untimely[i])) + "\n";
  }
  const std::string count = std::to_string(untimely.size());
  if (untimely.size() > kMostNamed)
    question += Trn("In all, this is so of $0 device.", "In all, this is so of $0 devices.",
                    static_cast<int64_t>(untimely.size())) +
                "\n";
  try {
    session.Confirm(question, count);
  } catch (Failure& failure) {
    if (failure.sentence.find(question) == std::string::npos) {
      failure.sentence = question + failure.sentence;
    }
    failure.reason = "UNTIMELY";
    throw;
  }
}

void PrintResults(Session& session, const v1::MarkDevicesResponse& all) {
  Table table{{{"asset_tag", Tr("tag")},
               {"state", Tr("state")},
               {"changed", Tr("changed")},
               {"users", Tr("users"), Fit::kWrap},
               {"department", Tr("department")},
               {"off_schedule", Tr("off schedule"), Fit::kSpare}},
              {},
              {}};
  for (const v1::MarkResult& result : all.results()) {
    table.rows.push_back({result.asset_tag(), TermCell(result.state()), YesOrNo(result.changed()),
                          UsersOf(result), result.department(),
                          YesOrNothing(result.off_schedule())});
    table.names.push_back(result.asset_tag());
  }
  session.Print(table, all, "results");
}

std::vector<v1::MarkDevicesRequest> Requests(Session& session, v1::MarkOutcome outcome,
                                             const MarkFlags& flags,
                                             const std::vector<std::string>& tags) {
  std::vector<v1::MarkDevicesRequest> requests;
  for (size_t i = 0; i < tags.size(); ++i) {
    if (i % kBatch == 0) requests.push_back(NewMark(session, outcome, flags));
    requests.back().add_asset_tags(tags[i]);
  }
  return requests;
}

int Mark(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags) {
  if (flags.scan) return ScanMarks(session, outcome, flags);
  const std::vector<std::string> tags = TagsOf(flags);
  if (tags.empty()) {
    throw Usage(Tr("Name at least one device."));
  }
  NameWhatWasRead(session, flags, tags);
  if (tags.size() > kBatch && !flags.partial) {
    throw Usage(Tr("More than $0 devices can't be marked in one act; add --partial.",
                   {std::to_string(kBatch)}));
  }
  if (tags.size() > kAskAbove) {
    session.Confirm(Trn("$0 device will be marked.", "$0 devices will be marked.",
                        static_cast<int64_t>(tags.size())),
                    std::to_string(tags.size()));
  }
  const auto requests = Requests(session, outcome, flags, tags);
  std::vector<v1::MarkResult> untimely;
  for (const v1::MarkDevicesRequest& request : requests) {
    for (v1::MarkResult& result : FindUntimely(session, request)) {
      untimely.push_back(std::move(result));
    }
  }
  ConfirmTime(session, untimely);
  const auto stub = v1::MigrationService::NewStub(session.Channel());
  Tally tally;
  v1::MarkDevicesResponse all;
  int code = kDone;
  for (const v1::MarkDevicesRequest& request : requests) {
    v1::MarkDevicesResponse answer;
    session.CallPatiently([&](grpc::ClientContext& context) {
      return stub->MarkDevices(&context, request, &answer);
    });
    if (const int refusal = ReportRefusals(session, answer); refusal != kDone) code = refusal;
    tally.Add(answer);
    all.MergeFrom(answer);
  }
  all.set_changed(tally.changed);
  all.set_unchanged(tally.unchanged);
  all.set_refused(tally.refused);
  PrintResults(session, all);
  tally.Print(session);
  return code;
}

void AddOutcome(CLI::App& mark, Session& session, const std::string& name, v1::MarkOutcome outcome,
                const std::string& help) {
  auto* const verb = mark.add_subcommand(name, help);
  auto flags = std::make_shared<MarkFlags>();
  verb->add_option("TAG", flags->tags, Tr("asset tags; - reads them"));
  verb->add_option("--file", flags->file, Tr("file with one tag per line; - reads standard input"));
  verb->add_option("--when", flags->when,
                   Tr("when it happened, such as 15:00, 4/4 15:00 or 2025-04-04 15:00"));
  verb->add_option("--rollout", flags->rollout, Tr("which rollout, where there are several"));
  verb->add_flag("--override", flags->override_blockers, Tr("despite blockers; needs --reason"));
  verb->add_flag("--partial", flags->partial, Tr("mark the devices that can be marked"));
  verb->add_flag("--scan", flags->scan, Tr("one tag per line from a barcode reader"));
  if (outcome == v1::MARK_OUTCOME_FAILED) {
    verb->add_option("--cause", flags->cause, Tr("why it failed, such as USER_ABSENT"))->required();
  }
  if (outcome == v1::MARK_OUTCOME_DEFERRED) {
    verb->add_option("--until", flags->until,
                     Tr("not before this day, such as 2025-06-02, 6/2 or tomorrow"))
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

void Tally::Add(const v1::MarkDevicesResponse& answer) {
  changed += answer.changed();
  unchanged += answer.unchanged();
  refused += answer.refused();
  const std::string& name = answer.change_set();
  if (!name.empty()) change_sets.push_back(name.substr(name.rfind('/') + 1));
}

void Tally::Print(const Session& session) const {
  session.Note(Tr("$0 marked, $1 unchanged, $2 refused",
                  {std::to_string(changed), std::to_string(unchanged), std::to_string(refused)}));
  if (change_sets.empty() || session.dry_run) return;
  if (change_sets.size() == 1) {
    session.Note(Tr("Change set $0; taken back with: kirikae change undo $0", {change_sets[0]}));
    return;
  }
  session.Note(Tr("Change sets $0 to $1", {change_sets.front(), change_sets.back()}));
}

v1::MarkDevicesRequest NewMark(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags) {
  v1::MarkDevicesRequest request;
  request.set_outcome(outcome);
  request.set_rollout(flags.rollout);
  request.set_until(flags.until);
  request.set_override_blockers(flags.override_blockers);
  request.set_allow_partial(flags.partial);
  request.set_lift(flags.lift);
  *request.mutable_options() = session.Options();
  request.mutable_options()->set_effective_time(flags.when);
  if (flags.cause.empty()) return request;
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
  return request;
}

int ReportRefusals(const Session& session, const v1::MarkDevicesResponse& answer) {
  int code = kDone;
  for (const v1::MarkResult& result : answer.results()) {
    if (result.status().code() == 0) continue;
    const auto refusal = static_cast<grpc::StatusCode>(result.status().code());
    code = ExitCodeOf(refusal);
    if (IsJson(session.form)) continue;
    std::cerr << Printable(result.asset_tag()) << ": ";
    session.Report(
        grpc::Status(refusal, result.status().message(), result.status().SerializeAsString()));
  }
  return code;
}

std::string UsersOf(const v1::MarkResult& result) {
  std::string users;
  for (const v1::DeviceUser& user : result.users()) {
    users +=
        (users.empty() ? "" : ", ") + (user.name().empty() ? user.staff_number() : user.name());
  }
  return users;
}

std::string WhyUntimely(const v1::MarkResult& result) {
  if (result.planned_day().empty()) {
    return Tr("$0 is in the phase $1, which has not begun.", {result.asset_tag(), result.phase()});
  }
  return Tr("$0 is planned for $1, in the phase $2.",
            {result.asset_tag(), result.planned_day(), result.phase()});
}

std::vector<v1::MarkResult> FindUntimely(Session& session, const v1::MarkDevicesRequest& request) {
  const bool switches = request.outcome() == v1::MARK_OUTCOME_MIGRATED ||
                        request.outcome() == v1::MARK_OUTCOME_FAILED;
  if (!switches || session.yes || session.dry_run) return {};
  v1::MarkDevicesRequest check = request;
  check.mutable_options()->set_validate_only(true);
  check.mutable_options()->set_request_id(session.Options().request_id());
  check.set_allow_partial(true);
  v1::MarkDevicesResponse answer;
  const auto stub = v1::MigrationService::NewStub(session.Channel());
  session.CallPatiently(
      [&](grpc::ClientContext& context) { return stub->MarkDevices(&context, check, &answer); });
  std::vector<v1::MarkResult> untimely;
  for (const v1::MarkResult& result : answer.results()) {
    if (result.untimely()) untimely.push_back(result);
  }
  return untimely;
}

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
