#include <memory>
#include <string>
#include <vector>

#include "client/cli/assignments.h"
#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

const std::vector<std::string> kFields = {
    "display_name", "kana",      "department",  "title",
    "role",         "enrolment", "enrolled_on", "consent_withheld"};

Cell EnrolmentText(const v1::Staff& person) {
  if (!person.consent_withheld().empty()) return {Tr("consent withheld"), "CONSENT_WITHHELD"};
  const Cell state = TermCell(person.enrolment());
  const std::string day = person.enrolled_on().empty() ? "" : " " + person.enrolled_on();
  return {state.text + day, state.code + day};
}

Table Rows(const v1::ListStaffResponse& all) {
  Table table{{{"staff_number", Tr("number")},
               {"name", Tr("name")},
               {"kana", Tr("kana"), Fit::kSpare},
               {"department", Tr("department")},
               {"title", Tr("job title"), Fit::kSpare},
               {"face", Tr("face")},
               {"role", Tr("role"), Fit::kWide}},
              {},
              {}};
  for (const v1::Staff& person : all.staff()) {
    table.rows.push_back({person.staff_number(), person.display_name(), person.kana(),
                          person.department(), person.title(), EnrolmentText(person),
                          TermCell(person.role())});
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

void Update(Session& session, const std::string& number,
            const std::vector<std::string>& assignments) {
  v1::UpdateStaffRequest request;
  for (const std::string& assignment : assignments) {
    const Assignment read = ReadAssignment(assignment);
    Assign(read, kFields, *request.mutable_staff());
    request.mutable_update_mask()->add_paths(read.field);
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
  AddStaffHistory(*staff, session);
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
