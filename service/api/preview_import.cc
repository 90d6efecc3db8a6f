// PreviewImport: stores the preview of an upload.
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "service/api/call/raw_message.h"
#include "service/api/call/run.h"
#include "service/api/call/whole_upload.h"
#include "service/api/convert/import_rows.h"
#include "service/api/import_handlers.h"
#include "service/app/imports/file_source.h"
#include "service/app/imports/preview.h"
#include "service/app/imports/store_preview.h"
#include "service/background_task.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// Collects an upload, then previews it in the pool of files. Its messages are parsed in a pool,
// away from the transport's threads. Deletes itself when the call is done.
class PreviewReactor final : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  PreviewReactor(Environment& env, grpc::CallbackServerContext* callback,
                 grpc::ByteBuffer* response)
      : env_(env),
        callback_(callback),
        open_(env, Rpc("ImportService/PreviewImport"), *callback),
        response_(response) {
    if (!open_.allowed().ok()) {
      ended_ = true;
      Refuse(this, open_);
      return;
    }
    if (const absl::Status status = Begin(); !status.ok()) {
      End(status);
      return;
    }
    const absl::Time now = env.ward.now();
    context_ = {open_.caller(), now, now, ""};
    ReadNext();
  }

  void OnReadDone(bool ok) override {
    if (ended_) return;
    ticket_->Moved();
    if (!ok) {
      Work();
      return;
    }
    const absl::Status queued =
        env_.work.spools.Submit(open_.caller().token, [this]() -> WorkPool::Rest {
          return [this, status = Take()] { status.ok() ? ReadNext() : End(status); };
        });
    if (!queued.ok()) End(queued);
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Begin() {
    ASSIGN_OR_RETURN(ticket_,
                     open_.EnterStream(StreamKind::kUpload, [this] { callback_->TryCancel(); }));
    ASSIGN_OR_RETURN(content_, Spool::Open(env_.spools));
    return absl::OkStatus();
  }

  void ReadNext() {
    ticket_->Waits();
    StartRead(&message_);
  }

  absl::Status Take() {
    v1::PreviewImportRequest part;
    RETURN_IF_ERROR(Parse(TakeBytes(message_), part));
    if (part.has_header()) {
      if (header_.has_value()) return HeaderFirst();
      header_ = ToStored(part.header());
      size_ = part.header().file_size();
      sha256_ = part.header().sha256();
      return CheckAnnounced(size_, sha256_);
    }
    if (!header_.has_value()) return HeaderFirst();
    RETURN_IF_ERROR(CheckChunk(part.chunk(), content_->size(), size_));
    return content_->Append(part.chunk());
  }

  static absl::Status HeaderFirst() {
    return domain::InvalidField("header", Sentence("Send the header once, first."));
  }

  void Work() {
    if (callback_->IsCancelled()) {
      End(absl::CancelledError("the upload was cancelled"));
      return;
    }
    if (!header_.has_value()) {
      End(HeaderFirst());
      return;
    }
    const absl::Status queued =
        env_.work.files.Submit(open_.caller().token, [this] { return Preview(); });
    if (!queued.ok()) End(queued);
  }

  absl::StatusOr<app::BuiltPreview> Build(const store::StopWhen& stop) {
    if (stop()) return absl::CancelledError();
    ASSIGN_OR_RETURN(const std::string content, content_->ReadAll());
    BackgroundTask checking;
    RETURN_IF_ERROR(checking.Start([&] { return CheckWhole(content, size_, sha256_); }));
    absl::StatusOr<app::BuiltPreview> built = Build(content, stop);
    // What is wrong with a file that arrived otherwise than it was sent says nothing.
    RETURN_IF_ERROR(checking.Wait());
    return built;
  }

  absl::StatusOr<app::BuiltPreview> Build(const std::string& content, const store::StopWhen& stop) {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read(stop));
    app::FileSource file(content, {.encoding = header_->encoding(), .sheet = header_->sheet()});
    return app::BuildPreview(*header_, file, *view);
  }

  WorkPool::Rest Preview() {
    const store::StopWhen stop = AbandonedBy(env_, *callback_);
    absl::StatusOr<app::BuiltPreview> built = Build(stop);
    content_ = nullptr;
    if (built.ok() && stop()) built = absl::CancelledError();
    if (!built.ok()) {
      return [this, status = UnlessAbandoned(built.status(), env_, *callback_)] { End(status); };
    }
    return [this, preview = std::make_shared<app::BuiltPreview>(*std::move(built))] {
      Keep(std::move(*preview));
    };
  }

  void Keep(app::BuiltPreview built) {
    app::StoredImport import{{}, built.preview};
    store::WriteRequest write;
    write.now = context_.now;
    write.make = [context = context_, import = std::move(import),
                  record = app::ToRecord(std::move(built))](
                     store::ReadView& view, int64_t change_set) -> absl::StatusOr<store::Draft> {
      ASSIGN_OR_RETURN(store::Draft draft, app::StorePreview(view, context, record, change_set));
      app::StoredImport stored = import;
      stored.record.id = change_set;
      v1::Import answer;
      ToProto(stored, &answer);
      draft.response = answer.SerializeAsString();
      return draft;
    };
    env_.store.Write(std::move(write), [this](const absl::StatusOr<std::string>& answer) {
      if (answer.ok()) *response_ = ToBuffer(*answer);
      End(answer.status());
    });
  }

  void End(const absl::Status& status) {
    ended_ = true;
    // Who has the answer may send the next file at once.
    ticket_ = nullptr;
    Finish(open_.End(status));
  }

  Environment& env_;
  grpc::CallbackServerContext* const callback_;
  const OpenCall open_;
  grpc::ByteBuffer* const response_;  ///< of an Import
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  app::WriteContext context_;
  grpc::ByteBuffer message_;
  std::optional<stored::ImportHeader> header_;
  int64_t size_ = 0;
  std::string sha256_;
  std::unique_ptr<Spool> content_;
  bool ended_ = false;
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* StartPreview(Environment& env,
                                                        grpc::CallbackServerContext* context,
                                                        grpc::ByteBuffer* response) {
  return new PreviewReactor(env, context, response);
}

}  // namespace kirikae::api
