// Every refusal that the gateway makes itself, before or beside the call. Each has an English and a
// Japanese sentence, as the errors of the domain have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::connect {

/// INVALID_ARGUMENT, reason UNSUPPORTED_PROTOCOL_VERSION.
absl::Status UnsupportedProtocolVersion(std::string_view version);
/// INVALID_ARGUMENT, reason BAD_TIMEOUT.
absl::Status BadTimeout(std::string_view value);
/// INVALID_ARGUMENT, reason BAD_HEADER: a header whose name ends in `-bin` is not base64.
absl::Status BadHeader(std::string_view name);
/// PERMISSION_DENIED, reason CROSS_SITE_REQUEST: a session is used from elsewhere than our page.
absl::Status CrossSiteRequest();

/// UNIMPLEMENTED, reason UNSUPPORTED_COMPRESSION, naming what is supported.
absl::Status UnsupportedCompression(std::string_view name);
/// INVALID_ARGUMENT, reason BAD_COMPRESSION: the bytes are not gzip, or are cut.
absl::Status BadCompression();
/// RESOURCE_EXHAUSTED, reason MESSAGE_TOO_LARGE: over `limit` bytes as sent, or once decompressed.
absl::Status MessageTooLarge(size_t limit);
/// RESOURCE_EXHAUSTED, reason GATEWAY_BUSY: the requests on their way hold all the memory they may.
absl::Status GatewayBusy();

/// INVALID_ARGUMENT, reason NOT_JSON; `position` of the fault in bytes, counted from 1.
absl::Status NotJson(size_t position);
/// INVALID_ARGUMENT, reason JSON_TOO_DEEP.
absl::Status JsonTooDeep(size_t most);
/// INVALID_ARGUMENT, reason GIVEN_TWICE: an object has a key, or a field by both its names, twice.
absl::Status GivenTwice(std::string_view key);
/// INVALID_ARGUMENT, reason JSON_DOES_NOT_FIT: it is JSON, but not of this message.
absl::Status JsonDoesNotFit(std::string_view why);

/// INVALID_ARGUMENT, reason BAD_STREAM: a message's flags have bits that are not known.
absl::Status UnknownFlags(uint8_t flags);
/// INVALID_ARGUMENT, reason BAD_STREAM: a message is marked as compressed in a stream that names no
/// compression.
absl::Status NotCompressible();
/// INVALID_ARGUMENT, reason BAD_STREAM: the body ends in the middle of a message.
absl::Status CutShort();
/// INVALID_ARGUMENT, reason BAD_STREAM: a request of one message has none, or more than one.
absl::Status NotOneMessage();

/// INTERNAL, reason ANSWER_NOT_WRITABLE: an answer that can't be written as JSON.
absl::Status AnswerNotWritable();

}  // namespace kirikae::connect
