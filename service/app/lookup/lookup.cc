#include "service/app/lookup/lookup.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/app/inventory/near_tags.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/fold.h"
#include "service/text/sound.h"

namespace kirikae::app {
namespace {

constexpr size_t kQueryLimit = 200 * 4;
// Appended to a text, it sorts after every key that begins with that text: U+10FFFF is the last
// code point.
constexpr std::string_view kLast = "\U0010FFFF";

// Whether `key`, a folded query, equals or begins `value` or a part of `value`.
template <typename Fold>
std::optional<bool> KeyWholeOrPrefix(std::string_view value, const std::string& key, Fold fold) {
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

// A query, and what it is folded to, once for all the values that it is compared with.
struct Query {
  explicit Query(std::string_view query)
      : given(query),
        search(text::FoldSearch(query)),
        loose(text::FoldLoose(query)),
        identifier(text::FoldIdentifier(query)) {}

  std::string given;
  std::string search;
  std::string loose;
  std::string identifier;
};

MatchKind NameMatch(std::string_view field, std::string_view value, const Query& query) {
  if (field == "kana") return MatchKind::kKana;
  const auto as_given = [](std::string_view text) { return std::string(text); };
  if (KeyWholeOrPrefix(value, query.given, as_given) == true) return MatchKind::kExact;
  if (const auto whole = KeyWholeOrPrefix(value, query.search, text::FoldSearch)) {
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

void AddField(const store::SearchHit& hit, const Query& query, DeviceHit& found) {
  for (const std::string& value : Values(found.device, hit.field)) {
    MatchKind kind = MatchKind::kSuffix;
    if (hit.tier == kNameTier) {
      if (!KeyWholeOrPrefix(value, query.loose, text::FoldLoose).has_value()) continue;
      kind = NameMatch(hit.field, value, query);
    } else if (hit.tier == kIdentifierTier) {
      if (text::FoldIdentifier(value) != hit.key) continue;
      kind = IdentifierMatch(value, query.given, hit.key == query.identifier);
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

bool IsExactIdentifier(const FieldHit& hit) {
  return hit.kind <= MatchKind::kFolded &&
         (hit.field == "asset_tag" || hit.field == "host_name" || hit.field == "serial");
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
  const auto is_exact = [](const DeviceHit& hit) { return IsExactIdentifier(hit.fields.front()); };
  const auto exact = std::count_if(result.hits.begin(), result.hits.end(), is_exact);
  if (exact == 1 && is_exact(result.hits.front())) {
    LookupResult alone;
    alone.hits.push_back(std::move(result.hits.front()));
    result = std::move(alone);
  }
  if (result.hits.size() > static_cast<size_t>(limit)) {
    KeepOtherKinds(static_cast<size_t>(limit), result.hits);
    result.more = true;
  }
}

// What of a person matches, and how.
std::vector<FieldHit> FieldsOf(const domain::Staff& staff, const KnownPerson& person,
                               const Query& query) {
  std::vector<FieldHit> fields;
  if (!person.sounds && !person.near) {
    // Numbers end as the query does: the zeros before it were left out.
    const bool whole = text::FoldIdentifier(staff.staff_number) == query.identifier;
    return {{"staff_number", whole ? MatchKind::kExact : MatchKind::kSuffix, staff.staff_number}};
  }
  const auto fold = person.near ? text::FoldUnvoiced : text::FoldSound;
  const std::string key = fold(query.given);
  for (const auto& [field, value] :
       {std::pair("name", staff.name), std::pair("kana", staff.kana)}) {
    if (value.empty() || !KeyWholeOrPrefix(value, key, fold).has_value()) continue;
    fields.push_back(
        {field, person.near ? MatchKind::kNear : NameMatch(field, value, query), value});
  }
  std::stable_sort(fields.begin(), fields.end(), IsBetter);
  return fields;
}

struct TierRange {
  int tier = 0;
  store::KeyRange keys;
};

// The ranges of keys that match a query, best first: the given spelling, other spellings of the
// same name, longer names. The first `limit` keys of each range suffice.
std::vector<TierRange> RangesOf(const Query& query) {
  const auto beginning_with = [](const std::string& text) {
    return store::KeyRange{text, text + std::string(kLast)};
  };
  std::vector<TierRange> ranges = {{kIdentifierTier, beginning_with(query.identifier)},
                                   {kSuffixTier, beginning_with(Reversed(query.identifier))}};
  const std::string& name = query.loose;
  if (name.empty()) return ranges;
  const std::string spelling = NameKey(query.given);
  const std::string next = spelling + '\0';  // the first key behind the spelling's own
  const std::string longer = name + kSpelling + std::string(kLast);
  ranges.push_back({kNameTier, {spelling, next}});
  ranges.push_back({kNameTier, {name + kSpelling, spelling}});
  ranges.push_back({kNameTier, {next, longer}});
  ranges.push_back({kNameTier, {longer, name + std::string(kLast)}});
  return ranges;
}

// Collects devices, each once.
class Finder {
 public:
  Finder(store::ReadView& view, std::string_view query, int limit)
      : view_(view), query_(query), limit_(limit) {}

  // Asks for one key more than the answer holds, to know whether there are more.
  absl::Status Find(const TierRange& range) {
    // Names of the spelling asked for leave others a third of the places (see KeepOtherKinds).
    const int most = (range.tier == kNameTier && is_full_ ? limit_ / 3 : limit_) + 1;
    ASSIGN_OR_RETURN(const std::vector<store::SearchHit> hits,
                     view_.Search(range.tier, range.keys, most));
    result_.more = result_.more || hits.size() == static_cast<size_t>(most);
    const size_t before = result_.hits.size();
    for (const store::SearchHit& hit : hits) {
      ASSIGN_OR_RETURN(DeviceHit* const found, HitOf(hit.asset_tag));
      if (found == nullptr) return absl::DataLossError("a search key has no device");
      AddField(hit, query_, *found);
    }
    const size_t added = result_.hits.size() - before;
    is_full_ = is_full_ || (range.tier == kNameTier && added >= static_cast<size_t>(limit_));
    return absl::OkStatus();
  }

  // Whether one device's identifier is the query.
  bool IsExact() const {
    const auto is_exact = [](const DeviceHit& hit) {
      return std::any_of(hit.fields.begin(), hit.fields.end(), IsExactIdentifier);
    };
    return std::count_if(result_.hits.begin(), result_.hits.end(), is_exact) == 1;
  }

  // Adds what only the directory finds: identifiers with other separators, persons, departments;
  // near tags where there is nothing else.
  absl::Status Add(Known known) {
    for (const std::string& tag : known.tags) {
      RETURN_IF_ERROR(AddDevice(tag, {"", MatchKind::kFolded, ""}));
    }
    for (KnownPerson& person : known.people) RETURN_IF_ERROR(AddPerson(std::move(person)));
    std::stable_sort(
        result_.people.begin(), result_.people.end(),
        [](const auto& a, const auto& b) { return IsBetter(a.fields.front(), b.fields.front()); });
    result_.people_count = known.people_count;
    for (const KnownDepartment& department : known.departments) {
      const FieldHit hit{"department", department.whole ? MatchKind::kFolded : MatchKind::kPrefix,
                         department.path};
      for (const std::string& tag : department.tags) RETURN_IF_ERROR(AddDevice(tag, hit));
      const auto listed = static_cast<int64_t>(department.tags.size());
      result_.more = result_.more || department.devices > listed;
    }
    result_.departments = std::move(known.departments);
    const bool nothing =
        result_.hits.empty() && result_.people.empty() && result_.departments.empty();
    return nothing ? AddNear(known.near_tags) : absl::OkStatus();
  }

  bool IsEmpty() const { return result_.hits.empty(); }

  LookupResult Take() { return std::move(result_); }

 private:
  // The device's hit, a new one where there is none yet; null where there is no such device.
  absl::StatusOr<DeviceHit*> HitOf(const std::string& tag) {
    const auto known = position_.find(tag);
    if (known != position_.end()) return &result_.hits[known->second];
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, view_.FindDevice(tag));
    if (!device.has_value()) return nullptr;
    position_.emplace(tag, result_.hits.size());
    return &result_.hits.emplace_back(DeviceHit{*std::move(device), {}});
  }

  // Adds a device, at most as many as the answer holds, a third of them where it is full. A hit
  // without a field is one of an identifier that differs from the query in separators only.
  absl::Status AddDevice(const std::string& tag, FieldHit field) {
    if (!position_.contains(tag)) {
      if (added_ == (is_full_ ? limit_ / 3 : limit_)) {
        result_.more = true;
        return absl::OkStatus();
      }
      ++added_;
    }
    ASSIGN_OR_RETURN(DeviceHit* const found, HitOf(tag));
    if (found == nullptr) return absl::OkStatus();
    if (field.field.empty()) {
      const std::string compact = text::FoldCompact(query_.given);
      for (const char* const name : {"asset_tag", "host_name", "serial"}) {
        const std::string value = Values(found->device, name).front();
        if (text::FoldCompact(value) == compact) field = {name, field.kind, value};
      }
    }
    const bool known =
        std::any_of(found->fields.begin(), found->fields.end(), [&](const FieldHit& other) {
          return other.field == field.field && other.value == field.value;
        });
    if (!known && !field.field.empty()) found->fields.push_back(std::move(field));
    return absl::OkStatus();
  }

  absl::Status AddPerson(KnownPerson person) {
    PersonHit hit{std::move(person.staff), {}, std::move(person.tags), person.devices};
    hit.fields = FieldsOf(hit.staff, person, query_);
    if (hit.fields.empty()) return absl::OkStatus();
    for (const std::string& tag : hit.tags) RETURN_IF_ERROR(AddDevice(tag, hit.fields.front()));
    result_.people.push_back(std::move(hit));
    return absl::OkStatus();
  }

  // Tags that differ from the query in zeros, then tags that are typing slips away.
  absl::Status AddNear(std::vector<std::string> tags) {
    ASSIGN_OR_RETURN(const std::vector<std::string> slips, NearTags(view_, query_.identifier));
    tags.insert(tags.end(), slips.begin(), slips.end());
    for (const std::string& tag : tags) {
      RETURN_IF_ERROR(AddDevice(tag, {"asset_tag", MatchKind::kNear, tag}));
    }
    return absl::OkStatus();
  }

  store::ReadView& view_;
  const Query query_;
  const int limit_;
  std::map<std::string, size_t> position_;
  int added_ = 0;         // by the directory
  bool is_full_ = false;  // the devices of a range of names fill the answer
  LookupResult result_;
};

bool IsEmpty(const Known& known) {
  return known.people.empty() && known.departments.empty() && known.tags.empty();
}

// A name, a blank and a part of a department: the persons of that name there, and their devices. A
// name may have blanks itself, so the last blank is tried first. Null where that names nobody.
absl::StatusOr<std::optional<LookupResult>> OfDepartment(store::ReadView& view,
                                                         Directory& directory,
                                                         std::string_view query, int limit) {
  // Blanks of any width are U+0020 in it, and stay.
  const std::string folded = text::FoldIdentifier(query);
  const std::vector<std::string> words =
      absl::StrSplit(folded, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  for (size_t split = words.size(); split-- > 1;) {
    const std::string name =
        absl::StrJoin(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(split), " ");
    const std::string department =
        absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(split), words.end(), "");
    ASSIGN_OR_RETURN(Known known, directory.FindOfDepartment(view, name, department));
    if (known.people.empty()) continue;
    Finder finder(view, name, limit);
    RETURN_IF_ERROR(finder.Add(std::move(known)));
    return finder.Take();
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<LookupResult> Lookup(store::ReadView& view, Directory& directory,
                                    std::string_view query, int limit) {
  if (text::FoldIdentifier(query).empty() || query.size() > kQueryLimit) {
    return domain::InvalidField("query",
                                domain::Sentence("Say what to look for, in 1 to 200 characters."));
  }
  Finder finder(view, query, limit);
  for (const TierRange& range : RangesOf(Query(query))) RETURN_IF_ERROR(finder.Find(range));
  if (!finder.IsExact()) {
    ASSIGN_OR_RETURN(Known known, directory.Find(view, query));
    if (finder.IsEmpty() && IsEmpty(known)) {
      ASSIGN_OR_RETURN(auto narrowed, OfDepartment(view, directory, query, limit));
      if (narrowed.has_value()) {
        KeepBest(limit, *narrowed);
        return *std::move(narrowed);
      }
    }
    RETURN_IF_ERROR(finder.Add(std::move(known)));
  }
  LookupResult result = finder.Take();
  KeepBest(limit, result);
  return result;
}

}  // namespace kirikae::app
