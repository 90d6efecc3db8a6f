#include "service/domain/device_history.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::domain {
namespace {

constexpr std::string_view kMethod = "auth_method";

// Orders by effective time, then by recording.
using When = std::pair<absl::Time, int64_t>;

// The field that a change is about, without the prefix of a late entry.
std::string_view FieldOf(const Change& change) {
  std::string_view field = change.field;
  if (field.starts_with(kPastPrefix)) field.remove_prefix(kPastPrefix.size());
  return field;
}

struct MethodEntry {
  When when;
  MethodSpan span;
};

absl::StatusOr<std::vector<MethodEntry>> MethodEntries(const std::string& record,
                                                       std::span<const HistoryEntry> history,
                                                       absl::Time known_at) {
  std::set<int64_t> makers;
  for (const auto& [set, change] : history) {
    if (change.record == record && change.field == "exists" && !change.new_value.empty()) {
      makers.insert(set.id);
    }
  }
  std::vector<MethodEntry> entries;
  for (const auto& [set, change] : history) {
    if (change.record != record || FieldOf(change) != kMethod || !IsBelieved(set, known_at) ||
        change.new_value.empty()) {
      continue;
    }
    const std::optional<AuthMethod> method = FromName<AuthMethod>(change.new_value);
    if (!method.has_value()) return absl::DataLossError("a kept method can't be read");
    const absl::Time order = makers.contains(set.id) ? absl::InfinitePast() : set.effective_time;
    entries.push_back({{order, set.id}, {*method, set.effective_time}});
  }
  return entries;
}

// The entries in order, without repeats of a method.
std::vector<MethodSpan> SpansOf(std::vector<MethodEntry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const MethodEntry& a, const MethodEntry& b) { return a.when < b.when; });
  std::vector<MethodSpan> spans;
  for (const MethodEntry& entry : entries) {
    if (spans.empty() || spans.back().method != entry.span.method) spans.push_back(entry.span);
  }
  return spans;
}

// The method at `time`: the last that had begun, or the first.
const MethodSpan* SpanAt(const std::vector<MethodSpan>& spans, absl::Time time) {
  const MethodSpan* found = spans.empty() ? nullptr : &spans.front();
  for (const MethodSpan& span : spans) {
    if (span.since <= time) found = &span;
  }
  return found;
}

struct Latest {
  When when;
  std::string value;
};

// The latest value of each field of a record.
std::map<std::string, Latest, std::less<>> LatestFields(const std::string& record,
                                                        std::span<const HistoryEntry> history,
                                                        absl::Time as_of, absl::Time known_at) {
  std::map<std::string, Latest, std::less<>> fields;
  for (const auto& [set, change] : history) {
    if (change.record != record || !IsBelieved(set, known_at) || set.effective_time > as_of) {
      continue;
    }
    const Latest latest{{set.effective_time, set.id}, change.new_value};
    const auto [at, is_new] = fields.try_emplace(std::string(FieldOf(change)), latest);
    if (!is_new && at->second.when < latest.when) at->second = latest;
  }
  return fields;
}

template <typename Record>
absl::Status Fill(const std::map<std::string, Latest, std::less<>>& fields, Record& record) {
  for (const auto& [field, latest] : fields) {
    if (!SetField(record, field, latest.value).ok()) {
      return absl::DataLossError("a kept value of " + field + " can't be read");
    }
  }
  return absl::OkStatus();
}

}  // namespace

bool IsBelieved(const ChangeSet& set, absl::Time known_at) {
  return set.undoes == 0 && set.recorded_time <= known_at && set.undone_time > known_at;
}

absl::StatusOr<std::vector<MethodSpan>> MethodsOf(const std::string& asset_tag,
                                                  std::span<const HistoryEntry> history,
                                                  absl::Time known_at) {
  ASSIGN_OR_RETURN(std::vector<MethodEntry> entries,
                   MethodEntries(DeviceName(asset_tag), history, known_at));
  return SpansOf(std::move(entries));
}

absl::StatusOr<MethodChange> SlotMethodIn(const std::string& asset_tag,
                                          std::span<const HistoryEntry> history, AuthMethod method,
                                          absl::Time effective) {
  ASSIGN_OR_RETURN(
      std::vector<MethodEntry> entries,
      MethodEntries(DeviceName(asset_tag), history, absl::FromUnixMicros(INT64_MAX - 1)));
  const std::vector<MethodSpan> spans = SpansOf(entries);
  const MethodSpan* const then = SpanAt(spans, effective);
  if (then == nullptr) return absl::DataLossError("a device has no method in its history");
  MethodChange change{then->method, then->method != method, spans.back(), false};
  if (!change.changes) return change;
  // A change recorded now is later than everything recorded before.
  entries.push_back({{effective, INT64_MAX}, {method, effective}});
  const std::vector<MethodSpan> after = SpansOf(std::move(entries));
  change.is_past = after.back().method == spans.back().method;
  change.current = after.back();
  return change;
}

absl::StatusOr<std::optional<Device>> DeviceAsOf(const std::string& asset_tag,
                                                 std::span<const HistoryEntry> history,
                                                 absl::Time as_of, absl::Time known_at) {
  auto fields = LatestFields(DeviceName(asset_tag), history, as_of, known_at);
  const auto exists = fields.find("exists");
  if (exists == fields.end() || exists->second.value.empty()) return std::optional<Device>();
  fields.erase(exists);
  fields.erase(std::string(kMethod));
  fields.erase("auth_method_since");
  Device device;
  device.asset_tag = asset_tag;
  RETURN_IF_ERROR(Fill(fields, device));
  ASSIGN_OR_RETURN(const std::vector<MethodSpan> methods, MethodsOf(asset_tag, history, known_at));
  const MethodSpan* const method = SpanAt(methods, as_of);
  if (method == nullptr) return absl::DataLossError("a device has no method in its history");
  device.auth_method = method->method;
  device.auth_method_since = method->since;
  return std::optional(std::move(device));
}

absl::StatusOr<PlacementThen> PlacementAsOf(const std::string& rollout,
                                            const std::string& asset_tag,
                                            std::span<const HistoryEntry> history, absl::Time as_of,
                                            absl::Time known_at) {
  const std::string record = PlacementName(rollout, asset_tag);
  auto fields = LatestFields(record, history, as_of, known_at);
  fields.erase("exists");
  PlacementThen then;
  then.placement.rollout = rollout;
  then.placement.asset_tag = asset_tag;
  RETURN_IF_ERROR(Fill(fields, then.placement));
  std::map<When, PlacementState> later;
  for (const auto& [set, change] : history) {
    if (change.record != record || FieldOf(change) != "placement.state" ||
        !IsBelieved(set, known_at) || set.effective_time <= as_of) {
      continue;
    }
    const auto state = FromName<PlacementState>(change.new_value);
    if (state.has_value()) later[{set.effective_time, set.id}] = *state;
  }
  for (const auto& [when, state] : later) then.later.push_back(state);
  return then;
}

}  // namespace kirikae::domain
