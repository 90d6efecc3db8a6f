#include "service/api/audit_service.h"

#include <string>
#include <vector>

#include "service/api/device_conversion.h"
#include "service/api/resource_name.h"

namespace kirikae::api {

grpc::ServerUnaryReactor* AuditServiceImpl::ListChangeSets(grpc::CallbackServerContext* call,
                                                           const v1::ListChangeSetsRequest* request,
                                                           v1::ListChangeSetsResponse* response) {
  return Read(env_, call, "AuditService/ListChangeSets",
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
                ASSIGN_OR_RETURN(const int64_t before,
                                 ReadNumberToken(request->page_token(), "changeSets"));
                ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets,
                                 view.ListChangeSets(before, limit));
                for (const domain::ChangeSet& set : sets) {
                  auto* const row = response->add_change_sets();
                  row->set_name("changeSets/" + std::to_string(set.id));
                  row->set_actor(set.actor);
                  row->set_role(set.role);
                  row->set_reason(set.reason);
                  row->set_act(set.act);
                  row->set_effective_time(FormatInstant(set.effective_time));
                  row->set_recorded_time(FormatInstant(set.recorded_time));
                  row->set_change_count(static_cast<int>(set.change_count));
                  row->set_hash(set.hash);
                }
                if (sets.size() == static_cast<size_t>(limit) && sets.back().id > 1) {
                  response->set_next_page_token(
                      MakePageToken(std::to_string(sets.back().id), "changeSets"));
                }
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* AuditServiceImpl::VerifyAuditLog(grpc::CallbackServerContext* call,
                                                           const v1::VerifyAuditLogRequest*,
                                                           v1::VerifyAuditLogResponse* response) {
  return ReadAtLength(env_, call, "AuditService/VerifyAuditLog",
                      [response](store::ReadView& view) -> absl::Status {
                        ASSIGN_OR_RETURN(const store::ChainReport report, view.VerifyChain());
                        response->set_intact(report.first_bad == 0);
                        response->set_checked(report.checked);
                        response->set_head_hash(report.head_hash);
                        if (report.first_bad != 0) {
                          response->set_first_bad("changeSets/" + std::to_string(report.first_bad));
                        }
                        return absl::OkStatus();
                      });
}

}  // namespace kirikae::api
