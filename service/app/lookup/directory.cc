#include "service/app/lookup/directory.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

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
constexpr size_t kMostPeople = 50;
constexpr size_t kMostDepartments = 20;
constexpr size_t kMostTags = 50;
constexpr int kMostSets = 1000;       // followed one by one; more are read anew
constexpr int kMostChanges = 20'000;  // of all of them

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

}  // namespace

Directory::Department& Directory::State::DepartmentAt(const std::string& path) {
  Department& department = departments[path];
  if (department.names.empty()) department.names = NamesOf(path);
  return department;
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

absl::Status Directory::ReadAll(store::ReadView& view, int64_t newest) {
  State state;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, view.ListStaff({.after = after, .limit = kBatch}));
    for (const domain::Staff& staff : batch) state.Put(staff);
    if (batch.size() < static_cast<size_t>(kBatch)) break;
    after = batch.back().staff_number;
  }
  after.clear();
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) state.Put(device);
    if (batch.size() < static_cast<size_t>(kBatch)) break;
    after = batch.back().asset_tag;
  }
  state.change_set = newest;
  state_ = std::move(state);
  return absl::OkStatus();
}

absl::StatusOr<bool> Directory::Follow(store::ReadView& view, int64_t newest) {
  if (newest - state_.change_set > kMostSets) return false;
  store::ChangeSetQuery query;
  query.limit = static_cast<int>(newest - state_.change_set);
  ASSIGN_OR_RETURN(const auto sets, view.ListChangeSets(query));
  std::set<std::string> records;
  int64_t left = kMostChanges;
  for (const domain::ChangeSet& set : sets) {
    if (set.id <= state_.change_set || !MayMatter(set.act)) continue;
    left -= set.change_count;
    if (left < 0) return false;
    ASSIGN_OR_RETURN(const auto changes, view.ChangesOf({.change_set = set.id, .position = 0},
                                                        static_cast<int>(set.change_count)));
    for (const domain::Change& change : changes) records.insert(change.record);
  }
  for (const std::string& record : records) {
    const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
    if (!name.has_value()) continue;
    if (name->kind == domain::RecordKind::kDevice) {
      ASSIGN_OR_RETURN(const auto device, view.FindDevice(name->id));
      state_.DropDevice(name->id);
      if (device.has_value()) state_.Put(*device);
    } else if (name->kind == domain::RecordKind::kStaff) {
      ASSIGN_OR_RETURN(const auto staff, view.FindStaff(name->id));
      staff.has_value() ? state_.Put(*staff) : state_.DropStaff(name->id);
    }
  }
  state_.change_set = newest;
  return true;
}

absl::Status Directory::Refresh(store::ReadView& view) {
  store::ChangeSetQuery query;
  query.limit = 1;
  ASSIGN_OR_RETURN(const auto newest, view.ListChangeSets(query));
  const int64_t id = newest.empty() ? 0 : newest.front().id;
  if (id <= state_.change_set) return absl::OkStatus();
  if (state_.change_set != 0) {
    ASSIGN_OR_RETURN(const bool followed, Follow(view, id));
    if (followed) return absl::OkStatus();
  }
  return ReadAll(view, id);
}

void Directory::FindPeople(std::string_view query, Known& known) const {
  const std::string unvoiced = text::FoldUnvoiced(query);
  const std::string sound = text::FoldSound(query);
  std::set<std::string> seen;
  std::vector<KnownPerson> near;
  std::vector<KnownPerson> near_beginnings;
  const auto take = [&](const std::string& key, bool sounds, std::vector<KnownPerson>& into) {
    if (!seen.insert(key).second) return;
    ++known.people_count;
    if (into.size() == kMostPeople) return;
    const Person& person = state_.people.at(key);
    into.push_back({person.staff, sounds, false, {person.tags.begin(), person.tags.end()}});
  };
  const auto each_name = [&](const auto& visit) {
    if (unvoiced.empty()) return;
    for (auto at = state_.names.lower_bound({unvoiced, "", ""});
         at != state_.names.end() && at->unvoiced.starts_with(unvoiced); ++at) {
      const std::string& own = at->sound.empty() ? at->unvoiced : at->sound;
      visit(*at, own);
    }
  };
  const std::string number = WithoutLeadingZeros(query);
  for (auto at = state_.numbers.lower_bound({number, ""});
       at != state_.numbers.end() && at->first == number; ++at) {
    take(at->second, false, known.people);
  }
  each_name([&](const NameKey& name, const std::string& own) {
    if (own == sound) take(name.person, true, known.people);
  });
  each_name([&](const NameKey& name, const std::string& own) {
    if (own.starts_with(sound)) take(name.person, true, known.people);
  });
  each_name([&](const NameKey& name, const std::string&) {
    if (name.unvoiced == unvoiced) take(name.person, true, near);
  });
  // The mere beginning of a near name is worth showing only where there is nothing better.
  if (known.people.empty() && near.empty() && text::CodePoints(unvoiced).size() > 1) {
    each_name([&](const NameKey& name, const std::string&) { take(name.person, true, near); });
  }
  for (KnownPerson& person : near) {
    if (known.people.size() == kMostPeople) break;
    person.near = true;
    known.people.push_back(std::move(person));
  }
}

void Directory::FindDepartments(std::string_view query, Known& known) const {
  const std::string name = text::FoldLoose(Joined(query));
  if (text::CodePoints(name).size() < 2) return;
  for (const bool whole : {true, false}) {
    for (const auto& [path, department] : state_.departments) {
      const auto matched = [&](const std::string& own) {
        return whole ? own == name : own.starts_with(name);
      };
      const bool matches = std::any_of(department.names.begin(), department.names.end(), matched);
      if (!matches || (department.tags.empty() && department.staff == 0)) continue;
      if (known.departments.size() == kMostDepartments) return;
      known.departments.push_back(
          {path, whole, {department.tags.begin(), department.tags.end()}, department.staff});
    }
    if (!known.departments.empty()) return;
  }
}

void Directory::FindDevices(std::string_view query, Known& known) const {
  const auto collect = [](const auto& index, const std::string& key, auto& tags) {
    if (key.empty()) return;
    for (auto at = index.lower_bound({key, ""}); at != index.end() && at->first == key; ++at) {
      if (tags.size() < kMostTags) tags.push_back(at->second);
    }
  };
  collect(state_.compact, text::FoldCompact(query), known.tags);
  collect(state_.without_zeros, text::FoldWithoutZeros(query), known.near_tags);
}

absl::StatusOr<Known> Directory::Find(store::ReadView& view, std::string_view query) {
  const std::lock_guard lock(mutex_);
  RETURN_IF_ERROR(Refresh(view));
  Known known;
  FindDevices(query, known);
  FindPeople(query, known);
  FindDepartments(query, known);
  return known;
}

}  // namespace kirikae::app
