#include "service/api/rpc_status.h"

#include <optional>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "service/api/catalogue.h"
#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

void AddDetails(const domain::ErrorDetail& detail, google::rpc::Status& rpc) {
  google::rpc::ErrorInfo info;
  info.set_reason(detail.reason);
  info.set_domain("kirikae");
  for (const auto& [key, value] : detail.metadata) (*info.mutable_metadata())[key] = value;
  rpc.add_details()->PackFrom(info);

  google::rpc::LocalizedMessage localized;
  localized.set_locale("ja");
  localized.set_message(Japanese(detail.sentence));
  rpc.add_details()->PackFrom(localized);

  if (!detail.violations.empty()) {
    google::rpc::BadRequest bad;
    for (const domain::Violation& violation : detail.violations) {
      auto* row = bad.add_field_violations();
      row->set_field(violation.field);
      // One message holds both languages: BadRequest has a single description.
      row->set_description(violation.sentence.English() + "\n" + Japanese(violation.sentence));
    }
    rpc.add_details()->PackFrom(bad);
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
