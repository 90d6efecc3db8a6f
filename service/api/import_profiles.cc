// The handlers of the ward's own import profiles.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/import_service.h"
#include "service/app/imports/table.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kNameLimit = 63;
constexpr size_t kSourceLimit = 64U << 10U;
constexpr std::string_view kBuiltIn[] = {"ward", "generic"};

bool IsBuiltIn(std::string_view name) {
  return std::find(std::begin(kBuiltIn), std::end(kBuiltIn), name) != std::end(kBuiltIn);
}

void ToProto(const domain::ImportProfile& profile, v1::ImportProfile* proto) {
  proto->set_name(domain::ImportProfileName(profile.name));
  proto->set_kind(static_cast<v1::ImportKind>(profile.kind));
  proto->set_source(profile.source);
  proto->set_etag(std::to_string(profile.version));
}

void AddBuiltIn(std::string_view name, v1::ImportKind kind, v1::ImportProfile* proto) {
  const auto profile = tabular::BuiltInProfile(name, app::TableKindOf(kind));
  proto->set_name(domain::ImportProfileName(name));
  proto->set_kind(kind);
  proto->set_source(profile.ok() ? tabular::ProfileYaml(*profile) : "");
  proto->set_built_in(true);
}

absl::StatusOr<domain::ImportProfile> RequireProfile(store::ReadView& view,
                                                     const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName id_name,
                   domain::ParseName(domain::RecordKind::kImportProfile, name));
  const std::string& id = id_name.id;
  ASSIGN_OR_RETURN(std::optional<domain::ImportProfile> found, view.FindImportProfile(id));
  if (!found.has_value()) return domain::ImportProfileNotFound(id);
  return *std::move(found);
}

domain::ImportKind KindOf(tabular::TableKind kind) {
  switch (kind) {
    case tabular::TableKind::kStaff:
      return domain::ImportKind::kStaff;
    case tabular::TableKind::kEnrolments:
      return domain::ImportKind::kEnrolments;
    case tabular::TableKind::kDevices:
      break;
  }
  return domain::ImportKind::kDevices;
}

// The profile that a source describes.
absl::StatusOr<domain::ImportProfile> ReadSource(const std::string& source) {
  if (source.size() > kSourceLimit) {
    return domain::InvalidField("source", Sentence("A profile may hold at most 64 KiB."));
  }
  std::vector<tabular::ProfileFault> faults;
  const absl::StatusOr<tabular::Profile> parsed = tabular::ParseProfile(source, &faults);
  if (!parsed.ok()) {
    std::vector<domain::Violation> violations;
    for (const tabular::ProfileFault& fault : faults) {
      const std::string line = fault.line == 0 ? "" : ":" + std::to_string(fault.line);
      violations.push_back({"source" + line, Sentence(fault.format, fault.args)});
    }
    return domain::InvalidRequest(std::move(violations));
  }
  const bool good =
      !parsed->name.empty() && parsed->name.size() <= kNameLimit &&
      parsed->name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (!good || IsBuiltIn(parsed->name)) {
    return domain::InvalidField(
        "source", Sentence("The profile's name $0 can't be used: it has 1 to 63 small letters, "
                           "digits and -, and is not ward or generic.",
                           {parsed->name}));
  }
  domain::ImportProfile profile;
  profile.name = parsed->name;
  profile.kind = KindOf(parsed->kind);
  profile.source = source;
  return profile;
}

}  // namespace

grpc::ServerUnaryReactor* ImportServiceImpl::ListProfiles(grpc::CallbackServerContext* call,
                                                          const v1::ListProfilesRequest* request,
                                                          v1::ListProfilesResponse* response) {
  return Read(
      env_, call, Rpc("ImportService/ListProfiles"), [&](store::ReadView& view) -> absl::Status {
        for (const v1::ImportKind kind :
             {v1::IMPORT_KIND_DEVICES, v1::IMPORT_KIND_STAFF, v1::IMPORT_KIND_ENROLMENTS}) {
          if (request->kind() != v1::IMPORT_KIND_UNSPECIFIED && request->kind() != kind) continue;
          for (const std::string_view name : kBuiltIn)
            AddBuiltIn(name, kind, response->add_profiles());
        }
        ASSIGN_OR_RETURN(const std::vector<domain::ImportProfile> own, view.ListImportProfiles());
        for (const domain::ImportProfile& profile : own) {
          if (request->kind() == v1::IMPORT_KIND_UNSPECIFIED ||
              request->kind() == static_cast<v1::ImportKind>(profile.kind)) {
            ToProto(profile, response->add_profiles());
          }
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* ImportServiceImpl::GetProfile(grpc::CallbackServerContext* call,
                                                        const v1::GetProfileRequest* request,
                                                        v1::ImportProfile* response) {
  return Read(
      env_, call, Rpc("ImportService/GetProfile"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const domain::RecordName id_name,
                         domain::ParseName(domain::RecordKind::kImportProfile, request->name()));
        const std::string& id = id_name.id;
        if (IsBuiltIn(id)) {
          AddBuiltIn(id, v1::IMPORT_KIND_DEVICES, response);
          return absl::OkStatus();
        }
        ASSIGN_OR_RETURN(const domain::ImportProfile profile,
                         RequireProfile(view, request->name()));
        ToProto(profile, response);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* ImportServiceImpl::SaveProfile(grpc::CallbackServerContext* call,
                                                         const v1::SaveProfileRequest* request,
                                                         v1::ImportProfile* response) {
  return Write(env_, call, Rpc("ImportService/SaveProfile"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::ImportProfile& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(domain::ImportProfile profile, ReadSource(request->source()));
                 ASSIGN_OR_RETURN(const auto old, view.FindImportProfile(profile.name));
                 const std::string current = std::to_string(old.has_value() ? old->version : 0);
                 if (!request->etag().empty() && request->etag() != current) {
                   return domain::EtagMismatch(domain::ImportProfileName(profile.name), current);
                 }
                 const bool changes = !old.has_value() || old->source != profile.source;
                 if (old.has_value()) profile.version = old->version;
                 ToProto(profile, &answer);
                 answer.set_etag(std::to_string(profile.version + (changes ? 1 : 0)));
                 store::Draft draft = context.NewDraft(domain::Act::kSaveProfile);
                 draft.edits.emplace_back(std::move(profile));
                 return draft;
               });
}

grpc::ServerUnaryReactor* ImportServiceImpl::DeleteProfile(grpc::CallbackServerContext* call,
                                                           const v1::DeleteProfileRequest* request,
                                                           v1::DeleteProfileResponse* response) {
  return Write(env_, call, Rpc("ImportService/DeleteProfile"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::DeleteProfileResponse&) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(domain::ImportProfile profile,
                                  RequireProfile(view, request->name()));
                 store::Draft draft = context.NewDraft(domain::Act::kDeleteProfile);
                 draft.edits.emplace_back(store::Removal{std::move(profile)});
                 return draft;
               });
}

}  // namespace kirikae::api
