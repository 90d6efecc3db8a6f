#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr const char* kFields =
    "display_name, kana, department, title, role, enrolment, enrolled_on, consent_withheld";

std::string EnrolmentText(const v1::Staff& person) {
  if (!person.consent_withheld().empty()) return Tr("consent withheld");
  const std::string state = Term(person.enrolment());
  return person.enrolled_on().empty() ? state : state + " " + person.enrolled_on();
}

Table Rows(const v1::ListStaffResponse& all) {
  Table table{
      {Tr("number"), Tr("name"), Tr("kana"), Tr("department"), Tr("title"), Tr("face")}, {}, {}};
  for (const v1::Staff& person : all.staff()) {
    table.rows.push_back({person.staff_number(), person.display_name(), person.kana(),
                          person.department(), person.title(), EnrolmentText(person)});
    table.names.push_back(person.name());
  }
  return table;
}

void List(Session& session, const std::string& filter, const std::string& order_by) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListStaffRequest request;
  request.set_filter(filter);
  request.set_order_by(order_by);
  const auto all = ReadAll<v1::ListStaffRequest, v1::ListStaffResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListStaff(context, asked, page);
      });
  session.Print(Rows(all), all, "staff");
}

void Show(Session& session, const std::string& number) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::GetStaffRequest request;
  request.set_name(RecordName("staff", number));
  v1::Staff person;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetStaff(&context, request, &person); });
  v1::ListStaffResponse one;
  *one.add_staff() = person;
  session.Print(Rows(one), person, "");
}

// Sets a field from text; false for an unknown field or a value that it can't have.
bool SetField(v1::Staff& person, const std::string& field, const std::string& value) {
  if (field == "role") {
    v1::StaffRole role = v1::STAFF_ROLE_UNSPECIFIED;
    const bool known = v1::StaffRole_Parse("STAFF_ROLE_" + value, &role);
    person.set_role(role);
    return known;
  }
  if (field == "enrolment") {
    v1::EnrolmentState state = v1::ENROLMENT_STATE_UNSPECIFIED;
    const bool known = v1::EnrolmentState_Parse("ENROLMENT_STATE_" + value, &state);
    person.set_enrolment(state);
    return known;
  }
  if ((", " + std::string(kFields) + ",").find(", " + field + ",") == std::string::npos) {
    return false;
  }
  const auto* const descriptor = v1::Staff::descriptor()->FindFieldByName(field);
  v1::Staff::GetReflection()->SetString(&person, descriptor, value);
  return true;
}

void Update(Session& session, const std::string& number,
            const std::vector<std::string>& assignments) {
  v1::UpdateStaffRequest request;
  for (const std::string& assignment : assignments) {
    const size_t equals = assignment.find('=');
    const std::string field = assignment.substr(0, equals);
    if (equals == std::string::npos ||
        !SetField(*request.mutable_staff(), field, assignment.substr(equals + 1))) {
      throw Failure{
          .code = kUsage,
          .reason = "UNKNOWN_FIELD",
          .sentence = Tr("$0 is not a field with that value. Fields: $1", {assignment, kFields})};
    }
    request.mutable_update_mask()->add_paths(field);
  }
  request.mutable_staff()->set_name(RecordName("staff", number));
  *request.mutable_options() = session.Options();
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListStaffResponse one;
  session.Call([&](grpc::ClientContext& context) {
    return stub->UpdateStaff(&context, request,
                             one.staff_size() == 0 ? one.add_staff() : one.mutable_staff(0));
  });
  session.Print(Rows(one), one.staff(0), "");
}

}  // namespace

void AddStaff(CLI::App& app, Session& session) {
  auto* const staff = app.add_subcommand("staff", Tr("the staff list"));
  staff->require_subcommand(1);
  auto* const list = staff->add_subcommand("list", Tr("list staff"));
  const auto filter = Optional(*list, "--filter", Tr("such as: role = PROMOTION_OFFICER"));
  const auto order = Optional(*list, "--order-by", Tr("a field, or: FIELD desc"));
  list->callback([=, &session] { List(session, *filter, *order); });
  auto* const show = staff->add_subcommand("show", Tr("show one person"));
  const auto number = Required(*show, "NUMBER", Tr("staff number"));
  show->callback([number, &session] { Show(session, *number); });
  auto* const update = staff->add_subcommand("update", Tr("change fields of one person"));
  const auto changed = Required(*update, "NUMBER", Tr("staff number"));
  auto set = std::make_shared<std::vector<std::string>>();
  update
      ->add_option("--set", *set,
                   Tr("field and new value, such as consent_withheld=REASON; may be repeated"))
      ->required();
  update->callback([changed, set, &session] { Update(session, *changed, *set); });
}

}  // namespace kirikae::cli
