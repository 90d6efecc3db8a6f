// Who and what a caller may name, in memory: persons by how their names sound and by their numbers,
// devices by their identifiers without separators, departments.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A person as the staff list or, without it, a device's record has them.
struct KnownPerson {
  domain::Staff staff;
  bool sounds = false;            ///< found by a name that sounds like the query
  bool near = false;              ///< only with voiced kana taken for unvoiced ones, or the reverse
  std::vector<std::string> tags;  ///< of the devices that the person uses
};

/// A department that a query names.
struct KnownDepartment {
  std::string path;
  bool whole = false;             ///< by a whole part of its path; false: by the beginning of one
  std::vector<std::string> tags;  ///< of its devices that are not retired, by tag
  int64_t staff = 0;
};

/// What a query names.
struct Known {
  std::vector<KnownPerson> people;  ///< those that sound like the query first, then near ones
  int64_t people_count = 0;         ///< all that match; people are at most 50
  std::vector<KnownDepartment> departments;
  std::vector<std::string> tags;  ///< devices with an identifier that differs in separators only
  std::vector<std::string> near_tags;  ///< devices whose tag differs in zeros too
};

/// An index over all staff and devices. It reads everything at its first use and then only what
/// changed since; it follows the change sets, whichever process wrote them. Thread-safe.
class Directory {
 public:
  /// What the query names, as of the view or later. Errors are the view's.
  absl::StatusOr<Known> Find(store::ReadView& view, std::string_view query);

 private:
  struct Person {
    domain::Staff staff;  ///< without what look-up does not show
    bool listed = false;  ///< in the staff list
    std::set<std::string> tags;
  };
  struct DeviceFacts {
    std::string department;
    bool retired = false;
    std::vector<std::string> people;  ///< keys of persons
    std::vector<std::string> compact;
    std::string without_zeros;  ///< of the tag
  };
  struct Department {
    std::vector<std::string> names;  ///< by which it is found, folded
    std::set<std::string> tags;      ///< of devices that are not retired
    int64_t staff = 0;
  };
  // A name's key: unvoiced, then as it sounds where that differs; the person's key.
  struct NameKey {
    std::string unvoiced;
    std::string sound;
    std::string person;

    auto operator<=>(const NameKey&) const = default;
  };

  // All that is known, up to a change set.
  struct State {
    int64_t change_set = 0;
    absl::flat_hash_map<std::string, Person> people;
    absl::btree_set<NameKey> names;
    absl::btree_set<std::pair<std::string, std::string>> numbers;  ///< without zeros; person
    absl::flat_hash_map<std::string, DeviceFacts> devices;
    absl::btree_set<std::pair<std::string, std::string>> compact;        ///< identifier; tag
    absl::btree_set<std::pair<std::string, std::string>> without_zeros;  ///< tag without zeros; tag
    absl::btree_map<std::string, Department> departments;

    void Put(const domain::Device& device);
    void Put(const domain::Staff& staff);
    void DropDevice(const std::string& tag);
    void DropStaff(const std::string& number);

   private:
    Department& DepartmentAt(const std::string& path);
    void AddKeys(const std::string& key, const Person& person);
    void DropKeys(const std::string& key, const Person& person);
    void DropIfUnknown(const std::string& key);
  };

  absl::Status Refresh(store::ReadView& view);
  // Takes over what the change sets after the state's changed; false where that is too much.
  absl::StatusOr<bool> Follow(store::ReadView& view, int64_t newest);
  absl::Status ReadAll(store::ReadView& view, int64_t newest);
  void FindPeople(std::string_view query, Known& known) const;
  void FindDepartments(std::string_view query, Known& known) const;
  void FindDevices(std::string_view query, Known& known) const;

  std::mutex mutex_;
  State state_;
};

}  // namespace kirikae::app
