// The messages of PreviewImport as the service reads them, and the file in them. The input is
// messages, each after its length in two bytes, the lower one first.
#include <optional>
#include <string>

#include "kirikae/v1/import_service.pb.h"
#include "service/api/call/whole_upload.h"
#include "service/app/hash.h"
#include "service/app/imports/file_source.h"
#include "service/app/imports/import_kind.h"
#include "service/domain/error_detail.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/table_check.h"
#include "tests/fuzz/wire_messages.h"

namespace kirikae::fuzz {
namespace {

void ReadFile(const v1::ImportHeader& header, const std::string& content) {
  const bool announced = api::CheckAnnounced(header.file_size(), header.sha256()).ok() &&
                         api::CheckWhole(content, header.file_size(), header.sha256()).ok();
  Require(!announced || app::Sha256Hex(content) == header.sha256(),
          "a whole upload is the one that was announced");
  Require(
      api::CheckWhole(content, static_cast<int64_t>(content.size()), app::Sha256Hex(content)).ok(),
      "a file with its own size and hash is whole");
  app::FindImportKind(header.kind());
  app::FileSource file(content, {.encoding = header.encoding(), .sheet = header.sheet()});
  const tabular::TableSink sink{[](const tabular::Table&) { return absl::OkStatus(); },
                                [](const tabular::TableRow&) { return absl::OkStatus(); }};
  const auto read = file.Read(sink);
  Require(read.ok() || domain::DetailOf(read.status()).has_value(), "a refusal has its details");
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fuzz = kirikae::fuzz;
  namespace v1 = kirikae::v1;
  std::optional<v1::ImportHeader> header;
  std::string content;
  for (const std::string_view bytes : fuzz::WireMessages(fuzz::Input(data, size))) {
    v1::PreviewImportRequest part;
    if (!part.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return 0;
    // A header once, first, then chunks, as PreviewImport wants them.
    if (part.has_header() == header.has_value()) return 0;
    if (part.has_header()) {
      header = part.header();
    } else {
      content += part.chunk();
    }
  }
  if (header.has_value()) fuzz::ReadFile(*header, content);
  return 0;
}
