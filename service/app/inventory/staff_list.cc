#include "service/app/inventory/staff_list.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "service/app/inventory/record_filter.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;
using domain::Staff;

constexpr int kBatch = 1000;
constexpr std::string_view kDescending = " desc";

// The key is no field of the table.
constexpr std::string_view kKey = "staff_number";

// The text that the field has, the staff number where there is no field.
std::string TextOf(const Staff& person, const domain::Field<Staff>* field) {
  return field == nullptr ? person.staff_number : field->get(person);
}

std::optional<FilterTerms> StaffField(std::string_view name) {
  if (name == kKey) return FilterTerms();
  const auto* const field = domain::FindApiField<Staff>(name, domain::kFiltered);
  if (field == nullptr) return std::nullopt;
  return field->Terms();
}

// Where a person stands in a list: the value of the field that orders it, then the staff number.
using Place = std::pair<std::string, std::string>;

struct Order {
  const domain::Field<Staff>* field = nullptr;  // null = by staff number
  bool descending = false;

  Place PlaceOf(const Staff& person) const { return {TextOf(person, field), person.staff_number}; }
};

// A value may hold any character; a staff number has no tab.
std::string Pack(const Place& place) { return place.first + "\t" + place.second; }

absl::StatusOr<Place> Unpack(std::string_view text) {
  const size_t tab = text.rfind('\t');
  if (tab == std::string_view::npos) return domain::BadPageToken();
  return Place(text.substr(0, tab), text.substr(tab + 1));
}

absl::StatusOr<Order> ParseOrder(std::string_view text) {
  Order order;
  if (text.empty()) return order;
  order.descending = text.ends_with(kDescending);
  if (order.descending) text.remove_suffix(kDescending.size());
  order.field = domain::FindApiField<Staff>(text, domain::kOrdered);
  if (order.field == nullptr && text != kKey) {
    return domain::InvalidField("order_by",
                                Sentence("Staff can't be ordered by $0.", {std::string(text)}));
  }
  return order;
}

absl::StatusOr<std::vector<Staff>> Matching(store::ReadView& view, const FilterPtr& filter) {
  std::vector<Staff> all;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Staff> batch, view.ListStaff({.after = after, .limit = kBatch}));
    const bool last = batch.size() < static_cast<size_t>(kBatch);
    if (!last) after = batch.back().staff_number;
    for (Staff& person : batch) {
      const auto values = [&](const std::string& field) {
        return std::vector<std::string>{
            TextOf(person, domain::FindApiField<Staff>(field, domain::kFiltered))};
      };
      if (filter == nullptr || Holds(*filter, values)) all.push_back(std::move(person));
    }
    if (last) return all;
  }
}

}  // namespace

absl::StatusOr<StaffPage> ListStaff(store::ReadView& view, const StaffQuery& query,
                                    std::string_view position) {
  ASSIGN_OR_RETURN(const FilterPtr filter, ParseFilter(query.filter, StaffField));
  ASSIGN_OR_RETURN(const Order order, ParseOrder(query.order));
  std::optional<Place> behind;
  if (!position.empty()) {
    ASSIGN_OR_RETURN(behind, Unpack(position));
  }
  ASSIGN_OR_RETURN(std::vector<Staff> staff, Matching(view, filter));
  const auto before = [&](const Place& a, const Place& b) {
    return order.descending ? b < a : a < b;
  };
  std::sort(staff.begin(), staff.end(), [&](const Staff& a, const Staff& b) {
    return before(order.PlaceOf(a), order.PlaceOf(b));
  });
  StaffPage page;
  for (Staff& person : staff) {
    if (behind.has_value() && !before(*behind, order.PlaceOf(person))) continue;
    if (page.staff.size() == static_cast<size_t>(query.limit)) {
      page.next = Pack(order.PlaceOf(page.staff.back()));
      break;
    }
    page.staff.push_back(std::move(person));
  }
  return page;
}

}  // namespace kirikae::app
