// Makes the edits of a preview's rows, for any kind of import.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/import_kind.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/preview_parts.h"
#include "service/app/imports/stored_import.h"
#include "service/background_task.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Makes the edit of each row of a preview, see ApplyImport. Not thread-safe; `view` must outlive
/// it.
template <typename Kind>
class RowApplier {
 public:
  using GivenEdit = absl::StatusOr<std::optional<store::Edit>>;

  RowApplier(StoredImport import, int64_t change_set, absl::Time effective, store::ReadView& view)
      : import_(std::move(import)),
        kind_(*FindImportKind(import_.preview.header().kind())),
        change_set_(change_set),
        effective_(effective),
        view_(view),
        derived_(view) {}

  /// Passes all rows to the derived edits if they need it. Call it before the first Next().
  absl::Status LookAhead() {
    if constexpr (Kind::DerivedEdits::kLooksAhead) {
      for (int number = 0; number < import_.preview.parts(); ++number) {
        ASSIGN_OR_RETURN(const std::string bytes, FindPart(view_, import_.record.id, number));
        stored::ImportPart part;
        if (!part.ParseFromString(bytes)) return NotWhatWasShown();
        for (const stored::ImportPartRow& row : part.rows()) RETURN_IF_ERROR(Notice(part, row));
      }
    }
    return absl::OkStatus();
  }

  /// The next edit; absent after the last.
  GivenEdit Next() {
    while (!ended_) {
      if (at_ == now_.part.rows_size()) {
        ASSIGN_OR_RETURN(const bool any, TurnPart());
        if (!any) return End();
      }
      const stored::ImportPartRow& row = now_.part.rows(at_);
      std::optional<store::Edit>& prepared = now_.edits[static_cast<size_t>(at_++)];
      ASSIGN_OR_RETURN(std::optional<store::Edit> edit, IsDerivedRow(kind_, row.shown())
                                                            ? derived_.Apply(row, changed_)
                                                            : Apply(row, std::move(prepared)));
      // Once one record has changed, the other edits are checked but not returned.
      if (edit.has_value() && changed_.empty()) return edit;
    }
    return std::nullopt;
  }

 private:
  // A part, and those of its edits that can be made without reading the inventory.
  struct PreparedPart {
    stored::ImportPart part;
    std::vector<std::optional<store::Edit>> edits;
  };

  // Moves to the next part while the one after it is being prepared; false at the end.
  absl::StatusOr<bool> TurnPart() {
    const int parts = import_.preview.parts();
    if (number_ == 0 && parts > 0) RETURN_IF_ERROR(PrepareNext());
    RETURN_IF_ERROR(preparing_.Wait());
    at_ = 0;
    std::swap(now_, next_);
    next_ = PreparedPart();
    if (now_.part.rows().empty()) return false;
    if (number_ < parts) RETURN_IF_ERROR(PrepareNext());
    return true;
  }

  // Reads the bytes on this thread: a view is used by one thread.
  absl::Status PrepareNext() {
    ASSIGN_OR_RETURN(std::string bytes, FindPart(view_, import_.record.id, number_++));
    return preparing_.Start([this, bytes = std::move(bytes)] { return Prepare(bytes, next_); });
  }

  absl::Status Prepare(const std::string& bytes, PreparedPart& prepared) {
    hash_ = HashOfParts(hash_, bytes);
    if (!prepared.part.ParseFromString(bytes)) return NotWhatWasShown();
    prepared.edits.resize(static_cast<size_t>(prepared.part.rows_size()));
    for (int i = 0; i < prepared.part.rows_size(); ++i) {
      const stored::ImportPartRow& row = prepared.part.rows(i);
      if (row.shown().action() != stored::IMPORT_ACTION_CREATE) continue;
      ASSIGN_OR_RETURN(const typename Kind::Row given,
                       GetGiven<typename Kind::Row>(prepared.part, row, Kind::kKey));
      if (Kind::NeedsLookUp(given)) continue;
      ASSIGN_OR_RETURN(typename Kind::Record record,
                       Kind::Merged(typename Kind::Record(), given, view_));
      prepared.edits[static_cast<size_t>(i)] =
          preparing_import_.ToEdit(std::move(record), std::nullopt, effective_);
    }
    return absl::OkStatus();
  }

  absl::Status Notice(const stored::ImportPart& part, const stored::ImportPartRow& row) {
    if (!HasGiven(row)) return absl::OkStatus();
    ASSIGN_OR_RETURN(const typename Kind::Row given,
                     GetGiven<typename Kind::Row>(part, row, Kind::kKey));
    ASSIGN_OR_RETURN(const auto found, Kind::Find(view_, row.shown().key()));
    if (!found.has_value()) return absl::OkStatus();
    return derived_.Notice(given, *found, row.shown().line());
  }

  // `prepared`: the edit, if it was made in advance.
  GivenEdit Apply(const stored::ImportPartRow& row, std::optional<store::Edit> prepared) {
    const stored::ImportRow& shown = row.shown();
    ASSIGN_OR_RETURN(std::optional<typename Kind::Record> found, Kind::Find(view_, shown.key()));
    if ((found.has_value() ? found->version : 0) != row.version()) {
      changed_.push_back(shown.record());
      return std::nullopt;
    }
    if (shown.action() == stored::IMPORT_ACTION_UNCHANGED) return std::nullopt;
    if (prepared.has_value()) return prepared;
    ASSIGN_OR_RETURN(const typename Kind::Row given,
                     GetGiven<typename Kind::Row>(now_.part, row, Kind::kKey));
    ASSIGN_OR_RETURN(typename Kind::Record record,
                     Kind::Merged(found.value_or(typename Kind::Record()), given, view_));
    return kind_import_.ToEdit(std::move(record), std::move(found), effective_);
  }

  GivenEdit End() {
    ended_ = true;
    if (hash_ != import_.preview.summary().hash()) return NotWhatWasShown();
    derived_.AddUnshown(changed_);
    if (!changed_.empty()) {
      return domain::ImportStale(std::to_string(import_.record.id), changed_);
    }
    import_.record.change_set = change_set_;
    return std::move(import_.record);
  }

  StoredImport import_;
  const ImportKind& kind_;
  const int64_t change_set_;
  const absl::Time effective_;
  store::ReadView& view_;
  Kind kind_import_;
  typename Kind::DerivedEdits derived_;
  PreparedPart now_;
  int number_ = 0;  // of the part to read next
  int at_ = 0;      // row of now_
  std::vector<std::string> changed_;
  bool ended_ = false;
  // Only the second thread uses it until that thread's work has been waited for.
  Kind preparing_import_;
  PreparedPart next_;
  std::string hash_;
  BackgroundTask preparing_;
};

/// See ImportKind::give_edits.
template <typename Kind>
absl::Status GiveEdits(StoredImport import, int64_t change_set, absl::Time effective,
                       store::ReadView& view, store::Draft& draft) {
  // The copies of the draft's function share it.
  auto applier = std::make_shared<RowApplier<Kind>>(std::move(import), change_set, effective, view);
  RETURN_IF_ERROR(applier->LookAhead());
  draft.more = [applier] { return applier->Next(); };
  return absl::OkStatus();
}

}  // namespace kirikae::app
