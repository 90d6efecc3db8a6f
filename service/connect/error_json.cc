#include "service/connect/error_json.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "google/rpc/error_details.pb.h"
#include "service/catalogue/catalogue.h"
#include "service/connect/base64.h"
#include "service/connect/json_form.h"
#include "service/domain/error_detail.h"

namespace kirikae::connect {
namespace {

struct Row {
  std::string_view name;
  int http;
};

// By gRPC's number. https://connectrpc.com/docs/protocol#error-codes
constexpr std::array<Row, 17> kCodes = {{
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
}};
constexpr size_t kUnknown = 2;

const Row& RowOf(int code) {
  const auto index = static_cast<size_t>(code);
  return index < kCodes.size() ? kCodes[index] : kCodes[kUnknown];
}

}  // namespace

int HttpStatus(grpc::StatusCode code) { return RowOf(code).http; }

google::rpc::Status RpcStatusOf(const grpc::Status& status) {
  google::rpc::Status rpc;
  if (!rpc.ParseFromString(status.error_details())) rpc.Clear();
  rpc.set_code(status.error_code());
  rpc.set_message(status.error_message());
  return rpc;
}

google::rpc::Status RpcStatusOf(const absl::Status& refusal) {
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(refusal.code()));
  const std::optional<domain::ErrorDetail> detail = domain::DetailOf(refusal);
  if (!detail.has_value()) {
    rpc.set_message(std::string(refusal.message()));
    return rpc;
  }
  rpc.set_message(detail->sentence.English());
  google::rpc::ErrorInfo info;
  info.set_reason(detail->reason);
  info.set_domain("kirikae");
  for (const auto& [key, value] : detail->metadata) (*info.mutable_metadata())[key] = value;
  rpc.add_details()->PackFrom(info);
  google::rpc::LocalizedMessage localized;
  localized.set_locale("ja");
  localized.set_message(catalogue::Japanese(detail->sentence));
  rpc.add_details()->PackFrom(localized);
  return rpc;
}

nlohmann::ordered_json ErrorJson(const google::rpc::Status& status) {
  nlohmann::ordered_json error;
  error["code"] = RowOf(status.code()).name;
  if (!status.message().empty()) error["message"] = status.message();
  for (const google::protobuf::Any& detail : status.details()) {
    const std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
    nlohmann::ordered_json row;
    row["type"] = type;
    row["value"] = ToBase64(detail.value());
    const std::optional<std::string> json = DetailJson(type, detail.value());
    if (json.has_value()) row["debug"] = nlohmann::ordered_json::parse(*json);
    error["details"].push_back(std::move(row));
  }
  return error;
}

}  // namespace kirikae::connect
