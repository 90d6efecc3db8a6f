#include "service/app/lookup/lookup.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "service/app/inventory/near_tags.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

constexpr size_t kQueryLimit = 200 * 4;
// Appended to a text, it sorts after every key that begins with that text: U+10FFFF is the last
// code point.
constexpr std::string_view kLast = "\U0010FFFF";

// Whether `query`, folded, equals or begins `value` or a part of `value`.
template <typename Fold>
std::optional<bool> WholeOrPrefix(std::string_view value, std::string_view query, Fold fold) {
  const std::string key = fold(query);
  std::vector<std::string> parts = NameParts(value);
  parts.emplace_back(value);
  std::optional<bool> best;
  for (const std::string& part : parts) {
    const std::string folded = fold(part);
    if (folded == key) return true;
    if (folded.starts_with(key)) best = false;
  }
  return best;
}

MatchKind NameMatch(std::string_view field, std::string_view value, std::string_view query) {
  if (field == "kana") return MatchKind::kKana;
  const auto as_given = [](std::string_view text) { return std::string(text); };
  if (WholeOrPrefix(value, query, as_given) == true) return MatchKind::kExact;
  if (const auto whole = WholeOrPrefix(value, query, text::FoldSearch)) {
    return *whole ? MatchKind::kFolded : MatchKind::kPrefix;
  }
  return MatchKind::kVariant;
}

MatchKind IdentifierMatch(std::string_view value, std::string_view query, bool whole) {
  if (value == query) return MatchKind::kExact;
  return whole ? MatchKind::kFolded : MatchKind::kPrefix;
}

// The device's stored values of a field.
std::vector<std::string> Values(const domain::Device& device, std::string_view field) {
  if (field == "asset_tag") return {device.asset_tag};
  if (field == "host_name") return {device.host_name};
  if (field == "serial") return {device.serial};
  std::vector<std::string> values;
  for (const domain::DeviceUser& user : device.users) {
    values.push_back(field == "name" ? user.name : field == "kana" ? user.kana : user.staff_number);
  }
  return values;
}

void AddField(const store::SearchHit& hit, std::string_view query, DeviceHit& found) {
  for (const std::string& value : Values(found.device, hit.field)) {
    MatchKind kind = MatchKind::kSuffix;
    if (hit.tier == kNameTier) {
      if (!WholeOrPrefix(value, query, text::FoldLoose).has_value()) continue;
      kind = NameMatch(hit.field, value, query);
    } else if (hit.tier == kIdentifierTier) {
      if (text::FoldIdentifier(value) != hit.key) continue;
      kind = IdentifierMatch(value, query, hit.key == text::FoldIdentifier(query));
    }
    const auto same = std::find_if(
        found.fields.begin(), found.fields.end(),
        [&](const FieldHit& field) { return field.field == hit.field && field.value == value; });
    if (same == found.fields.end()) {
      found.fields.push_back({hit.field, kind, value});
    } else if (kind < same->kind) {
      same->kind = kind;
    }
  }
}

bool IsBetter(const FieldHit& a, const FieldHit& b) { return a.kind < b.kind; }

bool IsExactIdentifier(const DeviceHit& hit) {
  const FieldHit& best = hit.fields.front();
  return best.kind <= MatchKind::kFolded && best.field != "name" && best.field != "kana" &&
         best.field != "staff_number";
}

// Cuts ranked hits to `limit`. Up to a third of the places goes to hits of another kind than the
// first hit's, so that a few 髙橋 still appear among many 高橋.
void KeepOtherKinds(size_t limit, std::vector<DeviceHit>& hits) {
  const MatchKind best = hits.front().fields.front().kind;
  const auto other = std::find_if(hits.begin(), hits.end(), [&](const DeviceHit& hit) {
    return hit.fields.front().kind != best;
  });
  const auto others = static_cast<size_t>(hits.end() - other);
  const auto same = static_cast<size_t>(other - hits.begin());
  const size_t kept = std::min(same, limit - std::min(others, limit / 3));
  hits.erase(hits.begin() + static_cast<std::ptrdiff_t>(kept), other);
  if (hits.size() > limit) hits.resize(limit);
}

