#include "service/tabular/device_columns.h"

#include "absl/strings/str_join.h"
#include "service/tabular/device_users.h"
#include "service/tabular/enumerations.h"
#include "service/tabular/row_member.h"
#include "service/text/era.h"

namespace kirikae::tabular {
namespace {

template <auto member>
ColumnForm Kept(ColumnForm form) {
  form.get = &OptionalRowMember<member>::Get;
  form.set = &OptionalRowMember<member>::Set;
  return form;
}

template <auto member>
std::string TextCell(std::string_view, const DeviceRow& row) {
  return (row.*member).value_or("");
}

template <auto member>
ColumnForm Text() {
  return Kept<member>(
      {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Text(cell.column); },
       &TextCell<member>});
}

template <auto member>
ColumnForm Identifier() {
  return Kept<member>(
      {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Identifier(cell.column); },
       &TextCell<member>});
}

template <auto member>
ColumnForm Department() {
  return Kept<member>(
      {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Department(); },
       &TextCell<member>});
}

// A word of a closed set, by its canonical name; exports write the Japanese word.
template <auto member>
ColumnForm Word() {
  return Kept<member>(
      {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Value(cell.column); },
       [](std::string_view column, const DeviceRow& row) {
         return (row.*member).has_value() ? JapaneseWord(column, *(row.*member)) : std::string();
       }});
}

// A word of which an empty cell is an error.
template <auto member>
ColumnForm NeededWord() {
  ColumnForm form = Word<member>();
  form.read = [](CellToRead cell, DeviceRow& row) {
    const size_t before = cell.problems.size();
    row.*member = cell.reader.Value(cell.column);
    if (row.*member == "" && cell.problems.size() == before) {
      cell.problems.push_back(EmptyCell(cell.reader.Header(cell.column)));
    }
  };
  return form;
}

// A word of which an empty cell is UNKNOWN.
template <auto member>
ColumnForm WordOrUnknown() {
  ColumnForm form = Word<member>();
  form.read = [](CellToRead cell, DeviceRow& row) {
    row.*member = cell.reader.Value(cell.column);
    if (row.*member == "") row.*member = "UNKNOWN";
  };
  return form;
}

template <auto member>
ColumnForm Day() {
  return Kept<member>(
      {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Day(cell.column); },
       [](std::string_view, const DeviceRow& row) {
         const auto& day = row.*member;
         return day.has_value() && day->has_value() ? text::IsoDate(**day) : std::string();
       }});
}

// One of the columns of the users. They are read together, by the column that has `read`.
template <auto member>
ColumnForm OfUsers(void (*read)(CellToRead cell, DeviceRow& row) = nullptr) {
  return Kept<member>({read, [](std::string_view, const DeviceRow& row) {
                         const auto& entries = row.*member;
                         return entries.has_value() ? absl::StrJoin(*entries, ";") : std::string();
                       }});
}

void ReadAllUsers(CellToRead cell, DeviceRow& row) { ReadUsers(cell.reader, row, cell.problems); }

// A column that is read and neither kept nor written.
template <auto member>
ColumnForm Unused() {
  return {[](CellToRead cell, DeviceRow& row) { row.*member = cell.reader.Text(cell.column); }};
}

// The key is read before the other columns.
constexpr ColumnForm kKey = {nullptr,
                             [](std::string_view, const DeviceRow& row) { return row.asset_tag; }};
// Department() reads these where the file has no column `department`.
constexpr ColumnForm kPartOfDepartment;

}  // namespace

std::span<const DeviceColumn> DeviceColumns() {
  static const auto& columns = *new std::vector<DeviceColumn>{
      {"asset_tag", {"資産管理番号"}, kKey},
      {"host_name", {"ホスト名"}, Identifier<&DeviceRow::host_name>()},
      {"serial", {"シリアル番号"}, Identifier<&DeviceRow::serial>()},
      {"model", {"機種"}, Text<&DeviceRow::model>()},
      {"os", {"OS"}, Text<&DeviceRow::os>()},
      {"site", {"設置場所"}, Text<&DeviceRow::site>()},
      {"floor", {"階"}, Text<&DeviceRow::floor>()},
      {"department", {"所属"}, Department<&DeviceRow::department>()},
      {"division", {"部"}, kPartOfDepartment},
      {"section", {"課"}, kPartOfDepartment},
      {"kind", {"端末区分"}, NeededWord<&DeviceRow::kind>()},
      {"network", {"ネットワーク区分"}, Word<&DeviceRow::network>()},
      {"user_staff_numbers",
       {"使用者職員番号"},
       OfUsers<&DeviceRow::user_staff_numbers>(ReadAllUsers)},
      {"user_names", {"使用者氏名"}, OfUsers<&DeviceRow::user_names>()},
      {"user_kana", {"使用者カナ"}, OfUsers<&DeviceRow::user_kana>()},
      {"title", {"役職"}, Unused<&DeviceRow::title>()},
      {"camera", {"カメラ"}, WordOrUnknown<&DeviceRow::camera>()},
      {"auth_method", {"認証方式"}, Word<&DeviceRow::auth_method>()},
      {"inventoried_on", {"最終棚卸日"}, Day<&DeviceRow::inventoried_on>()},
      {"lease_ends_on",
       {"リース満了日", "リース終了日", "リース期限"},
       Day<&DeviceRow::lease_ends_on>()},
      {"camera_due_on",
       {"カメラ納品日", "カメラ納品予定日", "カメラ納入予定日"},
       Day<&DeviceRow::camera_due_on>()},
      {"note", {"備考"}, Text<&DeviceRow::note>()},
  };
  return columns;
}

}  // namespace kirikae::tabular
