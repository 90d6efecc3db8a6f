// The tables of devices and their users.
#include <algorithm>
#include <utility>

#include "service/domain/labels.h"
#include "service/domain/record_fields.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT asset_tag, host_name, serial, model, os, kind, network, department, site, floor, camera,
       auth_method, auth_method_since, state, labels, note, inventoried_on, version,
       exception, lease_ends_on, camera_due_on
FROM devices WHERE asset_tag = ?1
)sql";

constexpr char kList[] = R"sql(
SELECT asset_tag, host_name, serial, model, os, kind, network, department, site, floor, camera,
       auth_method, auth_method_since, state, labels, note, inventoried_on, version,
       exception, lease_ends_on, camera_due_on
FROM devices WHERE asset_tag > ?1 ORDER BY asset_tag LIMIT ?2
)sql";

constexpr char kUsers[] = R"sql(
SELECT u.staff_number, u.name, u.kana, s.role, s.enrolment,
       coalesce(s.consent_withheld, '') <> '', s.enrolled_on
FROM device_users u LEFT JOIN staff s ON s.staff_number = u.staff_number
WHERE u.asset_tag = ?1 ORDER BY u.position
)sql";

constexpr char kWithException[] = R"sql(
SELECT asset_tag FROM devices WHERE exception <> '' ORDER BY asset_tag
)sql";

constexpr char kBefore[] =
    "SELECT asset_tag FROM devices WHERE asset_tag < ?1 "
    "ORDER BY asset_tag DESC LIMIT ?2";
constexpr char kAfter[] =
    "SELECT asset_tag FROM devices WHERE asset_tag > ?1 "
    "ORDER BY asset_tag LIMIT ?2";
constexpr char kCount[] = "SELECT count(*) FROM devices";
constexpr char kNew[] = R"sql(
INSERT OR IGNORE INTO devices (asset_tag, host_name, serial, model, os, kind, network, department,
                               site, floor, camera, auth_method, auth_method_since, state, labels,
                               note, inventoried_on, exception, lease_ends_on, camera_due_on, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21)
)sql";
constexpr char kChange[] = R"sql(
UPDATE devices SET host_name = ?2, serial = ?3, model = ?4, os = ?5, kind = ?6, network = ?7,
  department = ?8, site = ?9, floor = ?10, camera = ?11, auth_method = ?12,
  auth_method_since = ?13, state = ?14, labels = ?15, note = ?16, inventoried_on = ?17,
  exception = ?18, lease_ends_on = ?19, camera_due_on = ?20, version = ?21
WHERE asset_tag = ?1 AND version = ?22
)sql";
// One whose exception stays: no index is touched.
constexpr char kChangeInPlace[] = R"sql(
UPDATE devices SET host_name = ?2, serial = ?3, model = ?4, os = ?5, kind = ?6, network = ?7,
  department = ?8, site = ?9, floor = ?10, camera = ?11, auth_method = ?12,
  auth_method_since = ?13, state = ?14, labels = ?15, note = ?16, inventoried_on = ?17,
  lease_ends_on = ?18, camera_due_on = ?19, version = ?20
WHERE asset_tag = ?1 AND version = ?21
)sql";
constexpr char kDropUsers[] = "DELETE FROM device_users WHERE asset_tag = ?1";
constexpr char kPutUser[] = R"sql(
INSERT INTO device_users (asset_tag, position, staff_number, name, kana)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kRemove[] = "DELETE FROM devices WHERE asset_tag = ?1 AND version = ?2";

domain::Device Read(const Query& row) {
  domain::Device device;
  device.asset_tag = row.Text(0);
  device.host_name = row.Text(1);
  device.serial = row.Text(2);
  device.model = row.Text(3);
  device.os = row.Text(4);
  device.kind = row.As<domain::DeviceKind>(5);
  device.network = row.As<domain::Network>(6);
  device.department = row.Text(7);
  device.site = row.Text(8);
  device.floor = row.Text(9);
  device.camera = row.As<domain::Camera>(10);
  device.auth_method = row.As<domain::AuthMethod>(11);
  device.auth_method_since = row.Time(12);
  device.state = row.As<domain::DeviceState>(13);
  device.labels = domain::UnpackLabels(row.Text(14));
  device.note = row.Text(15);
  device.inventoried_on = row.Day(16);
  device.version = row.Number(17);
  device.exception = domain::UnpackException(row.Text(18));
  device.lease_ends_on = row.Day(19);
  device.camera_due_on = row.Day(20);
  return device;
}

