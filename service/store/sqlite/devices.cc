#include <utility>

#include "service/domain/labels.h"
#include "service/domain/record_fields.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/key_changes.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT asset_tag, host_name, serial, model, os, kind, network, department, site, floor, camera,
       auth_method, auth_method_since, state, labels, note, inventoried_on, version,
       exception
FROM devices WHERE asset_tag = ?1
)sql";

constexpr char kList[] = R"sql(
SELECT asset_tag, host_name, serial, model, os, kind, network, department, site, floor, camera,
       auth_method, auth_method_since, state, labels, note, inventoried_on, version,
       exception
FROM devices WHERE asset_tag > ?1 ORDER BY asset_tag LIMIT ?2
)sql";

constexpr char kUsers[] = R"sql(
SELECT u.staff_number, u.name, u.kana, s.role, s.enrolment,
       coalesce(s.consent_withheld, '') <> ''
FROM device_users u LEFT JOIN staff s ON s.staff_number = u.staff_number
WHERE u.asset_tag = ?1 ORDER BY u.position
)sql";

constexpr char kSearch[] = R"sql(
SELECT asset_tag, field, key FROM search_keys
WHERE tier = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, asset_tag LIMIT ?4
)sql";

// '0' follows '/' in the order of bytes.
constexpr char kTagsEver[] = R"sql(
SELECT DISTINCT substr(subject, 9) FROM changes
WHERE subject > 'devices/' || ?1 AND subject < 'devices0' ORDER BY subject LIMIT ?2
)sql";

constexpr char kExceptions[] = R"sql(
SELECT asset_tag FROM devices WHERE exception <> '' ORDER BY asset_tag
)sql";

constexpr char kBefore[] =
    "SELECT asset_tag FROM devices WHERE asset_tag < ?1 ORDER BY asset_tag DESC LIMIT ?2";
constexpr char kAfter[] =
    "SELECT asset_tag FROM devices WHERE asset_tag > ?1 ORDER BY asset_tag LIMIT ?2";
constexpr char kCount[] = "SELECT count(*) FROM devices";

domain::Device ReadDevice(const Query& row) {
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
  return device;
}

void ReadUsers(Connection& connection, domain::Device& device) {
  Query users = connection.Use(kUsers);
  users.Bind(device.asset_tag);
  while (users.Next()) {
    domain::DeviceUser user{users.Text(0), users.Text(1), users.Text(2), {}, {}, false};
    if (users.Number(3) != 0) user.role = users.As<domain::StaffRole>(3);
    if (users.Number(4) != 0) user.enrolment = users.As<domain::EnrolmentState>(4);
    user.consent_withheld = users.Number(5) != 0;
    device.users.push_back(std::move(user));
  }
}

}  // namespace

absl::StatusOr<std::optional<domain::Device>> SqliteView::FindDevice(std::string_view asset_tag) {
  return Guarded([&]() -> std::optional<domain::Device> {
    std::optional<domain::Device> device;
    {
      Query find = connection_.Use(kFind);
      if (!find.Bind(asset_tag).Next()) return std::nullopt;
      device = ReadDevice(find);
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
      devices.push_back(ReadDevice(list));
      ReadUsers(connection_, devices.back());
    }
    return devices;
  });
}

absl::StatusOr<std::vector<SearchHit>> SqliteView::Search(int tier, const KeyRange& range,
                                                          int limit) {
  return Guarded([&] {
    std::vector<SearchHit> hits;
    Query search = connection_.Use(kSearch);
    search.Bind(tier).Bind(range.from).Bind(range.until).Bind(limit);
    while (search.Next()) {
      hits.push_back(
          {search.Text(0), std::string(SearchField(search.Number(1))), tier, search.Text(2)});
    }
    return hits;
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

absl::StatusOr<std::vector<std::string>> SqliteView::TagsEver(const Page& page) {
  return Guarded([&] {
    std::vector<std::string> tags;
    Query list = connection_.Use(kTagsEver);
    list.Bind(page.after).Bind(page.limit);
    while (list.Next()) tags.push_back(list.Text(0));
    return tags;
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::TagsWithException() {
  return Guarded([&] {
    std::vector<std::string> tags;
    Query list = connection_.Use(kExceptions);
    while (list.Next()) tags.push_back(list.Text(0));
    return tags;
  });
}

absl::StatusOr<int64_t> SqliteView::CountDevices() {
  return Guarded([&] {
    Query count = connection_.Use(kCount);
    count.Next();
    return count.Number(0);
  });
}

}  // namespace kirikae::store
