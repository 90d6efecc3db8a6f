#include "service/api/call/rpc_status.h"

#include <optional>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// Clients take 8 KiB of trailing metadata unless told otherwise, and details travel in base64.
constexpr size_t kMostViolationBytes = 3500;

// One description holds both languages, the Japanese in the second line: BadRequest has no other
// place for it.
void AddViolation(const std::string& field, const Sentence& sentence,
                  google::rpc::BadRequest& bad) {
  auto* row = bad.add_field_violations();
  row->set_field(field);
  row->set_description(sentence.English() + "\n" + catalogue::Japanese(sentence));
}

// Every violation, or as many as fit and how many are left.
google::rpc::BadRequest ToBadRequest(const std::vector<domain::Violation>& violations) {
  google::rpc::BadRequest bad;
  for (size_t i = 0; i < violations.size(); ++i) {
    AddViolation(violations[i].field, violations[i].sentence, bad);
    if (i == 0 || bad.ByteSizeLong() <= kMostViolationBytes) continue;
    bad.mutable_field_violations()->RemoveLast();
    AddViolation("",
                 Sentence("$0 more are not shown; mend these first.",
                          {std::to_string(violations.size() - i)}),
                 bad);
    break;
  }
  return bad;
}

void AddDetails(const domain::ErrorDetail& detail, google::rpc::Status& rpc) {
  google::rpc::ErrorInfo info;
  info.set_reason(detail.reason);
  info.set_domain("kirikae");
  for (const auto& [key, value] : detail.metadata) (*info.mutable_metadata())[key] = value;
  rpc.add_details()->PackFrom(info);

  google::rpc::LocalizedMessage localized;
  localized.set_locale("ja");
  localized.set_message(catalogue::Japanese(detail.sentence));
  rpc.add_details()->PackFrom(localized);

  if (!detail.violations.empty()) {
    rpc.add_details()->PackFrom(ToBadRequest(detail.violations));
  }
  if (!detail.resource.empty()) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_name(detail.resource);
    resource.set_description(detail.sentence.English());
    rpc.add_details()->PackFrom(resource);
  }
}

// For faults that no named function made, such as a failing disk.
domain::ErrorDetail Fallback(const absl::Status& status) {
  domain::ErrorDetail detail;
  detail.reason = absl::StatusCodeToString(status.code());
  detail.sentence = domain::Sentence(
      "The service could not finish this ($0). Try again; if it stays, tell its operator.",
      {std::string(status.message())});
  return detail;
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(status.code()));
  if (status.ok()) return rpc;
  rpc.set_message(std::string(status.message()));
  AddDetails(domain::DetailOf(status).value_or(Fallback(status)), rpc);
  return rpc;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc = ToRpcStatus(status);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(),
                      rpc.SerializeAsString());
}

}  // namespace kirikae::api
