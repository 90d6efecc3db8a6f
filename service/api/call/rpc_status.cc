#include "service/api/call/rpc_status.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "google/rpc/error_details.pb.h"
#include "kirikae/v1/types.pb.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// Clients take 8 KiB of trailers unless told otherwise. This is what a status may take of them; the
// rest is for the other trailers.
constexpr size_t kMostTrailerBytes = 7600;

// What the note on violations that are not shown takes, and what wraps both
// details in a status.
constexpr size_t kNoteBytes = 300;
constexpr size_t kWrapBytes = 150;

// What the status takes of the trailers: the message percent-encoded, and the whole in base64.
size_t TrailerBytes(const google::rpc::Status& rpc) {
  size_t bytes = (rpc.ByteSizeLong() + 2) / 3 * 4;
  for (const char letter : rpc.message()) {
    bytes += letter >= ' ' && letter <= '~' && letter != '%' ? 1 : 3;
  }
  return bytes;
}

// How large further details may be.
size_t RoomIn(const google::rpc::Status& rpc) {
  const size_t taken = TrailerBytes(rpc);
  const size_t room = taken < kMostTrailerBytes ? (kMostTrailerBytes - taken) / 4 * 3 : 0;
  return room > kWrapBytes ? room - kWrapBytes : 0;
}

// The same violations in either language.
class Violations {
 public:
  Violations() { japanese_.set_locale("ja"); }

  void Add(const std::string& field, const Sentence& sentence) {
    auto* row = english_.add_field_violations();
    row->set_field(field);
    row->set_description(sentence.English());
    auto* localized = japanese_.add_field_violations();
    localized->set_field(field);
    localized->set_description(catalogue::Japanese(sentence));
  }
  void RemoveLast() {
    english_.mutable_field_violations()->RemoveLast();
    japanese_.mutable_field_violations()->RemoveLast();
  }
  size_t Bytes() const { return english_.ByteSizeLong() + japanese_.ByteSizeLong(); }
  void PackInto(google::rpc::Status& rpc) const {
    rpc.add_details()->PackFrom(english_);
    rpc.add_details()->PackFrom(japanese_);
  }

 private:
  google::rpc::BadRequest english_;
  v1::LocalizedBadRequest japanese_;
};

// Every violation, or as many as fit into so many bytes and how many are left. The first is there
// in any case.
Violations Fitting(const std::vector<domain::Violation>& violations, size_t room) {
  Violations fitting;
  for (size_t i = 0; i < violations.size(); ++i) {
    fitting.Add(violations[i].field, violations[i].sentence);
    if (i == 0 || fitting.Bytes() + kNoteBytes <= room) continue;
    fitting.RemoveLast();
    fitting.Add("", Sentence("$0 more are not shown; correct these first.",
                             {std::to_string(violations.size() - i)}));
    break;
  }
  return fitting;
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

  if (!detail.resource.empty()) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_name(detail.resource);
    resource.set_description(detail.sentence.English());
    rpc.add_details()->PackFrom(resource);
  }
  if (!detail.violations.empty()) {
    Fitting(detail.violations, RoomIn(rpc)).PackInto(rpc);
  }
}

// With every text that is quoted cut to so many bytes.
domain::ErrorDetail Cut(domain::ErrorDetail detail, size_t most) {
  const auto cut = [most](std::string& text) { text = domain::Shortened(std::move(text), most); };
  for (std::string& arg : detail.sentence.args) cut(arg);
  for (auto& [key, value] : detail.metadata) cut(value);
  for (domain::Violation& violation : detail.violations) {
    cut(violation.field);
    for (std::string& arg : violation.sentence.args) cut(arg);
  }
  cut(detail.resource);
  return detail;
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
  const std::optional<domain::ErrorDetail> own = domain::DetailOf(status);
  // What most errors quote fits as it is. One that quotes several long texts quotes less of each.
  for (const size_t most : {domain::kMostQuotedBytes, size_t{100}, size_t{40}}) {
    const domain::ErrorDetail detail = Cut(own.value_or(Fallback(status)), most);
    rpc.set_message(own.has_value() ? detail.sentence.English()
                                    : domain::Shortened(std::string(status.message()), most));
    rpc.clear_details();
    AddDetails(detail, rpc);
    if (TrailerBytes(rpc) <= kMostTrailerBytes) break;
  }
  // Strict clients drop a header with a space at its beginning or end (RFC 9113, 8.2.1), and a
  // sentence may begin with what the caller sent.
  rpc.set_message(std::string(absl::StripAsciiWhitespace(rpc.message())));
  return rpc;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc = ToRpcStatus(status);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(),
                      rpc.SerializeAsString());
}

}  // namespace kirikae::api
