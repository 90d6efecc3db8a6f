#include "service/api/import_service.h"

#include <string>
#include <utility>

#include "kirikae/v1/import_service.grpc.pb.h"
#include "service/api/call/over.h"
#include "service/api/call/page.h"
#include "service/api/call/run.h"
#include "service/api/convert/import_rows.h"
#include "service/api/import_handlers.h"
#include "service/app/imports/apply.h"
#include "service/app/imports/stored_import.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

absl::StatusOr<app::StoredImport> RequireImport(store::ReadView& view, absl::Time now,
                                                const std::string& name, std::string_view field) {
  ASSIGN_OR_RETURN(const domain::RecordName parsed,
                   domain::ParseName(domain::RecordKind::kImport, name, field));
  return app::FindStoredImport(view, parsed.number, now);
}

// A preview that the caller may read.
absl::StatusOr<app::StoredImport> RequireReadable(const Call& call, const std::string& name,
                                                  std::string_view field) {
  ASSIGN_OR_RETURN(app::StoredImport found, RequireImport(call.view, call.now, name, field));
  RETURN_IF_ERROR(app::CheckReader(call.view, found.record, call.caller));
  return found;
}

absl::Status GetImport(const Call& call, const v1::GetImportRequest& request,
                       v1::Import* response) {
  ASSIGN_OR_RETURN(const app::StoredImport found, RequireReadable(call, request.name(), "name"));
  ToProto(found, response);
  return absl::OkStatus();
}

absl::Status ListImportRows(const Call& call, const v1::ListImportRowsRequest& request,
                            v1::ListImportRowsResponse* response) {
  app::ImportRowsQuery query;
  query.problems_only = request.problems_only();
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  const std::string asked = "rows?" + request.parent() + (request.problems_only() ? "!" : "");
  ASSIGN_OR_RETURN(query.start, ReadNumberToken(request.page_token(), asked));
  ASSIGN_OR_RETURN(const app::StoredImport found,
                   RequireReadable(call, request.parent(), "parent"));
  ASSIGN_OR_RETURN(const app::ImportRowsPage page, app::ListImportRows(call.view, found, query));
  for (const stored::ImportRow& row : page.rows) ToProto(row, response->add_rows());
  // A preview never changes, so a row's number is a stable position.
  if (page.next.has_value()) {
    response->set_next_page_token(MakePageToken(std::to_string(*page.next), asked));
  }
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> ApplyImport(const WriteCall& call,
                                         const v1::ApplyImportRequest& request,
                                         v1::Import* answer) {
  ASSIGN_OR_RETURN(app::StoredImport found,
                   RequireImport(call.view, call.context.now, request.name(), "name"));
  ToProto(found, answer);
  if (found.record.change_set == 0) answer->set_change_set(domain::ChangeSetName(call.change_set));
  return app::ApplyImport(call.context, std::move(found), call.change_set, call.view);
}

using S = v1::ImportService;
using ImportMethods =
    Over<S::Service, S::WithRawCallbackMethod_PreviewImport, S::WithCallbackMethod_GetImport,
         S::WithCallbackMethod_ListImportRows, S::WithCallbackMethod_ApplyImport,
         S::WithCallbackMethod_ListProfiles, S::WithCallbackMethod_GetProfile,
         S::WithCallbackMethod_SaveProfile, S::WithCallbackMethod_DeleteProfile,
         S::WithCallbackMethod_ExportDevices>::Type;

class ImportServiceImpl final : public ImportMethods {
 public:
  explicit ImportServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerReadReactor<grpc::ByteBuffer>* PreviewImport(grpc::CallbackServerContext* context,
                                                           grpc::ByteBuffer* response) override {
    return StartPreview(env_, context, response);
  }

  KIRIKAE_UNARY(ImportService, GetImport, Read)
  KIRIKAE_UNARY(ImportService, ListImportRows, ReadAtLength)
  KIRIKAE_UNARY(ImportService, ApplyImport, WriteLarge)
  KIRIKAE_UNARY(ImportService, ListProfiles, Read)
  KIRIKAE_UNARY(ImportService, GetProfile, Read)
  KIRIKAE_UNARY(ImportService, SaveProfile, Write)
  KIRIKAE_UNARY(ImportService, DeleteProfile, Write)
  KIRIKAE_PARTS(ImportService, ExportDevices)

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewImportService(Environment& env) {
  return std::make_unique<ImportServiceImpl>(env);
}

}  // namespace kirikae::api
