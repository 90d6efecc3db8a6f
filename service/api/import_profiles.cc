// The handlers of the ward's own import profiles.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/import_rows.h"
#include "service/api/import_handlers.h"
#include "service/app/imports/profiles.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {

absl::Status ListProfiles(const Call& call, const v1::ListProfilesRequest& request,
                          v1::ListProfilesResponse* response) {
  std::optional<domain::ImportKind> kind;
  if (request.kind() != v1::IMPORT_KIND_UNSPECIFIED) {
    kind = static_cast<domain::ImportKind>(request.kind());
  }
  ASSIGN_OR_RETURN(const std::vector<app::ListedProfile> profiles,
                   app::ListProfiles(call.view, kind));
  for (const app::ListedProfile& profile : profiles) ToProto(profile, response->add_profiles());
  return absl::OkStatus();
}

absl::Status GetProfile(const Call& call, const v1::GetProfileRequest& request,
                        v1::ImportProfile* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kImportProfile, request.name()));
  ASSIGN_OR_RETURN(const app::ListedProfile found, app::FindProfile(call.view, name.id));
  ToProto(found, response);
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> SaveProfile(const WriteCall& call,
                                         const v1::SaveProfileRequest& request,
                                         v1::ImportProfile* answer) {
  ASSIGN_OR_RETURN(app::SavedProfile saved,
                   app::SaveProfile(call.context, call.view, request.source(), request.etag()));
  ToProto(app::ListedProfile{std::move(saved.profile), false}, answer);
  return std::move(saved.draft);
}

absl::StatusOr<store::Draft> DeleteProfile(const WriteCall& call,
                                           const v1::DeleteProfileRequest& request,
                                           v1::DeleteProfileResponse*) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kImportProfile, request.name()));
  return app::DeleteProfile(call.context, call.view, name.id);
}

}  // namespace kirikae::api
