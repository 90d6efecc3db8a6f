#include "service/app/lookup/directory.h"

#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/act.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/fold.h"
#include "service/text/sound.h"
#include "service/text/utf8.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 1000;
constexpr size_t kMostPeople = 20;
constexpr size_t kMostCounted = 500;  // names that a query looks at
constexpr size_t kMostDepartments = 20;
constexpr size_t kMostTags = 50;
constexpr size_t kMostTagsOfOne = 20;
// What is followed; more is read anew.
constexpr int64_t kMostSets = 20'000;
constexpr int64_t kMostChanges = 20'000;
// Records that a caller waits for.
constexpr int64_t kMostRead = 3'000;

// The key of a device's user: the staff number; of one without a number, the name at that device.
std::string KeyOf(const domain::DeviceUser& user, const std::string& tag) {
  return user.staff_number.empty() ? "\t" + user.name + "\t" + tag : user.staff_number;
}

std::string WithoutLeadingZeros(std::string_view number) {
  const std::string folded = text::FoldIdentifier(number);
  const size_t first = folded.find_first_not_of('0');
  return first == std::string::npos ? folded : folded.substr(first);
}

// A name whole, and each part of it.
std::vector<std::string> Spellings(const domain::Staff& staff) {
  std::vector<std::string> all;
  for (const std::string* const name : {&staff.name, &staff.kana}) {
    if (name->empty()) continue;
    all.push_back(*name);
    for (std::string& part : NameParts(*name)) {
      if (part != *name) all.push_back(std::move(part));
    }
  }
  return all;
}

std::string Joined(std::string_view path) {
  std::string joined(path);
  std::erase(joined, '/');
  return joined;
}

// What people call a department: each part of its path, and the path from each part on.
std::vector<std::string> NamesOf(std::string_view path) {
  std::vector<std::string> names;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    names.push_back(text::FoldLoose(Joined(path.substr(begin))));
    names.push_back(text::FoldLoose(path.substr(begin, end - begin)));
    begin = end + 1;
  }
  return names;
}

// Whether a change set of this act may change who uses a device, a department or an identifier. An
// act that this program does not know may.
bool MayMatter(const std::string& act) {
  const std::optional<domain::Act> known = domain::FromName<domain::Act>(act);
  if (!known.has_value() || *known == domain::Act::kUndo) return true;
  const domain::ActTraits traits = domain::TraitsOf(*known);
  return !traits.touches_rollouts && traits.Undoable();
}

absl::StatusOr<int64_t> NewestOf(store::ReadView& view) {
  store::ChangeSetQuery query;
  query.limit = 1;
  ASSIGN_OR_RETURN(const auto newest, view.ListChangeSets(query));
  return newest.empty() ? 0 : newest.front().id;
}

struct Person {
  domain::Staff staff;  // without what look-up does not show
  bool listed = false;  // in the staff list
  std::set<std::string> tags;
};

struct DeviceFacts {
  std::string department;
  bool retired = false;
  std::vector<std::string> people;  // keys of persons
  std::vector<std::string> compact;
  std::string without_zeros;  // of the tag
};

struct Department {
  std::set<std::string> tags;  // of devices that are not retired
  int64_t staff = 0;
};

// A name's key: unvoiced, then as it sounds where that differs; the person's key.
struct SpokenName {
  std::string unvoiced;
  std::string sound;
  std::string person;

  auto operator<=>(const SpokenName&) const = default;
};

// The first of a set of tags.
std::vector<std::string> First(const std::set<std::string>& tags, size_t most) {
  std::vector<std::string> first;
  for (const std::string& tag : tags) {
    if (first.size() == most) break;
    first.push_back(tag);
  }
  return first;
}

}  // namespace

// All that is known, up to a change set.
struct Directory::State {
  int64_t change_set = 0;
  absl::flat_hash_map<std::string, Person> people;
  absl::btree_set<SpokenName> names;
  absl::btree_set<std::pair<std::string, std::string>> numbers;  // without zeros; person
  absl::flat_hash_map<std::string, DeviceFacts> devices;
  absl::btree_set<std::pair<std::string, std::string>> compact;           // identifier; tag
  absl::btree_set<std::pair<std::string, std::string>> without_zeros;     // tag without zeros; tag
  absl::btree_map<std::string, Department> departments;                   // by path
  absl::btree_set<std::pair<std::string, std::string>> department_names;  // folded; path

