// One run of the client: where the service is, who asks, how to print.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "client/cli/failure.h"
#include "client/cli/printer.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::cli {

class Session {
 public:
  std::string server = "127.0.0.1:50051";
  std::string token_file;
  std::string reason;
  std::string language;  ///< as asked for; the catalogue has it chosen already
  Form form = Form::kTable;
  bool no_headers = false;
  bool yes = false;
  bool dry_run = false;
  int timeout_seconds = 0;  ///< 0 = the command's own

  std::shared_ptr<grpc::Channel> Channel();
  /// Metadata and deadline of a call.
  void Prepare(grpc::ClientContext& context, int seconds);
  /// A new request id, the reason and --dry-run.
  v1::WriteOptions Options();

  /// Calls until it works, tries run out, or the answer is final; ends the command on an error.
  /// UNAVAILABLE is tried again with the same request, so that a dropped line never marks twice.
  void Call(const std::function<grpc::Status(grpc::ClientContext&)>& call, int seconds = 30);
  /// Says the error, in the chosen language or as JSON, and gives its exit code.
  int Report(const grpc::Status& status) const;
  /// Says something beside the data on standard error; nothing with json and jsonl, where standard
  /// error holds errors only.
  void Note(const std::string& sentence) const;
  /// Asks on a terminal; without one, --yes is needed (exit 2).
  void Confirm(const std::string& question, const std::string& answer) const;

  void Print(const Table& table, const google::protobuf::Message& list,
             const std::string& field) const {
    cli::Print(form, !no_headers, table, list, field);
  }
  /// One record: for people a line a field, else as a list of one.
  void PrintOne(const Table& row, const google::protobuf::Message& record) const {
    cli::Print(form, !no_headers && !ForPeople(), ForPeople() ? Upright(row) : row, record, "");
  }
  bool ForPeople() const { return form == Form::kTable || form == Form::kWide; }

 private:
  // An error without details, from the transport: nobody answers, or not in time.
  google::rpc::Status Untold(const grpc::Status& status) const;

  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace kirikae::cli
