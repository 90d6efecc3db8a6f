#include "service/connect/errors.h"

#include <string>

#include "service/domain/error_detail.h"

namespace kirikae::connect {
namespace {

using absl::StatusCode;
using domain::MakeError;
using domain::Sentence;

absl::Status BadStream(Sentence sentence) {
  return MakeError(StatusCode::kInvalidArgument, "BAD_STREAM", std::move(sentence));
}

}  // namespace

absl::Status UnsupportedProtocolVersion(std::string_view version) {
  return MakeError(StatusCode::kInvalidArgument, "UNSUPPORTED_PROTOCOL_VERSION",
                   Sentence("Connect-Protocol-Version is $0; this service speaks version 1.",
                            {std::string(version)}));
}

absl::Status BadTimeout(std::string_view value) {
  return MakeError(
      StatusCode::kInvalidArgument, "BAD_TIMEOUT",
      Sentence("Connect-Timeout-Ms is $0; it must be a whole number of at most 10 digits.",
               {std::string(value)}));
}

absl::Status BadHeader(std::string_view name) {
  return MakeError(StatusCode::kInvalidArgument, "BAD_HEADER",
                   Sentence("The header $0 must be base64.", {std::string(name)}));
}

absl::Status CrossSiteRequest() {
  return MakeError(StatusCode::kPermissionDenied, "CROSS_SITE_REQUEST",
                   Sentence("A session can be used from this service's own page only. Open the "
                            "page again, or give a token."));
}

absl::Status UnsupportedCompression(std::string_view name) {
  return MakeError(
      StatusCode::kUnimplemented, "UNSUPPORTED_COMPRESSION",
      Sentence("The compression $0 is not supported; gzip and identity are.", {std::string(name)}));
}

absl::Status BadCompression() {
  return MakeError(StatusCode::kInvalidArgument, "BAD_COMPRESSION",
                   Sentence("The message can't be decompressed: it is not gzip, or it is cut."));
}

absl::Status MessageTooLarge(size_t limit) {
  const std::string bytes = std::to_string(limit);
  return MakeError(StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE",
                   Sentence("The message is too large; at most $0 bytes are taken.", {bytes}),
                   {{"limit", bytes}});
}

absl::Status GatewayBusy() {
  return MakeError(
      StatusCode::kResourceExhausted, "GATEWAY_BUSY",
      Sentence("Too many large requests are being sent to the service. Try again shortly."));
}

absl::Status NotJson(size_t position) {
  const std::string at = std::to_string(position);
  return MakeError(StatusCode::kInvalidArgument, "NOT_JSON",
                   Sentence("The request is not JSON at byte $0.", {at}), {{"position", at}});
}

absl::Status JsonTooDeep(size_t most) {
  return MakeError(StatusCode::kInvalidArgument, "JSON_TOO_DEEP",
                   Sentence("The request's JSON is nested too deep; at most $0 levels are taken.",
                            {std::to_string(most)}));
}

absl::Status GivenTwice(std::string_view key) {
  const std::string name(key);
  return MakeError(StatusCode::kInvalidArgument, "GIVEN_TWICE",
                   Sentence("The request's JSON has $0 twice in one object.", {name}),
                   {{"field", name}});
}

absl::Status JsonDoesNotFit(std::string_view why) {
  return MakeError(StatusCode::kInvalidArgument, "JSON_DOES_NOT_FIT",
                   Sentence("The request's JSON does not fit this method: $0", {std::string(why)}));
}

absl::Status UnknownFlags(uint8_t flags) {
  return BadStream(Sentence("A message of the stream has the flags $0; only 0 and 1 are taken.",
                            {std::to_string(flags)}));
}

absl::Status NotCompressible() {
  return BadStream(
      Sentence("A message is compressed, and Connect-Content-Encoding names no "
               "compression."));
}

absl::Status CutShort() {
  return BadStream(Sentence("The stream ends in the middle of a message."));
}

absl::Status NotOneMessage() {
  return BadStream(Sentence("This method takes exactly one message."));
}

absl::Status AnswerNotWritable() {
  return MakeError(StatusCode::kInternal, "ANSWER_NOT_WRITABLE",
                   Sentence("The answer can't be written as JSON. Tell the service's operator."));
}

}  // namespace kirikae::connect
