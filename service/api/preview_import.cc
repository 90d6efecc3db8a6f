// PreviewImport: stores the preview of an upload.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "service/api/call/open_call.h"
#include "service/api/convert/import_rows.h"
#include "service/api/import_handlers.h"
#include "service/app/imports/file_source.h"
#include "service/app/imports/preview.h"
#include "service/app/imports/store_preview.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kFileLimit = size_t{64} << 20U;
constexpr size_t kChunkLimit = size_t{1} << 20U;

// Collects an upload, then previews it on the work pool. Deletes itself when the call is done.
class PreviewReactor final : public grpc::ServerReadReactor<v1::PreviewImportRequest> {
 public:
  PreviewReactor(Environment& env, OpenCall open, v1::Import* response)
      : env_(env), open_(std::move(open)), response_(response) {
    if (!open_.allowed().ok()) {
      End(open_.allowed());
      return;
    }
    const absl::Time now = env.ward.now();
    context_ = {open_.caller(), now, now, ""};
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
      if (header_.has_value()) return HeaderFirst();
      header_ = ToStored(part_.header());
      if (part_.header().file_size() > static_cast<int64_t>(kFileLimit)) return TooLarge();
      // Growing the buffer would hold the file twice; reserved memory that is not used costs
      // nothing.
      content_.reserve(kFileLimit);
      return absl::OkStatus();
    }
    if (!header_.has_value()) return HeaderFirst();
    if (part_.chunk().size() > kChunkLimit) {
      return domain::InvalidField("chunk", Sentence("A chunk may hold at most 1 MiB."));
    }
    if (content_.size() + part_.chunk().size() > kFileLimit) return TooLarge();
    content_ += part_.chunk();
    return absl::OkStatus();
  }

  static absl::Status HeaderFirst() {
    return domain::InvalidField("header", Sentence("Send the header once, first."));
  }

  static absl::Status TooLarge() {
    return domain::InvalidField("chunk", Sentence("The file is larger than $0 MiB. Split it.",
                                                  {std::to_string(kFileLimit >> 20U)}));
  }

  void Work() {
    if (!header_.has_value()) {
      End(HeaderFirst());
    } else if (!env_.work.Submit([this] { Preview(); })) {
      End(TooMuchAtOnce());
    }
  }

  absl::StatusOr<app::BuiltPreview> Build() {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
    app::FileSource file(content_, {.encoding = header_->encoding(), .sheet = header_->sheet()});
    return app::BuildPreview(*header_, file, *view);
  }

  void Preview() {
    absl::StatusOr<app::BuiltPreview> built = Build();
    content_ = std::string();
    if (!built.ok()) {
      End(built.status());
      return;
    }
    app::StoredImport import{{}, built->preview};
    store::WriteRequest write;
    write.now = context_.now;
    write.make = [context = context_, import = std::move(import),
                  record = app::ToRecord(*std::move(built))](
                     store::ReadView&, int64_t change_set) -> absl::StatusOr<store::Draft> {
      store::Draft draft = app::StorePreview(context, record, change_set);
      app::StoredImport stored = import;
      stored.record.id = change_set;
      v1::Import answer;
      ToProto(stored, &answer);
      draft.response = answer.SerializeAsString();
      return draft;
    };
    env_.store.Write(std::move(write), [this](const absl::StatusOr<std::string>& answer) {
      absl::Status status = answer.status();
      if (status.ok() && !response_->ParseFromString(*answer)) {
        status = absl::DataLossError("an answer can't be read");
      }
      End(status);
    });
  }

  void End(const absl::Status& status) {
    ended_ = true;
    Finish(open_.End(status));
  }

  Environment& env_;
  const OpenCall open_;
  v1::Import* const response_;
  app::WriteContext context_;
  v1::PreviewImportRequest part_;
  std::optional<stored::ImportHeader> header_;
  std::string content_;
  bool ended_ = false;
};

}  // namespace

grpc::ServerReadReactor<v1::PreviewImportRequest>* StartPreview(
    Environment& env, grpc::CallbackServerContext* context, v1::Import* response) {
  return new PreviewReactor(env, OpenCall(env, Rpc("ImportService/PreviewImport"), *context),
                            response);
}

}  // namespace kirikae::api
