#include "service/proof/export_lines.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "service/store/history/packed_changes.h"

namespace kirikae::proof {
namespace {

using Json = nlohmann::ordered_json;

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string FirstLine(std::string_view origin) {
  return Line({{"kirikaeAudit", 1}, {"origin", origin}});
}

std::string SetLine(const domain::ChangeSet& set) {
  return Line({{"changeSet", set.id},
               {"actor", set.actor},
               {"role", set.role},
               {"act", set.act},
               {"reason", set.reason},
               {"requestId", set.request_id},
               {"effectiveTime", absl::ToUnixMicros(set.effective_time)},
               {"recordedTime", absl::ToUnixMicros(set.recorded_time)},
               {"undoes", set.undoes},
               {"partial", set.partial},
               {"changeCount", set.change_count},
               {"hash", set.hash}});
}

std::string ChangesLine(const ExportedChanges& changes) {
  Json fields = Json::array();
  store::Unpacker unpacker(changes.packed);
  while (const std::optional<store::PackedChange> change = unpacker.Next()) {
    fields.push_back(
        {{"field", change->field}, {"old", change->old_value}, {"new", change->new_value}});
  }
  return Line({{"record", changes.record},
               {"subject", changes.subject},
               {"fields", std::move(fields)},
               {"packed", absl::Base64Escape(changes.packed)}});
}

std::string LastLine(int64_t sets) { return Line({{"end", sets}}); }

}  // namespace kirikae::proof
