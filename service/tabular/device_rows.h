// Rows of a device inventory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "service/tabular/profile.h"
#include "service/tabular/row_reader.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

/// One device as a file gives it. A field is nullopt where the file has no column for it, and
/// empty where its cell is empty: only the second means that the device shall have none.
struct DeviceRow {
  std::string asset_tag;                 ///< folded: the key
  std::string asset_tag_given;           ///< as in the file
  std::optional<std::string> host_name;  ///< folded
  std::optional<std::string> serial;     ///< folded
  std::optional<std::string> model;
  std::optional<std::string> os;
  std::optional<std::string> site;
  std::optional<std::string> floor;
  std::optional<std::string> department;  ///< `総務部/総務課`
  std::optional<std::string> kind;  ///< MANAGER_TERMINAL STAFF_DEVICE SHARED_COUNTER_TERMINAL SPARE
  std::optional<std::string> network;  ///< LGWAN MY_NUMBER INTERNET, or empty
  std::optional<std::vector<std::string>> user_staff_numbers;  ///< folded
  std::optional<std::vector<std::string>> user_names;  ///< as given, without `他` at the end
  std::optional<std::vector<std::string>> user_kana;   ///< as given
  bool users_abbreviated = false;  ///< the names ended in `他`: there are more users than names
  std::optional<std::string> title;
  std::optional<std::string> camera;  ///< BUILT_IN EXTERNAL NONE BROKEN UNKNOWN; never empty
  /// IC_CARD_AND_PASSWORD FACE_AND_PASSWORD FACE_AND_IC_CARD, or empty
  std::optional<std::string> auth_method;
  std::optional<std::optional<absl::CivilDay>> inventoried_on;
  std::optional<std::optional<absl::CivilDay>> lease_ends_on;
  std::optional<std::optional<absl::CivilDay>> camera_due_on;
  std::optional<std::string> note;
};

/// Reads a table's rows one by one; all it is given outlives it, and the binding has no error. Not
/// thread-safe.
class DeviceRowReader {
 public:
  using Row = DeviceRow;
  DeviceRowReader(const Table& table, const Profile& profile, const Binding& binding)
      : reader_(table, profile, binding), tag_column_(binding.column_of.at("asset_tag")) {}
  /// The row with all its problems so far: that a key stands in two rows is found at the second.
  /// A row whose cells don't fit the header has at most its asset tag.
  TypedRow<DeviceRow> Read(const TableRow& source);

 private:
  using LineOfValue = absl::flat_hash_map<std::string, size_t>;
  // Warns of a value that an earlier row has.
  void CheckUnique(std::string_view field, const std::optional<std::string>& value,
                   LineOfValue& line_of, TypedRow<DeviceRow>& row);

  RowReader reader_;
  const size_t tag_column_;
  LineOfValue line_of_host_;
  LineOfValue line_of_serial_;
};

}  // namespace kirikae::tabular
