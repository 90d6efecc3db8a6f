#include "service/api/import_service.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "kirikae/stored/import.pb.h"
#include "service/api/call/page.h"
#include "service/app/imports/apply.h"
#include "service/app/imports/kinds.h"
#include "service/app/imports/preview.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kFileLimit = size_t{64} << 20U;
constexpr size_t kChunkLimit = size_t{1} << 20U;

// Collects an upload, then previews it on the pool. Deletes itself when the call is done.
class PreviewReactor final : public grpc::ServerReadReactor<v1::PreviewImportRequest> {
 public:
  PreviewReactor(Environment& env, grpc::CallbackServerContext& call, v1::Import* response)
      : env_(env), response_(response) {
    const auto caller = CheckCaller(env, call, Rpc("ImportService/PreviewImport"));
    if (!caller.ok()) {
      End(caller.status());
      return;
    }
    context_ = {*caller, env.ward.now(), env.ward.now(), ""};
    StartRead(&part_);
  }

  void OnReadDone(bool ok) override {
    if (ended_) return;
    if (!ok) {
      Work();
      return;
    }
    if (const absl::Status status = Take(); !status.ok()) {
      End(status);
      return;
    }
    StartRead(&part_);
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Take() {
    if (part_.has_header()) {
      if (header_.has_value()) {
        return domain::InvalidField("header", Sentence("Send the header once, first."));
      }
      header_ = part_.header();
      if (header_->file_size() > static_cast<int64_t>(kFileLimit)) return TooLarge();
      // Growing would hold the file twice; what is only reserved takes no memory.
      content_.reserve(kFileLimit);
      return absl::OkStatus();
    }
    if (!header_.has_value()) {
      return domain::InvalidField("header", Sentence("Send the header once, first."));
    }
    if (part_.chunk().size() > kChunkLimit) {
      return domain::InvalidField("chunk", Sentence("A chunk may hold at most 1 MiB."));
    }
    if (content_.size() + part_.chunk().size() > kFileLimit) {
      return TooLarge();
    }
    content_ += part_.chunk();
    return absl::OkStatus();
  }

  static absl::Status TooLarge() {
    return domain::InvalidField("chunk", Sentence("The file is larger than $0 MiB. Split it.",
                                                  {std::to_string(kFileLimit >> 20U)}));
  }

  void Work() {
    if (!header_.has_value()) {
      End(domain::InvalidField("header", Sentence("Send the header once, first.")));
    } else if (header_->kind() == v1::IMPORT_KIND_UNSPECIFIED ||
               !v1::ImportKind_IsValid(header_->kind())) {
      End(domain::InvalidField("header.kind",
                               Sentence("Say what the file holds: devices, staff or enrolments.")));
    } else if (!env_.work.Submit([this] { Preview(); })) {
      End(TooMuchAtOnce());
    }
  }

  void Preview() {
    const auto build = [this]() -> absl::StatusOr<app::BuiltPreview> {
      ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
      return app::BuildPreview(*header_, content_, *view);
    };
    absl::StatusOr<app::BuiltPreview> built = build();
    content_ = std::string();
    if (!built.ok()) {
      End(built.status());
      return;
    }
    summary_ = built->preview.summary();
    domain::ImportPreview record;
    record.kind = static_cast<domain::ImportKind>(summary_.kind());
    record.payload = built->preview.SerializeAsString();
    record.parts = std::move(built->parts);
    store::WriteRequest write;
    write.now = context_.now;
    write.make = [this, record = std::move(record)](
                     store::ReadView&, int64_t change_set) mutable -> absl::StatusOr<store::Draft> {
      // The change set's number serves as the preview's: it is unique and known here.
      record.id = change_set;
      summary_.set_name(domain::ImportName(change_set));
      store::Draft draft = context_.NewDraft(domain::Act::kPreviewImport);
      draft.edits.emplace_back(std::move(record));
      return draft;
    };
    env_.store.Write(std::move(write), [this](const absl::StatusOr<std::string>& answer) {
      if (answer.ok()) *response_ = summary_;
      End(answer.status());
    });
  }

  void End(const absl::Status& status) {
    ended_ = true;
    Finish(ToGrpcStatus(status));
  }

  Environment& env_;
  v1::Import* const response_;
  app::WriteContext context_;
  v1::PreviewImportRequest part_;
  std::optional<v1::ImportHeader> header_;
  std::string content_;
  v1::Import summary_;
  bool ended_ = false;
};

absl::StatusOr<app::StoredImport> RequireImport(store::ReadView& view, const std::string& name,
                                                std::string_view field) {
  ASSIGN_OR_RETURN(const domain::RecordName id_name,
                   domain::ParseName(domain::RecordKind::kImport, name, field));
  const int64_t id = id_name.number;
  ASSIGN_OR_RETURN(std::optional<domain::ImportPreview> record, view.FindImport(id));
  if (!record.has_value()) return domain::ImportNotFound(id);
  app::StoredImport found{*std::move(record), {}};
  if (!found.preview.ParseFromString(found.record.payload)) {
    return absl::DataLossError("a stored import preview can't be read");
  }
  v1::Import& summary = *found.preview.mutable_summary();
  summary.set_name(domain::ImportName(id));
  if (found.record.change_set != 0) {
    summary.set_change_set(domain::ChangeSetName(found.record.change_set));
  }
  return found;
}

// A page of a preview's rows, from `start`; parts without what is asked for are passed over.
absl::Status ListRows(const app::StoredImport& import, int64_t start, int limit,
                      const v1::ListImportRowsRequest& request, const std::string& query,
                      store::ReadView& view, v1::ListImportRowsResponse& response) {
  const auto& marked = import.preview.parts_with_problems();
  const v1::ImportKind kind = import.preview.header().kind();
  for (int64_t number = start / app::kRowsOfAPart; number < import.preview.parts(); ++number) {
    if (request.problems_only() && !std::binary_search(marked.begin(), marked.end(), number)) {
      continue;
    }
    ASSIGN_OR_RETURN(stored::ImportPart part, app::ReadImportPart(view, import.record.id, number));
    const int64_t first = number * app::kRowsOfAPart;
    for (int64_t i = std::max(start, first); i < first + part.rows_size(); ++i) {
      v1::ImportRow& row = *part.mutable_rows(static_cast<int>(i - first))->mutable_shown();
      if (request.problems_only() && row.problems().empty() && !app::IsSideRow(kind, row)) continue;
      if (response.rows_size() == limit) {
        response.set_next_page_token(MakePageToken(std::to_string(i), query));
        return absl::OkStatus();
      }
      response.add_rows()->Swap(&row);
    }
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerReadReactor<v1::PreviewImportRequest>* ImportServiceImpl::PreviewImport(
    grpc::CallbackServerContext* call, v1::Import* response) {
  return new PreviewReactor(env_, *call, response);
}

grpc::ServerUnaryReactor* ImportServiceImpl::GetImport(grpc::CallbackServerContext* call,
                                                       const v1::GetImportRequest* request,
                                                       v1::Import* response) {
  return Read(env_, call, Rpc("ImportService/GetImport"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const app::StoredImport found,
                                 RequireImport(view, request->name(), "name"));
                *response = found.preview.summary();
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* ImportServiceImpl::ListImportRows(
    grpc::CallbackServerContext* call, const v1::ListImportRowsRequest* request,
    v1::ListImportRowsResponse* response) {
  return Read(
      env_, call, Rpc("ImportService/ListImportRows"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        const std::string query =
            "rows?" + request->parent() + (request->problems_only() ? "!" : "");
        ASSIGN_OR_RETURN(const int64_t start, ReadNumberToken(request->page_token(), query));
        ASSIGN_OR_RETURN(const app::StoredImport found,
                         RequireImport(view, request->parent(), "parent"));
        return ListRows(found, start, limit, *request, query, view, *response);
      });
}

grpc::ServerUnaryReactor* ImportServiceImpl::ApplyImport(grpc::CallbackServerContext* call,
                                                         const v1::ApplyImportRequest* request,
                                                         v1::Import* response) {
  return Write(
      env_, call, Rpc("ImportService/ApplyImport"), request, response,
      [request](store::ReadView& view, int64_t change_set, const app::WriteContext& context,
                v1::Import& answer) -> absl::StatusOr<store::Draft> {
        ASSIGN_OR_RETURN(app::StoredImport found, RequireImport(view, request->name(), "name"));
        answer = found.preview.summary();
        store::Draft draft = context.NewDraft(domain::Act::kApplyImport);
        if (found.record.change_set != 0) return draft;
        const std::string id = std::to_string(found.record.id);
        if (answer.errors() > 0) return domain::ImportHasErrors(id, answer.errors());
        answer.set_change_set(domain::ChangeSetName(change_set));
        RETURN_IF_ERROR(
            app::GiveEdits(std::move(found), change_set, context.effective, view, draft));
        return draft;
      },
      nullptr, Size::kLarge);
}

}  // namespace kirikae::api
