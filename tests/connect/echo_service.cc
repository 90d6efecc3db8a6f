#include "tests/connect/echo_service.h"

#include <chrono>
#include <string>

namespace kirikae::testing {
namespace {

using echo::EchoRequest;
using echo::EchoResponse;

grpc::Status StatusOf(const EchoRequest& request) {
  if (request.code() == 0) return grpc::Status::OK;
  return {static_cast<grpc::StatusCode>(request.code()), "as asked: " + request.text(),
          request.details()};
}

void AddMetadata(grpc::CallbackServerContext& context, const EchoRequest& request) {
  for (const auto& [name, value] : request.headers()) {
    context.AddInitialMetadata(name, value);
    // A name may have several values.
    context.AddInitialMetadata(name, value + "2");
  }
  for (const auto& [name, value] : request.trailers()) {
    context.AddTrailingMetadata(name, value);
    context.AddTrailingMetadata(name, value + "2");
  }
}

void Fill(const grpc::CallbackServerContext& context, const EchoRequest& request,
          EchoResponse& response) {
  *response.mutable_request() = request;
  for (const auto& [name, value] : context.client_metadata()) {
    auto* const field = response.add_metadata();
    field->set_name(std::string(name.data(), name.size()));
    field->set_value(std::string(value.data(), value.size()));
  }
  const auto deadline = context.deadline();
  response.set_timeout_ms(deadline == std::chrono::system_clock::time_point::max()
                              ? -1
                              : std::chrono::duration_cast<std::chrono::milliseconds>(
                                    deadline - std::chrono::system_clock::now())
                                    .count());
  response.set_padding(std::string(static_cast<size_t>(request.padding()), 'x'));
}

class EchoReactor final : public grpc::ServerUnaryReactor {
 public:
  EchoReactor(EchoCounts& counts, grpc::CallbackServerContext& context, const EchoRequest& request,
              EchoResponse& response)
      : counts_(counts) {
    AddMetadata(context, request);
    if (request.wait()) return;
    Fill(context, request, response);
    finished_ = true;
    Finish(StatusOf(request));
  }
  void OnCancel() override {
    ++counts_.cancelled;
    if (!finished_) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  EchoCounts& counts_;
  bool finished_ = false;
};

class RepeatReactor final : public grpc::ServerWriteReactor<EchoResponse> {
 public:
  RepeatReactor(EchoCounts& counts, grpc::CallbackServerContext& context,
                const EchoRequest& request)
      : counts_(counts), request_(request) {
    AddMetadata(context, request);
    Fill(context, request, response_);
    Next();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::CANCELLED);
      return;
    }
    ++counts_.sent;
    Next();
  }
  void OnCancel() override {
    ++counts_.cancelled;
    if (is_over_.exchange(true)) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override {
    ++counts_.ended;
    delete this;
  }

 private:
  void Next() {
    if (written_ < request_.answers()) {
      response_.set_text(std::to_string(++written_));
      StartWrite(&response_);
    } else if (request_.wait()) {
      // Whichever comes second ends the call: this, or its cancellation.
      if (is_over_.exchange(true)) Finish(grpc::Status::CANCELLED);
    } else {
      Finish(StatusOf(request_));
    }
  }

  EchoCounts& counts_;
  const EchoRequest request_;
  EchoResponse response_;
  int written_ = 0;
  std::atomic<bool> is_over_ = false;
};

class JoinReactor final : public grpc::ServerReadReactor<EchoRequest> {
 public:
  JoinReactor(EchoCounts& counts, grpc::CallbackServerContext& context, EchoResponse& response)
      : counts_(counts), context_(context), response_(response) {
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (ok) {
      ++counts_.received;
      text_ += request_.text() + ";";
      if (request_.code() == 0) {
        last_ = request_;
        StartRead(&request_);
        return;
      }
      // Ends without reading the rest.
      last_ = request_;
    }
    AddMetadata(context_, last_);
    Fill(context_, last_, response_);
    response_.set_text(text_);
    Finish(StatusOf(last_));
  }
  void OnCancel() override { ++counts_.cancelled; }
  void OnDone() override {
    ++counts_.ended;
    delete this;
  }

 private:
  EchoCounts& counts_;
  grpc::CallbackServerContext& context_;
  EchoResponse& response_;
  EchoRequest request_;
  EchoRequest last_;
  std::string text_;
};

class TalkReactor final : public grpc::ServerBidiReactor<EchoRequest, EchoResponse> {
 public:
  TalkReactor(EchoCounts& counts, grpc::CallbackServerContext& context)
      : counts_(counts), context_(context) {
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (!ok || request_.code() != 0) {
      Finish(ok ? StatusOf(request_) : grpc::Status::OK);
      return;
    }
    ++counts_.received;
    response_.Clear();
    Fill(context_, request_, response_);
    response_.set_text(request_.text());
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::CANCELLED);
      return;
    }
    ++counts_.sent;
    StartRead(&request_);
  }
  void OnCancel() override { ++counts_.cancelled; }
  void OnDone() override {
    ++counts_.ended;
    delete this;
  }

 private:
  EchoCounts& counts_;
  grpc::CallbackServerContext& context_;
  EchoRequest request_;
  EchoResponse response_;
};

}  // namespace

grpc::ServerUnaryReactor* EchoService::Echo(grpc::CallbackServerContext* context,
                                            const EchoRequest* request, EchoResponse* response) {
  ++counts_.calls;
  return new EchoReactor(counts_, *context, *request, *response);
}

grpc::ServerWriteReactor<EchoResponse>* EchoService::Repeat(grpc::CallbackServerContext* context,
                                                            const EchoRequest* request) {
  ++counts_.calls;
  return new RepeatReactor(counts_, *context, *request);
}

grpc::ServerReadReactor<EchoRequest>* EchoService::Join(grpc::CallbackServerContext* context,
                                                        EchoResponse* response) {
  ++counts_.calls;
  return new JoinReactor(counts_, *context, *response);
}

grpc::ServerBidiReactor<EchoRequest, EchoResponse>* EchoService::Talk(
    grpc::CallbackServerContext* context) {
  ++counts_.calls;
  return new TalkReactor(counts_, *context);
}

}  // namespace kirikae::testing