void KeepBest(int limit, LookupResult& result) {
  for (DeviceHit& hit : result.hits) {
    std::stable_sort(hit.fields.begin(), hit.fields.end(), IsBetter);
  }
  std::erase_if(result.hits, [](const DeviceHit& hit) { return hit.fields.empty(); });
  std::stable_sort(
      result.hits.begin(), result.hits.end(),
      [](const DeviceHit& a, const DeviceHit& b) { return IsBetter(a.fields[0], b.fields[0]); });
  const auto exact = std::count_if(result.hits.begin(), result.hits.end(), IsExactIdentifier);
  if (exact == 1 && IsExactIdentifier(result.hits.front())) {
    result.hits.resize(1);
    result.more = false;
  }
  if (result.hits.size() > static_cast<size_t>(limit)) {
    KeepOtherKinds(static_cast<size_t>(limit), result.hits);
    result.more = true;
  }
}

absl::Status AddNear(store::ReadView& view, std::string_view query, LookupResult& result) {
  ASSIGN_OR_RETURN(const std::vector<std::string> near, NearTags(view, query));
  for (const std::string& tag : near) {
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, view.FindDevice(tag));
    if (!device.has_value()) continue;
    result.hits.push_back({*std::move(device), {{"asset_tag", MatchKind::kNear, tag}}});
  }
  return absl::OkStatus();
}

struct TierRange {
  int tier = 0;
  store::KeyRange keys;
};

// The ranges of keys that match a query, best first: the given spelling, other spellings of the
// same name, longer names. The first `limit` keys of each range suffice.
std::vector<TierRange> RangesOf(std::string_view query) {
  const auto beginning_with = [](const std::string& text) {
    return store::KeyRange{text, text + std::string(kLast)};
  };
  const std::string identifier = text::FoldIdentifier(query);
  std::vector<TierRange> ranges = {{kIdentifierTier, beginning_with(identifier)},
                                   {kSuffixTier, beginning_with(Reversed(identifier))}};
  const std::string name = text::FoldLoose(query);
  if (name.empty()) return ranges;
  const std::string spelling = NameKey(query);
  const std::string next = spelling + '\0';  // the first key behind the spelling's own
  const std::string longer = name + kSpelling + std::string(kLast);
  ranges.push_back({kNameTier, {spelling, next}});
  ranges.push_back({kNameTier, {name + kSpelling, spelling}});
  ranges.push_back({kNameTier, {next, longer}});
  ranges.push_back({kNameTier, {longer, name + std::string(kLast)}});
  return ranges;
}

// Collects devices over the ranges, each device once.
class Finder {
 public:
  Finder(store::ReadView& view, std::string_view query, int limit)
      : view_(view), query_(query), limit_(limit) {}

  // Asks for one key more than the answer holds, to know whether there are more.
  absl::Status Find(const TierRange& range) {
    const int most = limit_ + 1;
    ASSIGN_OR_RETURN(const std::vector<store::SearchHit> hits,
                     view_.Search(range.tier, range.keys, most));
    result_.more = result_.more || hits.size() == static_cast<size_t>(most);
    for (const store::SearchHit& hit : hits) {
      const auto [at, is_new] = position_.try_emplace(hit.asset_tag, result_.hits.size());
      if (is_new) {
        ASSIGN_OR_RETURN(std::optional<domain::Device> device, view_.FindDevice(hit.asset_tag));
        if (!device.has_value()) return absl::DataLossError("a search key has no device");
        result_.hits.push_back({*std::move(device), {}});
      }
      AddField(hit, query_, result_.hits[at->second]);
    }
    return absl::OkStatus();
  }

  LookupResult Take() { return std::move(result_); }

 private:
  store::ReadView& view_;
  const std::string_view query_;
  const int limit_;
  std::map<std::string, size_t> position_;
  LookupResult result_;
};

}  // namespace

absl::StatusOr<LookupResult> Lookup(store::ReadView& view, std::string_view query, int limit) {
  const std::string identifier = text::FoldIdentifier(query);
  if (identifier.empty() || query.size() > kQueryLimit) {
    return domain::InvalidField("query",
                                domain::Sentence("Say what to look for, in 1 to 200 characters."));
  }
  Finder finder(view, query, limit);
  for (const TierRange& range : RangesOf(query)) RETURN_IF_ERROR(finder.Find(range));
  LookupResult result = finder.Take();
  if (result.hits.empty()) RETURN_IF_ERROR(AddNear(view, identifier, result));
  KeepBest(limit, result);
  return result;
}

}  // namespace kirikae::app