void ReadUsers(Connection& connection, domain::Device& device) {
  Query users = connection.Use(kUsers);
  users.BindHere(device.asset_tag);
  while (users.Next()) {
    device.users.push_back({.staff_number = users.Text(0),
                            .name = users.Text(1),
                            .kana = users.Text(2),
                            .role = users.MaybeAs<domain::StaffRole>(3),
                            .enrolment = users.MaybeAs<domain::EnrolmentState>(4),
                            .consent_withheld = users.Flag(5),
                            .enrolled_on = users.Day(6)});
  }
}

void PutUsers(Connection& connection, const domain::Device& device) {
  for (size_t i = 0; i < device.users.size(); ++i) {
    const domain::DeviceUser& user = device.users[i];
    connection.Use(kPutUser)
        .BindHere(device.asset_tag)
        .Bind(i)
        .BindHere(user.staff_number)
        .BindHere(user.name)
        .BindHere(user.kana)
        .Run();
  }
}

bool SameUsers(const domain::Device& a, const domain::Device& b) {
  return std::equal(a.users.begin(), a.users.end(), b.users.begin(), b.users.end(),
                    [](const domain::DeviceUser& x, const domain::DeviceUser& y) {
                      return x.staff_number == y.staff_number && x.name == y.name &&
                             x.kana == y.kana;
                    });
}

bool Write(Connection& connection, const std::optional<domain::Device>& old,
           const domain::Device& device) {
  const std::string labels = domain::PackLabels(device.labels);
  const std::string exception = domain::PackException(device.exception);
  const bool stays = old.has_value() && domain::PackException(old->exception) == exception;
  {
    Query put = connection.Use(stays ? kChangeInPlace : old.has_value() ? kChange : kNew);
    put.BindHere(device.asset_tag)
        .BindHere(device.host_name)
        .BindHere(device.serial)
        .BindHere(device.model)
        .BindHere(device.os)
        .Bind(device.kind)
        .Bind(device.network)
        .BindHere(device.department)
        .BindHere(device.site)
        .BindHere(device.floor)
        .Bind(device.camera)
        .Bind(device.auth_method)
        .Bind(device.auth_method_since)
        .Bind(device.state)
        .BindHere(labels)
        .BindHere(device.note)
        .Bind(device.inventoried_on);
    if (!stays) put.BindHere(exception);
    put.Bind(device.lease_ends_on).Bind(device.camera_due_on).Bind(NextVersion(old));
    if (old.has_value()) put.Bind(old->version);
    put.Run();
  }
  if (connection.Changes() != 1) return false;
  if (old.has_value() && SameUsers(*old, device)) return true;
  if (old.has_value()) connection.Use(kDropUsers).BindHere(device.asset_tag).Run();
  PutUsers(connection, device);
  return true;
}

bool Remove(Connection& connection, const domain::Device& device) {
  connection.Use(kDropUsers).BindHere(device.asset_tag).Run();
  connection.Use(kRemove).BindHere(device.asset_tag).Bind(device.version).Run();
  return connection.Changes() == 1;
}

}  // namespace

absl::StatusOr<std::optional<domain::Device>> SqliteView::FindDevice(std::string_view asset_tag) {
  return Guarded([&]() -> std::optional<domain::Device> {
    std::optional<domain::Device> device;
    {
      Query find = connection_.Use(kFind);
      if (!find.Bind(asset_tag).Next()) return std::nullopt;
      device = Read(find);
    }
    ReadUsers(connection_, *device);
    return device;
  });
}

absl::StatusOr<std::vector<domain::Device>> SqliteView::ListDevices(const Page& page) {
  return Guarded([&] {
    std::vector<domain::Device> devices;
    Query list = connection_.Use(kList);
    list.Bind(page.after).Bind(page.limit);
    while (list.Next()) {
      devices.push_back(Read(list));
      ReadUsers(connection_, devices.back());
    }
    return devices;
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::TagsAround(std::string_view asset_tag,
                                                                int limit) {
  return Guarded([&] {
    std::vector<std::string> tags;
    for (const char* sql : {kBefore, kAfter}) {
      Query around = connection_.Use(sql);
      around.Bind(asset_tag).Bind(limit);
      while (around.Next()) tags.push_back(around.Text(0));
    }
    return tags;
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::TagsWithException() {
  return Guarded([&] {
    Query query = connection_.Use(kWithException);
    return All(query, [](const Query& row) { return row.Text(0); });
  });
}

const Table<domain::Device>& TableOf(const domain::Device*) {
  static constexpr Table<domain::Device> kTable{
      .kind = domain::RecordKind::kDevice,
      .name = "devices",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::Device& device) { return view.FindDevice(device.asset_tag); },
      .named =
          [](const domain::RecordName& name) {
            domain::Device device;
            device.asset_tag = name.id;
            return device;
          },
      .write = Write,
      .remove = Remove};
  return kTable;
}

}  // namespace kirikae::store