  void Put(const domain::Device& device);
  void Put(const domain::Staff& staff);
  void DropDevice(const std::string& tag);
  void DropStaff(const std::string& number);
  // Takes all records of a view; false once there are more than `most` (0 = any number).
  absl::StatusOr<bool> ReadAll(store::ReadView& view, int64_t most);
  // Takes over what the change sets after the state's changed; false where that is too much.
  absl::StatusOr<bool> Follow(store::ReadView& view, int64_t newest);
  // Those of a department with a part that begins with `department`; "" = everybody.
  void FindPeople(std::string_view query, std::string_view department, Known& known) const;
  void FindDepartments(std::string_view query, Known& known) const;
  void FindDevices(std::string_view query, Known& known) const;

 private:
  Department& DepartmentAt(const std::string& path);
  void AddKeys(const std::string& key, const Person& person);
  void DropKeys(const std::string& key, const Person& person);
  void DropIfUnknown(const std::string& key);
};

// Shared with who reads elsewhere.
struct Directory::Index {
  std::mutex mutex;
  std::shared_ptr<State> state = std::make_shared<State>();
  bool being_read = false;
};

Directory::Directory(ReadElsewhere elsewhere)
    : elsewhere_(std::move(elsewhere)), index_(std::make_shared<Index>()) {}

Department& Directory::State::DepartmentAt(const std::string& path) {
  const auto [at, is_new] = departments.try_emplace(path);
  if (is_new) {
    for (std::string& name : NamesOf(path)) department_names.insert({std::move(name), path});
  }
  return at->second;
}

void Directory::State::AddKeys(const std::string& key, const Person& person) {
  for (const std::string& spelling : Spellings(person.staff)) {
    std::string unvoiced = text::FoldUnvoiced(spelling);
    std::string sound = text::FoldSound(spelling);
    if (unvoiced.empty()) continue;
    if (sound == unvoiced) sound.clear();
    names.insert({std::move(unvoiced), std::move(sound), key});
  }
  if (!person.staff.staff_number.empty()) {
    numbers.insert({WithoutLeadingZeros(person.staff.staff_number), key});
  }
}

void Directory::State::DropKeys(const std::string& key, const Person& person) {
  for (const std::string& spelling : Spellings(person.staff)) {
    std::string unvoiced = text::FoldUnvoiced(spelling);
    std::string sound = text::FoldSound(spelling);
    if (sound == unvoiced) sound.clear();
    names.erase({std::move(unvoiced), std::move(sound), key});
  }
  numbers.erase({WithoutLeadingZeros(person.staff.staff_number), key});
}

void Directory::State::DropIfUnknown(const std::string& key) {
  const auto at = people.find(key);
  if (at == people.end() || at->second.listed || !at->second.tags.empty()) return;
  DropKeys(key, at->second);
  people.erase(at);
}

void Directory::State::DropDevice(const std::string& tag) {
  const auto at = devices.find(tag);
  if (at == devices.end()) return;
  const DeviceFacts facts = std::move(at->second);
  devices.erase(at);
  for (const std::string& identifier : facts.compact) compact.erase({identifier, tag});
  without_zeros.erase({facts.without_zeros, tag});
  if (const auto department = departments.find(facts.department); department != departments.end()) {
    department->second.tags.erase(tag);
  }
  for (const std::string& key : facts.people) {
    if (const auto person = people.find(key); person != people.end()) {
      person->second.tags.erase(tag);
      DropIfUnknown(key);
    }
  }
}

void Directory::State::Put(const domain::Device& device) {
  DropDevice(device.asset_tag);
  DeviceFacts facts;
  facts.department = device.department;
  facts.retired = device.state == domain::DeviceState::kRetired;
  for (const std::string* const text : {&device.asset_tag, &device.host_name, &device.serial}) {
    std::string identifier = text::FoldCompact(*text);
    if (identifier.empty()) continue;
    compact.insert({identifier, device.asset_tag});
    facts.compact.push_back(std::move(identifier));
  }
  facts.without_zeros = text::FoldWithoutZeros(device.asset_tag);
  without_zeros.insert({facts.without_zeros, device.asset_tag});
  if (!device.department.empty() && !facts.retired) {
    DepartmentAt(device.department).tags.insert(device.asset_tag);
  }
  for (const domain::DeviceUser& user : device.users) {
    std::string key = KeyOf(user, device.asset_tag);
    Person& person = people[key];
    if (!person.listed && person.tags.empty()) {
      person.staff.staff_number = user.staff_number;
      person.staff.name = user.name;
      person.staff.kana = user.kana;
      person.staff.department = device.department;
      AddKeys(key, person);
    }
    person.tags.insert(device.asset_tag);
    facts.people.push_back(std::move(key));
  }
  devices.emplace(device.asset_tag, std::move(facts));
}

void Directory::State::DropStaff(const std::string& number) {
  const auto at = people.find(number);
  if (at == people.end() || !at->second.listed) return;
  at->second.listed = false;
  if (const auto department = departments.find(at->second.staff.department);
      department != departments.end()) {
    --department->second.staff;
  }
  DropIfUnknown(number);
}

