#include "service/tabular/workbook.h"

#include <map>
#include <utility>

#include "service/status_macros.h"
#include "service/tabular/problem.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// The name of an element or attribute without its namespace prefix.
std::string_view LocalName(const char* name) {
  const std::string_view whole = name;
  const size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

constexpr size_t kMaxRatio = 200;
constexpr size_t kRatioMattersFrom = 1u << 20;
constexpr size_t kMostLoaded = size_t{8} << 20U;  // a tree of it takes many times that

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// A relationship's target is relative to its part, or absolute within the package.
std::string ResolveTarget(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

bool IsText(std::string_view text) {
  return text::FindIllFormedUtf8(text) == std::string_view::npos;
}

std::string_view RelationshipKind(std::string_view type) {
  const size_t slash = type.rfind('/');
  return slash == std::string_view::npos ? type : type.substr(slash + 1);
}

}  // namespace

pugi::xml_node ChildNamed(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (LocalName(child.name()) == name) return child;
  }
  return {};
}

absl::StatusOr<Workbook> Workbook::Open(std::string_view bytes, size_t max_bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return ToStatus(NotAWorkbook(zip_error_strerror(&error)));
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    const absl::Status status = ToStatus(NotAWorkbook(zip_error_strerror(&error)));
    zip_source_free(source);
    zip_error_fini(&error);
    return status;
  }
  zip_error_fini(&error);
  Workbook workbook;
  workbook.archive_.reset(archive);
  workbook.bytes_left_ = max_bytes;
  workbook.max_bytes_ = max_bytes;
  RETURN_IF_ERROR(workbook.ReadStructure());
  return workbook;
}

absl::Status Workbook::Unpack(const std::string& path,
                              const std::function<absl::Status(std::string_view)>& take) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), path.c_str(), 0, &stat) != 0) return absl::NotFoundError(path);
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(archive_.get(), path.c_str(), 0));
  if (file == nullptr) return ToStatus(NotAWorkbook(zip_strerror(archive_.get())));
  // The directory's sizes come from the sender, so the bytes are counted as they come.
  size_t size = 0;
  char block[64 * 1024];
  while (true) {
    const zip_int64_t got = zip_fread(file.get(), block, sizeof(block));
    if (got < 0) return ToStatus(NotAWorkbook(zip_file_strerror(file.get())));
    if (got == 0) break;
    const auto length = static_cast<size_t>(got);
    size += length;
    if (length > bytes_left_) return ToStatus(WorkbookTooLarge(path, max_bytes_));
    bytes_left_ -= length;
    if (size > kRatioMattersFrom && size / kMaxRatio > stat.comp_size) {
      return ToStatus(WorkbookExpandsTooMuch(path, kMaxRatio));
    }
    RETURN_IF_ERROR(take({block, length}));
  }
  return absl::OkStatus();
}

absl::Status Workbook::Load(const std::string& path, pugi::xml_document& document) {
  std::string xml;
  RETURN_IF_ERROR(Unpack(path, [&](std::string_view block) -> absl::Status {
    if (xml.size() + block.size() > kMostLoaded) {
      return ToStatus(WorkbookTooLarge(path, kMostLoaded));
    }
    xml += block;
    return absl::OkStatus();
  }));
  const pugi::xml_parse_result parsed =
      document.load_buffer(xml.data(), xml.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_auto);
  if (!parsed) return ToStatus(NotAWorkbook(path + ": " + parsed.description()));
  return absl::OkStatus();
}

absl::Status Workbook::Stream(const std::string& path, XmlHandler& handler) {
  XmlStream stream(handler);
  absl::Status read = Unpack(path, [&](std::string_view block) { return stream.Feed(block); });
  if (read.ok()) read = stream.Finish();
  if (read.ok() || absl::IsNotFound(read) || ProblemOf(read).has_value()) return read;
  return ToStatus(NotAWorkbook(path + ": " + std::string(read.message())));
}

absl::Status Workbook::ReadStructure() {
  pugi::xml_document relations;
  pugi::xml_document book;
  for (auto& [path, document] :
       {std::pair<const char*, pugi::xml_document*>("xl/_rels/workbook.xml.rels", &relations),
        {"xl/workbook.xml", &book}}) {
    const absl::Status loaded = Load(path, *document);
    if (absl::IsNotFound(loaded)) {
      return ToStatus(NotAWorkbook("it has no part " + std::string(path)));
    }
    RETURN_IF_ERROR(loaded);
  }
  std::map<std::string, std::string> targets;
  for (const pugi::xml_node& relation : relations.document_element().children()) {
    const std::string target = ResolveTarget(relation.attribute("Target").value());
    targets[relation.attribute("Id").value()] = target;
    const std::string_view kind = RelationshipKind(relation.attribute("Type").value());
    if (kind == "sharedStrings") shared_strings_path_ = target;
    if (kind == "styles") styles_path_ = target;
  }
  const pugi::xml_node root = book.document_element();
  counts_from_1904_ = ChildNamed(root, "workbookPr").attribute("date1904").as_bool();
  for (const pugi::xml_node& sheet : ChildNamed(root, "sheets").children()) {
    for (const pugi::xml_attribute& attribute : sheet.attributes()) {
      const std::string_view name = attribute.name();
      if (LocalName(attribute.name()) != "id" || name.find(':') == std::string_view::npos) continue;
      const auto target = targets.find(attribute.value());
      if (target != targets.end()) {
        sheets_.push_back({sheet.attribute("name").value(), target->second});
      }
    }
  }
  if (sheets_.empty()) return ToStatus(NotAWorkbook("it has no sheet"));
  // The parser does not check what encoding a document is in.
  bool all_text = IsText(shared_strings_path_) && IsText(styles_path_);
  for (const SheetPart& sheet : sheets_) {
    all_text = all_text && IsText(sheet.name) && IsText(sheet.path);
  }
  if (!all_text) return ToStatus(NotAWorkbook("a name in it is not UTF-8"));
  return absl::OkStatus();
}

}  // namespace kirikae::tabular
