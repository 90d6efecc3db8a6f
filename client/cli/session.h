// One run of the client: the service's address, the caller, and the output form.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/failure.h"
#include "client/cli/printer.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::cli {

/// Whether the call may have reached nobody, or its answer was lost: the same request is sent
/// again.
bool IsLost(const grpc::Status& status);

class Session {
 public:
  std::string server;  ///< "" = the context's, or this machine's
  std::string token_file;
  std::string context;  ///< name of the stored context to use; "" = the current one
  std::string ca;       ///< file of the authorities that the service's certificate is checked with
  std::string cert;     ///< file of the client's own certificate; "" = none
  std::string key;      ///< file of its key
  std::string reason;
  std::string color = "auto";  ///< auto, always or never; chosen already
  std::string language;        ///< as asked for; the catalogue has it chosen already
  Form form = Form::kTable;
  bool no_headers = false;
  std::vector<std::string> columns;  ///< ids of the columns to show; empty = the command's own
  bool yes = false;
  bool dry_run = false;
  bool no_pager = false;
  int timeout_seconds = 0;  ///< 0 = the command's own
  /// The line, from 1, on which a faulty field stands in the file that was sent; 0 = not known.
  /// Null = no file was sent.
  std::function<int(const std::string& field)> line_of = nullptr;

  /// Takes what no flag and no variable gave from the context: once, and before the first
  /// connection. The token of a context goes to the address of that context only.
  void Resolve();
  /// The caller's token; "" where there is none. Throws Failure where its file is refused.
  std::string Token();
  /// Calls with this token instead of any other; nothing is taken from a context.
  void UseToken(const std::string& token);
  std::shared_ptr<grpc::Channel> Channel();
  /// Metadata and deadline of a call.
  void Prepare(grpc::ClientContext& context, int seconds);
  /// Write options with a new request id, the reason and --dry-run.
  v1::WriteOptions Options();
  /// Whether the connection is encrypted: always to another machine, and where one of the files
  /// says so.
  bool Encrypted() const;

  /// Repeats a call until it works, its attempts are used up, or the answer is final; ends the
  /// command on an error. After a lost connection it sends the same request again; because of the
  /// request id, a lost connection never marks twice.
  void Call(const std::function<grpc::Status(grpc::ClientContext&)>& call, int seconds = 30);
  /// The same, and sends the request again for minutes while the service does not answer, which it
  /// says once: for lists of marks, which nobody wants to begin anew.
  void CallPatiently(const std::function<grpc::Status(grpc::ClientContext&)>& call,
                     int seconds = 30);
  /// Prints the error in the chosen language or as JSON, and returns its exit code.
  int Report(const grpc::Status& status) const;
  /// Prints a remark on standard error. Prints nothing with json and jsonl, where standard error
  /// holds only errors.
  void Note(const std::string& sentence) const;
  /// Says that a file is written; nothing where it is standard output (`-`).
  void NoteFile(const std::string& path) const;
  /// Suggests what comes next, such as `kirikae plan create`: to people, after an act, once.
  void Next(const std::string& command);
  /// Says after a dry run that nothing was written, where something would have been.
  void NoteDryRun() const;
  /// Asks on a terminal; when there is none, --yes is required (exit 2).
  void Confirm(const std::string& question, const std::string& answer) const;

  void Print(const Table& table, const google::protobuf::Message& list,
             const std::string& field) const {
    cli::Print(form, !no_headers, columns.empty() ? table : Choose(table, columns), list, field);
  }
  /// Prints one record: for people a line per field, else as a list with one entry.
  void PrintOne(const Table& row, const google::protobuf::Message& record) const {
    const Table chosen = columns.empty() ? row : Choose(row, columns);
    cli::Print(form, !no_headers && !ForPeople(), ForPeople() ? Upright(chosen) : chosen, record,
               "");
  }
  bool ForPeople() const { return form == Form::kTable || form == Form::kWide; }

 private:
  // The message for an error without details, which comes from the transport: no answer, or too
  // late.
  google::rpc::Status Untold(const grpc::Status& status) const;

  bool resolved_ = false;
  bool chosen_ = false;  ///< whether the token was set by UseToken
  std::string stored_token_;
  std::shared_ptr<grpc::Channel> channel_;
  bool writes_ = false;     // a write was asked for
  bool suggested_ = false;  // what comes next
};

}  // namespace kirikae::cli