void Directory::State::Put(const domain::Staff& staff) {
  DropStaff(staff.staff_number);
  Person& person = people[staff.staff_number];
  DropKeys(staff.staff_number, person);
  person.listed = true;
  person.staff.staff_number = staff.staff_number;
  person.staff.name = staff.name;
  person.staff.kana = staff.kana;
  person.staff.department = staff.department;
  person.staff.title = staff.title;
  if (!staff.department.empty()) ++DepartmentAt(staff.department).staff;
  AddKeys(staff.staff_number, person);
}

absl::StatusOr<bool> Directory::State::ReadAll(store::ReadView& view, int64_t most) {
  ASSIGN_OR_RETURN(change_set, NewestOf(view));
  int64_t read = 0;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, view.ListStaff({.after = after, .limit = kBatch}));
    for (const domain::Staff& person : batch) Put(person);
    read += static_cast<int64_t>(batch.size());
    if (most != 0 && read > most) return false;
    if (batch.size() < static_cast<size_t>(kBatch)) break;
    after = batch.back().staff_number;
  }
  after.clear();
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) Put(device);
    read += static_cast<int64_t>(batch.size());
    if (most != 0 && read > most) return false;
    if (batch.size() < static_cast<size_t>(kBatch)) return true;
    after = batch.back().asset_tag;
  }
}

absl::StatusOr<bool> Directory::State::Follow(store::ReadView& view, int64_t newest) {
  if (newest - change_set > kMostSets) return false;
  std::set<std::string> records;
  int64_t left = kMostChanges;
  store::ChangeSetQuery query;
  query.limit = kBatch;
  for (query.before = newest + 1; query.before > change_set + 1;) {
    ASSIGN_OR_RETURN(const auto sets, view.ListChangeSets(query));
    if (sets.empty()) break;
    query.before = sets.back().id;
    for (const domain::ChangeSet& set : sets) {
      if (set.id <= change_set || !MayMatter(set.act)) continue;
      left -= set.change_count;
      if (left < 0) return false;
      ASSIGN_OR_RETURN(const auto changes, view.ChangesOf({.change_set = set.id, .position = 0},
                                                          static_cast<int>(set.change_count)));
      for (const domain::Change& change : changes) records.insert(change.record);
    }
  }
  for (const std::string& record : records) {
    const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
    if (!name.has_value()) continue;
    if (name->kind == domain::RecordKind::kDevice) {
      ASSIGN_OR_RETURN(const auto device, view.FindDevice(name->id));
      DropDevice(name->id);
      if (device.has_value()) Put(*device);
    } else if (name->kind == domain::RecordKind::kStaff) {
      ASSIGN_OR_RETURN(const auto person, view.FindStaff(name->id));
      person.has_value() ? Put(*person) : DropStaff(name->id);
    }
  }
  change_set = newest;
  return true;
}

absl::StatusOr<std::shared_ptr<Directory::State>> Directory::Read(store::ReadView& view) {
  auto state = std::make_shared<State>();
  RETURN_IF_ERROR(state->ReadAll(view, 0).status());
  return state;
}

absl::Status Directory::Refresh(store::ReadView& view) {
  ASSIGN_OR_RETURN(const int64_t newest, NewestOf(view));
  if (newest <= index_->state->change_set) return absl::OkStatus();
  if (index_->state->change_set != 0) {
    ASSIGN_OR_RETURN(const bool followed, index_->state->Follow(view, newest));
    if (followed) return absl::OkStatus();
  }
  if (index_->being_read) return absl::OkStatus();
  auto state = std::make_shared<State>();
  ASSIGN_OR_RETURN(const bool whole, state->ReadAll(view, elsewhere_ ? kMostRead : 0));
  if (whole) {
    index_->state = std::move(state);
    return absl::OkStatus();
  }
  index_->being_read = elsewhere_([index = index_](std::shared_ptr<State> read) {
    const std::lock_guard lock(index->mutex);
    index->being_read = false;
    if (read != nullptr && read->change_set > index->state->change_set) {
      index->state = std::move(read);
    }
  });
  return absl::OkStatus();
}

