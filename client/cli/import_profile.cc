// kirikae import profile: the ward's own import profiles.
#include <iostream>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/import_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

std::string ShortName(const v1::ImportProfile& profile) {
  return profile.name().substr(profile.name().find('/') + 1);
}

Table Rows(const v1::ListProfilesResponse& all) {
  Table table{
      {{"profile", Tr("profile")}, {"kind", Tr("kind")}, {"built_in", Tr("built in")}}, {}, {}};
  for (const v1::ImportProfile& profile : all.profiles()) {
    table.rows.push_back(
        {ShortName(profile), TermCell(profile.kind()), YesOrNothing(profile.built_in())});
    table.names.push_back(profile.name());
  }
  return table;
}

void List(Session& session) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::ListProfilesResponse all;
  session.Call([&](grpc::ClientContext& context) {
    return stub->ListProfiles(&context, v1::ListProfilesRequest(), &all);
  });
  session.Print(Rows(all), all, "profiles");
}

void Show(Session& session, const std::string& name) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::GetProfileRequest request;
  request.set_name(RecordName("importProfiles", name));
  v1::ImportProfile profile;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetProfile(&context, request, &profile); });
  if (session.ForPeople()) {
    std::cout << profile.source() << (profile.source().ends_with('\n') ? "" : "\n");
    return;
  }
  v1::ListProfilesResponse one;
  *one.add_profiles() = profile;
  session.Print(Rows(one), profile, "");
}

void Save(Session& session, const std::string& path) {
  v1::SaveProfileRequest request;
  request.set_source(ReadTextFile(path));
  *request.mutable_options() = session.Options();
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::ListProfilesResponse one;
  v1::ImportProfile& profile = *one.add_profiles();
  session.Call(
      [&](grpc::ClientContext& context) { return stub->SaveProfile(&context, request, &profile); });
  session.Print(Rows(one), profile, "");
}

void Delete(Session& session, const std::string& name) {
  v1::DeleteProfileRequest request;
  request.set_name(RecordName("importProfiles", name));
  *request.mutable_options() = session.Options();
  if (!session.dry_run) {
    session.Confirm(Tr("The profile $0 will be removed.", {name}), "yes");
  }
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::DeleteProfileResponse nothing;
  session.Call([&](grpc::ClientContext& context) {
    return stub->DeleteProfile(&context, request, &nothing);
  });
  session.Note(Tr("The profile $0 is removed.", {name}));
}

}  // namespace

void AddImportProfile(CLI::App& import, Session& session) {
  auto* const profile = import.add_subcommand("profile", Tr("which header means which field"));
  profile->require_subcommand(1);
  profile->add_subcommand("list", Tr("list profiles"))->callback([&session] { List(session); });
  auto* const show = profile->add_subcommand("show", Tr("show a profile's YAML"));
  const auto shown = Required(*show, "NAME", Tr("profile"));
  show->callback([shown, &session] { Show(session, *shown); });
  auto* const save = profile->add_subcommand("save", Tr("keep a profile"));
  const auto file = Required(*save, "FILE", Tr("YAML file"));
  save->callback([file, &session] { Save(session, *file); });
  auto* const remove = profile->add_subcommand("delete", Tr("remove a profile"));
  const auto removed = Required(*remove, "NAME", Tr("profile"));
  remove->callback([removed, &session] { Delete(session, *removed); });
}

}  // namespace kirikae::cli
