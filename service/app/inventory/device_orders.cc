#include "service/app/inventory/device_orders.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/numbers.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// Most keys that are kept for all lists together, of about 100 bytes each. The newest list is kept
// whatever its size.
constexpr size_t kMostKeys = 400'000;

// Where a page ended: the kept list, then the last device's place in it.
struct Position {
  int64_t list = 0;
  std::pair<std::string, std::string> key;
};

std::string Pack(const Position& position) {
  return std::to_string(position.list) + "\n" + position.key.first + "\n" + position.key.second;
}

// A field's text may hold line breaks; a number and a tag do not.
absl::StatusOr<Position> Unpack(const std::string& text) {
  const size_t first = text.find('\n');
  const size_t last = text.rfind('\n');
  Position position;
  if (first == last || !absl::SimpleAtoi(text.substr(0, first), &position.list)) {
    return domain::BadPageToken();
  }
  position.key = {text.substr(first + 1, last - first - 1), text.substr(last + 1)};
  return position;
}

std::string TextOf(const domain::Device& device, const domain::Field<domain::Device>* field) {
  return field == nullptr ? device.asset_tag : field->get(device);
}

struct Before {
  bool descending;
  using Key = std::pair<std::string, std::string>;
  bool operator()(const Key& a, const Key& b) const {
    if (a.first != b.first) return descending ? b.first < a.first : a.first < b.first;
    return a.second < b.second;
  }
};

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> SortedKeys(
    store::ReadView& view, const ListQuery& query, const DeviceOrder& order) {
  std::vector<std::pair<std::string, std::string>> keys;
  // None: by the tag, which is no field of the table.
  const auto* const field = domain::FindApiField<domain::Device>(order.field, domain::kOrdered);
  DeviceSource source(view, "", query.when);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
    if (batch.empty()) break;
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, Matches(view, query.filter, device));
      if (matches) keys.emplace_back(TextOf(device, field), device.asset_tag);
    }
  }
  std::sort(keys.begin(), keys.end(), Before{order.descending});
  return keys;
}

absl::StatusOr<std::optional<domain::Device>> Find(store::ReadView& view, const ListQuery& query,
                                                   const std::string& tag) {
  return query.when.has_value() ? FindAsOf(view, tag, *query.when) : view.FindDevice(tag);
}

}  // namespace

absl::StatusOr<DeviceOrder> ParseDeviceOrder(const std::string& text) {
  constexpr std::string_view kDescending = " desc";
  DeviceOrder order{text, text.ends_with(kDescending)};
  if (order.descending) order.field.resize(text.size() - kDescending.size());
  if (order.field == "asset_tag" && !order.descending) order.field.clear();
  const bool known = order.field.empty() || order.field == "asset_tag" ||
                     domain::FindApiField<domain::Device>(order.field, domain::kOrdered) != nullptr;
  if (known) return order;
  return domain::InvalidField("order_by",
                              domain::Sentence("There is no field $0 to order by.", {order.field}));
}

absl::StatusOr<DevicePage> DeviceOrders::Page(store::ReadView& view, const ListQuery& query,
                                              const DeviceOrder& order,
                                              const std::string& query_text,
                                              const std::string& position) {
  SortedPtr sorted;
  std::optional<Position> behind;
  if (!position.empty()) {
    ASSIGN_OR_RETURN(behind, Unpack(position));
    sorted = Find(behind->list, query_text);
  }
  if (sorted == nullptr) {
    Sorted fresh{0, query_text, {}};
    ASSIGN_OR_RETURN(fresh.keys, SortedKeys(view, query, order));
    sorted = Keep(std::move(fresh));
  }
  auto at = sorted->keys.begin();
  if (behind.has_value()) {
    at = std::upper_bound(at, sorted->keys.end(), behind->key, Before{order.descending});
  }
  DevicePage page;
  for (; at != sorted->keys.end() && page.devices.size() < static_cast<size_t>(query.limit); ++at) {
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, app::Find(view, query, at->second));
    if (device.has_value()) page.devices.push_back(*std::move(device));
  }
  if (at != sorted->keys.end()) page.next = Pack({sorted->id, *std::prev(at)});
  return page;
}

DeviceOrders::SortedPtr DeviceOrders::Find(int64_t id, const std::string& query_text) {
  const std::lock_guard lock(mutex_);
  for (const SortedPtr& sorted : kept_) {
    if (sorted->id == id && sorted->query_text == query_text) return sorted;
  }
  return nullptr;
}

DeviceOrders::SortedPtr DeviceOrders::Keep(Sorted sorted) {
  const std::lock_guard lock(mutex_);
  sorted.id = ++last_id_;
  kept_.push_front(std::make_shared<const Sorted>(std::move(sorted)));
  size_t keys = 0;
  const auto too_many = [&](const SortedPtr& one) {
    keys += one->keys.size();
    return one != kept_.front() && keys > kMostKeys;
  };
  kept_.erase(std::find_if(kept_.begin(), kept_.end(), too_many), kept_.end());
  return kept_.front();
}

}  // namespace kirikae::app
