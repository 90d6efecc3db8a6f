// Headers of HTTP <-> metadata of a call.
#pragma once

#include <grpcpp/support/string_ref.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/http/exchange.h"

namespace kirikae::connect {

using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

/// The headers of a request that go on to the call, each with all its values; those whose name ends
/// in `-bin` as bytes. Left out: what belongs to HTTP, to the browser, to gRPC or to Connect, every
/// name that begins with `kirikae-` (the gateway alone says such things to the service), and
/// values with characters that metadata can't have. BAD_HEADER where a `-bin` header is not base64.
absl::StatusOr<http::Headers> RequestMetadata(const http::Headers& headers);

/// Adds a call's metadata to the headers of an answer, each name with `prefix` before it.
void AddAnswerHeaders(const Metadata& metadata, std::string_view prefix, http::Headers& headers);

/// A call's metadata as the end of a stream has it: `{"name": ["value", …]}`.
nlohmann::ordered_json MetadataJson(const Metadata& metadata);

}  // namespace kirikae::connect
