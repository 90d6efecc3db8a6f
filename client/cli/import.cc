#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/progress.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/import_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;
constexpr size_t kChunk = 512U * 1024;
constexpr int64_t kMostBytes = int64_t{64} << 20;

struct ImportFlags {
  std::string file;
  std::string encoding;
  std::string profile;
  std::string sheet;
  bool apply = false;
  bool retire_missing = false;
  bool force = false;
  bool dates_as_text = false;
};

// The SHA-256 of the file in hex; leaves the file at its beginning.
std::string Sha256Of(std::ifstream& file) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(),
                                                                     &EVP_MD_CTX_free);
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  std::string bytes(kChunk, '\0');
  while (file.read(bytes.data(), kChunk), file.gcount() > 0) {
    EVP_DigestUpdate(hash.get(), bytes.data(), static_cast<size_t>(file.gcount()));
  }
  file.clear();
  file.seekg(0);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(hash.get(), digest.data(), &size);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), size));
}

v1::Import Upload(Session& session, v1::ImportKind kind, const ImportFlags& flags) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::Import preview;
  session.Call(
      [&](grpc::ClientContext& context) {
        std::ifstream file(flags.file, std::ios::binary);
        if (!file) {
          throw FileUnreadable(flags.file);
        }
        file.seekg(0, std::ios::end);
        const auto size = static_cast<int64_t>(file.tellg());
        file.seekg(0);
        if (size > kMostBytes) {
          throw Failure{
              .code = kRefused,
              .reason = "FILE_TOO_LARGE",
              .sentence =
                  Tr("The file $0 has $1 MiB; at most $2 can be imported at once. Split it.",
                     {flags.file, std::to_string(size >> 20), std::to_string(kMostBytes >> 20)})};
        }
        ProgressBar bar(Tr("Sending"), size);
        const auto writer = stub->PreviewImport(&context, &preview);
        v1::PreviewImportRequest part;
        part.mutable_header()->set_file_size(size);
        part.mutable_header()->set_sha256(Sha256Of(file));
        part.mutable_header()->set_retire_missing(flags.retire_missing);
        part.mutable_header()->set_force(flags.force);
        part.mutable_header()->set_accept_dates_as_text(flags.dates_as_text);
        part.mutable_header()->set_kind(kind);
        part.mutable_header()->set_file_name(flags.file.substr(flags.file.rfind('/') + 1));
        part.mutable_header()->set_encoding(flags.encoding);
        part.mutable_header()->set_profile(flags.profile);
        part.mutable_header()->set_sheet(flags.sheet);
        bool open = writer->Write(part);
        std::string bytes(kChunk, '\0');
        while (open && (file.read(bytes.data(), kChunk), file.gcount() > 0)) {
          part.set_chunk(bytes.data(), static_cast<size_t>(file.gcount()));
          open = writer->Write(part);
          bar.Advance(file.gcount());
        }
        const WaitClock clock(Tr("Reading every row"));
        writer->WritesDone();
        return writer->Finish();
      },
      kLongSeconds);
  return preview;
}

constexpr int kMostChanges = 50;

// Rows of the stored preview: those with a problem, and where rows would change, all.
v1::ListImportRowsResponse ReadRows(Session& session, const v1::Import& import) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::ListImportRowsRequest request;
  request.set_parent(import.name());
  request.set_problems_only(import.updates() == 0 || !session.ForPeople());
  return ReadAll<v1::ListImportRowsRequest, v1::ListImportRowsResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListImportRows(context, asked, page);
      });
}

// A line for every problem of every row.
Table ProblemTable(const v1::ListImportRowsResponse& rows) {
  Table problems{{{"line", Tr("line")},
                  {"key", Tr("key")},
                  {"severity", Tr("severity")},
                  {"column", Tr("column")},
                  {"problem", Tr("problem"), Fit::kWrap}},
                 {},
                 {}};
  for (const v1::ImportRow& row : rows.rows()) {
    for (const v1::ImportProblem& problem : row.problems()) {
      Cell text = SentenceCell(problem.text());
      if (!problem.suggestion().empty()) {
        text.text += " " + Tr("Did you mean: $0", {problem.suggestion()});
        text.code += " Did you mean: " + problem.suggestion();
      }
      problems.rows.push_back(
          {std::to_string(row.line()), row.key(),
           problem.warning() ? Cell(Tr("warning"), "warning") : Cell(Tr("error"), "error"),
           problem.column(), text});
    }
  }
  return problems;
}

