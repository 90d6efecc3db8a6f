#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/tabular/device_columns.h"
#include "service/tabular/profile.h"
#include "service/text/fold.h"

namespace kirikae::tabular {
namespace {

struct Column {
  std::string_view field;
  std::vector<std::string> headers;
};

std::vector<Column> ColumnsOfDevices() {
  std::vector<Column> columns;
  for (const DeviceColumn& column : DeviceColumns()) {
    columns.push_back({column.name, column.headers});
  }
  return columns;
}

const std::vector<Column>& WardColumns(TableKind kind) {
  static const std::vector<Column>& devices = *new std::vector<Column>(ColumnsOfDevices());
  static const std::vector<Column>& staff = *new std::vector<Column>{
      {"staff_number", {"職員番号"}},
      {"name", {"氏名"}},
      {"kana", {"フリガナ", "カナ"}},
      {"department", {"所属"}},
      {"division", {"部"}},
      {"section", {"課"}},
      {"title", {"役職"}},
      {"role", {"区分"}},
      {"devices", {"端末", "異動時の端末"}},
  };
  static const std::vector<Column>& enrolments = *new std::vector<Column>{
      {"staff_number", {"職員番号"}}, {"enrolled_on", {"顔登録日"}}, {"state", {"登録状態"}}};
  switch (kind) {
    case TableKind::kDevices:
      return devices;
    case TableKind::kStaff:
      return staff;
    case TableKind::kEnrolments:
      return enrolments;
  }
  return devices;
}

std::vector<std::string> RequiredFields(TableKind kind) {
  switch (kind) {
    case TableKind::kDevices:
      return {"asset_tag"};
    case TableKind::kStaff:
      return {"staff_number", "name"};
    case TableKind::kEnrolments:
      return {"staff_number", "enrolled_on"};
  }
  return {};
}

Profile Ward(TableKind kind) {
  Profile profile;
  profile.name = "ward";
  profile.kind = kind;
  profile.required = RequiredFields(kind);
  for (const Column& column : WardColumns(kind)) {
    profile.columns[std::string(column.field)] = column.headers;
  }
  return profile;
}

// `Asset tag` is the same header as `asset_tag`: FoldSearch removes the space, but not the mark.
std::string Spaced(std::string_view field) {
  std::string out(field);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

Profile Generic(TableKind kind) {
  Profile profile;
  profile.name = "generic";
  profile.kind = kind;
  profile.required = RequiredFields(kind);
  for (const std::string& field : FieldsOf(kind)) {
    std::vector<std::string> headers = {field};
    if (field.find('_') != std::string::npos) headers.push_back(Spaced(field));
    profile.columns[field] = std::move(headers);
  }
  return profile;
}

size_t KnownHeaders(const Profile& profile, const std::vector<std::string>& header) {
  return FitOf(profile, header).known;
}

}  // namespace

std::string_view TableKindName(TableKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"devices", "staff", "enrolments"};
  return kNames[static_cast<size_t>(kind)];
}

const std::vector<std::string>& FieldsOf(TableKind kind) {
  static const std::array<std::vector<std::string>, 3>& fields = *[] {
    auto* out = new std::array<std::vector<std::string>, 3>;
    for (TableKind each : {TableKind::kDevices, TableKind::kStaff, TableKind::kEnrolments}) {
      for (const Column& column : WardColumns(each)) {
        (*out)[static_cast<size_t>(each)].emplace_back(column.field);
      }
    }
    return out;
  }();
  return fields[static_cast<size_t>(kind)];
}

absl::StatusOr<Profile> BuiltInProfile(std::string_view name, TableKind kind) {
  if (name == "ward") return Ward(kind);
  if (name == "generic") return Generic(kind);
  return absl::NotFoundError(absl::StrCat("no built-in profile ",
                                          absl::string_view(name.data(), name.size()),
                                          " (there are: ward, generic)"));
}

Profile ChooseProfile(TableKind kind, const std::vector<std::string>& header) {
  Profile ward = Ward(kind);
  Profile generic = Generic(kind);
  return KnownHeaders(generic, header) > KnownHeaders(ward, header) ? generic : ward;
}

}  // namespace kirikae::tabular