void Directory::State::FindPeople(std::string_view query, std::string_view department,
                                  Known& known) const {
  const std::string part = text::FoldLoose(Joined(department));
  // A letter may begin many names, but there are few departments.
  absl::flat_hash_map<std::string_view, bool> fits;
  const auto is_of_department = [&](const Person& person) {
    const auto [at, is_new] = fits.try_emplace(person.staff.department, false);
    if (is_new) {
      at->second = std::ranges::any_of(
          NamesOf(at->first), [&](const std::string& name) { return name.starts_with(part); });
    }
    return at->second;
  };
  const std::string unvoiced = text::FoldUnvoiced(query);
  const std::string sound = text::FoldSound(query);
  absl::flat_hash_set<std::string_view> seen;
  // By number, by the whole name, by its beginning; the same with other voicing.
  std::array<std::vector<KnownPerson>, 5> ranks;
  const auto take = [&](const std::string& key, bool sounds, bool near, size_t rank) {
    if (!part.empty() && !is_of_department(people.at(key))) return;
    if (!seen.insert(key).second || ranks[rank].size() == kMostPeople) return;
    const Person& person = people.at(key);
    ranks[rank].push_back({person.staff, sounds, near, First(person.tags, kMostTagsOfOne),
                           static_cast<int64_t>(person.tags.size())});
  };
  const std::string number = WithoutLeadingZeros(query);
  for (auto at = numbers.lower_bound({number, ""}); at != numbers.end() && at->first == number;
       ++at) {
    take(at->second, false, false, 0);
  }
  size_t looked_at = 0;
  int64_t of_near_beginnings = 0;
  // Whole names come before those that only begin so.
  for (auto at = names.lower_bound({unvoiced, "", ""});
       !unvoiced.empty() && at != names.end() && at->unvoiced.starts_with(unvoiced) &&
       looked_at < kMostCounted;
       ++at, ++looked_at) {
    const std::string& own = at->sound.empty() ? at->unvoiced : at->sound;
    if (own == sound) {
      take(at->person, true, false, 1);
    } else if (own.starts_with(sound)) {
      take(at->person, true, false, 2);
    } else if (at->unvoiced == unvoiced) {
      take(at->person, true, true, 3);
    } else {
      const size_t before = seen.size();
      take(at->person, true, true, 4);
      of_near_beginnings += static_cast<int64_t>(seen.size() - before);
    }
  }
  // The mere beginning of a near name is worth showing only where there is nothing better.
  const bool nothing = ranks[0].empty() && ranks[1].empty() && ranks[2].empty() && ranks[3].empty();
  if (!nothing || text::CodePoints(unvoiced).size() < 2) ranks[4].clear();
  known.people_count = static_cast<int64_t>(seen.size());
  if (ranks[4].empty()) known.people_count -= of_near_beginnings;
  for (std::vector<KnownPerson>& rank : ranks) {
    for (KnownPerson& person : rank) {
      if (known.people.size() < kMostPeople) known.people.push_back(std::move(person));
    }
  }
}

void Directory::State::FindDepartments(std::string_view query, Known& known) const {
  const std::string name = text::FoldLoose(Joined(query));
  if (text::CodePoints(name).size() < 2) return;
  std::set<std::string_view> paths;
  size_t looked_at = 0;
  // Whole names come before those that only begin so, which count where no whole one is.
  for (auto at = department_names.lower_bound({name, ""});
       at != department_names.end() && at->first.starts_with(name) && looked_at < kMostCounted &&
       known.departments.size() < kMostDepartments;
       ++at, ++looked_at) {
    const bool whole = at->first == name;
    if (!whole && !known.departments.empty() && known.departments.front().whole) return;
    const Department& department = departments.at(at->second);
    if (department.tags.empty() && department.staff == 0) continue;
    if (!paths.insert(at->second).second) continue;
    known.departments.push_back({at->second, whole, First(department.tags, kMostTags),
                                 static_cast<int64_t>(department.tags.size()), department.staff});
  }
}

void Directory::State::FindDevices(std::string_view query, Known& known) const {
  const auto collect = [](const auto& index, const std::string& key, auto& tags) {
    if (key.empty()) return;
    for (auto at = index.lower_bound({key, ""}); at != index.end() && at->first == key; ++at) {
      if (tags.size() < kMostTags) tags.push_back(at->second);
    }
  };
  collect(compact, text::FoldCompact(query), known.tags);
  collect(without_zeros, text::FoldWithoutZeros(query), known.near_tags);
}

absl::StatusOr<Known> Directory::Find(store::ReadView& view, std::string_view query) {
  const std::lock_guard lock(index_->mutex);
  RETURN_IF_ERROR(Refresh(view));
  Known known;
  index_->state->FindDevices(query, known);
  index_->state->FindPeople(query, "", known);
  index_->state->FindDepartments(query, known);
  return known;
}

absl::StatusOr<Known> Directory::FindOfDepartment(store::ReadView& view, std::string_view name,
                                                  std::string_view department) {
  const std::lock_guard lock(index_->mutex);
  RETURN_IF_ERROR(Refresh(view));
  Known known;
  index_->state->FindPeople(name, department, known);
  return known;
}

}  // namespace kirikae::app