// Prints every problem of every row, then the fields that rows would change.
void PrintRows(Session& session, const v1::Import& import) {
  const auto rows = ReadRows(session, import);
  const Table problems = ProblemTable(rows);
  Table changes{{{"line", Tr("line")},
                 {"key", Tr("key")},
                 {"field", Tr("field")},
                 {"before", Tr("before"), Fit::kWrap},
                 {"after", Tr("after"), Fit::kWrap}},
                {},
                {}};
  Table missing{{{"key", Tr("not in the file")}, {"then", Tr("then")}}, {}, {}};
  const std::string record = import.kind() == v1::IMPORT_KIND_DEVICES ? "devices/" : "staff/";
  int more = 0;
  int more_missing = 0;
  for (const v1::ImportRow& row : rows.rows()) {
    if (row.action() == v1::IMPORT_ACTION_MISSING || row.action() == v1::IMPORT_ACTION_RETIRE) {
      if (missing.rows.size() == kMostChanges) {
        ++more_missing;
        continue;
      }
      missing.rows.push_back({row.key(), TermCell(row.action())});
    }
    for (const v1::FieldChange& change : row.changes()) {
      if (changes.rows.size() == kMostChanges) {
        ++more;
        continue;
      }
      changes.rows.push_back({std::to_string(row.line()), row.key(),
                              FieldCell(record, change.field()),
                              ValueCell(record, change.field(), change.old_value()),
                              ValueCell(record, change.field(), change.new_value())});
    }
  }
  if (!problems.rows.empty()) Print(session.form, true, problems, rows, "rows");
  if (!changes.rows.empty()) session.Print(changes, rows, "rows");
  if (!missing.rows.empty()) session.Print(missing, rows, "rows");
  if (more_missing > 0) {
    session.Note(Trn("$0 more missing device is not shown.",
                     "$0 more missing devices are not shown.", more_missing));
  }
  if (more > 0)
    session.Note(Trn("$0 more change is not shown.", "$0 more changes are not shown.", more));
}

// For programs: the preview with every problem of every row. In CSV a line a problem, each with the
// preview's figures; one line where there is no problem.
void PrintForPrograms(Session& session, v1::Import import, const Table& summary) {
  const v1::ListImportRowsResponse rows = ReadRows(session, import);
  for (const v1::ImportRow& row : rows.rows()) {
    if (row.problems_size() > 0) *import.add_rows() = row;
  }
  Table table = summary;
  const Table problems = ProblemTable(rows);
  table.columns.insert(table.columns.end(), problems.columns.begin(), problems.columns.end());
  table.rows.clear();
  const std::vector<Cell> none(problems.columns.size(), Cell(""));
  for (size_t i = 0; i < std::max<size_t>(problems.rows.size(), 1); ++i) {
    std::vector<Cell> row = summary.rows.front();
    const std::vector<Cell>& problem = problems.rows.empty() ? none : problems.rows[i];
    row.insert(row.end(), problem.begin(), problem.end());
    table.rows.push_back(std::move(row));
  }
  session.PrintOne(table, import);
}

void PrintSummary(Session& session, const v1::Import& import) {
  const Table table{
      {{"import", Tr("import")},
       {"file", Tr("file")},
       {"encoding", Tr("encoding")},
       {"sheet", Tr("sheet")},
       {"create", Tr("create")},
       {"update", Tr("update")},
       {"unchanged", Tr("unchanged")},
       {"errors", Tr("errors")},
       {"warnings", Tr("warnings")},
       {"missing", Tr("missing")},
       {"retired", Tr("retired")},
       {"devices_moved", Tr("devices moved")},
       {"applied_by", Tr("applied by")}},
      {{import.name(), import.file_name(), import.encoding(), import.sheet(),
        std::to_string(import.creates()), std::to_string(import.updates()),
        std::to_string(import.unchanged()), std::to_string(import.errors()),
        std::to_string(import.warnings()), std::to_string(import.missing()),
        std::to_string(import.retires()), std::to_string(import.follows()), import.change_set()}},
      {import.name()}};
  if (IsJson(session.form) || session.form == Form::kCsv) {
    PrintForPrograms(session, import, table);
  } else {
    session.PrintOne(table, import);
  }
}

