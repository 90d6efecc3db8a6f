// Who and what a caller may name, in memory: persons by how their names sound and by their numbers,
// devices by their identifiers without separators, departments.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  std::vector<std::string> tags;  ///< of devices that the person uses, the first 20 by tag
  int64_t devices = 0;            ///< all of them
};

/// A department that a query names.
struct KnownDepartment {
  std::string path;
  bool whole = false;             ///< by a whole part of its path; false: by the beginning of one
  std::vector<std::string> tags;  ///< of its devices that are not retired, the first 50 by tag
  int64_t devices = 0;            ///< all of them
  int64_t staff = 0;
};

/// What a query names.
struct Known {
  std::vector<KnownPerson> people;  ///< those that sound like the query first, then near ones
  int64_t people_count = 0;         ///< those that match, counted up to 500; people are at most 20
  std::vector<KnownDepartment> departments;
  std::vector<std::string> tags;  ///< devices with an identifier that differs in separators only
  std::vector<std::string> near_tags;  ///< devices whose tag differs in zeros too
};

/// An index over all staff and devices. It reads everything at its first use and then only what
/// changed since; it follows the change sets, whichever process wrote them. Thread-safe.
class Directory {
 public:
  /// Reads everything elsewhere and then calls `take` with it; false when it can't now. `take` may
  /// be called after the directory is gone.
  struct State;
  using Take = std::function<void(std::shared_ptr<State> read)>;
  using ReadElsewhere = std::function<bool(Take take)>;

  /// With `elsewhere`, a caller waits only for what takes a few milliseconds to read; until a
  /// larger ward is read, look-ups find what the directory knew before.
  explicit Directory(ReadElsewhere elsewhere = nullptr);

  /// What the query names: as of the view or later, but for what is still being read. Errors are
  /// the view's.
  absl::StatusOr<Known> Find(store::ReadView& view, std::string_view query);

  /// The persons alone that `name` names, of departments with a part that begins with `department`.
  absl::StatusOr<Known> FindOfDepartment(store::ReadView& view, std::string_view name,
                                         std::string_view department);

  /// Everything in a view.
  static absl::StatusOr<std::shared_ptr<State>> Read(store::ReadView& view);

 private:
  struct Index;

  absl::Status Refresh(store::ReadView& view);

  const ReadElsewhere elsewhere_;
  const std::shared_ptr<Index> index_;
};

}  // namespace kirikae::app
