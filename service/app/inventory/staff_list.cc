#include "service/app/inventory/staff_list.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/api/call/page.h"
#include "service/api/convert/records.h"
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

struct Order {
  const Field* field = kFields;
  bool descending = false;
};

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

absl::Status ListStaffPage(store::ReadView& view, const v1::ListStaffRequest& request,
                           v1::ListStaffResponse* response) {
  ASSIGN_OR_RETURN(const int limit, api::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const FilterPtr filter, ParseFilter(request.filter(), StaffField));
  ASSIGN_OR_RETURN(const Order order, ParseOrder(request.order_by()));
  const std::string query = "staff?" + request.filter() + "\n" + request.order_by();
  ASSIGN_OR_RETURN(const std::string after, api::ReadPageToken(request.page_token(), query));
  ASSIGN_OR_RETURN(std::vector<Staff> staff, Matching(view, filter));
  using Key = std::pair<std::string, std::string>;
  const auto key = [&](const Staff& person) {
    return Key(order.field->read(person), person.staff_number);
  };
  const auto before = [&](const Key& a, const Key& b) { return order.descending ? b < a : a < b; };
  std::sort(staff.begin(), staff.end(),
            [&](const Staff& a, const Staff& b) { return before(key(a), key(b)); });
  const size_t tab = after.rfind('\t');
  const Key last =
      tab == std::string::npos ? Key() : Key(after.substr(0, tab), after.substr(tab + 1));
  for (const Staff& person : staff) {
    if (!after.empty() && !before(last, key(person))) continue;
    if (response->staff_size() == limit) {
      const v1::Staff& shown = response->staff(limit - 1);
      const auto end = std::find_if(staff.begin(), staff.end(), [&](const Staff& each) {
        return each.staff_number == shown.staff_number();
      });
      response->set_next_page_token(
          api::MakePageToken(order.field->read(*end) + "\t" + end->staff_number, query));
      break;
    }
    api::ToProto(person, response->add_staff());
  }
  return absl::OkStatus();
}

}  // namespace kirikae::app
