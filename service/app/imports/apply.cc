#include "service/app/imports/apply.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/app/imports/aside.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/kinds.h"
#include "service/app/imports/personnel_move.h"
#include "service/app/imports/preview.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using GivenEdit = absl::StatusOr<std::optional<store::Edit>>;

absl::Status NotWhatWasShown() {
  return absl::DataLossError("a stored import preview is not what was shown");
}

absl::StatusOr<std::string> FindPart(store::ReadView& view, int64_t import, int64_t number) {
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, view.FindImportPart(import, number));
  if (!bytes.has_value()) return NotWhatWasShown();
  return *std::move(bytes);
}

// What a list of devices means for others: it retires those it does not name, where asked to.
class RetiringDevices {
 public:
  explicit RetiringDevices(store::ReadView& view) : view_(view) {}

  static constexpr bool kLooksAhead = false;

  GivenEdit Apply(const stored::ImportPartRow& row, std::vector<std::string>& changed) {
    if (row.shown().action() != v1::IMPORT_ACTION_RETIRE) return std::nullopt;
    ASSIGN_OR_RETURN(std::optional<domain::Device> found, view_.FindDevice(row.shown().key()));
    if (!found.has_value() || found->version != row.version()) {
      changed.push_back(row.shown().record());
      return std::nullopt;
    }
    domain::Device device = *found;
    domain::Retire(device);
    return store::DeviceEdit{std::move(device), {}, store::DeviceBefore{std::move(found)}};
  }

  void AddUnshown(std::vector<std::string>&) {}

 private:
  store::ReadView& view_;
};

// What a list of staff means for others: devices of those who move. The same rows over the same
// records give the same.
class FollowingDevices {
 public:
  explicit FollowingDevices(store::ReadView& view) : moves_(view) {}

  // The moves are known only once all rows were seen, and must be found before any is written.
  static constexpr bool kLooksAhead = true;

  template <typename Row>
  absl::Status See(const domain::Staff& found, const Row& row, const v1::ImportRow& shown) {
    return moves_.Take(found, Merge(found, row), DevicesOf(row), static_cast<size_t>(shown.line()));
  }

  GivenEdit Apply(const stored::ImportPartRow& row, std::vector<std::string>& changed) {
    shown_.insert(row.shown().key());
    const auto moved = moves_.devices().find(row.shown().key());
    if (moved == moves_.devices().end() || moved->second.before.version != row.version()) {
      changed.push_back(row.shown().record());
      return std::nullopt;
    }
    std::vector<store::SearchKey> keys = SearchKeysOf(moved->second.after);
    return store::DeviceEdit{moved->second.after, std::move(keys),
                             store::DeviceBefore{moved->second.before}};
  }

  // Devices that would move now and were not shown to.
  void AddUnshown(std::vector<std::string>& changed) {
    for (const auto& [tag, moved] : moves_.devices()) {
      if (!shown_.contains(tag)) changed.push_back(domain::DeviceName(tag));
    }
  }

 private:
  PersonnelMoves moves_;
  std::set<std::string> shown_;
};

template <typename Kind>
struct SideOf {
  using Type = FollowingDevices;
};
template <>
struct SideOf<DeviceImport> {
  using Type = RetiringDevices;
};

// Goes through a preview's rows and makes the edit of each.
template <typename Kind>
class Applier {
 public:
  Applier(StoredImport import, int64_t change_set, absl::Time effective, store::ReadView& view)
      : import_(std::move(import)),
        change_set_(change_set),
        effective_(effective),
        view_(view),
        side_(view) {}

  absl::Status LookAhead() {
    if constexpr (Side::kLooksAhead) {
      for (int number = 0; number < import_.preview.parts(); ++number) {
        ASSIGN_OR_RETURN(const stored::ImportPart part,
                         ReadImportPart(view_, import_.record.id, number));
        for (const stored::ImportPartRow& row : part.rows()) RETURN_IF_ERROR(See(row));
      }
    }
    return absl::OkStatus();
  }

  GivenEdit Next() {
    while (!ended_) {
      if (at_ == now_.part.rows_size()) {
        ASSIGN_OR_RETURN(const bool any, TurnPart());
        if (!any) return End();
      }
      const stored::ImportPartRow& row = now_.part.rows(at_);
      std::optional<store::Edit>& made = now_.edits[static_cast<size_t>(at_++)];
      ASSIGN_OR_RETURN(std::optional<store::Edit> edit,
                       IsSideRow(import_.preview.header().kind(), row.shown())
                           ? side_.Apply(row, changed_)
                           : Apply(row, std::move(made)));
      // Once one has changed, the others are only looked at.
      if (edit.has_value() && changed_.empty()) return edit;
    }
    return std::nullopt;
  }

 private:
  using Side = typename SideOf<Kind>::Type;

  // A part, and the edits that can be made of its rows without looking at the inventory.
  struct Ahead {
    stored::ImportPart part;
    std::vector<std::optional<store::Edit>> edits;
  };

  // Turns to the next part, and has the one behind it made ready meanwhile; false at the end. The
  // first is made ready when it is asked for.
  absl::StatusOr<bool> TurnPart() {
    const int parts = import_.preview.parts();
    if (number_ == 0 && parts > 0) RETURN_IF_ERROR(LookAtNext());
    RETURN_IF_ERROR(aside_.Wait());
    at_ = 0;
    std::swap(now_, next_);
    next_ = Ahead();
    if (now_.part.rows().empty()) return false;
    if (number_ < parts) RETURN_IF_ERROR(LookAtNext());
    return true;
  }

