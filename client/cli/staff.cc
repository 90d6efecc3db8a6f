#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

std::string EnrolmentText(const v1::Staff& person) {
  switch (person.enrolment()) {
    case v1::ENROLMENT_STATE_ENROLLED:
      return Tr("registered") + " " + person.enrolled_on();
    case v1::ENROLMENT_STATE_FAILED:
      return Tr("failed");
    default:
      return Tr("not registered");
  }
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

void List(Session& session) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListStaffRequest, v1::ListStaffResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListStaff(context, asked, page);
      });
  session.Print(Rows(all), all, "staff");
}

void Show(Session& session, const std::string& number) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::GetStaffRequest request;
  request.set_name("staff/" + number);
  v1::Staff person;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetStaff(&context, request, &person); });
  v1::ListStaffResponse one;
  *one.add_staff() = person;
  session.Print(Rows(one), person, "");
}

}  // namespace

void AddStaff(CLI::App& app, Session& session) {
  auto* const staff = app.add_subcommand("staff", Tr("the staff list"));
  staff->require_subcommand(1);
  staff->add_subcommand("list", Tr("list staff"))->callback([&session] { List(session); });
  auto* const show = staff->add_subcommand("show", Tr("show one person"));
  const auto number = Required(*show, "NUMBER", Tr("staff number"));
  show->callback([number, &session] { Show(session, *number); });
}

}  // namespace kirikae::cli
