#include "service/api/audit_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "kirikae/v1/audit_service.grpc.pb.h"
#include "service/api/audit_handlers.h"
#include "service/api/call/page.h"
#include "service/api/call/run.h"
#include "service/api/convert/records.h"
#include "service/api/convert/request_text.h"
#include "service/app/audit/undo.h"
#include "service/app/inventory/near_tags.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::api {
namespace {

std::string NameOf(int64_t change_set) {
  return change_set == 0 ? std::string() : domain::ChangeSetName(change_set);
}

void ToProto(const domain::ChangeSet& set, v1::ChangeSet* proto) {
  proto->set_name(NameOf(set.id));
  proto->set_actor(set.actor);
  proto->set_role(set.role);
  proto->set_reason(set.reason);
  proto->set_act(set.act);
  proto->set_effective_time(FormatInstant(set.effective_time));
  proto->set_recorded_time(FormatInstant(set.recorded_time));
  proto->set_change_count(static_cast<int>(set.change_count));
  proto->set_hash(set.hash);
  proto->set_undoes(NameOf(set.undoes));
  proto->set_undone_by(NameOf(set.undone_by));
  proto->set_partial(set.partial);
}

// The stored name of an act, given in either case and with - for _; "" for "". INVALID_ARGUMENT,
// with the nearest name, for an act that there is not.
absl::StatusOr<std::string> ActOf(const std::string& given) {
  std::string name = absl::AsciiStrToUpper(given);
  std::replace(name.begin(), name.end(), '-', '_');
  if (name.empty() || domain::FromName<domain::Act>(name).has_value()) return name;
  std::vector<std::string> names;
  for (int act = 1;; ++act) {
    const std::string_view known = domain::Name(static_cast<domain::Act>(act));
    if (known.empty()) break;
    names.emplace_back(known);
  }
  constexpr size_t kSlips = 8;
  const std::optional<std::string> near = text::Nearest(name, names, kSlips);
  if (!near.has_value()) {
    return domain::InvalidField("act", domain::Sentence("There is no act $0.", {given}));
  }
  return domain::InvalidField(
      "act", domain::Sentence("There is no act $0. Did you mean $1?", {given, *near}));
}

// The record's name as it is listed: a bare text is a tag, and tags are folded.
std::string SubjectOf(const std::string& record) {
  constexpr std::string_view kDevices = "devices/";
  if (record.empty()) return record;
  if (record.starts_with(kDevices)) {
    return domain::DeviceName(text::FoldIdentifier(record.substr(kDevices.size())));
  }
  if (record.find('/') == std::string::npos) {
    return domain::DeviceName(text::FoldIdentifier(record));
  }
  return record;
}

// NOT_FOUND, with near tags, for a device that there never was.
absl::Status CheckKnown(store::ReadView& view, const std::string& subject) {
  const std::optional<domain::RecordName> name = domain::ReadRecordName(subject);
  if (!name.has_value() || name->kind != domain::RecordKind::kDevice) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto history, view.History(subject, std::nullopt, 1));
  return history.empty() ? app::RequireDevice(view, name->id).status() : absl::OkStatus();
}

absl::StatusOr<store::ChangeSetQuery> ToQuery(const v1::ListChangeSetsRequest& request,
                                              const app::Ward& ward, absl::Time now,
                                              const std::string& token_query) {
  store::ChangeSetQuery query;
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(query.before, ReadNumberToken(request.page_token(), token_query));
  query.actor = request.actor();
  ASSIGN_OR_RETURN(query.act, ActOf(request.act()));
  query.subject = SubjectOf(request.record());
  if (!request.day().empty()) {
    ASSIGN_OR_RETURN(const absl::CivilDay day,
                     ParseDay(request.day(), "day", ward.DayOf(now), domain::Toward::kPast));
    query.recorded_from = absl::FromCivil(day, ward.zone);
    query.recorded_until = absl::FromCivil(day + 1, ward.zone);
  }
  return query;
}

absl::Status ListChangeSets(const Call& call, const v1::ListChangeSetsRequest& request,
                            v1::ListChangeSetsResponse* response) {
  const std::string token_query = "changeSets?" + request.actor() + "\n" + request.record() + "\n" +
                                  request.day() + "\n" + request.act();
  ASSIGN_OR_RETURN(const store::ChangeSetQuery query,
                   ToQuery(request, call.ward(), call.now, token_query));
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, call.view.ListChangeSets(query));
  if (sets.empty() && request.page_token().empty() && !query.subject.empty()) {
    RETURN_IF_ERROR(CheckKnown(call.view, query.subject));
  }
  for (const domain::ChangeSet& set : sets) ToProto(set, response->add_change_sets());
  if (sets.size() == static_cast<size_t>(query.limit) && sets.back().id > 1) {
    response->set_next_page_token(MakePageToken(std::to_string(sets.back().id), token_query));
  }
  return absl::OkStatus();
}

absl::Status GetChangeSet(const Call& call, const v1::GetChangeSetRequest& request,
                          v1::GetChangeSetResponse* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kChangeSet, request.name()));
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  // A change set never changes, so a change's position in it is a stable key.
  ASSIGN_OR_RETURN(const int64_t position, ReadNumberToken(request.page_token(), request.name()));
  ASSIGN_OR_RETURN(const std::optional<domain::ChangeSet> set,
                   call.view.FindChangeSet(name.number));
  if (!set.has_value()) return domain::ChangeSetNotFound(name.number);
  ASSIGN_OR_RETURN(const std::vector<domain::Change> changes,
                   call.view.ChangesOf({name.number, position}, limit));
  ToProto(*set, response->mutable_change_set());
  for (const domain::Change& change : changes) {
    auto* const row = response->add_changes();
    row->set_record(change.record);
    row->set_field(change.field);
    row->set_old_value(change.old_value);
    row->set_new_value(change.new_value);
  }
  if (changes.size() == static_cast<size_t>(limit)) {
    response->set_next_page_token(
        MakePageToken(std::to_string(changes.back().position + 1), request.name()));
  }
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> UndoChangeSet(const WriteCall& call,
                                           const v1::UndoChangeSetRequest& request,
                                           v1::ChangeSet* answer) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kChangeSet, request.name()));
  ASSIGN_OR_RETURN(
      store::Draft draft,
      app::UndoDraft(call.view, name.number, {request.records().begin(), request.records().end()},
                     call.context));
  answer->set_name(NameOf(call.change_set));
  answer->set_actor(draft.actor);
  answer->set_role(draft.role);
  answer->set_act(std::string(domain::Name(draft.act)));
  answer->set_reason(draft.reason);
  answer->set_effective_time(FormatInstant(draft.effective_time));
  answer->set_recorded_time(FormatInstant(draft.recorded_time));
  answer->set_undoes(NameOf(name.number));
  answer->set_partial(draft.partial);
  return draft;
}

class AuditServiceImpl final : public v1::AuditService::CallbackService {
 public:
  explicit AuditServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(AuditService, ListChangeSets, ReadAtLength)
  KIRIKAE_UNARY(AuditService, GetChangeSet, ReadAtLength)
  KIRIKAE_UNARY(AuditService, UndoChangeSet, WriteLarge)
  KIRIKAE_UNARY(AuditService, VerifyAuditLog, ReadAsFile)
  KIRIKAE_UNARY(AuditService, GetCheckpoint, ReadAtLength)
  KIRIKAE_UNARY(AuditService, ListCheckpoints, ReadAtLength)
  KIRIKAE_PARTS(AuditService, ExportAuditLog)

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewAuditService(Environment& env) {
  return std::make_unique<AuditServiceImpl>(env);
}

}  // namespace kirikae::api
