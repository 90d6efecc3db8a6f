#include "service/app/inventory/staff_list.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/time/civil_time.h"
#include "service/app/inventory/record_filter.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;
using domain::Staff;

constexpr int kBatch = 1000;
constexpr std::string_view kDescending = " desc";

struct Field {
  std::string_view name;
  std::string (*read)(const Staff&);
  KnowsValue knows;
};

constexpr Field kFields[] = {
    {"staff_number", [](const Staff& s) { return s.staff_number; }, AnyText},
    {"display_name", [](const Staff& s) { return s.name; }, AnyText},
    {"kana", [](const Staff& s) { return s.kana; }, AnyText},
    {"department", [](const Staff& s) { return s.department; }, AnyText},
    {"title", [](const Staff& s) { return s.title; }, AnyText},
    {"role", [](const Staff& s) { return std::string(domain::Name(s.role)); },
     Knows<domain::StaffRole>},
    {"enrolment", [](const Staff& s) { return std::string(domain::Name(s.enrolment)); },
     Knows<domain::EnrolmentState>},
    {"enrolled_on",
     [](const Staff& s) {
       return s.enrolled_on.has_value() ? absl::FormatCivilTime(*s.enrolled_on) : std::string();
     },
     AnyText},
    {"consent_withheld", [](const Staff& s) { return s.consent_withheld; }, AnyText},
};

const Field* FindField(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kFields), std::end(kFields),
                                         [&](const Field& field) { return field.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

KnowsValue StaffField(std::string_view name) {
  const Field* const field = FindField(name);
  return field == nullptr ? nullptr : field->knows;
}

// Where a person stands in a list: the value of the field that orders it, then the staff number.
using Place = std::pair<std::string, std::string>;

struct Order {
  const Field* field = kFields;
  bool descending = false;

  Place PlaceOf(const Staff& person) const { return {field->read(person), person.staff_number}; }
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
  order.field = FindField(text);
  if (order.field == nullptr) {
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
        return std::vector<std::string>{FindField(field)->read(person)};
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