v1::Import ApplyImport(Session& session, const v1::Import& preview) {
  const int changes = preview.creates() + preview.updates() + preview.retires() + preview.follows();
  session.Confirm(Trn("$0 record will change.", "$0 records will change.", changes),
                  std::to_string(changes));
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::ApplyImportRequest request;
  request.set_name(preview.name());
  *request.mutable_options() = session.Options();
  v1::Import applied;
  const WaitClock clock(Trn("Writing $0 record", "Writing $0 records", changes));
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ApplyImport(&context, request, &applied); },
      kLongSeconds);
  return applied;
}

void Import(Session& session, v1::ImportKind kind, const ImportFlags& flags) {
  v1::Import import = Upload(session, kind, flags);
  if (session.ForPeople()) PrintRows(session, import);
  if (import.errors() == 0 && flags.apply) import = ApplyImport(session, import);
  PrintSummary(session, import);
  if (import.errors() > 0) {
    session.Note(Tr("Nothing was written. Correct the rows and preview the file again."));
    throw Exit{kDifferences};
  }
  if (!flags.apply) {
    session.Note(
        Tr("This is a preview; nothing was written. Apply it with: kirikae import apply "
           "$0",
           {import.name().substr(import.name().find('/') + 1)}));
  }
}

v1::Import Get(Session& session, const std::string& id) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::GetImportRequest request;
  request.set_name(RecordName("imports", id));
  v1::Import import;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetImport(&context, request, &import); });
  return import;
}

void AddKind(CLI::App& import, Session& session, const std::string& name, v1::ImportKind kind,
             const std::string& help) {
  auto* const verb = import.add_subcommand(name, help);
  auto flags = std::make_shared<ImportFlags>();
  verb->add_option("FILE", flags->file, Tr("CSV, TSV or XLSX file"))->required();
  verb->add_option("--encoding", flags->encoding,
                   Tr("UTF-8, UTF-16LE, UTF-16BE, CP932, EUC-JP or ISO-2022-JP"));
  verb->add_option("--profile", flags->profile, Tr("ward, generic or one of your own"));
  verb->add_option("--sheet", flags->sheet, Tr("sheet of a workbook"));
  verb->add_flag("--accept-dates-as-text", flags->dates_as_text,
                 Tr("take tags and hosts that look like dates as they stand"));
  verb->add_flag("--apply", flags->apply, Tr("apply it when it has no error"));
  if (kind == v1::IMPORT_KIND_DEVICES) {
    verb->add_flag("--retire-missing", flags->retire_missing,
                   Tr("take devices that the file does not name out of use"));
    verb->add_flag("--force", flags->force, Tr("even if these are more than 10 %"));
  }
  verb->callback([flags, kind, &session] { Import(session, kind, *flags); });
}

}  // namespace

void AddImport(CLI::App& app, Session& session) {
  auto* const import = app.add_subcommand("import", Tr("import files: preview, then apply"));
  import->require_subcommand(1);
  AddKind(*import, session, "devices", v1::IMPORT_KIND_DEVICES, Tr("a device inventory"));
  AddKind(*import, session, "staff", v1::IMPORT_KIND_STAFF, Tr("a staff list"));
  AddKind(*import, session, "enrolments", v1::IMPORT_KIND_ENROLMENTS,
          Tr("a list of registered faces"));
  AddImportProfile(*import, session);
  auto* const show = import->add_subcommand("show", Tr("show a stored preview"));
  const auto shown = Required(*show, "ID", Tr("number of the preview"));
  show->callback([shown, &session] {
    const v1::Import found = Get(session, *shown);
    if (session.ForPeople()) PrintRows(session, found);
    PrintSummary(session, found);
  });
  auto* const apply = import->add_subcommand("apply", Tr("apply a stored preview"));
  const auto applied = Required(*apply, "ID", Tr("number of the preview"));
  apply->callback(
      [applied, &session] { PrintSummary(session, ApplyImport(session, Get(session, *applied))); });
}

}  // namespace kirikae::cli
