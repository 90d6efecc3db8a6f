// Answers that are sent part by part.
#pragma once

#include <grpcpp/grpcpp.h>

namespace kirikae::api {

/// A server reactor, writing or both ways, that sends an answer part by part once SendParts() is
/// called, and ends the call with it: OK after the last part, CANCELLED when the client is gone.
/// Deletes itself when the call is done. What derives from it has made its answer before it begins.
template <typename Reactor, typename Message>
class PartSender : public Reactor {
 public:
  void OnWriteDone(bool ok) final {
    if (ok) {
      SendParts();
    } else {
      this->Finish(grpc::Status::CANCELLED);
    }
  }
  void OnDone() final { delete this; }

 protected:
  /// Fills the next part, which comes empty; false when there is none.
  virtual bool FillPart(Message& part) = 0;

  void SendParts() {
    part_.Clear();
    if (FillPart(part_)) {
      this->StartWrite(&part_);
    } else {
      this->Finish(grpc::Status::OK);
    }
  }

 private:
  Message part_;
};

}  // namespace kirikae::api
