#include "client/cli/failure.h"

#include <google/protobuf/descriptor.h>

#include <iostream>
#include <utility>

#include "client/cli/catalogue.h"
#include "client/cli/paint.h"
#include "google/rpc/error_details.pb.h"

namespace kirikae::cli {
namespace {

grpc::StatusCode StatusCodeOf(ExitCode code) {
  switch (code) {
    case kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case kDifferences:
    case kConflict:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case kNotPermitted:
      return grpc::StatusCode::PERMISSION_DENIED;
    case kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    default:
      return grpc::StatusCode::INVALID_ARGUMENT;
  }
}

google::rpc::Status ToStatus(const Failure& failure) {
  google::rpc::Status status;
  status.set_code(StatusCodeOf(failure.code));
  status.set_message(failure.sentence);
  google::rpc::ErrorInfo info;
  info.set_reason(failure.reason);
  info.set_domain("kirikae");
  info.mutable_metadata()->insert(failure.metadata.begin(), failure.metadata.end());
  status.add_details()->PackFrom(info);
  if (failure.faults.empty()) return status;
  google::rpc::BadRequest bad;
  for (const FieldFault& fault : failure.faults) {
    auto* const row = bad.add_field_violations();
    row->set_field(fault.field);
    row->set_description(fault.sentence);
  }
  status.add_details()->PackFrom(bad);
  return status;
}

bool IsKnown(const google::protobuf::Any& detail) {
  const std::string& url = detail.type_url();
  return google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
             url.substr(url.rfind('/') + 1)) != nullptr;
}

}  // namespace

ExitCode ExitCodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:
      return kDone;
    case grpc::StatusCode::NOT_FOUND:
      return kNotFound;
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::ALREADY_EXISTS:
      return kConflict;
    case grpc::StatusCode::UNAUTHENTICATED:
    case grpc::StatusCode::PERMISSION_DENIED:
      return kNotPermitted;
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return kRefused;
    default:
      return kUnavailable;
  }
}

void Say(Form form, const Failure& failure) {
  if (IsJson(form)) {
    SayJson(ToStatus(failure));
    return;
  }
  std::cerr << PaintError(Tone::kBad, failure.sentence) << "\n";
  for (const FieldFault& fault : failure.faults) {
    std::cerr << "  " << fault.field << ": " << fault.sentence << "\n";
  }
}

void SayJson(google::rpc::Status error) {
  for (int i = error.details_size() - 1; i >= 0; --i) {
    if (!IsKnown(error.details(i))) error.mutable_details()->DeleteSubrange(i, 1);
  }
  std::cerr << "{\"error\":" << ToJson(error, false) << "}\n";
}

Failure Usage(std::string sentence) {
  return {.code = kUsage, .reason = "USAGE", .sentence = std::move(sentence)};
}

Failure FileUnreadable(const std::string& path) {
  return {.code = kUsage,
          .reason = "FILE_UNREADABLE",
          .sentence = Tr("The file $0 can't be read.", {path}),
          .metadata = {{"file", path}}};
}

Failure FileUnwritable(const std::string& path) {
  return {.code = kUsage,
          .reason = "FILE_UNWRITABLE",
          .sentence = Tr("The file $0 can't be written.", {path}),
          .metadata = {{"file", path}}};
}

}  // namespace kirikae::cli
