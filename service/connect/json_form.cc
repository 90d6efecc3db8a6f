#include "service/connect/json_form.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <utility>

#include "service/connect/errors.h"
#include "service/connect/json_guard.h"
#include "service/domain/sentence.h"
#include "service/status_macros.h"

namespace kirikae::connect {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;

constexpr char kTypes[] = "type.googleapis.com";

google::protobuf::util::TypeResolver& Types() {
  // Never deleted, as calls may end while the program does.
  static auto* const types = google::protobuf::util::NewTypeResolverForDescriptorPool(
      kTypes, DescriptorPool::generated_pool());
  return *types;
}

std::string UrlOf(const std::string& type) { return std::string(kTypes) + "/" + type; }

}  // namespace

absl::StatusOr<std::string> FromJson(std::string_view json, const Descriptor& message) {
  RETURN_IF_ERROR(CheckJson(json, message));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  std::string bytes;
  const auto status = google::protobuf::util::JsonToBinaryString(
      &Types(), UrlOf(message.full_name()), {json.data(), json.size()}, &bytes, options);
  if (!status.ok()) {
    // It begins with the field in parentheses, or else with nothing and a colon.
    std::string why(status.message().data(), status.message().size());
    why.erase(0, why.find_first_not_of(": "));
    return JsonDoesNotFit(domain::Shortened(std::move(why), domain::kMostQuotedBytes));
  }
  return bytes;
}

absl::StatusOr<std::string> ToJson(const std::string& bytes, const Descriptor& message) {
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      &Types(), UrlOf(message.full_name()), bytes, &json);
  if (!status.ok()) return AnswerNotWritable();
  return json;
}

std::optional<std::string> DetailJson(const std::string& type, const std::string& bytes) {
  std::string json;
  const auto status =
      google::protobuf::util::BinaryToJsonString(&Types(), UrlOf(type), bytes, &json);
  if (!status.ok()) return std::nullopt;
  return json;
}

}  // namespace kirikae::connect
