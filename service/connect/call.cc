#include "service/connect/call.h"

#include <utility>
#include <vector>

#include "service/connect/error_json.h"
#include "service/connect/json_form.h"
#include "service/status_macros.h"

namespace kirikae::connect {
namespace {

std::string Whole(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

std::string Dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

grpc::ByteBuffer EmptyMessage() {
  const grpc::Slice nothing;
  return grpc::ByteBuffer(&nothing, 1);
}

absl::StatusOr<grpc::ByteBuffer> ReadMessage(const CallHead& head, bool compressed,
                                             std::string bytes, size_t limit) {
  if (compressed) {
    ASSIGN_OR_RETURN(bytes, Gunzip(bytes, limit));
  }
  if (head.form.codec == Codec::kJson) {
    ASSIGN_OR_RETURN(bytes, FromJson(bytes, *head.method->input_type()));
  }
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

absl::StatusOr<std::string> WriteMessage(const CallHead& head, const grpc::ByteBuffer& message) {
  std::string bytes = Whole(message);
  if (head.form.codec == Codec::kProto) return bytes;
  return ToJson(bytes, *head.method->output_type());
}

bool IsToBeCompressed(const CallHead& head, std::string_view message) {
  return head.takes_gzip && message.size() > kWorthCompressing;
}

std::string EndOfStream(const google::rpc::Status& status, const Metadata& trailers) {
  nlohmann::ordered_json end = nlohmann::ordered_json::object();
  if (status.code() != 0) end["error"] = ErrorJson(status);
  nlohmann::ordered_json metadata = MetadataJson(trailers);
  if (!metadata.empty()) end["metadata"] = std::move(metadata);
  return Write({kEndFlag, Dump(end)});
}

void AnswerError(http::Exchange& exchange, const google::rpc::Status& status,
                 http::Headers headers) {
  headers.emplace_back("content-type", ContentType({Codec::kJson, false}));
  exchange.Answer(HttpStatus(static_cast<grpc::StatusCode>(status.code())), std::move(headers),
                  Dump(ErrorJson(status)));
}

void Refuse(http::Exchange& exchange, Form form, const absl::Status& refusal) {
  constexpr std::string_view kSupported = "gzip, identity";
  if (form.stream) {
    exchange.Answer(200,
                    {{"content-type", std::string(ContentType(form))},
                     {"connect-accept-encoding", std::string(kSupported)}},
                    EndOfStream(RpcStatusOf(refusal), {}));
  } else {
    AnswerError(exchange, RpcStatusOf(refusal), {{"accept-encoding", std::string(kSupported)}});
  }
}

}  // namespace kirikae::connect