  // Only the reading is done here: a view is used by one thread.
  absl::Status LookAtNext() {
    ASSIGN_OR_RETURN(std::string bytes, FindPart(view_, import_.record.id, number_++));
    return aside_.Start([this, bytes = std::move(bytes)] { return MakeReady(bytes, next_); });
  }

  absl::Status MakeReady(const std::string& bytes, Ahead& ahead) {
    hash_ = HashOfParts(hash_, bytes);
    if (!ahead.part.ParseFromString(bytes)) return NotWhatWasShown();
    ahead.edits.resize(static_cast<size_t>(ahead.part.rows_size()));
    for (int i = 0; i < ahead.part.rows_size(); ++i) {
      const stored::ImportPartRow& row = ahead.part.rows(i);
      if (row.shown().action() != v1::IMPORT_ACTION_CREATE) continue;
      typename Kind::Row given;
      RETURN_IF_ERROR(GetGiven(row, given));
      if (Kind::NeedsLookUp(given)) continue;
      ASSIGN_OR_RETURN(typename Kind::Record record,
                       Kind::Merged(typename Kind::Record(), given, view_));
      ahead.edits[static_cast<size_t>(i)] =
          ahead_kind_.ToEdit(std::move(record), std::nullopt, effective_);
    }
    return absl::OkStatus();
  }

  absl::Status See(const stored::ImportPartRow& row) {
    if (row.given_case() == stored::ImportPartRow::GIVEN_NOT_SET) return absl::OkStatus();
    typename Kind::Row given;
    RETURN_IF_ERROR(GetGiven(row, given));
    ASSIGN_OR_RETURN(const auto found, Kind::Find(view_, row.shown().key()));
    return found.has_value() ? side_.See(*found, given, row.shown()) : absl::OkStatus();
  }

  // `made` is the edit, where it is ready.
  GivenEdit Apply(const stored::ImportPartRow& row, std::optional<store::Edit> made) {
    const v1::ImportRow& shown = row.shown();
    ASSIGN_OR_RETURN(std::optional<typename Kind::Record> found, Kind::Find(view_, shown.key()));
    if ((found.has_value() ? found->version : 0) != row.version()) {
      changed_.push_back(shown.record());
      return std::nullopt;
    }
    if (shown.action() == v1::IMPORT_ACTION_UNCHANGED) return std::nullopt;
    if (made.has_value()) return made;
    typename Kind::Row given;
    RETURN_IF_ERROR(GetGiven(row, given));
    ASSIGN_OR_RETURN(typename Kind::Record record,
                     Kind::Merged(found.value_or(typename Kind::Record()), given, view_));
    if (found.has_value()) RETURN_IF_ERROR(Kind::CheckTime(*found, record, effective_));
    return kind_.ToEdit(std::move(record), std::move(found), effective_);
  }

  GivenEdit End() {
    ended_ = true;
    if (hash_ != import_.preview.summary().hash()) return NotWhatWasShown();
    side_.AddUnshown(changed_);
    if (!changed_.empty()) {
      return domain::ImportStale(std::to_string(import_.record.id), changed_);
    }
    import_.record.change_set = change_set_;
    return std::move(import_.record);
  }

  StoredImport import_;
  const int64_t change_set_;
  const absl::Time effective_;
  store::ReadView& view_;
  Kind kind_;
  Side side_;
  Ahead now_;
  int number_ = 0;  // of the part to read next
  int at_ = 0;      // in now_
  std::vector<std::string> changed_;
  bool ended_ = false;
  // Of the thread beside this one, until it has been waited for.
  Kind ahead_kind_;
  Ahead next_;
  std::string hash_;
  Aside aside_;
};

template <typename Kind>
absl::Status Give(StoredImport import, int64_t change_set, absl::Time effective,
                  store::ReadView& view, store::Draft& draft) {
  auto applier = std::make_shared<Applier<Kind>>(std::move(import), change_set, effective, view);
  RETURN_IF_ERROR(applier->LookAhead());
  draft.more = [applier] { return applier->Next(); };
  return absl::OkStatus();
}

}  // namespace

absl::Status GiveEdits(StoredImport import, int64_t change_set, absl::Time effective,
                       store::ReadView& view, store::Draft& draft) {
  switch (import.preview.header().kind()) {
    case v1::IMPORT_KIND_STAFF:
      return Give<StaffImport>(std::move(import), change_set, effective, view, draft);
    case v1::IMPORT_KIND_ENROLMENTS:
      return Give<EnrolmentImport>(std::move(import), change_set, effective, view, draft);
    default:
      return Give<DeviceImport>(std::move(import), change_set, effective, view, draft);
  }
}

absl::StatusOr<stored::ImportPart> ReadImportPart(store::ReadView& view, int64_t import,
                                                  int64_t number) {
  ASSIGN_OR_RETURN(const std::string bytes, FindPart(view, import, number));
  stored::ImportPart part;
  if (!part.ParseFromString(bytes)) return NotWhatWasShown();
  return part;
}

}  // namespace kirikae::app
