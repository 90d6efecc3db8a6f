#include "service/api/call/write_options.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/domain/spoken_time.h"

namespace kirikae::api {
namespace {

constexpr size_t kReasonLimit = 1000;

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<app::WriteContext> ReadOptions(const v1::WriteOptions& options,
                                              const app::Caller& caller, absl::Time now,
                                              const absl::TimeZone& zone) {
  app::WriteContext context{caller, now, now, options.reason()};
  std::vector<domain::Violation> violations;
  if (!options.request_id().empty() && !IsUuid(options.request_id())) {
    violations.push_back({"options.request_id", domain::Sentence("The request id $0 is not a UUID.",
                                                                 {options.request_id()})});
  }
  if (options.reason().size() > kReasonLimit * 4) {
    violations.push_back({"options.reason", domain::Sentence("The reason is too long; at most $0 "
                                                             "characters.",
                                                             {std::to_string(kReasonLimit)})});
  }
  if (!options.effective_time().empty()) {
    const std::optional<absl::Time> effective =
        domain::ReadSpokenTime(options.effective_time(), now, zone);
    context.effective = effective.value_or(now);
    if (!effective.has_value()) {
      violations.push_back(
          {"options.effective_time",
           domain::Sentence("The time $0 can't be read; write it like 2025-05-01 15:00, 5/1 15:00, "
                            "15:00 or 2025-05-01T09:00:00+09:00, from the year 2000 on.",
                            {options.effective_time()})});
    } else if (context.effective > context.now) {
      violations.push_back(
          {"options.effective_time",
           domain::Sentence("The time $0 lies in the future.", {options.effective_time()})});
    }
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return context;
}

std::string Fingerprint(const app::Caller& caller, Rpc rpc,
                        const google::protobuf::Message& request, const std::string& request_id) {
  if (request_id.empty()) return "";
  std::string content = caller.actor + '\0' + std::string(rpc.name()) + '\0';
  {
    google::protobuf::io::StringOutputStream bytes(&content);
    google::protobuf::io::CodedOutputStream coded(&bytes);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  return app::HashHex(content);
}

}  // namespace kirikae::api
